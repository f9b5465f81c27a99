use api::paths;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    background::Driller,
    clock::Clock as _,
    store::{
        Calls as _, ContactRecord, ContactScope, Delivery, Erasure, ImportKind, Imports as _,
        KeyRole, Notices as _, Recipient, Records as _,
    },
    testing::{Answered, Ask, TestServer},
};

struct Rig {
    server: TestServer,
    driller: Driller,
    boss: String,
}

impl Rig {
    async fn start() -> Self {
        let server = TestServer::start().await;
        // What an earlier process left is ended once.
        let mut driller = Driller::new(server.app.clone());
        driller.drill().await;
        let boss = server.sign_in("sam.ortiz").await;
        Self {
            server,
            driller,
            boss,
        }
    }

    async fn want(&self, body: Value) -> Answered {
        let ask = Ask::post(paths::DRILLS).bearer(&self.boss);
        self.server.ask(ask.json(body)).await
    }

    /// A drill that has begun.
    async fn begin(&mut self, agents: &[&str]) -> String {
        let planned = self.want(json!({"agents": agents})).await;
        assert_eq!(planned.status, 201);
        self.driller.drill().await;
        planned.json()["drill_id"].as_str().unwrap().to_owned()
    }

    async fn report(&self, drill: &str) -> Value {
        let path = format!("{}/{drill}", paths::DRILLS);
        self.server
            .ask(Ask::get(&path).bearer(&self.boss))
            .await
            .good()
    }

    async fn emergency(&self, token: &str) -> Value {
        let me = self.server.ask(Ask::get(paths::ME).bearer(token)).await;
        me.good()["emergency"].clone()
    }

    /// Whether the roster says that an agent is on an emergency call.
    async fn on_the_roster(&self, username: &str) -> bool {
        let path = format!("{}?query={username}", paths::ROSTER);
        let roster = self.server.ask(Ask::get(&path).bearer(&self.boss)).await;
        roster.good()["rows"][0]["emergency"] == true
    }

    async fn shown(&self, token: &str, call: &str) -> u16 {
        let ask = Ask::post(paths::ME_EMERGENCY_SHOWN).bearer(token);
        let answer = self.server.ask(ask.json(json!({"call_id": call}))).await;
        answer.status.as_u16()
    }

    /// Every notice that waits is accepted.
    async fn deliver(&self) -> usize {
        let notices = self.server.store.notices(None).await.unwrap();
        for notice in &notices {
            let at = self.server.clock.now();
            let noted = self
                .server
                .store
                .note_delivery(&notice.id, at, Delivery::Accepted);
            noted.await.unwrap();
        }
        notices.len()
    }

    async fn dial(&self, agent: &str) {
        let key = self.server.key("connect", KeyRole::Telephony).await;
        let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&key);
        let call = json!({"call_id": "real", "agent": agent, "dialled": "911"});
        self.server.ask(ask.json(call)).await.good();
    }
}

fn row<'a>(report: &'a Value, username: &str) -> &'a Value {
    let rows = report["rows"].as_array().unwrap();
    rows.iter().find(|row| row["username"] == username).unwrap()
}

async fn tell_somebody(server: &TestServer) {
    let contact = ContactRecord {
        scope: ContactScope::Organisation,
        recipients: vec![Recipient::Mail("desk@example.com".parse().unwrap())],
        tier: 0,
    };
    let contacts = ImportKind::Contacts(vec![contact]);
    server.store.import(contacts, false).await.unwrap();
}

