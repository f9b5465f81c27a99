//! The one writer: takes whatever is queued, makes it one transaction, and answers after the commit.
//!
//! There is no timer. With one job waiting a batch is one job and its latency is one flush; with a
//! thousand waiting they share a flush. Each job runs inside a savepoint, so that one that fails
//! takes nothing else with it. A job whose caller gave it up (see [`Claim`]) never runs.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::FutureExt as _;
use sqlx::{Connection as _, sqlite::SqliteConnection};
use tokio::{
    sync::{Mutex, broadcast, mpsc, oneshot},
    task::JoinHandle,
    time::Instant,
};

use super::{
    Location, StoreError, connect,
    presence::Presence,
    record::{Leaves, Recorder},
};
use crate::{
    record::NodeKey,
    seal::{CallKeyId, CallKeys, Keys},
    store::{AgentId, Change, Claim, Revision},
};

/// The most jobs one commit takes.
const BATCH: usize = 512;
/// The most jobs that may wait. More are refused as [`StoreError::Busy`] rather than piled up.
const QUEUE: usize = 65_536;
/// How long a job waits for a lock of another process before it is answered [`StoreError::Busy`].
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the writer waits before it tries to reach a lost store again.
const BETWEEN_TRIES: Duration = Duration::from_millis(200);
/// SQLite's code for a lock held by another connection, without its extension.
const SQLITE_BUSY: i32 = 5;

/// One change: what a verb does inside a transaction.
#[async_trait]
pub(super) trait Write: Send + Sync + 'static {
    /// What the verb answers.
    type Output: Send + 'static;

    /// Does it. On an error everything it did is undone.
    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError>;
}

/// The transaction a [`Write`] runs in.
pub(super) struct Tx<'c> {
    pub(super) connection: &'c mut SqliteConnection,
    pub(super) keys: &'c Keys,
    pub(super) call_keys: &'c CallKeys,
    /// What goes into the compliance record.
    pub(super) leaves: Leaves,
    after: AfterCommit,
}

/// What has to happen once the transaction is on the disk.
#[derive(Default)]
struct AfterCommit {
    changes: Vec<Change>,
    told_before_job: usize,
    keys_to_destroy: Vec<CallKeyId>,
    keys_taken: bool,
    empty_log: bool,
}

impl Tx<'_> {
    /// Raises an agent's revision, because their desktop shows something else from now on.
    pub(super) async fn touch(&mut self, agent: &AgentId) -> Result<Revision, StoreError> {
        let revision: i64 = sqlx::query_scalar(
            "UPDATE standing SET revision = revision + 1 WHERE agent_id = $1 RETURNING revision",
        )
        .bind(agent.as_str())
        .fetch_one(&mut *self.connection)
        .await?;
        Ok(self.touched(agent.clone(), revision))
    }

    /// Notes that an agent's revision was raised by another statement of this transaction.
    pub(super) fn touched(&mut self, agent: AgentId, revision: i64) -> Revision {
        let revision = revision.unsigned_abs();
        self.tell(Change::Agent { agent, revision });
        revision
    }

    /// Tells listeners after the commit.
    pub(super) fn tell(&mut self, change: Change) {
        self.after.changes.push(change);
    }

    /// Tells nobody anything after all, and records nothing: what this job did so far is undone. Only for
    /// a job that undoes everything it did.
    pub(super) fn forget_told(&mut self) {
        self.leaves.forget_job();
        self.after.changes.truncate(self.after.told_before_job);
    }

    /// A key for a new call. Another is made ready after the commit.
    pub(super) fn take_call_key(&mut self) -> CallKeyId {
        self.after.keys_taken = true;
        self.call_keys.take().id
    }

    /// Empties the write-ahead log after the commit: it may still hold what was removed.
    pub(super) fn empty_log(&mut self) {
        self.after.empty_log = true;
    }

    /// Destroys the key of a call after the commit, and what the write-ahead log holds of it.
    pub(super) fn destroy_key(&mut self, id: CallKeyId) {
        self.after.keys_to_destroy.push(id);
    }
}

/// What the writer has done so far.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Figures {
    /// Transactions committed.
    pub commits: u64,
    /// Jobs in them.
    pub jobs: u64,
    /// Jobs that wait now.
    pub waiting: usize,
}

