use std::collections::BTreeSet;

use api::{emergency::CallbackState, emergency::Phase, location::ServedLocation};
use companion::{
    Declare,
    shell::Window,
    view::{Connection, Headline, Session, SignedIn},
};
use location::PlaceClass;
use reqwest::Method;
use serde_json::json;

use crate::{
    backend::Backend,
    desktop::{App, Computer, Desktop},
};

fn signed_in(desktop: &Desktop) -> Option<&SignedIn> {
    match &desktop.view.as_ref()?.session {
        Session::SignedIn(signed_in) => Some(signed_in),
        Session::SignedOut { .. } | Session::Starting => None,
    }
}

fn headline(desktop: &Desktop) -> Option<Headline> {
    signed_in(desktop).map(|signed_in| signed_in.location.headline)
}

/// Nobody checks addresses yet, so what is confirmed is unchecked.
fn is_confirmed(desktop: &Desktop) -> bool {
    matches!(
        headline(desktop),
        Some(Headline::Confirmed | Headline::Unchecked)
    )
}

fn is_online(desktop: &Desktop) -> bool {
    let view = desktop.view.as_ref();
    view.is_some_and(|view| view.connection == Connection::Online)
}

fn is_signed_out(desktop: &Desktop) -> bool {
    let session = desktop.view.as_ref().map(|view| &view.session);
    matches!(session, Some(Session::SignedOut { .. }))
}

/// What the server said last of the call.
fn call(desktop: &Desktop) -> Option<&api::emergency::Emergency> {
    let call = desktop.view.as_ref()?.emergency.as_ref()?;
    (!call.last_known).then_some(&call.emergency)
}

async fn sign_in(computer: &Computer, backend: &Backend, username: &str) -> App {
    let app = computer.start();
    app.until("the sign-in screen", is_signed_out).await;
    let code = backend.enrol(username);
    app.companion
        .sign_in(backend.url.clone(), code)
        .await
        .unwrap();
    app.until("the server's state", |desktop| signed_in(desktop).is_some())
        .await;
    app
}

/// "I am at the seat labelled so", as the main window says it.
async fn seat(app: &App, label: &str) -> Declare {
    let found = app.companion.search_seats(label.to_owned()).await.unwrap();
    let seat = found.seats.iter().find(|seat| seat.label == label).unwrap();
    Declare {
        place: serde_json::from_value(json!({"seat": seat.seat_id})).unwrap(),
        label: seat.label.clone(),
        class: PlaceClass::Seat,
        lines: Vec::new(),
        override_reason: None,
    }
}

