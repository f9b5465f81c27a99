//! A small organisation, and short ways to say things about it.

use std::sync::Arc;

use api::agent::Role;
use emergency::{CallKey, CallPolicy, EndedBy};
use jiff::{SignedDuration, Timestamp};
use location::{
    CivicAddress, Country, Floor, PlaceClass, Seat, Site, Verdict, freshness::Validity,
};
use server::{
    config::CallbackOrder,
    secret::Token,
    store::{
        Agent, AgentId, AgentRecord, Claim, Confirm, Confirmation, EndCall, ImportKind, NewTokens,
        NotifyPolicy, NumberRecord, OpenCall, OpenPolicy, Opened, PlaceToConfirm, RowOutcome,
        SiteRecord, Store,
    },
};

/// Minutes after ten o'clock.
pub(crate) fn at(minutes: i64) -> Timestamp {
    let ten: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    ten + SignedDuration::from_mins(minutes)
}

/// An address that is easy to find in a file.
pub(crate) fn evergreen() -> CivicAddress {
    serde_json::from_value(serde_json::json!({
        "country": "US", "A1": "OR", "A3": "Springfield", "HNO": "742", "RD": "Evergreen",
        "STS": "Terrace", "PC": "97477",
    }))
    .unwrap()
}

pub(crate) fn site(id: &str, name: &str, fallback: Option<&str>) -> SiteRecord {
    SiteRecord {
        site: Site {
            id: id.parse().unwrap(),
            name: name.to_owned(),
            civic_address: serde_json::from_value(serde_json::json!({
                "country": "US", "A1": "WA", "A3": "Seattle", "HNO": "2121", "RD": "7th",
                "STS": "Ave", "PC": "98121",
            }))
            .unwrap(),
        },
        country: Country::Us,
        time_zone: "America/Los_Angeles".to_owned(),
        fallback_number: fallback.map(|number| number.parse().unwrap()),
    }
}

pub(crate) fn seat(id: &str, floor: &str, label: &str) -> Seat {
    Seat {
        id: id.parse().unwrap(),
        site: "SEA".parse().unwrap(),
        floor: Floor(floor.to_owned()),
        room: None,
        label: label.to_owned(),
        position: Some((0.25, 0.5)),
    }
}

pub(crate) fn agent(username: &str, role: Role) -> AgentRecord {
    AgentRecord {
        username: username.parse().unwrap(),
        display_name: username.replace('.', " "),
        team: "Blue".to_owned(),
        role,
        country: Country::Us,
        aliases: vec![format!("sip:{username}@pbx.example.com")],
        direct_number: None,
        emergency_contacts: Vec::new(),
        default_site: None,
    }
}

pub(crate) fn number(digits: &str) -> NumberRecord {
    NumberRecord {
        number: digits.parse().unwrap(),
        site: Some("SEA".parse().unwrap()),
        platform: "sip".to_owned(),
        country: Country::Us,
    }
}

pub(crate) async fn import(store: &Arc<dyn Store>, what: ImportKind) -> Vec<RowOutcome> {
    store.import(what, false).await.unwrap()
}

/// One site, two seats, three agents, a security desk, and a pool of `numbers`.
pub(crate) async fn small_world(store: &Arc<dyn Store>, numbers: usize) {
    store.mark_sample().await.unwrap();
    let pool = (0..numbers)
        .map(|count| number(&format!("+120655501{count:02}")))
        .collect();
    let mut maria = agent("maria.chen", Role::Agent);
    maria.direct_number = Some("+12065550190".parse().unwrap());
    let mut devon = agent("devon.walsh", Role::Agent);
    devon.default_site = Some("SEA".parse().unwrap());
    for what in [
        ImportKind::Sites(vec![site("SEA", "Seattle 7th Ave", Some("+12065550199"))]),
        ImportKind::Seats(vec![
            seat("SEA-5-181", "5", "WS 181"),
            seat("SEA-5-182", "5", "WS 182"),
        ]),
        ImportKind::Agents(vec![
            maria,
            devon,
            agent("ada.byron", Role::Agent),
            agent("desk.one", Role::Security),
        ]),
        ImportKind::Numbers(pool),
    ] {
        let outcomes = import(store, what).await;
        assert!(
            outcomes.iter().all(|outcome| *outcome == RowOutcome::Added),
            "{outcomes:?}"
        );
    }
}

pub(crate) async fn named(store: &Arc<dyn Store>, name: &str) -> Agent {
    store.find_agent(name).await.unwrap().unwrap()
}

pub(crate) async fn seat_of(store: &Arc<dyn Store>, id: &str) -> PlaceToConfirm {
    let found = store.seat(&id.parse().unwrap()).await.unwrap().unwrap();
    PlaceToConfirm::Seat {
        seat: found.seat,
        site: found.site,
    }
}

pub(crate) fn home() -> PlaceToConfirm {
    PlaceToConfirm::Address {
        class: PlaceClass::Home,
        civic_address: evergreen(),
        saved: None,
    }
}

pub(crate) fn declaration(
    agent: &AgentId,
    key: &str,
    place: PlaceToConfirm,
    when: Timestamp,
) -> Confirm {
    Confirm {
        agent: agent.clone(),
        key: key.to_owned(),
        request_digest: format!("digest of {key}"),
        place,
        verdict: Verdict::Unchecked,
        checked: None,
        override_reason: None,
        declared_at: when,
        received_at: when,
        based_on: None,
    }
}

/// Confirms, and insists that it stands.
pub(crate) async fn confirm(
    store: &Arc<dyn Store>,
    declaration: Confirm,
) -> server::store::AgentStanding {
    let outcome = store.confirm(declaration).await.unwrap();
    let Confirmation::Confirmed { standing, .. } = outcome else {
        panic!("expected Confirmed, got {outcome:?}");
    };
    standing
}

pub(crate) fn policy() -> CallPolicy {
    CallPolicy::default()
}

pub(crate) fn key(call_id: &str) -> CallKey {
    CallKey {
        api_key: "connect".to_owned(),
        call_id: call_id.parse().unwrap(),
    }
}

pub(crate) fn dialled(call_id: &str, agent: Option<&str>, when: Timestamp) -> OpenCall {
    OpenCall {
        reference: server::store::CallRef::random(),
        key: key(call_id),
        said_agent: agent.map(ToOwned::to_owned),
        dialled: "911".to_owned(),
        test: false,
        drill: None,
        country: Some(Country::Us),
        platform: None,
        at: when,
        policy: OpenPolicy {
            call: policy(),
            validity: Validity::default(),
            callback: CallbackOrder::PoolFirst,
            notify: NotifyPolicy::default(),
        },
    }
}

pub(crate) async fn open(
    store: &Arc<dyn Store>,
    call_id: &str,
    agent: Option<&str>,
    when: Timestamp,
) -> Opened {
    store
        .open_call(dialled(call_id, agent, when), Claim::new())
        .await
        .unwrap()
}

pub(crate) async fn end(
    store: &Arc<dyn Store>,
    call_id: &str,
    when: Timestamp,
) -> server::store::Ended {
    store
        .end_call(EndCall {
            key: key(call_id),
            by: EndedBy::Platform,
            at: when,
            policy: policy(),
        })
        .await
        .unwrap()
}

pub(crate) fn tokens(until: Timestamp) -> (Token, Token, NewTokens) {
    let (access, refresh) = (Token::random(), Token::random());
    let hashes = NewTokens {
        access: access.hash(),
        refresh: refresh.hash(),
        access_expires_at: until,
    };
    (access, refresh, hashes)
}
