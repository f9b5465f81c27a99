//! How entries get into the compliance record: collected while the jobs of a batch run, and kept as one
//! [`Batch`] in the same transaction, with one statement.
//!
//! Nothing here makes a job fail: an emergency call matters more than the record of it. What could not be
//! kept is counted, shouted, and told to the record with the next batch.

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use super::{
    StoreError, Tx,
    words::{to_count, to_json},
};
use crate::{
    record::{Batch, Head, Kind, Leaf, Link, NodeId, NodeKey},
    seal::{Binding, Digest, Keys, SealKey},
    store::{
        AgentId,
        record::{Entry, Fact},
    },
};

const TABLE: &str = "record_batch";

/// Switches the record off, so that what it costs can be measured beside the same without it.
#[cfg(test)]
pub(super) static OFF: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

#[cfg(test)]
fn is_off() -> bool {
    OFF.load(std::sync::atomic::Ordering::Relaxed)
}

/// The entries of one transaction.
#[derive(Default)]
pub(super) struct Leaves {
    taken: Vec<Vec<u8>>,
    taken_before_job: usize,
    lost: u64,
    latest: Option<Timestamp>,
}

impl Leaves {
    /// A job begins.
    pub(super) fn begin_job(&mut self) {
        self.taken_before_job = self.taken.len();
    }

    /// Forgets those of the job that runs: it is undone.
    pub(super) fn forget_job(&mut self) {
        self.taken.truncate(self.taken_before_job);
    }

    /// How many there are now, for [`Leaves::back_to`].
    pub(super) fn count(&self) -> usize {
        self.taken.len()
    }

    /// Forgets those that came after: a part of the job is undone.
    pub(super) fn back_to(&mut self, count: usize) {
        self.taken.truncate(count);
    }

    pub(super) fn take(&mut self, leaf: Leaf, at: Timestamp) {
        self.taken.push(leaf.into_bytes());
        self.latest = self.latest.max(Some(at));
    }
}

impl Tx<'_> {
    /// Takes an entry into the compliance record, in this transaction. It goes with everything else when the
    /// job is undone.
    pub(super) async fn record(&mut self, entry: Entry) {
        let person = match &entry.person {
            Some(person) => self.person_key(person).await,
            None => None,
        };
        self.record_of(entry, person.as_ref()).await;
    }

    /// The same, where the key of the person it is about is at hand.
    pub(super) async fn record_of(&mut self, entry: Entry, person: Option<&SealKey>) {
        #[cfg(test)]
        if is_off() {
            return;
        }
        let Entry {
            kind,
            at,
            by,
            call,
            facts,
            ..
        } = entry;
        let mut leaf = Leaf::new(kind, at);
        let subject = subject(kind, at);
        if let Some(key) = person {
            leaf.digest("person", key.digest("record-person", &subject));
        }
        if let Some(by) = by
            && let Some(key) = self.person_key(&by).await
        {
            leaf.digest("by", key.digest("record-by", &subject));
        }
        if let Some(call) = call {
            leaf.digest("call", self.keys.digest("record-call", call.as_str()));
        }
        for (name, fact) in facts {
            match fact {
                Fact::Count(count) => leaf.count(name, count),
                Fact::Keyed(secret) => leaf.digest(name, keyed(self.keys, person, name, &secret)),
                Fact::Word(word) => leaf.word(name, &word),
            }
        }
        self.leaves.take(leaf, at);
    }

    /// The key of a person, made when they have none. `None` when it cannot be had now: the entry then says
    /// nothing about whom.
    pub(super) async fn person_key(&mut self, person: &AgentId) -> Option<SealKey> {
        let sealed: Result<Option<Vec<u8>>, _> =
            sqlx::query_scalar("SELECT key_sealed FROM person_key WHERE agent_id = $1")
                .bind(person.as_str())
                .fetch_optional(&mut *self.connection)
                .await;
        match sealed {
            Ok(Some(sealed)) => open_person_key(self.keys, person, &sealed),
            Ok(None) => self.make_person_key(person).await,
            Err(error) => {
                shout(&StoreError::from(error));
                None
            }
        }
    }

    /// Makes the key of a person who has none.
    pub(super) async fn make_person_key(&mut self, person: &AgentId) -> Option<SealKey> {
        let key = SealKey::random();
        let sealed = self.keys.seal(&binding(person), &key.to_bytes());
        let made = sqlx::query("INSERT INTO person_key (agent_id, key_sealed) VALUES ($1, $2)")
            .bind(person.as_str())
            .bind(sealed)
            .execute(&mut *self.connection)
            .await;
        match made {
            Ok(_) => Some(key),
            Err(error) => {
                shout(&StoreError::from(error));
                None
            }
        }
    }
}

