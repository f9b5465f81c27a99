use std::{future::Future, pin::Pin, sync::Arc};

use anyhow::Result;
use client::{Client, IdempotencyKey, Patience, Session, TokenStore, Tokens};
use secrecy::SecretString;

use crate::Backend;

/// Tokens need not outlive a test.
struct Forgetful;

impl TokenStore for Forgetful {
    fn save<'a>(&'a self, _: &'a Tokens) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async {})
    }
}

/// Signs an agent's desktop in, as the app does.
///
/// # Errors
/// When the server refuses.
pub async fn sign_in(backend: &Backend, username: &str) -> Result<Session> {
    let code = SecretString::from(backend.enrol(username)?);
    let client = Client::new(backend.url().parse()?, Patience::default())?;
    let (_, tokens) = client.enrol(&code, "a desk of the tests").await?;
    Ok(Session::new(client, tokens, Arc::new(Forgetful)))
}

/// The name of one declaration.
#[must_use]
pub fn key(number: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([number; 16])
}
