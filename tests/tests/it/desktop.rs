//! The app's own client against the real server: every call of the agent's interface.

use api::{
    agent::Role,
    emergency::{CallbackState, Phase},
    error::ErrorCode,
    place::{AddressClass, PlaceReference, SavePlace, SavedReference},
};
use client::{Client, Error, Patience, Session, State, Watched};
use location::{CivicAddress, PlaceClass, Status};
use secrecy::SecretString;
use serde_json::json;
use system_tests::{Backend, key, sign_in};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::{SERVER, process::at, telephony::Telephony};

/// The code of a refusal.
fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorCode {
    match result.unwrap_err() {
        Error::Refused(refusal) | Error::SignedOut(refusal) => refusal.code,
        error @ (Error::UnexpectedAnswer(_) | Error::Unreachable(_)) => {
            panic!("no refusal: {error}")
        }
    }
}

fn home() -> CivicAddress {
    let written = json!({
        "country": "US", "A1": "WA", "A3": "Tacoma", "HNO": "1419", "RD": "Wintergreen", "STS": "Ln", "PC": "98406",
    });
    serde_json::from_value(written).unwrap()
}

/// Everything that is pushed to this agent's desktop.
fn watch(session: &Session) -> UnboundedReceiver<Watched<State>> {
    let (sender, events) = unbounded_channel();
    let session = session.clone();
    tokio::spawn(async move {
        session
            .watch_me(move |event| {
                sender.send(event).ok();
            })
            .await
    });
    events
}

/// The next pushed state for which this holds.
async fn pushed(
    events: &mut UnboundedReceiver<Watched<State>>,
    holds: impl Fn(&api::agent::Me) -> bool,
) -> Box<api::agent::Me> {
    loop {
        if let Watched::Frame(State::Whole(me)) = events.recv().await.expect("the stream goes on")
            && holds(&me)
        {
            return me;
        }
    }
}

#[tokio::test]
async fn an_agent_s_whole_day() {
    let backend = Backend::start(SERVER).await.unwrap();
    let session = sign_in(&backend, "maria.chen").await.unwrap();
    let me = session.me().await.unwrap();
    assert_eq!(me.agent.role, Role::Agent);
    assert!(me.places.is_empty() && me.emergency.is_none());

    let sites = session.sites().await.unwrap().sites;
    let seattle = sites.iter().find(|site| site.site_id == "SEA").unwrap();
    let detail = session.site(&seattle.site_id).await.unwrap();
    assert!(
        detail
            .floors
            .iter()
            .any(|floor| floor.floor == "5" && floor.plan_svg.is_some())
    );
    let found = session.seats("181").await.unwrap().seats;
    assert_eq!(found[0].seat_id, "SEA-5-181");
    assert_eq!(found[0].label, "WS 181");

    let served = session.confirm(&at("SEA-5-181"), &key(1)).await.unwrap();
    assert_eq!(
        (served.status, served.class),
        (Status::Confirmed, Some(PlaceClass::Seat))
    );
    assert!(served.until > served.since);

    let saved = SavePlace {
        label: "Home".into(),
        class: AddressClass::Home,
        civic_address: home(),
    };
    let place = session.save_place(None, &saved).await.unwrap();
    let renamed = SavePlace {
        label: "My flat".into(),
        ..saved
    };
    assert_eq!(
        session
            .save_place(Some(&place.id), &renamed)
            .await
            .unwrap()
            .label,
        "My flat"
    );
    let mut there = at("");
    there.place = PlaceReference::Saved(SavedReference {
        saved: place.id.clone(),
    });
    let at_home = session.confirm(&there, &key(2)).await.unwrap();
    assert_eq!(at_home.class, Some(PlaceClass::Home));
    assert_eq!(at_home.version, served.version + 1);
    assert!(at_home.lines.join(" ").contains("Wintergreen"));

    session.decline("at a clinic").await.unwrap();
    assert_eq!(
        session.me().await.unwrap().served.unwrap().status,
        Status::Declined
    );
    session.confirm(&at("SEA-5-181"), &key(3)).await.unwrap();
    session.end_shift().await.unwrap();
    assert_eq!(
        session.me().await.unwrap().served.unwrap().status,
        Status::Stale
    );

    session.delete_place(&place.id).await.unwrap();
    assert!(session.places().await.unwrap().places.is_empty());
    assert_eq!(
        refused(session.delete_place(&place.id).await),
        ErrorCode::NotFound
    );
    assert_eq!(refused(session.call_over().await), ErrorCode::NotFound);

    session.sign_out().await.unwrap();
    assert_eq!(refused(session.me().await), ErrorCode::TokenRevoked);
}

