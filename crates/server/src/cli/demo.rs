//! `demo`: the sample organisation, through the same doors as any other.

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use location::{CivicAddress, PlaceClass, Verdict};
use serde::Deserialize;

use super::{
    Ended,
    console::Console,
    import::{Kind, csv_bytes, plan_bytes},
};
use crate::{
    import::Report,
    sample,
    store::{RosterQuery, SavePlace, Store},
};

pub(super) async fn run(
    now: Timestamp,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    if !store.is_sample().await? {
        ensure!(
            is_empty(store).await?,
            "this store holds an organisation already, and its numbers are real; the sample goes into \
             a store of its own, such as WHEREABOUTS_STORE_URL=sqlite:demo.db"
        );
        store.mark_sample().await?;
    }
    tell(
        "sites",
        &csv_bytes(Kind::Sites, sample::SITES, false, store).await?,
        console,
    )?;
    let mut plans = Report::default();
    for (name, bytes) in sample::PLANS {
        plans.add(plan_bytes(name, bytes, false, store).await?);
    }
    tell("floor plans", &plans, console)?;
    tell(
        "seats",
        &csv_bytes(Kind::Seats, sample::SEATS, false, store).await?,
        console,
    )?;
    tell(
        "people",
        &csv_bytes(Kind::Agents, sample::AGENTS, false, store).await?,
        console,
    )?;
    tell(
        "callback numbers",
        &csv_bytes(Kind::Numbers, sample::NUMBERS, false, store).await?,
        console,
    )?;
    tell("saved addresses", &homes(now, store).await?, console)?;
    console.say(
        "\nThe sample organisation is ready. Next:\n  \
         whereabouts-server serve                 listen\n  \
         whereabouts-server enrol maria.chen      a code for an agent's desktop (devon.walsh works\n  \
         \u{20}                                        from home, sam.ortiz supervises, desk.one is security)\n  \
         whereabouts-server keys create --role telephony --name demo\n  \
         \u{20}                                        a key for the telephony platform",
    )?;
    Ok(Ended::Done)
}

async fn is_empty(store: &dyn Store) -> anyhow::Result<bool> {
    Ok(store.sites().await?.is_empty()
        && store.numbers().await?.is_empty()
        && store.roster(&RosterQuery::default()).await?.is_empty())
}

fn tell(what: &str, report: &Report, console: &mut Console<'_>) -> anyhow::Result<()> {
    if let Some(problem) = report.problems.first() {
        anyhow::bail!("the sample's {what} do not fit into this store: {problem}");
    }
    console.say(&format!(
        "{:>3} {what}: {} added, {} changed, {} unchanged",
        report.added + report.changed + report.unchanged,
        report.added,
        report.changed,
        report.unchanged
    ))?;
    Ok(())
}

/// An address somebody saved.
#[derive(Deserialize)]
struct Home {
    username: String,
    label: String,
    civic_address: CivicAddress,
}

/// Saves the home addresses of those who have saved none.
async fn homes(now: Timestamp, store: &dyn Store) -> anyhow::Result<Report> {
    let mut report = Report::default();
    for line in sample::HOMES.lines() {
        let home: Home = serde_json::from_str(line).context("the sample's homes are damaged")?;
        let agent = store
            .find_agent(&home.username)
            .await?
            .context("the sample's people were not imported")?;
        if !store.places(&agent.id).await?.is_empty() {
            report.unchanged += 1;
            continue;
        }
        store
            .save_place(SavePlace {
                agent: agent.id,
                label: home.label,
                class: PlaceClass::Home,
                civic_address: home.civic_address,
                verdict: Verdict::Unchecked,
                checked: None,
                at: now,
            })
            .await?;
        report.added += 1;
    }
    Ok(report)
}
