//! Finds what was changed in the record.
//!
//! What one chain says of itself: an entry that was changed, added, taken away or moved, a batch that is
//! missing or moved. What only others can say: that the end of a chain was cut off, or that a chain was
//! written anew by somebody who has its node's key. That is told by heads that were carried away
//! ([`super::SignedHead`]) and by what other nodes witnessed.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fmt,
};

use serde::Deserialize;

use super::{Batch, Head, Kind, Link, NodeId, PublicKey, tree};

/// Something is wrong with the record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Finding {
    /// The leaves of a batch are not those that were signed.
    Changed {
        /// Whose chain.
        node: NodeId,
        /// Which batch.
        height: u64,
    },
    /// A chain ends before a head that was seen.
    Cut {
        /// The head that was seen.
        seen: Head,
        /// How far the chain goes now.
        height: u64,
        /// Who saw it.
        by: Seen,
    },
    /// Rows of the history that the record speaks of are not there.
    HistoryGone {
        /// How many.
        rows: u64,
    },
    /// There is more history from before the record than there was when it began.
    HistoryAdded {
        /// How many rows.
        rows: u64,
    },
    /// A row of the history is not what the record says, or the record does not know it.
    HistoryChanged {
        /// Whose.
        agent: String,
        /// Which row.
        version: u64,
    },
    /// The key of a person is missing or does not open, so that nothing says whether their history is what
    /// was recorded. Erasing a person takes their rows along.
    KeyGone {
        /// Whose.
        agent: String,
        /// How many rows of theirs cannot be compared.
        rows: u64,
    },
    /// Batches are missing.
    Missing {
        /// Whose chain.
        node: NodeId,
        /// The first that is missing.
        first: u64,
        /// The last.
        last: u64,
    },
    /// No chain is signed with the key of this installation.
    NotOurs,
    /// The signature of a batch is not of its node.
    NotSigned {
        /// Whose chain.
        node: NodeId,
        /// Which batch.
        height: u64,
    },
    /// A chain is not the one that was seen.
    Rewritten {
        /// The head that was seen.
        seen: Head,
        /// Who saw it.
        by: Seen,
    },
    /// A batch does not follow the one before.
    Unlinked {
        /// Whose chain.
        node: NodeId,
        /// Which batch.
        height: u64,
    },
    /// A chain whose node's key is not there, or is another's.
    UnknownNode {
        /// Whose chain.
        node: NodeId,
    },
}

/// Who saw a head.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Seen {
    /// It was carried away.
    Exported,
    /// Another node.
    Node(NodeId),
}

/// What a leaf says, as far as the verifier cares.
#[derive(Deserialize)]
struct Said {
    kind: Kind,
    row: Option<String>,
    history: Option<u64>,
    entries: Option<u64>,
    node: Option<String>,
    height: Option<u64>,
    link: Option<String>,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Looked {
    /// Batches.
    pub batches: u64,
    /// Entries.
    pub entries: u64,
    /// Entries that could not be kept when they happened.
    pub lost: u64,
    /// Rows of the history that the record agrees with.
    pub rows: u64,
    /// Rows of the history from before the record began.
    pub rows_before: u64,
    /// Rows of people who were erased.
    pub rows_erased: u64,
}

/// Reads a record from its beginning.
#[derive(Debug, Default)]
pub struct Verifier {
    nodes: BTreeMap<NodeId, PublicKey>,
    heads: BTreeMap<NodeId, Head>,
    wanted: BTreeMap<(NodeId, u64, [u8; 32]), Seen>,
    unknown: BTreeSet<NodeId>,
    /// The rows of the history that the record knows and nobody has shown yet.
    rows: HashSet<String>,
    /// Rows of the history that the record does not know yet, by their digests.
    pending: BTreeMap<String, (String, u64)>,
    /// Whether the history was read, so that what comes now was recorded meanwhile.
    catching_up: bool,
    /// Rows of the history that say they are from before.
    before: u64,
    /// How many recorded rows cannot be compared, by whose they are.
    keyless: BTreeMap<String, u64>,
    looked: Looked,
    findings: Vec<Finding>,
}

impl Verifier {
    /// One that knows these nodes' keys.
    #[must_use]
    pub fn new(nodes: impl IntoIterator<Item = PublicKey>) -> Self {
        Self {
            nodes: nodes.into_iter().map(|key| (key.node(), key)).collect(),
            ..Self::default()
        }
    }

