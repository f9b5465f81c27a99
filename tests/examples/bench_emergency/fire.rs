//! A site that burns: two hundred people who dial, fifty numbers to call them back on, and what must hold of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use anyhow::{Context as _, Result, ensure};
use api::telephony::Answer;
use system_tests::{Arrived, Backend, sign_in};

use crate::world::{World, platform};

pub(crate) const CALLERS: usize = 200;
const NUMBERS: usize = 50;
/// The site's own line, for everybody for whom no number is left.
const SHARED: &str = "+12065550198";
/// Who is told of each call: the site's contact, the team's, the organisation's.
const TOLD: [&str; 3] = ["site@example.com", "team@example.com", "desk@example.com"];
/// How many mails that makes.
pub(crate) const MAILS: usize = CALLERS * TOLD.len();
/// Who dials before the fire, and how many are told of it.
const EARLIER: (&str, usize) = ("maria.chen", 2);

/// What became of the calls.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    /// Calls with a number that reaches nobody else.
    pub(crate) own_number: usize,
    /// Calls with the site's line.
    pub(crate) shared_number: usize,
    /// Calls that the security desk sees open.
    pub(crate) open: usize,
    /// Calls that were answered without the store.
    pub(crate) degraded: usize,
    /// Mails, each with a name of its own.
    pub(crate) mails: usize,
    /// Whether whoever can do something about it was told that the numbers have run out.
    pub(crate) warned: bool,
}

/// The server before anybody at the site has dialled. Somebody elsewhere has, and the mail server took
/// two mails.
pub(crate) async fn site(server: &str) -> Result<World> {
    let mut world = World::start(server, prepare).await?;
    world.dial(&platform()?, "warm", EARLIER.0).await?;
    world.mails.take(EARLIER.1).await?;
    Ok(world)
}

/// The name of a caller.
pub(crate) fn caller(number: usize) -> String {
    format!("caller.{number}")
}

fn prepare(backend: &Backend) -> Result<()> {
    backend.import(
        "sites",
        &format!(
            "site_id,name,country,A1,A3,HNO,RD,STS,PC,fallback_number\n\
             FIRE,Fire,US,WA,Seattle,1,Fire,St,98121,{SHARED}\n"
        ),
    )?;
    let mut agents = "username,display_name,team,country,default_site\n".to_owned();
    for number in 0..CALLERS {
        writeln!(agents, "{},Caller {number},Floor,US,FIRE", caller(number))?;
    }
    backend.import("agents", &agents)?;
    let mut numbers = "number,site_id,platform\n".to_owned();
    for line in 0..NUMBERS {
        writeln!(numbers, "+1425555{:04},FIRE,sip", 100 + line)?;
    }
    backend.import("numbers", &numbers)?;
    let [site, team, organisation] = TOLD;
    backend.import(
        "contacts",
        &format!(
            "scope,id,email,webhook\norganisation,,{organisation},\nsite,FIRE,{site},\nteam,Floor,{team},\n"
        ),
    )
}

/// Looks whether what is promised holds.
pub(crate) async fn judge(world: &World, answers: &[Answer], mails: &[Arrived]) -> Result<Outcome> {
    let agents: BTreeSet<_> = answers
        .iter()
        .filter_map(|answer| answer.agent.as_deref())
        .collect();
    ensure!(agents.len() == CALLERS, "everybody has an answer");
    let degraded = answers.iter().filter(|answer| answer.degraded).count();

    let mut lent: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in answers {
        let number = answer.callback_number.as_deref();
        *lent.entry(number.context("no number at all")?).or_default() += 1;
    }
    let shared_number = lent.remove(SHARED).unwrap_or_default();
    ensure!(
        lent.values().all(|times| *times == 1),
        "a number of the pool reaches two people: {lent:?}"
    );
    ensure!(
        degraded > 0 || lent.len() == NUMBERS,
        "{} of {NUMBERS} numbers were lent",
        lent.len()
    );

    told_once(answers, mails, degraded)?;
    let told = world.notifications().await?;
    ensure!(
        told["dead"] == 0 && told["waiting"] == 0,
        "{} mails were given up, {} wait",
        told["dead"],
        told["waiting"]
    );

    // Who is on the team of nobody at the site sees the calls all the same.
    let watch = sign_in(&world.backend, "desk.one").await?;
    let emergencies = watch.emergencies().await?.emergencies;
    let open = emergencies
        .iter()
        .filter(|call| call.emergency.phase == api::emergency::Phase::Open)
        .filter(|call| call.username.as_deref() != Some(EARLIER.0))
        .count();
    ensure!(open == CALLERS, "{open} of {CALLERS} calls are open");

    let notices = watch.me().await?.notices;
    let free = r#"whereabouts_pool_free{country="US",site="FIRE"} 0"#;
    let warned = notices
        .iter()
        .any(|notice| notice.code == "callback_pool_low")
        && world.metrics().await?.contains(free);
    ensure!(
        warned || degraded > 0,
        "nobody was told that the numbers have run out"
    );
    Ok(Outcome {
        own_number: lent.len(),
        shared_number,
        open,
        degraded,
        mails: mails.len(),
        warned,
    })
}

/// Each contact has one mail about each call, with the number that was answered, and no mail came twice.
fn told_once(answers: &[Answer], mails: &[Arrived], degraded: usize) -> Result<()> {
    let mut names = BTreeSet::new();
    let mut about: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for mail in mails {
        let name = mail.header("message-id").context("a mail without a name")?;
        ensure!(names.insert(name), "a mail came twice");
        let text = mail.unfolded();
        let agent = text
            .split_once("(caller.")
            .and_then(|(_, rest)| rest.split_once(')'))
            .map(|(number, _)| format!("caller.{number}"));
        let agent = agent.context("a mail about nobody")?;
        about
            .entry((agent, mail.recipient()))
            .or_default()
            .push(text);
    }
    for answer in answers {
        let agent = answer.agent.as_deref().unwrap_or_default();
        let number = answer.callback_number.as_deref().unwrap_or_default();
        for recipient in TOLD {
            let mails = about.get(&(agent.to_owned(), recipient));
            let mails = mails.with_context(|| format!("{recipient} is not told of {agent}"))?;
            ensure!(
                mails.len() == 1 || degraded > 0,
                "{recipient} is told of {agent} more than once"
            );
            ensure!(
                mails.last().is_some_and(|text| text.contains(number)),
                "{recipient} is not told the number of {agent}"
            );
        }
    }
    Ok(())
}
