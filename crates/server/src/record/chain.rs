//! The chain of one node: each batch is linked to the one before, and signed.

use std::{fmt, str::FromStr};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

use super::tree::{self, Hash};
use crate::hex::{hex, unhex};

/// What every link is hashed under, so that it can be taken for nothing else.
const DOMAIN: &[u8] = b"whereabouts-record-1\0link\0";
/// The length of an Ed25519 public key and of a signature.
const PUBLIC_KEY_LENGTH: usize = 32;
const SIGNATURE_LENGTH: usize = 64;

/// Names a node: the hash of its public key, so that nobody can have its name with another key.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId([u8; 16]);

/// What ties a batch to everything before it.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Link([u8; 32]);

impl Link {
    /// Before the first batch.
    pub const BEGINNING: Self = Self([0; 32]);

    /// The link of a batch.
    #[must_use]
    pub fn after(self, node: NodeId, height: u64, count: u64, root: &Hash) -> Self {
        let hash = Sha256::new()
            .chain_update(DOMAIN)
            .chain_update(node.0)
            .chain_update(height.to_be_bytes())
            .chain_update(self.0)
            .chain_update(count.to_be_bytes())
            .chain_update(root)
            .finalize();
        Self(hash.into())
    }

    /// Reads one back. `None` for what is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As it stands in the store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

macro_rules! as_hex {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl FromStr for $name {
            type Err = NotHex;

            fn from_str(text: &str) -> Result<Self, NotHex> {
                unhex(text)
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Self)
                    .ok_or(NotHex)
            }
        }
    };
}
as_hex!(NodeId);
as_hex!(Link);

/// What should be hexadecimal of a certain length and is not.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("this is not a hash in hexadecimal")]
pub struct NotHex;

/// Verifies what a node signed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PublicKey([u8; PUBLIC_KEY_LENGTH]);

impl PublicKey {
    /// Reads one back. `None` for what is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As it stands in the store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The node that has this key.
    #[must_use]
    pub fn node(&self) -> NodeId {
        let hash: [u8; 32] = Sha256::digest(self.0).into();
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        NodeId(id)
    }

    /// Whether this key signed the link.
    #[must_use]
    pub fn has_signed(&self, link: Link, signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0)
            .verify(&link.0, signature)
            .is_ok()
    }
}

/// The key with which a node signs.
pub struct NodeKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

impl NodeKey {
    /// The key of a seed. The same seed gives the same key.
    ///
    /// # Panics
    /// Never: any 32 bytes are a seed of Ed25519 (RFC 8032 section 5.1.5).
    #[must_use]
    pub fn of(seed: &[u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed)
            .expect("any 32 bytes are a seed of an Ed25519 key");
        let public = PublicKey::from_bytes(pair.public_key().as_ref())
            .expect("an Ed25519 public key has 32 bytes");
        Self { pair, public }
    }

    /// What verifies it.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The node whose key it is.
    #[must_use]
    pub fn node(&self) -> NodeId {
        self.public.node()
    }

    fn sign(&self, link: Link) -> [u8; SIGNATURE_LENGTH] {
        let mut signature = [0; SIGNATURE_LENGTH];
        signature.copy_from_slice(self.pair.sign(&link.0).as_ref());
        signature
    }
}

impl fmt::Debug for NodeKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NodeKey({})", self.node())
    }
}

/// How far a chain goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Head {
    /// Whose chain.
    pub node: NodeId,
    /// How many batches it has.
    pub height: u64,
    /// The link of the last.
    pub link: Link,
}

impl Head {
    /// Before a node's first batch.
    #[must_use]
    pub const fn beginning(node: NodeId) -> Self {
        Self {
            node,
            height: 0,
            link: Link::BEGINNING,
        }
    }
}

/// What one commit added, as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Batch {
    /// Whose chain.
    pub node: NodeId,
    /// Which of the chain, from 1.
    pub height: u64,
    /// How many leaves.
    pub count: u64,
    /// The leaves, one a line.
    pub leaves: Vec<u8>,
    /// The root over them.
    pub root: Vec<u8>,
    /// The link.
    pub link: Vec<u8>,
    /// The node's signature of the link.
    pub signature: Vec<u8>,
}

impl Batch {
    /// The batch that comes after `before`.
    #[must_use]
    pub fn after(before: &Head, leaves: &[Vec<u8>], key: &NodeKey) -> Self {
        let node = key.node();
        let (height, count) = (before.height + 1, leaves.len() as u64);
        let root = tree::root(leaves.iter().map(Vec::as_slice));
        let link = before.link.after(node, height, count, &root);
        Self {
            node,
            height,
            count,
            leaves: leaves.join(&b'\n'),
            root: root.to_vec(),
            link: link.as_bytes().to_vec(),
            signature: key.sign(link).to_vec(),
        }
    }

    /// The leaves one by one.
    pub fn each_leaf(&self) -> impl Iterator<Item = &[u8]> {
        let empty = self.leaves.is_empty();
        self.leaves
            .split(|byte| *byte == b'\n')
            .filter(move |_| !empty)
    }

    /// How far the chain goes with it. `None` when what is kept as its link is none.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        Some(Head {
            node: self.node,
            height: self.height,
            link: Link::from_bytes(&self.link)?,
        })
    }
}
