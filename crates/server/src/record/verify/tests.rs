use proptest::prelude::*;

use super::*;
use crate::record::{Leaf, NodeKey};

fn key(seed: u8) -> NodeKey {
    NodeKey::of(&[seed; 32])
}

fn leaf(number: i64) -> Vec<u8> {
    let at = jiff::Timestamp::from_second(1_795_000_000 + number).unwrap();
    let mut leaf = Leaf::new(Kind::CallOpened, at);
    leaf.count("number", number);
    leaf.into_bytes()
}

/// A chain whose batches have so many leaves.
fn chain(key: &NodeKey, sizes: &[usize]) -> Vec<Batch> {
    let mut head = Head::beginning(key.node());
    let mut number = 0;
    let batches = sizes.iter().map(|size| {
        let leaves: Vec<Vec<u8>> = (0..*size)
            .map(|_| {
                number += 1;
                leaf(number)
            })
            .collect();
        let batch = Batch::after(&head, &leaves, key);
        head = batch.head().unwrap();
        batch
    });
    batches.collect()
}

/// What is found in batches as a store would give them, with heads that were carried away.
fn findings(nodes: &[&NodeKey], batches: &[Batch], expected: &[Head]) -> Vec<Finding> {
    let mut verifier = Verifier::new(nodes.iter().map(|key| key.public()));
    for head in expected {
        verifier.expect(head);
    }
    for batch in batches {
        verifier.batch(batch);
    }
    for (seen, by) in verifier.wanted() {
        let stands = batches
            .iter()
            .find(|batch| (batch.node, batch.height) == (seen.node, seen.height));
        let link = stands.and_then(|batch| Link::from_bytes(&batch.link));
        verifier.found(seen, by, link);
    }
    verifier.finish(nodes.first().map(|key| key.node())).1
}

fn head_of(batches: &[Batch]) -> Head {
    batches.last().and_then(Batch::head).unwrap()
}

#[test]
fn an_untouched_chain_is_good() {
    let key = key(1);
    let batches = chain(&key, &[1, 2, 3, 7, 512]);
    assert_eq!(findings(&[&key], &batches, &[head_of(&batches)]), []);
}

#[test]
fn a_cut_is_found_by_whoever_saw_more() {
    let key = key(1);
    let mut batches = chain(&key, &[1, 2, 3]);
    let seen = head_of(&batches);
    batches.pop();
    assert_eq!(
        findings(&[&key], &batches, &[]),
        [],
        "by itself it cannot know"
    );
    let by = Seen::Exported;
    let cut = Finding::Cut {
        seen,
        height: 2,
        by,
    };
    assert_eq!(findings(&[&key], &batches, &[seen]), [cut]);
}

#[test]
fn a_chain_written_anew_with_the_nodes_own_key_contradicts_the_other_node() {
    let (one, other) = (key(1), key(2));
    let mut batches = chain(&one, &[1, 2, 3]);
    let seen = head_of(&batches);
    let mut witness = Leaf::new(Kind::Witnessed, "2026-11-20T10:00:00Z".parse().unwrap());
    witness.head(&seen);
    let witnessed = Batch::after(
        &Head::beginning(other.node()),
        &[witness.into_bytes()],
        &other,
    );
    batches.push(witnessed.clone());
    assert_eq!(findings(&[&one, &other], &batches, &[]), []);

    // One entry less in the first batch, and everything after it signed again.
    let mut forged = chain(&one, &[2, 2, 3]);
    forged.push(witnessed.clone());
    let by = Seen::Node(other.node());
    let rewritten = Finding::Rewritten { seen, by };
    assert_eq!(findings(&[&one, &other], &forged, &[]), [rewritten]);

    let cut = [chain(&one, &[1]), vec![witnessed]].concat();
    let cut = findings(&[&one, &other], &cut, &[]);
    assert_eq!(
        cut,
        [Finding::Cut {
            seen,
            height: 1,
            by
        }]
    );
}

