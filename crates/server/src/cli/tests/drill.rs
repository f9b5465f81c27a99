//! `drill`, beside a server that serves from the same store, and beside none.

use std::time::Duration;

use api::{drill::StartDrill, paths};
use serde_json::{Value, json};

use super::*;
use crate::{
    background::Driller,
    cli::{
        ReportFormat,
        drill::{self, PATIENCE, Patience},
    },
    clock::Clock as _,
    store::{
        ContactRecord, ContactScope, Delivery, Drills as _, ImportKind, Imports as _, Notices as _,
        Recipient,
    },
    testing::{Ask, SetClock, TestServer},
};

/// The looks follow each other without a pause to speak of.
const QUICK: Patience = Patience {
    every: Duration::from_millis(5),
    ..PATIENCE
};

/// What the command printed, what it remarked, and how it ended.
struct Ran {
    said: String,
    remarked: String,
    ended: anyhow::Result<Ended>,
}

async fn run(
    server: &TestServer,
    asked: StartDrill,
    format: ReportFormat,
    patience: Patience,
) -> Ran {
    let (mut out, mut aside) = (Vec::new(), Vec::new());
    let mut console = Console {
        out: &mut out,
        aside: &mut aside,
    };
    let (clock, store) = (server.clock.clone(), server.store.as_ref());
    let ended = drill::run(&asked, format, patience, clock, store, &mut console).await;
    Ran {
        said: String::from_utf8(out).unwrap(),
        remarked: String::from_utf8(aside).unwrap(),
        ended,
    }
}

fn of(agents: &[&str]) -> StartDrill {
    StartDrill {
        agents: agents.iter().map(|&agent| agent.to_owned()).collect(),
        ..StartDrill::default()
    }
}

/// The server's own work, once the command has planned the drill.
async fn begin(server: &TestServer) -> Driller {
    let mut driller = Driller::new(server.app.clone());
    driller.drill().await;
    while server.store.drills(1).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    driller.drill().await;
    driller
}

#[tokio::test]
async fn a_whole_drill_prints_its_table_and_ends_well() {
    let server = TestServer::start().await;
    let contact = ContactRecord {
        scope: ContactScope::Organisation,
        recipients: vec![Recipient::Mail("desk@example.com".parse().unwrap())],
        tier: 0,
    };
    let contacts = ImportKind::Contacts(vec![contact]);
    server.store.import(contacts, false).await.unwrap();
    let boss = server.sign_in("sam.ortiz").await;
    let maria = server.sign_in("maria.chen").await;
    let _connected = server.stream(paths::ME_EVENTS, &maria).await;

    let happens = async {
        let mut driller = begin(&server).await;
        let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        let call = me["emergency"]["reference"].as_str().unwrap().to_owned();
        server.clock.advance(2);
        let shown = Ask::post(paths::ME_EMERGENCY_SHOWN).bearer(&maria);
        let shown = server.ask(shown.json(json!({"call_id": call}))).await;
        assert_eq!(shown.status, 204);
        for notice in server.store.notices(None).await.unwrap() {
            let (id, at) = (&notice.id, server.clock.now());
            let noted = server.store.note_delivery(id, at, Delivery::Accepted);
            noted.await.unwrap();
        }
        let handled = paths::EMERGENCY_ACKNOWLEDGEMENTS.replace("{call_id}", &call);
        server.ask(Ask::post(&handled).bearer(&boss)).await.good();
        driller.drill().await;
    };
    let (ran, ()) = tokio::join!(
        run(&server, of(&["maria.chen"]), ReportFormat::Csv, QUICK),
        happens
    );
    assert_eq!(ran.ended.unwrap(), Ended::Done);
    let lines: Vec<&str> = ran.said.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.said);
    assert!(lines[0].starts_with("drill_id,started_at,username,"));
    assert!(lines[1].ends_with(",complete"), "{}", lines[1]);
    assert!(
        ran.remarked
            .starts_with("A drill for 1 agent. Nobody is called;")
    );
    let last = ran.remarked.lines().last().unwrap();
    assert_eq!(
        last,
        "answered 1/1, banner 1/1, notified 1/1, acknowledged 1/1"
    );
}

#[tokio::test]
async fn what_is_missing_is_printed_and_is_a_failure() {
    let server = TestServer::start().await;
    let happens = async {
        let mut driller = begin(&server).await;
        server.pass(120).await;
        driller.drill().await;
    };
    let asked = of(&["maria.chen", "devon.walsh"]);
    let (ran, ()) = tokio::join!(run(&server, asked, ReportFormat::Json, QUICK), happens);
    let missing = ran.ended.unwrap_err().to_string();
    assert_eq!(missing, "a banner or a notice is missing");
    let report: Value = serde_json::from_str(&ran.said).unwrap();
    assert!(report["ended_at"].is_string(), "{report}");
    let rows = report["rows"].as_array().unwrap();
    let outcomes: Vec<_> = rows.iter().map(|row| &row["outcome"]).collect();
    assert_eq!(outcomes, ["offline", "offline"]);
}

#[tokio::test]
async fn without_a_server_nothing_is_left_behind() {
    let server = TestServer::start().await;
    let patience = Patience {
        begins: Duration::ZERO,
        ..QUICK
    };
    let ran = run(&server, of(&["maria.chen"]), ReportFormat::Csv, patience).await;
    let refused = ran.ended.unwrap_err().to_string();
    assert_eq!(
        refused,
        "nothing was done: no server is serving from this store"
    );
    assert_eq!(ran.said, "");
    // The next one is not kept waiting.
    let ran = run(&server, of(&["maria.chen"]), ReportFormat::Csv, patience).await;
    assert!(ran.ended.unwrap_err().to_string().contains("no server"));
}

#[tokio::test]
async fn one_at_a_time_and_of_somebody() {
    let mut here = Installation::new().await;
    here.demo().await.unwrap();
    let clock = SetClock::at("2026-11-20T16:58:00Z");
    let mut refusal = async |asked: StartDrill, patience| {
        let ran = here.run(async |store, console| {
            let (csv, clock) = (ReportFormat::Csv, clock.clone());
            drill::run(&asked, csv, patience, clock, store, console).await
        });
        ran.await.unwrap_err().to_string()
    };
    let nobody = refusal(of(&["nobody.here"]), QUICK).await;
    assert!(nobody.contains("There is no agent"), "{nobody}");
    let given_up = Patience {
        whole: Duration::ZERO,
        ..QUICK
    };
    let stopped = refusal(of(&["maria.chen"]), given_up).await;
    assert!(stopped.contains("has stopped"), "{stopped}");
    let second = refusal(of(&["maria.chen"]), QUICK).await;
    assert!(second.contains("a drill is running"), "{second}");
}
