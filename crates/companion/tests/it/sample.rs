//! People, places and calls to tell stories with.

use api::{agent::Me, emergency::Emergency, location::ServedLocation, roster::RosterFrame};
use client::{Error, Refusal};
use companion::Declare;
use serde_json::{Value, json};

pub(crate) const SERVER: &str = "https://e911.example.com";
pub(crate) const NINE: &str = "2026-11-20T09:00:00Z";

/// Maria at nine o'clock, with nothing said and nothing open.
pub(crate) fn me(revision: u64) -> Me {
    read(json!({
        "revision": revision,
        "agent": agent("agent"),
        "policy": {"confirm": "require", "seat_validity_seconds": 43_200,
                   "home_validity_seconds": 604_800, "other_validity_seconds": 43_200,
                   "callback_window_seconds": 3_600},
        "served": null,
        "places": [],
        "proposals": [{
            "place": {"seat": "SEA-5-181"}, "label": "WS 181", "detail": "Floor 5, Seattle 7th Ave",
            "class": "seat", "lines": ["WS 181, floor 5", "2121 7th Ave", "Seattle, WA 98121"],
            "responder_view": {"text": "2121 7TH AVE", "cut": []},
            "confidence": 0.9, "reason": "last_place", "because": "You were here yesterday.",
            "last_declared_at": null,
        }],
        "emergency": null,
        "notices": [],
    }))
}

pub(crate) fn agent(role: &str) -> Value {
    json!({"username": "maria.chen", "display_name": "Maria Chen", "team": "North",
           "role": role, "country": "US"})
}

/// Maria with what is served of her.
pub(crate) fn serving(revision: u64, served: ServedLocation) -> Me {
    Me {
        served: Some(served),
        ..me(revision)
    }
}

/// Maria with a call.
pub(crate) fn calling(revision: u64, emergency: Emergency) -> Me {
    Me {
        emergency: Some(emergency),
        ..me(revision)
    }
}

/// A seat confirmed at nine, for twelve hours.
pub(crate) fn served(version: u64) -> ServedLocation {
    read(json!({
        "version": version, "status": "confirmed", "verdict": "valid", "class": "seat",
        "civic_address": {"country": "US", "HNO": "2121", "RD": "7th"},
        "lines": ["WS 181, floor 5", "2121 7th Ave", "Seattle, WA 98121"],
        "responder_view": {"text": "2121 7TH AVE", "cut": []}, "rule": "seat",
        "since": NINE, "until": "2026-11-20T21:00:00Z", "last_known": null,
    }))
}

/// A call to 911 that began at nine.
pub(crate) fn call() -> Emergency {
    read(json!({
        "call_id": "call-1", "dialled": "911", "test": false, "phase": "open",
        "started_at": NINE, "ended_at": null, "ended_by": null,
        "callback_number": "+12065550123", "callback_until": "2026-11-20T10:00:00Z",
        "callback_until_final": false, "callback": {"state": "none", "since": null},
        "lines": ["WS 181, floor 5", "2121 7th Ave"], "location_status": "confirmed",
        "since": "2026-11-20T08:58:00Z", "presence": null, "presence_trouble": null, "can_end_call": false,
        "acknowledged_by": [],
    }))
}

/// The same, ended at ten past nine; the number stays until ten past ten.
pub(crate) fn ended() -> Emergency {
    let mut call = call();
    call.phase = api::emergency::Phase::Ended;
    call.ended_at = Some("2026-11-20T09:10:00Z".parse().unwrap());
    call.callback_until = Some("2026-11-20T10:10:00Z".parse().unwrap());
    call.callback_until_final = true;
    call
}

/// The same, with the 911 centre calling back.
pub(crate) fn ringing() -> Emergency {
    let mut call = ended();
    call.callback.state = api::emergency::CallbackState::Ringing;
    call.callback.since = Some("2026-11-20T09:20:00Z".parse().unwrap());
    call
}

/// "I am at WS 181."
pub(crate) fn ws_181() -> Declare {
    declare("SEA-5-181", "WS 181")
}

/// "I am at WS 182."
pub(crate) fn ws_182() -> Declare {
    declare("SEA-5-182", "WS 182")
}

fn declare(seat: &str, label: &str) -> Declare {
    read(
        json!({"place": {"seat": seat}, "label": label, "class": "seat",
                "lines": [format!("{label}, floor 5"), "2121 7th Ave"]}),
    )
}

pub(crate) fn refused(status: u16, code: &str) -> Error {
    Error::Refused(refusal(status, code))
}

pub(crate) fn refusal(status: u16, code: &str) -> Box<Refusal> {
    Box::new(Refusal {
        status,
        code: read(json!(code)),
        detail: "A sentence.".to_owned(),
        problems: Vec::new(),
        served: None,
        retry_after: None,
    })
}

pub(crate) fn unreachable() -> Error {
    Error::Unreachable("no connection")
}

/// A roster of these rows: username, class, seat.
pub(crate) fn roster(complete: bool, rows: &[(&str, &str, Option<&str>)]) -> RosterFrame {
    let rows: Vec<_> = rows
        .iter()
        .map(|(username, class, seat)| {
            json!({"username": username, "display_name": username.to_uppercase(), "team": "North",
                   "status": "confirmed", "verdict": "valid", "site": "Seattle", "seat": seat,
                   "class": class, "since": NINE, "until": null, "online": true,
                   "emergency": false, "presence": null, "conflict": false})
        })
        .collect();
    read(
        json!({"complete": complete, "counts": {"confirmed": rows.len()}, "rows": rows,
                "emergencies": []}),
    )
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
