use tokio::time::timeout;

use super::{Desk, READ};
use crate::{
    secret::SecretHash,
    store::{Access, KeyRole},
};

/// What a key that was presented on a telephony path is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum KeyCheck {
    /// The store cannot be asked, and the last-known copy does not have it.
    CannotTell,
    /// Known, but for something else.
    OtherRole,
    /// A telephony platform's, by its name.
    Platform(String),
    /// Nobody's.
    Unknown,
}

impl Desk {
    /// Looks a key up: in the last-known copy first, which answers when the store cannot; then in
    /// the store, which knows keys that were made since.
    pub async fn check_key(&self, hash: SecretHash) -> KeyCheck {
        let known = match self.last_known.key(hash) {
            Some(known) => Some(known),
            None => match timeout(READ, self.store.api_key(hash)).await {
                Ok(Ok(known)) => {
                    if let Some(key) = &known {
                        self.last_known.learn_key(hash, key.clone());
                    }
                    known
                }
                Ok(Err(_)) | Err(_) => return KeyCheck::CannotTell,
            },
        };
        match known {
            Some(key) if key.role == KeyRole::Telephony => KeyCheck::Platform(key.name),
            Some(_) => KeyCheck::OtherRole,
            // An agent's token is a credential too, only not for this.
            None => match timeout(READ, self.store.access(hash, self.clock.now())).await {
                Ok(Ok(Access::Unknown)) | Ok(Err(_)) | Err(_) => KeyCheck::Unknown,
                Ok(Ok(Access::Expired | Access::Granted { .. } | Access::Revoked)) => {
                    KeyCheck::OtherRole
                }
            },
        }
    }
}