#[tokio::test]
async fn the_whole_path_is_timed_and_leaves_nothing_but_times() {
    let mut rig = Rig::start().await;
    tell_somebody(&rig.server).await;
    let maria = rig.server.sign_in("maria.chen").await;
    rig.server.sit(&maria, "SEA-5-181").await;
    let _stream = rig.server.stream(paths::ME_EVENTS, &maria).await;
    let drill = rig.begin(&["maria.chen"]).await;

    let emergency = rig.emergency(&maria).await;
    assert_eq!(emergency["drill"], true);
    assert_eq!(emergency["test"], true);
    assert_eq!(emergency["dialled"], "drill");
    assert_eq!(emergency["callback_number"], Value::Null);
    assert!(
        !rig.on_the_roster("maria.chen").await,
        "nobody is on a call"
    );
    let call = emergency["reference"].as_str().unwrap().to_owned();
    rig.server.clock.advance(2);
    assert_eq!(rig.shown(&maria, &call).await, 204);
    rig.server.clock.advance(1);
    assert_eq!(rig.shown(&maria, &call).await, 204, "the first time stands");
    assert_eq!(rig.deliver().await, 1);
    rig.driller.drill().await;
    assert_eq!(
        row(&rig.report(&drill).await, "maria.chen")["outcome"],
        "running"
    );
    let path = paths::EMERGENCY_ACKNOWLEDGEMENTS.replace("{call_id}", &call);
    rig.server.clock.advance(4);
    rig.server
        .ask(Ask::post(&path).bearer(&rig.boss))
        .await
        .good();
    rig.driller.drill().await;

    let report = rig.report(&drill).await;
    let maria_row = row(&report, "maria.chen");
    assert_eq!(maria_row["outcome"], "complete");
    assert_eq!(maria_row["online"], true);
    assert_eq!(maria_row["banner_ms"], 2_000);
    assert_eq!(maria_row["notified_ms"], 3_000);
    assert_eq!(maria_row["acknowledged_ms"], 7_000);
    assert_eq!(maria_row["location_status"], "confirmed");
    assert!(maria_row["answer_ms"].is_u64());
    assert!(report["ended_at"].is_string(), "{report}");
    assert_eq!(rig.emergency(&maria).await, Value::Null);
    assert!(rig.server.store.calls().await.unwrap().is_empty());
    assert_eq!(rig.shown(&maria, &call).await, 404);

    let path = format!("{}/{drill}?format=csv", paths::DRILLS);
    let table = rig.server.ask(Ask::get(&path).bearer(&rig.boss)).await;
    let lines: Vec<&str> = table.text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[1].contains(",2000,3000,7000,confirmed,complete"),
        "{}",
        table.text
    );
    for planted in ["7th Ave", "2121 7th", "WS 181"] {
        assert!(!table.text.contains(planted), "{planted}");
    }

    let maria_id = rig.server.agent("maria.chen").await.id;
    let erased = rig
        .server
        .store
        .erase(&maria_id, rig.server.clock.now())
        .await;
    assert!(matches!(erased, Ok(Erasure::Erased { .. })), "{erased:?}");
    assert_eq!(rig.report(&drill).await["rows"], json!([]));
}

#[tokio::test]
async fn who_is_offline_is_said_to_be_and_the_drill_ends_by_itself() {
    let mut rig = Rig::start().await;
    let drill = rig.begin(&["maria.chen"]).await;
    assert_eq!(
        row(&rig.report(&drill).await, "maria.chen")["outcome"],
        "running"
    );
    rig.server.clock.advance(119);
    rig.server.catch_up().await;
    assert_eq!(
        row(&rig.report(&drill).await, "maria.chen")["outcome"],
        "running"
    );
    rig.server.pass(1).await;
    let report = rig.report(&drill).await;
    assert!(report["ended_at"].is_string());
    let row = row(&report, "maria.chen");
    assert_eq!(row["outcome"], "offline");
    assert_eq!(row["online"], false);
    assert_eq!(row["banner_ms"], Value::Null);
    assert_eq!(row["notified_ms"], Value::Null);
}

