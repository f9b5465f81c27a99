//! The only source of randomness in the app.

use client::IdempotencyKey;
use zeroize::Zeroizing;

/// Random bytes.
///
/// # Errors
/// When the operating system has none to give.
pub(crate) fn bytes<const LENGTH: usize>() -> Result<[u8; LENGTH], NoRandomness> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A new key for a new declaration.
///
/// # Errors
/// When the operating system has no randomness to give.
pub(crate) fn idempotency_key() -> Result<IdempotencyKey, NoRandomness> {
    bytes().map(IdempotencyKey::from_random)
}

/// A secret of 32 random bytes.
///
/// # Errors
/// When the operating system has no randomness to give.
pub(crate) fn secret() -> Result<Zeroizing<[u8; 32]>, NoRandomness> {
    bytes().map(Zeroizing::new)
}

/// The operating system has no randomness to give.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("this computer has no randomness to give")]
pub(crate) struct NoRandomness;