async fn confirm(app: &App, declare: Declare) -> ServedLocation {
    let version = |desktop: &Desktop| {
        let served = signed_in(desktop)?.location.served.as_ref()?;
        Some(served.version)
    };
    let before = app.until("anything", |_| true).await;
    let before = version(&before);
    app.companion.confirm(declare).await.unwrap();
    let desktop = app
        .until("a newer version", |desktop| {
            version(desktop) > before && is_confirmed(desktop)
        })
        .await;
    signed_in(&desktop)
        .unwrap()
        .location
        .served
        .clone()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_seat_to_the_callback_and_the_purge() {
    let mut backend = Backend::start().await;
    let computer = Computer::new();
    let app = sign_in(&computer, &backend, "maria.chen").await;
    let declare = seat(&app, "WS 181").await;
    let served = confirm(&app, declare).await;
    assert_eq!(served.class, Some(PlaceClass::Seat));
    let told = backend
        .telephony(Method::GET, "locations/maria.chen", json!({}))
        .await;
    assert_eq!(told["location_status"], "confirmed");
    assert_eq!(told["lines"], json!(served.lines));

    let answer = backend
        .telephony(
            Method::POST,
            "calls",
            json!({"call_id": "call-1", "agent": "maria.chen", "dialled": "911"}),
        )
        .await;
    let desktop = app
        .until("the emergency window", |desktop| {
            desktop.windows.contains("emergency") && call(desktop).is_some()
        })
        .await;
    app.companion.painted(Window::Emergency);
    let shown = call(&desktop).unwrap();
    assert_eq!(shown.phase, Phase::Open);
    assert_eq!(json!(shown.callback_number), answer["callback_number"]);
    assert_eq!(json!(shown.lines), answer["lines"]);

    // The server goes away, and then the app does.
    backend.kill();
    app.until("what was last known", |desktop| {
        call(desktop).is_none() && desktop.windows.contains("emergency")
    })
    .await;
    app.kill().await;
    let app = computer.start();
    app.until("the window of a new process", |desktop| {
        desktop.windows.contains("emergency")
    })
    .await;
    backend.restart().await;
    app.until("the server's word on it", |desktop| call(desktop).is_some())
        .await;

    backend
        .telephony(Method::POST, "calls/end", json!({"call_id": "call-1"}))
        .await;
    app.until("the end of the call", |desktop| {
        call(desktop).is_some_and(|call| call.phase == Phase::Ended && call.callback_until_final)
    })
    .await;
    let callback = backend
        .telephony(
            Method::POST,
            "callbacks",
            json!({"call_id": "back-1", "number": answer["callback_number"], "caller": "+12065550199"}),
        )
        .await;
    assert_eq!(callback["decision"], "agent");
    app.until("the callback", |desktop| {
        call(desktop).is_some_and(|call| call.callback.state == CallbackState::Ringing)
    })
    .await;
    backend
        .telephony(Method::POST, "callbacks/end", json!({"call_id": "back-1"}))
        .await;
    app.until("the end of the callback", |desktop| {
        call(desktop).is_some_and(|call| call.callback.state == CallbackState::Over)
    })
    .await;

    backend.set_clock(3_700);
    app.until("everything about the call is gone", |desktop| {
        is_online(desktop) && desktop.windows.is_empty()
    })
    .await;
    app.until("the seat", is_confirmed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_and_back_the_end_of_the_shift_and_a_refusal_to_say() {
    let mut backend = Backend::start().await;
    let computer = Computer::new();
    let app = sign_in(&computer, &backend, "maria.chen").await;
    let (here, there) = (seat(&app, "WS 181").await, seat(&app, "WS 182").await);
    let before = confirm(&app, here.clone()).await;
    backend.kill();
    app.until("offline", |desktop| !is_online(desktop)).await;
    app.companion.confirm(there.clone()).await.unwrap();
    app.until("saved here", |desktop| {
        headline(desktop) == Some(Headline::Unsent)
    })
    .await;
    app.kill().await;
    let app = computer.start();
    backend.restart().await;
    let desktop = app.until("confirmed", is_confirmed).await;
    let after = signed_in(&desktop)
        .unwrap()
        .location
        .served
        .clone()
        .unwrap();
    assert_eq!(after.version, before.version + 1, "it counted once");

    // One after the other, without waiting for what each of them brings.
    app.companion
        .decline("I would rather not".to_owned())
        .await
        .unwrap();
    app.companion.confirm(here).await.unwrap();
    app.companion.confirm(there).await.unwrap();
    app.until("the last word", |desktop| {
        signed_in(desktop).is_some_and(|maria| {
            maria.location.unsent.is_none()
                && maria.location.served.as_ref().unwrap().version == after.version + 3
        })
    })
    .await;
    app.companion.end_shift().await.unwrap();
    app.until("the shift is over", |desktop| {
        headline(desktop) == Some(Headline::Stale)
    })
    .await;
    app.companion.decline("gone home".to_owned()).await.unwrap();
    app.until("declined", |desktop| {
        headline(desktop) == Some(Headline::Declined)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_typed_checked_saved_and_confirmed() {
    let backend = Backend::start().await;
    let computer = Computer::new();
    let app = sign_in(&computer, &backend, "devon.walsh").await;
    let read = app
        .companion
        .interpret("4117 Fremont Ave N Apt 3, Seattle WA 98103", None);
    assert_eq!(read.problems, []);
    let checked = app.companion.check(read.fields.clone()).await.unwrap();
    assert_eq!(checked.problems, []);
    let place = serde_json::from_value(json!({
        "label": "Home", "class": "home", "civic_address": read.fields,
    }))
    .unwrap();
    let saved = app.companion.save_place(None, place).await.unwrap();
    assert_eq!(saved.lines, checked.lines);
    let served = confirm(
        &app,
        Declare {
            place: serde_json::from_value(json!({"saved": saved.id})).unwrap(),
            label: saved.label,
            class: PlaceClass::Home,
            lines: saved.lines.clone(),
            override_reason: None,
        },
    )
    .await;
    assert_eq!(served.class, Some(PlaceClass::Home));
    assert_eq!(served.lines, saved.lines);
    assert_eq!(served.responder_view, checked.responder_view);
    app.companion.delete_place(saved.id).await.unwrap();
    app.until("no saved place of that address", |desktop| {
        signed_in(desktop)
            .is_some_and(|devon| devon.places.iter().all(|place| place.lines != saved.lines))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_sees_who_is_covered_and_hears_of_a_call() {
    let backend = Backend::start().await;
    let (hers, his) = (Computer::new(), Computer::new());
    let maria = sign_in(&hers, &backend, "maria.chen").await;
    let sam = sign_in(&his, &backend, "sam.ortiz").await;
    sam.companion.opened(Window::Main);
    sam.companion.watch_roster(true);
    sam.until("the roster", |desktop| {
        desktop
            .roster
            .as_ref()
            .is_some_and(|roster| roster.complete && roster.rows.len() > 20)
    })
    .await;
    let declare = seat(&maria, "WS 181").await;
    confirm(&maria, declare.clone()).await;
    let row = |desktop: &Desktop| {
        let rows = desktop.roster.as_ref()?.rows.iter();
        rows.clone()
            .find(|row| row.username == "maria.chen")
            .cloned()
    };
    sam.until("Maria at her seat", |desktop| {
        row(desktop).is_some_and(|row| row.seat.as_deref() == Some("WS 181") && row.online)
    })
    .await;

    // Two people on one seat: both are told, neither is refused.
    confirm(&sam, declare).await;
    for app in [&maria, &sam] {
        app.until("the conflict", |desktop| {
            signed_in(desktop).is_some_and(|person| {
                person
                    .notices
                    .iter()
                    .any(|notice| notice.code == "seat_conflict")
            })
        })
        .await;
    }

    backend
        .telephony(
            Method::POST,
            "calls",
            json!({"call_id": "call-1", "agent": "maria.chen", "dialled": "911"}),
        )
        .await;
    let desktop = sam
        .until("the call", |desktop| {
            desktop
                .roster
                .as_ref()
                .is_some_and(|roster| !roster.emergencies.is_empty())
        })
        .await;
    assert_eq!(
        desktop.windows,
        BTreeSet::from(["main"]),
        "the team's view comes up; the emergency window is for his own calls"
    );
    let summary = &desktop.roster.as_ref().unwrap().emergencies[0];
    assert_eq!(summary.username.as_deref(), Some("maria.chen"));
    maria
        .until("her window", |desktop| {
            desktop.windows.contains("emergency")
        })
        .await;
    maria.companion.call_over().await.unwrap();
    sam.until("the end of the call", |desktop| {
        desktop
            .roster
            .as_ref()
            .unwrap()
            .emergencies
            .first()
            .is_some_and(|summary| summary.emergency.phase == Phase::Ended)
    })
    .await;
}