/// Opens what stands in `person_key`. `None` when the key that sealed it is lost.
pub(super) fn open_person_key(keys: &Keys, person: &AgentId, sealed: &[u8]) -> Option<SealKey> {
    #[cfg(test)]
    if is_off() {
        return None;
    }
    let opened = keys.open(&binding(person), sealed).ok();
    let key = opened.and_then(|bytes| SealKey::from_bytes(&bytes));
    if key.is_none() {
        tracing::error!(
            agent = %person,
            "the key of a person cannot be opened; the compliance record does not say whom it is about"
        );
    }
    key
}

fn binding(person: &AgentId) -> Binding<'_> {
    Binding {
        table: "person_key",
        owner: person.as_str(),
        version: 1,
    }
}

/// A row of the history, as the record knows it: whoever changes the row contradicts the record.
pub(super) struct Row<'a> {
    pub(super) version: i64,
    pub(super) kind: &'a str,
    pub(super) at: i64,
    pub(super) received_at: i64,
    pub(super) class: Option<&'a str>,
    pub(super) seat_id: Option<&'a str>,
    pub(super) verdict: &'a str,
    pub(super) based_on: Option<i64>,
    pub(super) checked_by: Option<&'a str>,
    /// As it is kept.
    pub(super) reason_sealed: Option<&'a [u8]>,
}

impl Row<'_> {
    /// What its digest is made of.
    pub(super) fn written(&self, agent: &AgentId) -> String {
        let Row {
            version,
            kind,
            at,
            received_at,
            class,
            seat_id,
            verdict,
            based_on,
            checked_by,
            reason_sealed,
        } = self;
        // As JSON, so that no two rows are written alike.
        to_json(&(
            agent,
            version,
            kind,
            at,
            received_at,
            class,
            seat_id,
            verdict,
            based_on,
            checked_by,
            reason_sealed,
        ))
    }
}

/// What stands for a person in an entry: another digest in each, so that entries of an erased person do not
/// even say that they are about the same one.
pub(super) fn subject(kind: Kind, at: Timestamp) -> String {
    format!("{}|{}", kind.as_str(), at.as_millisecond())
}

/// The digest of something that must not stand in the record.
pub(super) fn keyed(keys: &Keys, person: Option<&SealKey>, name: &str, secret: &str) -> Digest {
    let purpose = format!("record-{name}");
    match person {
        Some(key) => key.digest(&purpose, secret),
        None => keys.digest(&purpose, secret),
    }
}

/// Keeps the record of one node, for its writer.
pub(super) struct Recorder {
    key: NodeKey,
    /// How far the chain goes, as far as this writer knows.
    head: Option<Head>,
    /// Entries that could not be kept.
    lost: u64,
}

impl Recorder {
    pub(super) fn new(key: NodeKey) -> Self {
        Self {
            key,
            head: None,
            lost: 0,
        }
    }

    /// Forgets how far the chain goes: the connection, or the transaction that said so, is gone.
    pub(super) fn forget(&mut self) {
        self.head = None;
    }

