//! `keys create`: a key for a machine.

use jiff::Timestamp;

use super::{Ended, console::Console};
use crate::{
    secret::{ApiKey, KeyName},
    store::{KeyRole, NewKey, SavedKey, Store},
};

pub(super) async fn create(
    role: KeyRole,
    name: KeyName,
    now: Timestamp,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let key = ApiKey::random(&name);
    let saved = store
        .save_key(NewKey {
            name: name.clone(),
            role,
            hash: key.hash(),
            at: now,
        })
        .await?;
    match saved {
        SavedKey::NameTaken => {
            anyhow::bail!("there is a key by the name {name} already; choose another name")
        }
        SavedKey::Saved => {
            console.say(key.expose())?;
            console.remark(&format!(
                "Shown once. Send it as \"Authorization: Bearer KEY\", or as the password of {name}."
            ))?;
            Ok(Ended::Done)
        }
    }
}
