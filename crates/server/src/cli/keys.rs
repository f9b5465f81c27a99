//! `keys create|list|revoke`: the keys of machines.

use anyhow::ensure;
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

/// One line a key: name, role, when it was made; separated by tabs, for scripts.
pub(super) async fn list(store: &dyn Store, console: &mut Console<'_>) -> anyhow::Result<Ended> {
    let keys = store.keys().await?;
    if keys.is_empty() {
        console.remark("There is no key yet; see whereabouts-server keys create --help")?;
    }
    for key in keys {
        console.say(&format!(
            "{}\t{}\t{:.0}",
            key.row.name,
            key.row.role.as_str(),
            key.made_at
        ))?;
    }
    Ok(Ended::Done)
}

pub(super) async fn revoke(
    name: &KeyName,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    ensure!(
        store.revoke_key(name).await?,
        "there is no key by the name {name}; see whereabouts-server keys list"
    );
    console.remark(&format!(
        "The key {name} is worth nothing any more; a server that runs refuses it within 15 seconds."
    ))?;
    Ok(Ended::Done)
}
