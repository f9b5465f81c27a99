//! Reading the compliance record, and the verbs that write nothing else.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    SqliteStore, StoreError, Tx, Write, erase, history_at,
    record::{self, Row},
    words::to_count,
};
use crate::{
    record::{Batch, Head, Kind, Leaf, Link, NodeId, NodeKey, PublicKey, SignedHead, leaf::short},
    store::{AgentId, Entry, Erasure, KnownAt, RecordedRow, Records},
};

const TABLE: &str = "record_batch";
const CORRUPT: StoreError = StoreError::Corrupt { table: TABLE };

#[async_trait]
impl Records for SqliteStore {
    async fn record(&self, entry: Entry) -> Result<(), StoreError> {
        self.write(Alone(entry)).await
    }

    fn node(&self) -> NodeId {
        NodeKey::of(&self.keys.node_seed(self.location.node())).node()
    }

    async fn nodes(&self) -> Result<Vec<PublicKey>, StoreError> {
        let keys: Vec<Vec<u8>> = sqlx::query_scalar("SELECT public_key FROM record_node")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        // A key that is none is a chain without a key, which the verifier says.
        let keys = keys.iter().filter_map(|key| PublicKey::from_bytes(key));
        Ok(keys.collect())
    }

    async fn batches(
        &self,
        node: NodeId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Batch>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT height, leaf_count, leaves, root, link, signature FROM record_batch \
             WHERE node = $1 AND height > $2 ORDER BY height LIMIT $3",
        )
        .bind(node.to_string())
        .bind(to_count(after))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        Ok(rows.into_iter().map(|row| row.into_batch(node)).collect())
    }

    async fn chains(&self) -> Result<Vec<NodeId>, StoreError> {
        let nodes: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT node FROM record_batch ORDER BY node")
                .fetch_all(&mut *self.reader().await?)
                .await?;
        let nodes = nodes.iter().map(|node| node.parse().map_err(|_| CORRUPT));
        nodes.collect()
    }

    async fn link_at(&self, node: NodeId, height: u64) -> Result<Option<Link>, StoreError> {
        let link: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT link FROM record_batch WHERE node = $1 AND height = $2")
                .bind(node.to_string())
                .bind(to_count(height))
                .fetch_optional(&mut *self.reader().await?)
                .await?;
        Ok(link.map(|link| Link::from_bytes(&link).unwrap_or(Link::BEGINNING)))
    }

    async fn heads(&self) -> Result<Vec<SignedHead>, StoreError> {
        // The greatest height of each is found by the key; the columns beside it are of that row.
        let rows: Vec<(i64, Vec<u8>, Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "SELECT b.height, b.link, b.signature, n.public_key FROM record_node n \
             JOIN record_batch b ON b.node = n.node \
             AND b.height = (SELECT MAX(height) FROM record_batch WHERE node = n.node) \
             ORDER BY n.node",
        )
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let heads = rows.into_iter().map(|(height, link, signature, key)| {
            let public_key = PublicKey::from_bytes(&key).ok_or(CORRUPT)?;
            Ok(SignedHead {
                head: Head {
                    node: public_key.node(),
                    height: height.unsigned_abs(),
                    link: Link::from_bytes(&link).ok_or(CORRUPT)?,
                },
                public_key,
                signature,
            })
        });
        heads.collect()
    }

    async fn witness(&self, heads: Vec<Head>, at: Timestamp) -> Result<(), StoreError> {
        self.write(Witness { heads, at }).await
    }

    async fn recorded_rows(
        &self,
        after: Option<(AgentId, u64)>,
        limit: usize,
    ) -> Result<Vec<RecordedRow>, StoreError> {
        let (agent, version) = match &after {
            Some((agent, version)) => (agent.as_str(), to_count(*version)),
            None => ("", 0),
        };
        let rows: Vec<HistoryColumns> = sqlx::query_as(
            "SELECT h.agent_id, a.username, h.version, h.kind, h.at, h.received_at, h.class, \
             h.seat_id, h.verdict, h.based_on, h.checked_by, h.reason_sealed, h.recorded, k.key_sealed FROM standing_history h \
             JOIN agent a ON a.agent_id = h.agent_id \
             LEFT JOIN person_key k ON k.agent_id = h.agent_id \
             WHERE (h.agent_id, h.version) > ($1, $2) ORDER BY h.agent_id, h.version LIMIT $3",
        )
        .bind(agent)
        .bind(version)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *self.reader().await?)
        .await?;
        Ok(rows.into_iter().map(|row| self.recorded_row(row)).collect())
    }

    async fn known_at(&self, at: Timestamp) -> Result<Vec<KnownAt>, StoreError> {
        history_at::read(&mut *self.reader().await?, at).await
    }

    async fn erase(&self, agent: &AgentId, at: Timestamp) -> Result<Erasure, StoreError> {
        let agent = agent.clone();
        self.write(erase::Erase { agent, at }).await
    }
}

impl SqliteStore {
    fn recorded_row(&self, row: HistoryColumns) -> RecordedRow {
        let agent = AgentId::from_stored(row.agent_id);
        let key = row.key_sealed.as_deref();
        let key = key.and_then(|sealed| record::open_person_key(&self.keys, &agent, sealed));
        let digest = key.map(|key| {
            let row = Row {
                version: row.version,
                kind: &row.kind,
                at: row.at,
                received_at: row.received_at,
                class: row.class.as_deref(),
                seat_id: row.seat_id.as_deref(),
                verdict: &row.verdict,
                based_on: row.based_on,
                checked_by: row.checked_by.as_deref(),
                reason_sealed: row.reason_sealed.as_deref(),
            };
            let written = row.written(&agent);
            short(record::keyed(&self.keys, Some(&key), "row", &written))
        });
        RecordedRow {
            agent,
            username: row.username,
            version: row.version.unsigned_abs(),
            digest,
            recorded: row.recorded != 0,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Columns {
    height: i64,
    leaf_count: i64,
    leaves: Vec<u8>,
    root: Vec<u8>,
    link: Vec<u8>,
    signature: Vec<u8>,
}

impl Columns {
    fn into_batch(self, node: NodeId) -> Batch {
        Batch {
            node,
            height: self.height.unsigned_abs(),
            count: self.leaf_count.unsigned_abs(),
            leaves: self.leaves,
            root: self.root,
            link: self.link,
            signature: self.signature,
        }
    }
}

#[derive(sqlx::FromRow)]
struct HistoryColumns {
    agent_id: String,
    username: String,
    version: i64,
    kind: String,
    at: i64,
    received_at: i64,
    class: Option<String>,
    seat_id: Option<String>,
    verdict: String,
    based_on: Option<i64>,
    checked_by: Option<String>,
    reason_sealed: Option<Vec<u8>>,
    recorded: i64,
    key_sealed: Option<Vec<u8>>,
}

/// An entry of its own.
struct Alone(Entry);

#[async_trait]
impl Write for Alone {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.record(self.0.clone()).await;
        Ok(())
    }
}

struct Witness {
    heads: Vec<Head>,
    at: Timestamp,
}

#[async_trait]
impl Write for Witness {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for head in &self.heads {
            let mut leaf = Leaf::new(Kind::Witnessed, self.at);
            leaf.head(head);
            tx.leaves.take(leaf, self.at);
        }
        Ok(())
    }
}