/// The writer's front: queues jobs for the task that runs them.
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    counted: Arc<Counted>,
    task: Mutex<Option<JoinHandle<()>>>,
    closing: Mutex<Option<oneshot::Sender<()>>>,
}

#[derive(Default)]
struct Counted {
    commits: AtomicU64,
    jobs: AtomicU64,
    waiting: AtomicUsize,
}

impl Writer {
    pub(super) fn start(
        location: Location,
        keys: Arc<Keys>,
        call_keys: Arc<CallKeys>,
        changes: broadcast::Sender<Change>,
        presence: Arc<Presence>,
    ) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (closing, closed) = oneshot::channel();
        let counted = Arc::new(Counted::default());
        let task = Task {
            recorder: Recorder::new(NodeKey::of(&keys.node_seed(location.node()))),
            location,
            keys,
            call_keys,
            changes,
            jobs,
            counted: counted.clone(),
            presence,
            truncation_due: false,
        };
        Self {
            queue,
            counted,
            task: Mutex::new(Some(tokio::spawn(task.run(closed)))),
            closing: Mutex::new(Some(closing)),
        }
    }

    pub(super) async fn write<W: Write>(
        &self,
        work: W,
        claim: Claim,
    ) -> Result<W::Output, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Queued {
            work,
            claim,
            give_up_at: Instant::now() + PATIENCE,
            outcome: None,
            answer,
        };
        self.queue
            .try_send(Box::new(job))
            .map_err(|refused| match refused {
                mpsc::error::TrySendError::Closed(_) => closed(),
                mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            })?;
        let _waits = Waits::of(&self.counted.waiting);
        answered.await.unwrap_or_else(|_| Err(closed()))
    }

    pub(super) fn figures(&self) -> Figures {
        Figures {
            commits: self.counted.commits.load(Ordering::Relaxed),
            jobs: self.counted.jobs.load(Ordering::Relaxed),
            waiting: self.counted.waiting.load(Ordering::Relaxed),
        }
    }

    /// Lets the writer finish what is queued, and stops it.
    pub(super) async fn close(&self) {
        drop(self.closing.lock().await.take());
        if let Some(task) = self.task.lock().await.take() {
            // A panic in the task was logged where it happened.
            drop(task.await);
        }
    }
}

/// Counts one who waits, until they do not.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn of(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable {
        reason: "the store is closed".to_owned(),
    }
}

/// A job whose type is forgotten.
#[async_trait]
trait Job: Send {
    /// Takes the right to run.
    fn start(&self) -> bool;
    /// Whether it has waited for too long.
    fn is_out_of_patience(&self, now: Instant) -> bool;
    /// Runs inside the current savepoint and keeps the outcome. Says whether it went well.
    async fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Answers with the outcome that is now durable.
    fn answer(self: Box<Self>);
    /// Answers that nothing was changed.
    fn fail(self: Box<Self>, error: StoreError);
}

struct Queued<W: Write> {
    work: W,
    claim: Claim,
    give_up_at: Instant,
    outcome: Option<Result<W::Output, StoreError>>,
    answer: oneshot::Sender<Result<W::Output, StoreError>>,
}

#[async_trait]
impl<W: Write> Job for Queued<W> {
    fn start(&self) -> bool {
        self.claim.start()
    }

    fn is_out_of_patience(&self, now: Instant) -> bool {
        self.give_up_at <= now
    }

    async fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let ran = AssertUnwindSafe(self.work.run(tx)).catch_unwind().await;
        let outcome = ran.unwrap_or_else(|_| {
            tracing::error!("a change panicked inside the store; it was undone");
            Err(StoreError::Unavailable {
                reason: "a fault in the server".to_owned(),
            })
        });
        let went_well = outcome.is_ok();
        self.outcome = Some(outcome);
        went_well
    }

    fn answer(self: Box<Self>) {
        // Nobody may be waiting any more.
        let _ = self
            .answer
            .send(self.outcome.unwrap_or(Err(StoreError::Abandoned)));
    }

    fn fail(self: Box<Self>, error: StoreError) {
        // What it found out itself says more than what became of the batch.
        let error = match self.outcome {
            Some(Err(own)) => own,
            Some(Ok(_)) | None => error,
        };
        let _ = self.answer.send(Err(error));
    }
}

