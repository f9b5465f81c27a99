//! `agents|sites|seats|numbers import FILE` and `plans import FOLDER`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::{Ended, console::Console};
use crate::{
    import::{self, FILE_LIMIT, Organisation, Parsed, Problem, Report, load},
    store::{ImportKind, Store},
};

pub(super) const AGENTS_HELP: &str = "\
Columns: username, display_name, country, and optionally team, role (agent, supervisor, security,
admin; empty: agent), aliases (SIP URIs, UPNs, numbers, connect:USER_ID), direct_number,
emergency_contacts, default_site. Aliases and contacts are separated by ';'. A column that is left
out counts as empty.

Example:
  whereabouts-server agents import agents.csv --dry-run";

pub(super) const CONTACTS_HELP: &str = "\
Columns: scope (organisation, site, team or agent), id (the site, team or username; empty for the
organisation), email, webhook, and optionally tier (0 or empty: told with the call; 1 to 9: told
when nobody says that they are handling it). E-mail addresses and web hooks are separated by ';';
one that cannot be used is reported, and the others of its row go in.

Example:
  whereabouts-server contacts import contacts.csv --dry-run";

pub(super) const NUMBERS_HELP: &str = "\
Columns: number, and optionally site_id and platform. A number is lent for calls in the country of
its site; without a site, in its own.

Example:
  whereabouts-server numbers import numbers.csv --dry-run";

pub(super) const SEATS_HELP: &str = "\
Columns: seat_id, site_id, floor, label, and optionally room, x and y. x and y are the position on
the floor plan: 0 to 1 from the left and from the top. Import the sites first.

Example:
  whereabouts-server seats import seats.csv --dry-run";

pub(super) const SITES_HELP: &str = "\
Columns: site_id, name, country, the address as A1, A2, A3, PRD, RD, STS, POD, HNO, HNS, PC and BLD
(RFC 5139), and optionally time_zone (such as America/Los_Angeles) and fallback_number. An address
to which no help could be sent is refused.

Example:
  whereabouts-server sites import sites.csv --dry-run";

/// The kinds of CSV files.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Agents,
    Contacts,
    ContactsToRemove,
    Numbers,
    Seats,
    Sites,
}

/// Takes one CSV file.
pub(super) async fn csv(
    kind: Kind,
    file: &Path,
    dry_run: bool,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let name = file_name(file);
    let report = match read(file)? {
        Ok(bytes) => csv_bytes(kind, &bytes, dry_run, store).await?,
        Err(problem) => Report {
            problems: vec![problem],
            ..Report::default()
        },
    };
    let sums = match kind {
        Kind::ContactsToRemove => removed(&report),
        Kind::Agents | Kind::Contacts | Kind::Numbers | Kind::Seats | Kind::Sites => taken(&report),
    };
    tell(&name, &report, &sums, dry_run, console)
}

/// Takes the bytes of one CSV file.
pub(super) async fn csv_bytes(
    kind: Kind,
    bytes: &[u8],
    dry_run: bool,
    store: &dyn Store,
) -> anyhow::Result<Report> {
    let organisation = Organisation::new(store.is_sample().await?);
    let report = match kind {
        Kind::Agents => {
            let parsed = import::agents(bytes, organisation);
            load(store, parsed, ImportKind::Agents, dry_run).await
        }
        Kind::Contacts => {
            load(
                store,
                import::contacts(bytes),
                ImportKind::Contacts,
                dry_run,
            )
            .await
        }
        Kind::ContactsToRemove => {
            let parsed = import::contacts(bytes);
            load(store, parsed, ImportKind::ContactsToRemove, dry_run).await
        }
        Kind::Numbers => {
            let parsed = import::numbers(bytes, organisation);
            load(store, parsed, ImportKind::Numbers, dry_run).await
        }
        Kind::Seats => load(store, import::seats(bytes), ImportKind::Seats, dry_run).await,
        Kind::Sites => {
            let parsed = import::sites(bytes, organisation);
            load(store, parsed, ImportKind::Sites, dry_run).await
        }
    };
    report.context("nothing was imported")
}

/// Takes every plan in a folder.
pub(super) async fn plans(
    folder: &Path,
    dry_run: bool,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let files = svg_files(folder)
        .with_context(|| format!("the folder {} cannot be read", folder.display()))?;
    if files.is_empty() {
        anyhow::bail!(
            "the folder {} holds no SVG file; name each plan SITE-FLOOR.svg, such as SEA-5.svg",
            folder.display()
        );
    }
    let mut ended = Ended::Done;
    for file in files {
        let name = file_name(&file);
        let report = match read(&file)? {
            Ok(bytes) => plan_bytes(&name, &bytes, dry_run, store).await?,
            Err(problem) => Report {
                problems: vec![problem],
                ..Report::default()
            },
        };
        if tell(&name, &report, &taken(&report), dry_run, console)? == Ended::SomeRefused {
            ended = Ended::SomeRefused;
        }
    }
    Ok(ended)
}

/// Takes the bytes of one plan, whose file has this name.
pub(super) async fn plan_bytes(
    name: &str,
    bytes: &[u8],
    dry_run: bool,
    store: &dyn Store,
) -> anyhow::Result<Report> {
    let sites = store.sites().await?;
    let parsed = Parsed::of_plan(name, bytes, sites.iter().map(|site| &site.row.site.id));
    load(store, parsed, ImportKind::FloorPlans, dry_run)
        .await
        .context("the plan was not imported")
}

fn svg_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let svg = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("svg"));
        if svg && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn file_name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The bytes of a file, or why it is too large to be what it should be.
fn read(file: &Path) -> anyhow::Result<Result<Vec<u8>, Problem>> {
    let unreadable = || format!("the file {} cannot be read", file.display());
    let length = fs::metadata(file).with_context(unreadable)?.len();
    if length > FILE_LIMIT {
        return Ok(Err(Problem::of_file(format!(
            "the file is {length} bytes large; the largest that is read is {FILE_LIMIT}"
        ))));
    }
    fs::read(file).with_context(unreadable).map(Ok)
}

fn taken(report: &Report) -> String {
    format!(
        "{} added, {} changed, {} unchanged",
        report.added, report.changed, report.unchanged
    )
}

fn removed(report: &Report) -> String {
    format!(
        "{} removed, {} were not there",
        report.changed, report.unchanged
    )
}

/// Says what became of a file: what is wrong beside, the sums as the result.
fn tell(
    name: &str,
    report: &Report,
    sums: &str,
    dry_run: bool,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    for problem in &report.problems {
        console.remark(&format!("{name}: {problem}"))?;
    }
    console.say(&format!(
        "{name}: {sums}, {} bad{}",
        report.bad(),
        if dry_run {
            " (dry run: nothing was changed)"
        } else {
            ""
        }
    ))?;
    Ok(if report.problems.is_empty() {
        Ended::Done
    } else {
        Ended::SomeRefused
    })
}