#[test]
fn a_record_that_somebody_else_signed_is_not_ours() {
    let (ours, theirs) = (key(1), key(2));
    let forged = chain(&theirs, &[1, 2]);
    assert_eq!(
        findings(&[&ours, &theirs], &forged, &[]),
        [Finding::NotOurs]
    );
    let node = theirs.node();
    let without_key = findings(&[&ours], &forged, &[]);
    assert_eq!(
        without_key,
        [Finding::UnknownNode { node }, Finding::NotOurs]
    );
}

#[test]
fn a_row_of_the_history_that_was_changed_or_taken_away_is_found() {
    let node = key(1);
    let row = |digest: &str| {
        format!(r#"{{"at":1,"kind":"confirmed","row":"{digest}","version":1}}"#).into_bytes()
    };
    let begun = br#"{"at":1,"history":0,"kind":"record_begun"}"#.to_vec();
    let erased = br#"{"at":1,"history":1,"kind":"erased"}"#.to_vec();
    let leaves = [
        begun,
        row("one"),
        row("two"),
        row("gone with its person"),
        erased,
    ];
    let batch = Batch::after(&Head::beginning(node.node()), &leaves, &node);
    let with = |rows: &[&str]| {
        let mut verifier = Verifier::new([node.public()]);
        verifier.batch(&batch);
        for digest in rows {
            verifier.history("maria.chen", 1, Some(digest), *digest == "from before");
        }
        verifier.finish(Some(node.node())).1
    };
    assert_eq!(with(&["one", "two"]), []);
    assert_eq!(with(&["one"]), [Finding::HistoryGone { rows: 1 }]);
    let (agent, version) = ("maria.chen".to_owned(), 1);
    let changed = Finding::HistoryChanged { agent, version };
    assert_eq!(with(&["one", "changed"]), [changed]);
    let mut keyless = Verifier::new([node.public()]);
    keyless.batch(&batch);
    keyless.history("maria.chen", 1, Some("one"), false);
    keyless.history("devon.walsh", 1, None, false);
    keyless.history("devon.walsh", 2, None, true);
    let (agent, rows) = ("devon.walsh".to_owned(), 1);
    assert_eq!(
        keyless.finish(None).1,
        [
            Finding::KeyGone { agent, rows },
            Finding::HistoryAdded { rows: 1 }
        ],
        "whoever takes a key away hides nothing by that"
    );
    let mut live = Verifier::new([node.public()]);
    live.batch(&batch);
    live.history("maria.chen", 1, Some("one"), false);
    live.history("maria.chen", 2, Some("two"), false);
    live.history("maria.chen", 3, Some("three"), false);
    let heads = live.catch_up();
    assert_eq!(heads, [batch.head().unwrap()]);
    live.batch(&Batch::after(
        &heads[0],
        &[row("three"), row("four")],
        &node,
    ));
    assert_eq!(
        live.finish(None).1,
        [],
        "what was recorded meanwhile is no finding"
    );
    let added = Finding::HistoryAdded { rows: 1 };
    assert_eq!(with(&["one", "two", "from before"]), [added]);
}

/// What somebody who can write the store, and has no key, may do to a row.
#[derive(Clone, Debug)]
enum Tampering {
    Drop(usize),
    DropLeaf(usize),
    FlipBit { row: usize, column: u8, bit: usize },
    Recount(usize),
    Relink(usize),
    Swap(usize, usize),
    SwapContents(usize, usize),
    SwapLeaves(usize),
}

fn tampering() -> impl Strategy<Value = Tampering> {
    let row = 0..64_usize;
    prop_oneof![
        row.clone().prop_map(Tampering::Drop),
        row.clone().prop_map(Tampering::DropLeaf),
        (row.clone(), 0..4_u8, any::<usize>()).prop_map(|(row, column, bit)| Tampering::FlipBit {
            row,
            column,
            bit
        }),
        row.clone().prop_map(Tampering::Recount),
        row.clone().prop_map(Tampering::Relink),
        (row.clone(), row.clone()).prop_map(|(one, other)| Tampering::Swap(one, other)),
        (row.clone(), row.clone()).prop_map(|(one, other)| Tampering::SwapContents(one, other)),
        row.prop_map(Tampering::SwapLeaves),
    ]
}

/// Does it, and gives the rows as the store then would: by height.
fn tampered(mut batches: Vec<Batch>, how: &Tampering) -> Vec<Batch> {
    let count = batches.len();
    match how {
        Tampering::Drop(row) => {
            batches.remove(row % count);
        }
        Tampering::DropLeaf(row) => {
            let batch = &mut batches[row % count];
            let mut leaves: Vec<&[u8]> = batch.each_leaf().collect();
            leaves.pop();
            batch.leaves = leaves.join(&b'\n');
        }
        Tampering::FlipBit { row, column, bit } => {
            let batch = &mut batches[row % count];
            let bytes = match column {
                0 => &mut batch.leaves,
                1 => &mut batch.root,
                2 => &mut batch.link,
                _ => &mut batch.signature,
            };
            // A drop before may have emptied it.
            if let Some(at) = (bit / 8).checked_rem(bytes.len()) {
                bytes[at] ^= 1 << (bit % 8);
            }
        }
        Tampering::Recount(row) => batches[row % count].count += 1,
        Tampering::Relink(row) => {
            // Everything is made consistent again, as far as that goes without the key.
            let from = row % count;
            let mut leaves: Vec<&[u8]> = batches[from].each_leaf().collect();
            let more = leaf(-1);
            leaves.push(&more);
            batches[from].leaves = leaves.join(&b'\n');
            batches[from].count += 1;
            let mut link = match from {
                0 => Link::BEGINNING,
                _ => batches[from - 1].head().unwrap().link,
            };
            for batch in &mut batches[from..] {
                let root = tree::root(batch.each_leaf());
                link = link.after(batch.node, batch.height, batch.count, &root);
                batch.root = root.to_vec();
                batch.link = link.as_bytes().to_vec();
            }
        }
        Tampering::Swap(one, other) => {
            let (one, other) = (one % count, other % count);
            let height = batches[one].height;
            batches[one].height = batches[other].height;
            batches[other].height = height;
            batches.sort_by_key(|batch| batch.height);
        }
        Tampering::SwapContents(one, other) => {
            let (one, other) = (one % count, other % count);
            let leaves = std::mem::take(&mut batches[one].leaves);
            batches[one].leaves = std::mem::replace(&mut batches[other].leaves, leaves);
        }
        Tampering::SwapLeaves(row) => {
            let batch = &mut batches[row % count];
            let mut leaves: Vec<&[u8]> = batch.each_leaf().collect();
            leaves.reverse();
            batch.leaves = leaves.join(&b'\n');
        }
    }
    batches
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_is_done_to_a_row_is_found(
        sizes in prop::collection::vec(1..9_usize, 1..12),
        how in tampering(),
    ) {
        let key = key(1);
        let batches = chain(&key, &sizes);
        let head = head_of(&batches);
        let after = tampered(batches.clone(), &how);
        let found = findings(&[&key], &after, &[head]);
        prop_assert_eq!(found.is_empty(), after == batches, "{:?}: {:?}", how, found);
    }

    #[test]
    fn whatever_is_done_to_several_rows_is_found(
        sizes in prop::collection::vec(1..9_usize, 1..12),
        how in prop::collection::vec(tampering(), 1..4),
    ) {
        let key = key(1);
        let batches = chain(&key, &sizes);
        let head = head_of(&batches);
        let after = how.iter().fold(batches.clone(), |batches, how| {
            if batches.is_empty() { batches } else { tampered(batches, how) }
        });
        let found = findings(&[&key], &after, &[head]);
        prop_assert_eq!(found.is_empty(), after == batches, "{:?}: {:?}", how, found);
    }
}