#[tokio::test]
async fn a_real_call_takes_over_at_once() {
    let mut rig = Rig::start().await;
    let maria = rig.server.sign_in("maria.chen").await;
    let drill = rig.begin(&["maria.chen", "devon.walsh"]).await;
    rig.dial("maria.chen").await;
    // Before anything else happened.
    let emergency = rig.emergency(&maria).await;
    assert_eq!(emergency["dialled"], "911");
    assert_eq!(emergency["drill"], false);
    assert!(emergency["callback_number"].is_string());
    rig.driller.drill().await;
    let report = rig.report(&drill).await;
    assert_eq!(row(&report, "maria.chen")["outcome"], "in_call");
    assert_eq!(row(&report, "devon.walsh")["outcome"], "running");
    assert_eq!(rig.emergency(&maria).await["dialled"], "911");
    assert_eq!(rig.server.store.calls().await.unwrap().len(), 2);
}

#[tokio::test]
async fn who_is_in_a_call_is_left_alone() {
    let mut rig = Rig::start().await;
    rig.dial("maria.chen").await;
    let drill = rig.begin(&["maria.chen"]).await;
    let report = rig.report(&drill).await;
    assert_eq!(row(&report, "maria.chen")["outcome"], "in_call");
    assert!(report["ended_at"].is_string());
    assert_eq!(rig.server.store.calls().await.unwrap().len(), 1);
}

#[tokio::test]
async fn one_drill_at_a_time() {
    let mut rig = Rig::start().await;
    rig.begin(&["maria.chen"]).await;
    let again = rig.want(json!({"agents": ["maria.chen"]})).await;
    assert_eq!(again.refused(), "409 drill_running");
    rig.server.pass(121).await;
    rig.boss = rig.server.sign_in("sam.ortiz").await;
    assert_eq!(
        rig.want(json!({"agents": ["maria.chen"]})).await.status,
        201
    );
}

#[tokio::test]
async fn what_a_server_left_behind_ends_at_the_next_start() {
    let mut rig = Rig::start().await;
    let drill = rig.begin(&["maria.chen"]).await;
    let mut next = Driller::new(rig.server.app.clone());
    next.drill().await;
    let report = rig.report(&drill).await;
    assert_eq!(row(&report, "maria.chen")["outcome"], "interrupted");
    assert!(report["ended_at"].is_string());
    assert!(rig.server.store.calls().await.unwrap().is_empty());
    // Also what was only planned.
    let planned = rig.want(json!({"agents": ["devon.walsh"]})).await.json();
    Driller::new(rig.server.app.clone()).drill().await;
    let report = rig.report(planned["drill_id"].as_str().unwrap()).await;
    assert_eq!(row(&report, "devon.walsh")["outcome"], "interrupted");
}

#[tokio::test]
async fn whom_it_reaches_has_to_be_clear() {
    let rig = Rig::start().await;
    for (body, refused) in [
        (json!({}), "422 not_acceptable"),
        (json!({"agents": []}), "422 not_acceptable"),
        (
            json!({"agents": ["maria.chen"], "sample": 1}),
            "422 not_acceptable",
        ),
        (
            json!({"agents": ["maria.chen"], "team": "Support"}),
            "422 not_acceptable",
        ),
        (
            json!({"sample": 0, "team": "Support"}),
            "422 not_acceptable",
        ),
        (
            json!({"sample": 101, "team": "Support"}),
            "422 not_acceptable",
        ),
        (json!({"agents": ["nobody.here"]}), "404 not_found"),
        (
            json!({"agents": ["maria.chen", "nobody.here"]}),
            "404 not_found",
        ),
        (json!({"sample": 1, "team": "Nowhere"}), "404 not_found"),
        (json!({"sample": 1, "site": "LIS"}), "404 not_found"),
        (
            json!({"agents": ["maria.chen"], "loud": true}),
            "400 unreadable",
        ),
    ] {
        assert_eq!(rig.want(body.clone()).await.refused(), refused, "{body}");
    }
    let path = format!("{}/dr_nothing", paths::DRILLS);
    let none = rig.server.ask(Ask::get(&path).bearer(&rig.boss)).await;
    assert_eq!(none.refused(), "404 not_found");
    let listed = rig
        .server
        .ask(Ask::get(paths::DRILLS).bearer(&rig.boss))
        .await;
    assert_eq!(listed.good()["drills"], json!([]), "nothing was planned");
}