type Batch = Vec<Box<dyn Job>>;

struct Task {
    location: Location,
    keys: Arc<Keys>,
    call_keys: Arc<CallKeys>,
    changes: broadcast::Sender<Change>,
    jobs: mpsc::Receiver<Box<dyn Job>>,
    counted: Arc<Counted>,
    presence: Arc<Presence>,
    recorder: Recorder,
    truncation_due: bool,
}

impl Task {
    async fn run(mut self, mut closed: oneshot::Receiver<()>) {
        let mut connection = None;
        let mut batch: Batch = Vec::with_capacity(BATCH);
        let mut lost = false;
        loop {
            let Some(open) = &mut connection else {
                match connect::writer(&self.location, &self.presence).await {
                    Ok(made) => {
                        if lost {
                            tracing::info!("the store is open for writing again");
                        }
                        (connection, lost) = (Some(made), false);
                        self.recorder.forget();
                    }
                    Err(error) => {
                        // Once, not five times a second.
                        if !lost {
                            tracing::error!(%error, alarm = true, "the store cannot be opened for writing");
                        }
                        lost = true;
                        self.refuse_queued(&mut batch, &error);
                        if self.jobs.is_closed() {
                            return;
                        }
                        tokio::select! {
                            () = tokio::time::sleep(BETWEEN_TRIES) => {}
                            _ = &mut closed => self.jobs.close(),
                        }
                    }
                }
                continue;
            };
            if batch.is_empty() {
                tokio::select! {
                    biased;
                    count = self.jobs.recv_many(&mut batch, BATCH) => {
                        if count == 0 {
                            break;
                        }
                    }
                    _ = &mut closed, if !self.jobs.is_closed() => self.jobs.close(),
                }
                if batch.is_empty() {
                    continue;
                }
            }
            if let Err(error) = self.commit(open, &mut batch).await {
                tracing::error!(%error, "the store lost its writer; it is opened again");
                connection = None;
            }
        }
        if let Some(connection) = connection {
            drop(connection.close().await);
        }
    }

    fn refuse_queued(&mut self, batch: &mut Batch, error: &StoreError) {
        while let Ok(job) = self.jobs.try_recv() {
            batch.push(job);
        }
        for job in batch.drain(..) {
            job.fail(error.clone());
        }
    }

    /// Makes the batch one transaction. Leaves jobs in it that must wait for a lock. An error means
    /// that the connection is of no use any more; every job has been answered then.
    async fn commit(
        &mut self,
        connection: &mut SqliteConnection,
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        if let Err(error) = self.presence.look() {
            return fail_all(batch, error);
        }
        if let Err(error) = execute(connection, "BEGIN IMMEDIATE").await {
            return self.begin_refused(&error, batch);
        }
        let (mut ran, mut leaves, after) = match self.run_jobs(connection, batch).await {
            Ok(done) => done,
            Err(error) => return fail_all(batch, error),
        };
        self.recorder.keep(connection, &mut leaves).await;
        if let Err(error) = execute(connection, "COMMIT").await {
            self.recorder.undone(&leaves);
            let error = StoreError::from(error);
            // If even that fails the connection is dropped, which rolls back too.
            let _ = execute(connection, "ROLLBACK").await;
            return fail_all(&mut ran, error);
        }
        // What went into a file that nobody will find again is not kept.
        if let Err(error) = self.presence.look() {
            return fail_all(&mut ran, error);
        }
        self.counted.commits.fetch_add(1, Ordering::Relaxed);
        self.counted
            .jobs
            .fetch_add(u64::try_from(ran.len()).unwrap_or(0), Ordering::Relaxed);
        for change in after.changes {
            // Nobody may be listening.
            let _ = self.changes.send(change);
        }
        for job in ran {
            job.answer();
        }
        if after.keys_taken {
            self.refill_keys();
        }
        self.truncation_due |= after.empty_log;
        self.destroy(connection, &after.keys_to_destroy).await;
        Ok(())
    }