    /// A head that was carried away.
    pub fn expect(&mut self, head: &Head) {
        self.want(*head, Seen::Exported);
    }

    /// The next batch, each chain in the order of its heights.
    pub fn batch(&mut self, batch: &Batch) {
        let (node, height) = (batch.node, batch.height);
        let before = self.heads.get(&node).copied();
        let before = before.unwrap_or(Head::beginning(node));
        self.looked.batches += 1;
        if height != before.height + 1 {
            self.findings.push(Finding::Missing {
                node,
                first: before.height + 1,
                last: height.saturating_sub(1),
            });
        }
        let mut count = 0;
        for leaf in batch.each_leaf() {
            count += 1;
            self.leaf(node, leaf);
        }
        self.looked.entries += count;
        let root = tree::root(batch.each_leaf());
        if root[..] != batch.root[..] || count != batch.count {
            self.findings.push(Finding::Changed { node, height });
        }
        let link = Link::from_bytes(&batch.link);
        let follows = <[u8; 32]>::try_from(&batch.root[..])
            .is_ok_and(|root| link == Some(before.link.after(node, height, batch.count, &root)));
        if !follows && height == before.height + 1 {
            self.findings.push(Finding::Unlinked { node, height });
        }
        match (self.nodes.get(&node), link) {
            (Some(key), Some(link)) if key.has_signed(link, &batch.signature) => {}
            (Some(_), _) => self.findings.push(Finding::NotSigned { node, height }),
            (None, _) => {
                if self.unknown.insert(node) {
                    self.findings.push(Finding::UnknownNode { node });
                }
            }
        }
        // What comes after is judged by what is kept, so that one damage is one finding.
        let link = link.unwrap_or(Link::BEGINNING);
        self.heads.insert(node, Head { node, height, link });
    }

    fn leaf(&mut self, by: NodeId, leaf: &[u8]) {
        // What cannot be read does not give the signed root either.
        let Ok(said) = serde_json::from_slice::<Said>(leaf) else {
            return;
        };
        if said.kind.is_of_history() {
            self.row(said.row);
        }
        match said.kind {
            Kind::Lost => self.looked.lost += said.entries.unwrap_or(0),
            Kind::RecordBegun => self.looked.rows_before += said.history.unwrap_or(0),
            Kind::Erased => self.looked.rows_erased += said.history.unwrap_or(0),
            Kind::Witnessed => {
                let node = said.node.and_then(|node| node.parse().ok());
                let link = said.link.and_then(|link| link.parse().ok());
                if let (Some(node), Some(height), Some(link)) = (node, said.height, link) {
                    self.want(Head { node, height, link }, Seen::Node(by));
                }
            }
            Kind::Acknowledged
            | Kind::BreakGlass
            | Kind::CallDestroyed
            | Kind::CallEnded
            | Kind::CallOpened
            | Kind::Confirmed
            | Kind::Declined
            | Kind::Drilled
            | Kind::Escalated
            | Kind::NoticeAcknowledged
            | Kind::NotificationAccepted
            | Kind::NotificationGivenUp
            | Kind::NotificationQueued
            | Kind::ShiftEnded
            | Kind::TestCallResult => {}
        }
    }

    fn row(&mut self, digest: Option<String>) {
        let Some(digest) = digest else { return };
        if !self.catching_up {
            self.rows.insert(digest);
        } else if self.pending.remove(&digest).is_some() {
            self.looked.rows += 1;
        }
    }

    fn want(&mut self, head: Head, by: Seen) {
        let mut link = [0; 32];
        link.copy_from_slice(head.link.as_bytes());
        self.wanted
            .entry((head.node, head.height, link))
            .or_insert(by);
    }

    /// The heads that were seen, to be looked up with [`Verifier::found`].
    #[must_use]
    pub fn wanted(&self) -> Vec<(Head, Seen)> {
        let heads = self.wanted.iter().filter_map(|((node, height, link), by)| {
            let link = Link::from_bytes(link)?;
            let (node, height) = (*node, *height);
            Some((Head { node, height, link }, *by))
        });
        heads.collect()
    }

    /// What stands where a head was seen.
    pub fn found(&mut self, seen: Head, by: Seen, link: Option<Link>) {
        match link {
            Some(link) if link == seen.link => {}
            Some(_) => self.findings.push(Finding::Rewritten { seen, by }),
            None => {
                let height = self.heads.get(&seen.node).map_or(0, |head| head.height);
                self.findings.push(Finding::Cut { seen, height, by });
            }
        }
    }

