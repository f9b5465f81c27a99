//! The compliance record: what happened, append-only, in a form that shows when anybody changed it.
//!
//! Whatever one commit of a node takes in is one [`Batch`]: its leaves, the root of the Merkle tree over
//! them ([`tree`], RFC 6962 section 2.1) and a link ([`chain`]) over that root and the link before, signed
//! with the node's own key. Each node has a chain of its own, so nodes never wait for one another; each
//! minute every node takes the heads of the others into its chain, so that none of them can be cut or
//! written anew without contradicting the others.
//!
//! A leaf ([`leaf`]) is one line of JSON with moments, words of closed vocabularies, counts and keyed
//! digests. No address, number, name or name of a call stands in it. What concerns a person is a digest
//! under a key of that person, which can be destroyed: what is left then says nothing about anybody, and
//! the chain still holds.
//!
//! No store and no clock in here: [`verify`] takes batches from wherever they are. [`HeadsFile`] alone
//! touches the disk.

pub mod chain;
pub mod head;
mod heads_file;
pub mod leaf;
pub mod tree;
pub mod verify;

pub use chain::{Batch, Head, Link, NodeId, NodeKey, PublicKey};
pub use head::{HeadError, SignedHead};
pub use heads_file::{DamagedLine, HeadsFile, KeptHeads};
pub use leaf::{Kind, Leaf};
pub use verify::{Finding, Looked, Seen, Verifier};
