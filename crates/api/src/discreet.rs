//! Debug output that says what something is and never where somebody is or how to call them.
//!
//! Debug reaches logs, panics and failed assertions. Types that hold an address, a number or a
//! name of a place print the fields named here and leave out the rest.

/// Implements `Debug` for a struct with these fields only.
macro_rules! discreet {
    ($($type:ident { $($field:ident),* $(,)? })+) => {
        $(
            impl ::std::fmt::Debug for $type {
                fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    formatter
                        .debug_struct(stringify!($type))
                        $(.field(stringify!($field), &self.$field))*
                        .finish_non_exhaustive()
                }
            }
        )+
    };
}

pub(crate) use discreet;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{agent::Me, emergency::EmergencySummary, telephony::Answer};

    #[test]
    fn debug_shows_no_address_and_no_number() {
        let lines = json!(["12 Planted St"]);
        let view = json!({"text": "12 Planted St", "cut": [
            {"field": "RD", "from": "Planted", "to": "Plntd", "why": "Too long."}
        ]});
        let civic = json!({"RD": "Planted"});
        let emergency = json!({
            "call_id": "call-1", "dialled": "911", "test": false, "phase": "open",
            "started_at": "2026-11-20T09:00:00Z", "ended_at": null, "ended_by": null,
            "callback_number": "+12065550123", "callback_until": null,
            "callback_until_final": false, "callback": {"state": "none", "since": null},
            "lines": lines, "location_status": "confirmed", "since": null, "presence": null,
            "can_end_call": false, "acknowledged_by": [],
        });
        let served = json!({
            "version": 3, "status": "confirmed", "verdict": "valid", "class": "home",
            "civic_address": civic, "lines": lines, "responder_view": view, "rule": "home",
            "since": null, "until": null, "last_known": {
                "place": {"address": civic}, "label": "Planted", "class": "home", "lines": lines,
                "declared_at": "2026-11-20T09:00:00Z",
            },
        });
        let me: Me = serde_json::from_value(json!({
            "revision": 7,
            "agent": {"username": "maria.chen", "display_name": "Maria Chen", "team": "North",
                      "role": "agent", "country": "US"},
            "policy": {"confirm": "require", "seat_validity_seconds": 1, "home_validity_seconds": 1,
                       "other_validity_seconds": 1, "callback_window_seconds": 1},
            "served": served,
            "places": [{"id": "p1", "label": "Planted", "class": "home", "civic_address": civic,
                        "lines": lines, "verdict": "valid", "confirmed_at": null}],
            "proposals": [{"place": {"address": civic}, "label": "Planted", "detail": "Planted",
                           "class": "home", "lines": lines, "responder_view": view,
                           "confidence": 0.5, "reason": "last_place", "because": "Because.",
                           "last_declared_at": null}],
            "emergency": emergency, "notices": [],
        }))
        .unwrap();
        let summary: EmergencySummary = serde_json::from_value(json!({
            "username": "maria.chen", "display_name": "Maria Chen", "team": "North",
            "site": null, "emergency": emergency, "address_locked": false,
        }))
        .unwrap();
        let answer: Answer = serde_json::from_value(json!({
            "call_id": "call-1", "agent": "maria.chen", "test": false,
            "location_status": "confirmed", "verdict": "valid", "civic_address": civic,
            "civic_address_json": "{\"RD\":\"Planted\"}", "lines": lines, "rule": "home",
            "degraded": false, "callback_number": "+12065550123", "callback_until": null,
            "callback_until_final": false,
        }))
        .unwrap();
        let printed = format!("{me:?} {summary:?} {answer:?}");
        assert!(!printed.contains("Planted"), "{printed}");
        assert!(!printed.contains("5550123"), "{printed}");
        assert!(printed.contains("version: 3"), "{printed}");
    }
}