    /// A row of the history, as its digest would stand in the record; absent when the key of its person is
    /// missing or cannot be opened.
    pub fn history(
        &mut self,
        agent: &str,
        version: u64,
        digest: Option<&str>,
        before_record: bool,
    ) {
        match digest {
            Some(digest) if self.rows.remove(digest) => self.looked.rows += 1,
            _ if before_record => self.before += 1,
            Some(digest) => {
                let row = (agent.to_owned(), version);
                self.pending.insert(digest.to_owned(), row);
            }
            None => *self.keyless.entry(agent.to_owned()).or_default() += 1,
        }
    }

    /// The history was read. Batches that come now were made meanwhile by a server that is running: they are
    /// looked for once more, from where each chain ended.
    pub fn catch_up(&mut self) -> Vec<Head> {
        self.catching_up = true;
        self.heads.values().copied().collect()
    }

    /// What was looked at and what was found, when everything was read. `ours` is the node of this
    /// installation, where its key is at hand.
    #[must_use]
    pub fn finish(mut self, ours: Option<NodeId>) -> (Looked, Vec<Finding>) {
        if let Some(ours) = ours
            && !self.heads.is_empty()
            && !self.heads.contains_key(&ours)
        {
            self.findings.push(Finding::NotOurs);
        }
        let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
        // A row that was changed leaves the digest of what it was.
        let keyless: u64 = self.keyless.values().sum();
        let explained = self.looked.rows_erased + keyless + count(self.pending.len());
        let gone = count(self.rows.len()).saturating_sub(explained);
        for (agent, version) in self.pending.into_values() {
            let changed = Finding::HistoryChanged { agent, version };
            self.findings.push(changed);
        }
        for (agent, rows) in self.keyless {
            self.findings.push(Finding::KeyGone { agent, rows });
        }
        if gone > 0 {
            self.findings.push(Finding::HistoryGone { rows: gone });
        }
        if self.before > self.looked.rows_before {
            let rows = self.before - self.looked.rows_before;
            self.findings.push(Finding::HistoryAdded { rows });
        }
        self.looked.rows_before = self.before;
        (self.looked, self.findings)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exported => formatter.write_str("a head that was kept elsewhere"),
            Self::Node(node) => write!(formatter, "the chain of node {node}"),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { node, height } => write!(
                formatter,
                "node {node}, batch {height}: its entries are not the ones that were signed"
            ),
            Self::Cut { seen, height, by } => write!(
                formatter,
                "node {}: the chain ends at batch {height}, and {by} saw batch {}: its end was cut off, \
                 or an older copy of the store was put in its place",
                seen.node, seen.height
            ),
            Self::HistoryAdded { rows } => write!(
                formatter,
                "{rows} row{} of the history pretend{} to be from before the record",
                if *rows == 1 { "" } else { "s" },
                if *rows == 1 { "s" } else { "" }
            ),
            Self::HistoryChanged { agent, version } => write!(
                formatter,
                "history of {agent}, version {version}: not as it was recorded"
            ),
            Self::HistoryGone { rows } => write!(
                formatter,
                "{rows} recorded row{} missing in the history",
                if *rows == 1 { " is" } else { "s are" }
            ),
            Self::KeyGone { agent, rows } => write!(
                formatter,
                "history of {agent}: the key of this person is missing or is not theirs, so that nothing \
                 says whether {rows} row{} what was recorded",
                if *rows == 1 { " is" } else { "s are" }
            ),
            Self::Missing { node, first, last } if first == last => {
                write!(formatter, "node {node}: batch {first} is missing")
            }
            Self::Missing { node, first, last } => {
                write!(formatter, "node {node}: batches {first} to {last} are missing")
            }
            Self::NotOurs => formatter.write_str(
                "no chain is signed with the key of this installation: the record was replaced, or the \
                 seal key file was",
            ),
            Self::NotSigned { node, height } => write!(
                formatter,
                "node {node}, batch {height}: the node did not sign it"
            ),
            Self::Rewritten { seen, by } => write!(
                formatter,
                "node {}, batch {}: not the one that {by} saw: the chain was written anew up to there",
                seen.node, seen.height
            ),
            Self::Unlinked { node, height } => write!(
                formatter,
                "node {node}, batch {height}: it does not follow the batch before it"
            ),
            Self::UnknownNode { node } => write!(
                formatter,
                "node {node}: its key is missing, so nothing can be said of its signatures"
            ),
        }
    }
}

#[cfg(test)]
mod tests;
