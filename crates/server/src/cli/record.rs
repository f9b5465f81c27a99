//! `record`: the compliance record.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Ended, console::Console};
use crate::{
    record::{HeadsFile, Looked, NodeId, SignedHead, Verifier},
    store::Store,
};

/// How many batches, and rows of the history, are in memory at a time.
const AT_ONCE: usize = 1_000;

/// `record head`: how far each chain goes.
pub(super) async fn head(store: &dyn Store, console: &mut Console<'_>) -> anyhow::Result<Ended> {
    let heads = store.heads().await?;
    for head in &heads {
        console.say(&head.to_line())?;
    }
    if heads.is_empty() {
        console.remark("Nothing was recorded yet.")?;
    }
    Ok(Ended::Done)
}

/// `record verify`: whether anything was changed.
pub(super) async fn verify(
    given: &[PathBuf],
    kept: &Path,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let mut verifier = Verifier::new(store.nodes().await?);
    let mut compared = 0;
    for path in given {
        let holds_none = || format!("{} holds no heads", path.display());
        let heads = HeadsFile::at(path).read().with_context(holds_none)?;
        let heads = heads.with_context(|| format!("there is no file {}", path.display()))?;
        if let Some(damaged) = heads.damaged.into_iter().next() {
            return Err(damaged).with_context(holds_none);
        }
        compared += expect(&mut verifier, &heads.heads);
    }
    // What the server kept is compared as far as it can be read; that it is damaged is a finding of its own.
    let mut damaged = Vec::new();
    match HeadsFile::at(kept).read() {
        Ok(heads) => {
            let heads = heads.unwrap_or_default();
            compared += expect(&mut verifier, &heads.heads);
            damaged.extend(heads.damaged.iter().map(ToString::to_string));
        }
        Err(fault) => damaged.push(fault.to_string()),
    }
    read(store, &mut verifier).await?;
    let (looked, findings) = verifier.finish(Some(store.node()));
    for finding in &findings {
        console.say(&finding.to_string())?;
    }
    for fault in &damaged {
        console.say(&format!(
            "{}, {fault}: what the server kept here was damaged, and can tell of no cut",
            kept.display()
        ))?;
    }
    console.remark(&said(&looked, compared))?;
    if findings.is_empty() && damaged.is_empty() {
        console.remark("Nothing was changed.")?;
        Ok(Ended::Done)
    } else {
        Ok(Ended::SomeRefused)
    }
}

/// Has these heads looked for; how many they are.
fn expect(verifier: &mut Verifier, heads: &[SignedHead]) -> usize {
    for signed in heads {
        verifier.expect(&signed.head);
    }
    heads.len()
}

/// Reads the whole record.
async fn read(store: &dyn Store, verifier: &mut Verifier) -> anyhow::Result<()> {
    for node in store.chains().await? {
        read_chain(store, verifier, node, 0).await?;
    }
    for (seen, by) in verifier.wanted() {
        let link = store.link_at(seen.node, seen.height).await?;
        verifier.found(seen, by, link);
    }
    let mut after = None;
    loop {
        let rows = store.recorded_rows(after, AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.agent.clone(), last.version));
        for row in &rows {
            let digest = row.digest.as_deref();
            verifier.history(&row.username, row.version, digest, !row.recorded);
        }
    }
    // A server may be writing all the while.
    for head in verifier.catch_up() {
        read_chain(store, verifier, head.node, head.height).await?;
    }
    Ok(())
}

async fn read_chain(
    store: &dyn Store,
    verifier: &mut Verifier,
    node: NodeId,
    mut after: u64,
) -> anyhow::Result<()> {
    loop {
        let batches = store.batches(node, after, AT_ONCE).await?;
        let Some(last) = batches.last() else {
            return Ok(());
        };
        after = last.height;
        batches.iter().for_each(|batch| verifier.batch(batch));
    }
}

fn said(looked: &Looked, compared: usize) -> String {
    let Looked {
        batches,
        entries,
        lost,
        rows,
        rows_before,
        rows_erased,
    } = looked;
    let mut said = format!(
        "{entries} entries in {batches} batches, and {rows} rows of the history, were compared"
    );
    if *rows_before > 0 {
        said.push_str(&format!("; {rows_before} rows are from before the record"));
    }
    if *rows_erased > 0 {
        said.push_str(&format!("; {rows_erased} were of people who were erased"));
    }
    if *lost > 0 {
        said.push_str(&format!(
            "; {lost} entries could not be kept when they happened, because the store refused them"
        ));
    }
    said.push_str(&match compared {
        0 => ". No head was kept anywhere, so that an end that was cut off cannot be told: keep what \
              `record head` prints on another machine."
            .to_owned(),
        1 => ". One head that was kept elsewhere was compared.".to_owned(),
        more => format!(". {more} heads that were kept elsewhere were compared."),
    });
    said
}