#[tokio::test]
async fn a_call_reaches_her_desktop_and_her_supervisor_s() {
    let backend = Backend::start(SERVER).await.unwrap();
    let maria = sign_in(&backend, "maria.chen").await.unwrap();
    maria.confirm(&at("SEA-5-181"), &key(1)).await.unwrap();
    let mut events = watch(&maria);
    pushed(&mut events, |me| me.emergency.is_none()).await;
    let sam = sign_in(&backend, "sam.ortiz").await.unwrap();
    let (sender, mut team) = unbounded_channel();
    let roster = sam.clone();
    tokio::spawn(async move {
        roster
            .watch_roster(move |event| {
                if let Watched::Frame(frame) = event {
                    sender.send(frame).ok();
                }
            })
            .await
    });
    assert!(
        team.recv().await.unwrap().complete,
        "the first frame is the whole"
    );

    let pbx = Telephony::new(&backend);
    let answer = pbx.dial("c-1", "maria.chen", "911").await.in_time();
    let me = pushed(&mut events, |me| me.emergency.is_some()).await;
    let emergency = me.emergency.unwrap();
    assert_eq!(
        emergency.callback_number.as_deref(),
        answer["callback_number"].as_str()
    );
    assert_eq!(
        serde_json::to_value(&emergency.lines).unwrap(),
        answer["lines"]
    );
    let frame = loop {
        let frame = team.recv().await.unwrap();
        if !frame.emergencies.is_empty() {
            break frame;
        }
    };
    assert_eq!(frame.emergencies[0].username.as_deref(), Some("maria.chen"));

    let number = answer["callback_number"].as_str().unwrap();
    pbx.hang_up("c-1").await.in_time();
    pushed(&mut events, |me| {
        me.emergency
            .as_ref()
            .is_some_and(|call| call.phase == Phase::Ended)
    })
    .await;
    let body = json!({"call_id": "psap-1", "number": number, "caller": "+12065550177"});
    let decision = pbx
        .ask(reqwest::Method::POST, "/v1/telephony/callbacks", Some(body))
        .await
        .in_time();
    assert_eq!(decision["decision"], "agent");
    let ringing = |me: &api::agent::Me| {
        me.emergency
            .as_ref()
            .is_some_and(|call| call.callback.state == CallbackState::Ringing)
    };
    pushed(&mut events, ringing).await;

    // The agent may end it too, when the platform never said so.
    pbx.dial("c-2", "maria.chen", "911").await.in_time();
    pushed(&mut events, |me| {
        me.emergency
            .as_ref()
            .is_some_and(|call| call.call_id == "c-2")
    })
    .await;
    maria.call_over().await.unwrap();
    pushed(&mut events, |me| {
        me.emergency
            .as_ref()
            .is_some_and(|call| call.ended_at.is_some())
    })
    .await;
}

#[tokio::test]
async fn the_window_closes_by_the_clock_although_nobody_says_anything() {
    let backend = Backend::start(SERVER).await.unwrap();
    let maria = sign_in(&backend, "maria.chen").await.unwrap();
    let pbx = Telephony::new(&backend);
    let answer = pbx.dial("c-1", "maria.chen", "911").await.in_time();
    let number = answer["callback_number"].as_str().unwrap();
    pbx.hang_up("c-1").await.in_time();
    assert!(maria.me().await.unwrap().emergency.is_some());
    backend.set_clock(3_590).unwrap();
    assert_eq!(pbx.who_has(number).await.in_time()["decision"], "agent");
    backend.set_clock(3_700).unwrap();
    assert_eq!(
        pbx.who_has(number).await.in_time()["decision"],
        "security_desk"
    );
    assert!(maria.me().await.unwrap().emergency.is_none());
}

#[tokio::test]
async fn a_day_old_token_is_rotated_without_anybody_noticing() {
    let backend = Backend::start(SERVER).await.unwrap();
    let session = sign_in(&backend, "maria.chen").await.unwrap();
    backend.set_clock(86_400).unwrap();
    // Many at once rotate once.
    let asked = futures_util::future::join_all((0..8).map(|_| session.me())).await;
    for me in asked {
        me.unwrap();
    }
    // An age that is too old, and one that is not known after a restart, are asked about.
    for age in [None, Some(901)] {
        let mut old = at("SEA-5-181");
        old.declared_age_seconds = age;
        assert_eq!(
            refused(session.confirm(&old, &key(9)).await),
            ErrorCode::AskAgain
        );
    }
}

#[tokio::test]
async fn an_older_declaration_is_superseded_by_the_newer_one() {
    let backend = Backend::start(SERVER).await.unwrap();
    let desk = sign_in(&backend, "maria.chen").await.unwrap();
    let laptop = sign_in(&backend, "maria.chen").await.unwrap();
    let newer = desk.confirm(&at("SEA-5-181"), &key(1)).await.unwrap();
    let mut older = at("SEA-5-182");
    older.declared_age_seconds = Some(600);
    let Err(Error::Refused(refusal)) = laptop.confirm(&older, &key(2)).await else {
        panic!("it is older");
    };
    assert_eq!((refusal.status, refusal.code), (409, ErrorCode::Superseded));
    assert_eq!(refusal.served.unwrap().version, newer.version);
    let reused = desk.confirm(&at("SEA-5-182"), &key(1)).await;
    assert_eq!(refused(reused), ErrorCode::IdempotencyKeyReused);
    assert_eq!(
        refused(desk.confirm(&at("SEA-9-999"), &key(3)).await),
        ErrorCode::NotFound
    );
}

#[tokio::test]
async fn roles_and_codes_are_told_apart() {
    let backend = Backend::start(SERVER).await.unwrap();
    let client = Client::new(backend.url().parse().unwrap(), Patience::default()).unwrap();
    let code = SecretString::from(backend.enrol("maria.chen").unwrap());
    client.enrol(&code, "one").await.unwrap();
    assert_eq!(
        refused(client.enrol(&code, "two").await),
        ErrorCode::CodeUsed
    );
    let late = SecretString::from(backend.enrol("maria.chen").unwrap());
    backend.set_clock(1_800).unwrap();
    assert_eq!(
        refused(client.enrol(&late, "late").await),
        ErrorCode::CodeExpired
    );
    let none = SecretString::from("ABCD-EFGH-JKLM");
    assert_eq!(
        refused(client.enrol(&none, "none").await),
        ErrorCode::CodeUnknown
    );

    let maria = sign_in(&backend, "maria.chen").await.unwrap();
    let forbidden = maria
        .watch_roster(|_| panic!("an agent sees no roster"))
        .await;
    assert_eq!(forbidden.code, ErrorCode::Forbidden);
    let roster = backend
        .ask(reqwest::Method::GET, "/v1/telephony/locations/maria.chen")
        .bearer_auth("wk_guess")
        .send()
        .await
        .unwrap();
    assert_eq!(roster.status(), 401);
}
