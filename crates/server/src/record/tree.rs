//! The Merkle tree of RFC 6962 section 2.1: leaves and inner nodes are hashed apart, so that neither can be
//! taken for the other.

use sha2::{Digest as _, Sha256};

/// A hash of the tree.
pub type Hash = [u8; 32];

/// The hash of one leaf.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0x00])
        .chain_update(leaf)
        .finalize()
        .into()
}

/// The root over leaves in their order. Of no leaves it is the hash of nothing.
#[must_use]
pub fn root<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    // Complete subtrees from left to right, each with the number of its leaves: a power of two, falling.
    let mut subtrees: Vec<(u64, Hash)> = Vec::new();
    for leaf in leaves {
        let (mut size, mut hash) = (1, leaf_hash(leaf));
        while let Some((_, left)) = subtrees.pop_if(|(left, _)| *left == size) {
            hash = inner(&left, &hash);
            size *= 2;
        }
        subtrees.push((size, hash));
    }
    let hashes = subtrees.into_iter().rev().map(|(_, hash)| hash);
    hashes
        .reduce(|right, left| inner(&left, &right))
        .unwrap_or_else(|| Sha256::digest([]).into())
}

fn inner(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([0x01])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hex::hex;

    /// The definition as it stands in the RFC.
    fn by_definition(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => leaf_hash(leaf),
            more => {
                let split = more.len().next_power_of_two() / 2;
                let (left, right) = more.split_at(split);
                inner(&by_definition(left), &by_definition(right))
            }
        }
    }

    fn root_of(leaves: &[Vec<u8>]) -> Hash {
        root(leaves.iter().map(Vec::as_slice))
    }

    /// The vectors of the certificate-transparency reference implementation.
    #[test]
    fn known_trees_have_their_known_roots() {
        let inputs: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        for (count, expected) in [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                1,
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            ),
            (
                2,
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            ),
            (
                3,
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            ),
            (
                7,
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            ),
            (
                8,
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            ),
        ] {
            let found = root(inputs.iter().take(count).copied());
            assert_eq!(hex(&found), expected, "{count}");
        }
    }

    proptest! {
        #[test]
        fn the_root_is_the_one_the_rfc_defines(leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..70)) {
            prop_assert_eq!(root_of(&leaves), by_definition(&leaves));
        }
    }
}