    /// Decides what becomes of the jobs when the transaction could not begin.
    fn begin_refused(&mut self, error: &sqlx::Error, batch: &mut Batch) -> Result<(), StoreError> {
        if !is_busy(error) {
            return fail_all(
                batch,
                StoreError::Unavailable {
                    reason: error.to_string(),
                },
            );
        }
        let now = Instant::now();
        for job in std::mem::take(batch) {
            if job.is_out_of_patience(now) {
                job.fail(StoreError::Busy);
            } else {
                batch.push(job);
            }
        }
        // Whoever came meanwhile waits in the same line.
        while batch.len() < BATCH {
            match self.jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Runs every job that was not given up. On an error the transaction is of no use.
    async fn run_jobs(
        &self,
        connection: &mut SqliteConnection,
        batch: &mut Batch,
    ) -> Result<(Batch, Leaves, AfterCommit), StoreError> {
        let mut ran: Batch = Vec::with_capacity(batch.len());
        let mut tx = Tx {
            connection,
            keys: &self.keys,
            call_keys: &self.call_keys,
            leaves: Leaves::default(),
            after: AfterCommit::default(),
        };
        let mut waiting = std::mem::take(batch).into_iter();
        while let Some(mut job) = waiting.next() {
            if !job.start() {
                job.fail(StoreError::Abandoned);
                continue;
            }
            tx.after.told_before_job = tx.after.changes.len();
            let doomed_before = tx.after.keys_to_destroy.len();
            tx.leaves.begin_job();
            let outcome = async {
                execute(tx.connection, "SAVEPOINT job").await?;
                let went_well = job.run(&mut tx).await;
                if !went_well {
                    execute(tx.connection, "ROLLBACK TO job").await?;
                }
                execute(tx.connection, "RELEASE job").await?;
                Ok::<_, sqlx::Error>(went_well)
            }
            .await;
            match outcome {
                Ok(true) => ran.push(job),
                Ok(false) => {
                    tx.forget_told();
                    tx.after.keys_to_destroy.truncate(doomed_before);
                    ran.push(job);
                }
                Err(error) => {
                    // The database ended the transaction by itself: disk full, an I/O error.
                    let _ = execute(tx.connection, "ROLLBACK").await;
                    ran.push(job);
                    ran.extend(waiting);
                    *batch = ran;
                    return Err(error.into());
                }
            }
        }
        Ok((ran, tx.leaves, tx.after))
    }

    /// Makes keys ready for the next calls, beside everything else.
    fn refill_keys(&self) {
        let call_keys = self.call_keys.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = call_keys.refill() {
                tracing::error!(%error, "keys of calls cannot be kept outside the store");
            }
        });
    }

    /// Destroys the keys of calls that are gone, and empties the write-ahead log, which may still
    /// hold what was deleted. What cannot be done now is tried again after the next commit.
    async fn destroy(&mut self, connection: &mut SqliteConnection, keys: &[CallKeyId]) {
        for id in keys {
            let call_keys = self.call_keys.clone();
            let doomed = id.clone();
            let destroyed = tokio::task::spawn_blocking(move || call_keys.destroy(&doomed)).await;
            if !matches!(destroyed, Ok(Ok(()))) {
                tracing::error!(
                    "the key of a call that is gone could not be destroyed; it is destroyed at the next start"
                );
            }
            self.truncation_due = true;
        }
        if self.truncation_due {
            let truncated: Result<(i64, i64, i64), _> =
                sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
                    .fetch_one(&mut *connection)
                    .await;
            self.truncation_due = !matches!(truncated, Ok((0, _, _)));
        }
    }
}

fn fail_all(batch: &mut Batch, error: StoreError) -> Result<(), StoreError> {
    for job in batch.drain(..) {
        job.fail(error.clone());
    }
    Err(error)
}

async fn execute(
    connection: &mut SqliteConnection,
    statement: &'static str,
) -> Result<(), sqlx::Error> {
    sqlx::query(statement).execute(connection).await.map(drop)
}

fn is_busy(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(refused) = error else {
        return false;
    };
    refused
        .code()
        .and_then(|code| code.parse::<i32>().ok())
        .is_some_and(|code| code & 0xff == SQLITE_BUSY)
}
