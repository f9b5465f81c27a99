//! A writer that is stuck, for tests of what must go on without it.

use async_trait::async_trait;
use tokio::sync::{Mutex, oneshot};

use super::{SqliteStore, StoreError, Tx, Write};
use crate::store::Claim;

impl SqliteStore {
    /// Keeps the writer inside a job, its transaction open, until the answer is dropped.
    pub(crate) async fn hold_writer(&self) -> oneshot::Sender<()> {
        let (release, released) = oneshot::channel();
        let (arrive, arrived) = oneshot::channel();
        let held = Held {
            arrive: Mutex::new(Some(arrive)),
            released: Mutex::new(Some(released)),
        };
        // The job goes on when nobody waits for its answer.
        let mut job = Box::pin(self.writer.write(held, Claim::new()));
        tokio::select! {
            _ = &mut job => panic!("the writer went on"),
            _ = arrived => release,
        }
    }
}

struct Held {
    arrive: Mutex<Option<oneshot::Sender<()>>>,
    released: Mutex<Option<oneshot::Receiver<()>>>,
}

#[async_trait]
impl Write for Held {
    type Output = ();

    async fn run(&self, _: &mut Tx<'_>) -> Result<(), StoreError> {
        if let Some(arrive) = self.arrive.lock().await.take() {
            let _ = arrive.send(());
        }
        if let Some(released) = self.released.lock().await.take() {
            let _ = released.await;
        }
        Ok(())
    }
}