#[tokio::test]
async fn a_sample_is_drawn_from_those_who_are_there() {
    let rig = Rig::start().await;
    let maria = rig.server.sign_in("maria.chen").await;
    rig.server.sit(&maria, "SEA-5-181").await;
    let planned = rig.want(json!({"sample": 3, "site": "sea"})).await;
    assert_eq!(planned.status, 201);
    assert_eq!(planned.json()["agents"], json!(["maria.chen"]));
}

#[tokio::test]
async fn agents_and_strangers_may_not() {
    let rig = Rig::start().await;
    let maria = rig.server.sign_in("maria.chen").await;
    for ask in [
        Ask::post(paths::DRILLS),
        Ask::get(paths::DRILLS),
        Ask::get("/v1/drills/dr_x"),
    ] {
        let ask = ask.bearer(&maria).json(json!({"agents": ["maria.chen"]}));
        assert_eq!(rig.server.ask(ask).await.refused(), "403 forbidden");
    }
    let stranger = rig
        .server
        .ask(Ask::post(paths::DRILLS).json(json!({})))
        .await;
    assert_eq!(stranger.refused(), "401 unauthenticated");
}

#[tokio::test]
async fn who_says_it_is_over_ends_their_part_of_it() {
    let mut rig = Rig::start().await;
    let maria = rig.server.sign_in("maria.chen").await;
    let drill = rig.begin(&["maria.chen"]).await;
    let over = rig
        .server
        .ask(Ask::post(paths::ME_EMERGENCY_OVER).bearer(&maria))
        .await;
    assert_eq!(over.refused(), "404 not_found", "nothing is left to show");
    assert_eq!(rig.emergency(&maria).await, Value::Null);
    let report = rig.report(&drill).await;
    assert!(report["ended_at"].is_string());
    assert_eq!(row(&report, "maria.chen")["outcome"], "offline");
}

#[tokio::test]
async fn one_press_handles_the_whole_drill() {
    let mut rig = Rig::start().await;
    let drill = rig.begin(&["maria.chen", "devon.walsh"]).await;
    let listed = rig
        .server
        .ask(Ask::get(paths::EMERGENCIES).bearer(&rig.boss))
        .await
        .good();
    let listed = listed["emergencies"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0]["alerts_you"], true, "the desk hears it");
    let call = listed[0]["emergency"]["reference"].as_str().unwrap();
    let path = paths::EMERGENCY_ACKNOWLEDGEMENTS.replace("{call_id}", call);
    rig.server
        .ask(Ask::post(&path).bearer(&rig.boss))
        .await
        .good();
    let report = rig.report(&drill).await;
    for agent in ["maria.chen", "devon.walsh"] {
        assert!(row(&report, agent)["acknowledged_ms"].is_u64(), "{report}");
    }
}

#[tokio::test]
async fn a_real_call_has_a_banner_time_of_its_own() {
    let rig = Rig::start().await;
    let maria = rig.server.sign_in("maria.chen").await;
    let devon = rig.server.sign_in("devon.walsh").await;
    rig.dial("maria.chen").await;
    rig.server.clock.advance(1);
    assert_eq!(rig.shown(&devon, "real").await, 404, "it is not theirs");
    assert_eq!(rig.shown(&maria, "real").await, 204);
    let shown = rig.server.clock.now();
    rig.server.clock.advance(9);
    assert_eq!(rig.shown(&maria, "real").await, 204);
    let calls = rig.server.store.calls().await.unwrap();
    assert_eq!(calls[0].shown_at, Some(shown));
    let began = calls[0].started_at().unwrap();
    assert_eq!(shown.duration_since(began), SignedDuration::from_secs(1));
}
