use tokio::sync::broadcast::error::RecvError;
use tracing::warn;

use crate::{http::App, store::Change};

/// Wakes whoever is concerned by what the store commits, until the server closes.
pub async fn follow_store(app: App) {
    let mut changes = app.store.subscribe();
    loop {
        let change = tokio::select! {
            () = app.closed() => return,
            change = changes.recv() => change,
        };
        match change {
            Ok(Change::Agent { agent, .. }) => app.hub.wake(&agent),
            // The one who sends listens for itself.
            Ok(Change::NoticesWaiting) => {}
            Ok(Change::UnknownAgentsCall) => app.hub.wake_for_call(),
            Err(RecvError::Lagged(missed)) => {
                warn!(
                    changes.missed = missed,
                    "too much changed at once; everybody looks again"
                );
                app.hub.wake_all();
            }
            Err(RecvError::Closed) => return,
        }
    }
}
