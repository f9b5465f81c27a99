//! `msag import FILE`.

use std::path::Path;

use anyhow::Context as _;
use location::msag::{GuideFile, Layout};

use super::{Ended, console::Console};
use crate::guide::{self, Difference};

/// Takes a guide in place of the one that stands, and says how they differ.
pub(super) fn import(
    file: &Path,
    layout: &str,
    dry_run: bool,
    standing: &Path,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let name = file.file_name().map_or_else(
        || file.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let layout = guide::layout(layout)?;
    let mut said = Ok(());
    let new = guide::read(file, &layout, |problem| {
        if said.is_ok() {
            said = console.remark(&format!("{name}: {problem}"));
        }
    })?;
    said.context("what is wrong with the rows cannot be told")?;
    if !new.unread.is_empty() {
        console.remark(&format!(
            "{name}: not read, because nothing needs them: {}",
            new.unread.join(", ")
        ))?;
    }
    if new.repeated > 0 {
        console.remark(&format!(
            "{name}: {} rows say what another row has said already",
            new.repeated
        ))?;
    }
    let before = if standing.exists() {
        guide::read(standing, &Layout::auto(), |_| ())?.guide
    } else {
        GuideFile::default().guide
    };
    let difference = Difference::between(&before, &new.guide);
    let empty = new.guide.is_empty();
    if !dry_run && !empty && (difference.added > 0 || difference.removed > 0) {
        guide::install(&new.guide, standing).with_context(|| {
            format!("the street guide {} cannot be written", standing.display())
        })?;
    }
    console.say(&format!(
        "{name}: {} added, {} removed, {} unchanged, {} bad{}",
        difference.added,
        if empty { 0 } else { difference.removed },
        difference.unchanged,
        new.bad_rows + usize::from(empty && new.bad_rows == 0),
        match (empty, dry_run) {
            (true, _) => " (no row can be used: nothing was changed)",
            (false, true) => " (dry run: nothing was changed)",
            (false, false) => "",
        }
    ))?;
    Ok(if new.bad_rows == 0 && !empty {
        Ended::Done
    } else {
        Ended::SomeRefused
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    const HEADER: &str = "PRD,RD,STS,POD,LOW,HIGH,OE,COMMUNITY,STATE,ESN,COUNTYID,EXCHANGE\n";

    fn take(folder: &Path, text: &str, dry_run: bool) -> (anyhow::Result<Ended>, String, String) {
        let file = folder.join("new.csv");
        std::fs::write(&file, text).unwrap();
        let (mut out, mut aside) = (Vec::new(), Vec::new());
        let mut console = Console {
            out: &mut out,
            aside: &mut aside,
        };
        let ended = import(
            &file,
            "auto",
            dry_run,
            &folder.join("msag.csv"),
            &mut console,
        );
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (ended, text(out), text(aside))
    }

    #[test]
    fn a_hundred_thousand_rows_with_five_thousand_bad_ones() {
        let mut text = HEADER.to_owned();
        for row in 0..100_000 {
            let (street, low) = (row / 50, 100 * (row % 50));
            let ends = match row % 100 {
                7 => format!("{},{low}", low + 98),
                21 => format!("{low},"),
                35 => format!("x,{low}"),
                49 => format!("{low},{},Q", low + 98),
                63 => "1".to_owned(),
                _ => format!("{low},{}", low + 98),
            };
            writeln!(text, ",STREET {street},RD,,{ends},E,TOWN,WA,00101,,").unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let (ended, out, aside) = take(folder.path(), &text, true);
        assert_eq!(ended.unwrap(), Ended::SomeRefused);
        assert!(!folder.path().join("msag.csv").exists(), "a dry run");
        let (_, again, _) = take(folder.path(), &text, false);
        assert_eq!(
            out,
            "new.csv: 95000 added, 0 removed, 0 unchanged, 5000 bad (dry run: nothing was changed)\n"
        );
        assert_eq!(
            again,
            "new.csv: 95000 added, 0 removed, 0 unchanged, 5000 bad\n"
        );
        let mut named: Vec<&str> = aside
            .lines()
            .filter_map(|line| {
                line.strip_prefix("new.csv: line ")?
                    .split([',', ':'])
                    .next()
            })
            .collect();
        named.dedup();
        assert_eq!(named.len(), 5_000, "each bad row is named");
        let first: Vec<&str> = aside.lines().take(6).collect();
        insta::assert_snapshot!(first.join("\n"));
    }

    #[test]
    fn a_file_without_a_row_leaves_the_guide_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let good = format!("{HEADER},PINE,ST,,1,99,B,SEATTLE,WA,1,,\n");
        let (ended, out, _) = take(folder.path(), &good, false);
        assert_eq!(ended.unwrap(), Ended::Done);
        assert_eq!(out, "new.csv: 1 added, 0 removed, 0 unchanged, 0 bad\n");
        let (_, out, _) = take(folder.path(), &good, false);
        assert_eq!(out, "new.csv: 0 added, 0 removed, 1 unchanged, 0 bad\n");
        for bad in ["", "hello\n", HEADER] {
            let (ended, out, _) = take(folder.path(), bad, false);
            assert_eq!(ended.unwrap(), Ended::SomeRefused, "{out}");
        }
        let other = format!("{HEADER},OAK,ST,,1,99,B,SEATTLE,WA,1,,\n");
        let (_, out, _) = take(folder.path(), &other, false);
        assert_eq!(out, "new.csv: 1 added, 1 removed, 0 unchanged, 0 bad\n");
    }
}
