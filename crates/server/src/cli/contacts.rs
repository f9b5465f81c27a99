//! `contacts list`: who is told of emergency calls.

use anyhow::Context as _;

use super::{Ended, console::Console};
use crate::store::{ContactRow, Recipient, Store};

/// Prints every contact in the form that `contacts import` and `contacts remove` read.
pub(super) async fn list(store: &dyn Store, console: &mut Console<'_>) -> anyhow::Result<Ended> {
    let contacts = store.contacts().await.context("nothing was listed")?;
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["scope", "id", "email", "webhook", "tier"])?;
    for ContactRow {
        scope,
        key,
        recipient,
        tier,
    } in &contacts
    {
        let (email, webhook) = match recipient {
            Recipient::Hook(url) => ("", url.as_str()),
            Recipient::Mail(address) => (address.as_str(), ""),
            Recipient::OrganisationHook | Recipient::PlatformTask => continue,
        };
        table.write_record([scope, key, email, webhook, &tier.to_string()])?;
    }
    let text = String::from_utf8(table.into_inner()?)?;
    console.say(text.trim_end())?;
    Ok(Ended::Done)
}
