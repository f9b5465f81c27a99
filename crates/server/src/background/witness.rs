use std::{collections::BTreeMap, time::Duration};

use tracing::{error, info, warn};

use super::{every, tick};
use crate::{
    http::App,
    record::{Head, HeadsFile, NodeId, SignedHead},
    store::StoreError,
};

/// How often the heads of the compliance record are looked at.
const WITNESS_EVERY: Duration = Duration::from_secs(60);

/// Takes the heads of the other nodes' chains into this node's chain each minute, keeps all of them in a file
/// away from the store, and says its own in the log, which may go to another machine.
pub async fn witness(app: App, file: HeadsFile) {
    let mut seen = Seen::default();
    let mut ticks = every(WITNESS_EVERY);
    let mut going_on = true;
    while going_on {
        // Once more at the end, so that a server that ended knows how far it had come.
        going_on = tick(&app, &mut ticks).await;
        if let Err(fault) = seen.look(&app, &file).await {
            warn!(store.fault = %fault, "the heads of the compliance record wait for the store");
        }
    }
}

#[derive(Default)]
struct Seen(BTreeMap<NodeId, Head>);

impl Seen {
    async fn look(&mut self, app: &App, file: &HeadsFile) -> Result<(), StoreError> {
        let heads = app.store.heads().await?;
        let mut changed = heads.clone();
        changed.retain(|signed| self.0.get(&signed.head.node) != Some(&signed.head));
        if changed.is_empty() {
            return Ok(());
        }
        let own = app.store.node();
        let others = changed.iter().map(|signed| signed.head);
        let others: Vec<Head> = others.filter(|head| head.node != own).collect();
        if !others.is_empty() {
            app.store.witness(others, app.clock.now()).await?;
        }
        if let Some(Head { node, height, link }) = changed
            .iter()
            .map(|signed| signed.head)
            .find(|head| head.node == own)
        {
            info!(record.node = %node, record.height = height, record.link = %link, "the compliance record goes this far");
        }
        keep(app, file, heads.clone()).await?;
        self.0 = heads
            .iter()
            .map(|signed| (signed.head.node, signed.head))
            .collect();
        Ok(())
    }
}

/// Keeps the heads in the file. One that is there and that the store contradicts stays beside them: it is the
/// evidence.
async fn keep(app: &App, file: &HeadsFile, mut heads: Vec<SignedHead>) -> Result<(), StoreError> {
    let kept = match file.read() {
        Ok(kept) => kept.unwrap_or_default(),
        Err(fault) => {
            error!(alarm = true, %fault, "the kept heads of the compliance record cannot be read; they are left alone");
            return Ok(());
        }
    };
    if let Some(damaged) = kept.damaged.first() {
        error!(alarm = true, fault = %damaged, "the kept heads of the compliance record are damaged; they are left alone");
        return Ok(());
    }
    for before in kept.heads {
        let Head { node, height, link } = before.head;
        if app.store.link_at(node, height).await? != Some(link) {
            error!(
                alarm = true,
                record.node = %node,
                record.height = height,
                "the compliance record is not the one that was kept here before: it was cut or written \
                 anew, or another store was put in its place; see record verify"
            );
            heads.push(before);
        }
    }
    let file = file.clone();
    let written = tokio::task::spawn_blocking(move || file.write(&heads)).await;
    // A panic was logged where it happened.
    if let Ok(Err(error)) = written {
        warn!(%error, "the heads of the compliance record could not be kept beside the last-known copy");
    }
    Ok(())
}