    /// Keeps what a transaction took in. On an error of the database nothing of the transaction is undone.
    pub(super) async fn keep(&mut self, connection: &mut SqliteConnection, leaves: &mut Leaves) {
        let Some(at) = leaves.latest.filter(|_| !leaves.taken.is_empty()) else {
            return;
        };
        if self.lost > 0 {
            let mut leaf = Leaf::new(Kind::Lost, at);
            leaf.count("entries", to_count(self.lost));
            leaves.taken.push(leaf.into_bytes());
        }
        match self.append(connection, leaves, at).await {
            Ok(head) => {
                self.head = Some(head);
                leaves.lost = std::mem::take(&mut self.lost);
            }
            Err(fault) => {
                self.head = None;
                self.lost += to_u64(leaves.taken.len()) - u64::from(self.lost > 0);
                leaves.taken.clear();
                shout(&fault);
            }
        }
    }

    /// The transaction that [`Recorder::keep`] added to did not come about.
    pub(super) fn undone(&mut self, leaves: &Leaves) {
        self.head = None;
        self.lost += leaves.lost;
    }

    async fn append(
        &mut self,
        connection: &mut SqliteConnection,
        leaves: &mut Leaves,
        at: Timestamp,
    ) -> Result<Head, StoreError> {
        // Another process may write too: what is remembered is only a guess.
        if let Some(head) = self.head
            && let Some(after) = self.insert(connection, &head, &leaves.taken).await?
        {
            return Ok(after);
        }
        let head = match head_of(connection, self.key.node()).await? {
            Some(head) => head,
            None => {
                self.begin(connection).await?;
                leaves
                    .taken
                    .insert(0, begun(connection, at).await?.into_bytes());
                Head::beginning(self.key.node())
            }
        };
        let after = self.insert(connection, &head, &leaves.taken).await?;
        after.ok_or(StoreError::Corrupt { table: TABLE })
    }

    /// `None` when the chain goes further than that.
    async fn insert(
        &self,
        connection: &mut SqliteConnection,
        before: &Head,
        leaves: &[Vec<u8>],
    ) -> Result<Option<Head>, StoreError> {
        let batch = Batch::after(before, leaves, &self.key);
        let done = sqlx::query(
            "INSERT INTO record_batch (node, height, leaf_count, leaves, root, link, signature) \
             SELECT $1, $2, $3, $4, $5, $6, $7 \
             WHERE COALESCE((SELECT MAX(height) FROM record_batch WHERE node = $1), 0) = $2 - 1",
        )
        .bind(batch.node.to_string())
        .bind(to_count(batch.height))
        .bind(to_count(batch.count))
        .bind(&batch.leaves)
        .bind(&batch.root)
        .bind(&batch.link)
        .bind(&batch.signature)
        .execute(connection)
        .await?;
        Ok(batch.head().filter(|_| done.rows_affected() == 1))
    }

    async fn begin(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO record_node (node, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(self.key.node().to_string())
        .bind(self.key.public().as_bytes())
        .execute(connection)
        .await?;
        Ok(())
    }
}

/// The first entry of a chain: how much history there was before it.
async fn begun(connection: &mut SqliteConnection, at: Timestamp) -> Result<Leaf, StoreError> {
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM standing_history WHERE recorded = 0")
        .fetch_one(connection)
        .await?;
    let mut leaf = Leaf::new(Kind::RecordBegun, at);
    leaf.count("history", rows);
    Ok(leaf)
}

/// How far a node's chain goes; `None` when it has none.
pub(super) async fn head_of(
    connection: &mut SqliteConnection,
    node: NodeId,
) -> Result<Option<Head>, StoreError> {
    let last: Option<(i64, Vec<u8>)> = sqlx::query_as(
        "SELECT height, link FROM record_batch WHERE node = $1 ORDER BY height DESC LIMIT 1",
    )
    .bind(node.to_string())
    .fetch_optional(connection)
    .await?;
    last.map(|(height, link)| {
        Ok(Head {
            node,
            height: height.unsigned_abs(),
            link: Link::from_bytes(&link).ok_or(StoreError::Corrupt { table: TABLE })?,
        })
    })
    .transpose()
}

fn shout(fault: &StoreError) {
    metrics::counter!("whereabouts_record_faults_total").increment(1);
    tracing::error!(alarm = true, store.fault = %fault, "the compliance record could not be kept");
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
