use api::agent::{ConfirmPolicy, Me, Notice, Severity};
use emergency::{CallPolicy, lease::PoolLevel};
use jiff::Timestamp;
use location::freshness::{DeclaredPlace, Standing, is_believable};

use super::{agent, banner, calls, place, pools, proposals, served};
use crate::{
    config::{ConfirmMode, Policy},
    store::{ADDRESS_OPENED, Call, Mine, Opening, OpeningTold},
};

/// Everything an agent's desktop shows: what the store knows, the calls that stand only in the
/// journal, and the time. Those who can do something about pools that run low are told.
#[must_use]
pub fn me(
    mine: &Mine,
    journaled: &[Call],
    low_pools: &[PoolLevel],
    policy: &Policy,
    now: Timestamp,
) -> Me {
    let site = mine.default_site.as_ref().map(|row| &row.site);
    let call_policy = policy.calls();
    let calls = calls::merge(mine.calls.clone(), journaled.to_vec(), &call_policy, now);
    Me {
        revision: mine.revision,
        agent: agent::agent(&mine.agent),
        policy: wire_policy(policy),
        served: served::served(&mine.standing, mine.checked.as_ref(), site, policy, now),
        places: mine.places.iter().map(place::place).collect(),
        proposals: proposals::proposals(
            mine.standing.last_place.as_ref(),
            &mine.places,
            policy,
            now,
        ),
        emergency: calls
            .iter()
            .find_map(|call| banner::emergency(call, &call_policy, now)),
        notices: [
            notices(mine, policy, now),
            pools::notices(&mine.agent, low_pools),
            mine.openings.iter().map(opened).collect(),
        ]
        .concat(),
    }
}

/// When that would next change although nothing happens: something runs out.
#[must_use]
pub fn me_changes_at(
    mine: &Mine,
    journaled: &[Call],
    policy: &Policy,
    now: Timestamp,
) -> Option<Timestamp> {
    let site = mine.default_site.as_ref().map(|row| &row.site);
    let call_policy = policy.calls();
    let calls = calls::merge(mine.calls.clone(), journaled.to_vec(), &call_policy, now);
    let stale = served::served(&mine.standing, mine.checked.as_ref(), site, policy, now)
        .and_then(|served| served.until);
    let alone = mine
        .seat_mates
        .iter()
        .filter_map(|mate| mate.since.checked_add(policy.validity().seat).ok())
        .filter(|until| *until > now)
        .min();
    [stale, alone, calls::next_change(&calls, &call_policy)]
        .into_iter()
        .flatten()
        .min()
}

fn notices(mine: &Mine, policy: &Policy, now: Timestamp) -> Vec<Notice> {
    let mut notices = Vec::new();
    if mine.standing.unreadable {
        notices.push(Notice::new(
            "place_unreadable",
            "The server cannot read the place you confirmed. Confirm it again.",
            Severity::Alarm,
        ));
    }
    let label = match &mine.standing.standing {
        Standing::Declared {
            place: DeclaredPlace::Seat { seat, .. },
            at,
        } if is_believable(*at, now) && (*at).min(now) + policy.validity().seat > now => {
            Some(&seat.label)
        }
        Standing::Declared { .. }
        | Standing::Declined { .. }
        | Standing::Ended { .. }
        | Standing::Never => None,
    };
    if let Some(label) = label {
        notices.extend(mine.seat_mates.iter().map(|mate| {
            Notice::new(
                "seat_conflict",
                format!("{} also says {label}.", mate.display_name),
                Severity::Warning,
            )
        }));
    }
    notices
}

/// That somebody opened the agent's address.
fn opened(opening: &Opening) -> Notice {
    let OpeningTold { by_name, reason } = &opening.told;
    let who = if by_name.is_empty() {
        "Somebody"
    } else {
        by_name
    };
    let at = opening.at.strftime("%Y-%m-%d %H:%M UTC");
    let during = if opening.during_call {
        " during your emergency call"
    } else {
        ""
    };
    let why = if reason.is_empty() {
        ".".to_owned()
    } else {
        format!(": {reason}")
    };
    let values = [
        ("who", by_name.clone()),
        ("at", opening.at.to_string()),
        ("reason", reason.clone()),
        ("during_call", opening.during_call.to_string()),
    ];
    Notice {
        values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        version: Some(opening.id.to_string()),
        ..Notice::new(
            ADDRESS_OPENED,
            format!("{who} opened your address on {at}{during}{why}"),
            Severity::Warning,
        )
    }
}

fn wire_policy(policy: &Policy) -> api::agent::Policy {
    api::agent::Policy {
        confirm: match policy.confirm {
            ConfirmMode::Off => ConfirmPolicy::Off,
            ConfirmMode::Remind => ConfirmPolicy::Remind,
            ConfirmMode::Require => ConfirmPolicy::Require,
        },
        seat_validity_seconds: policy.seat_validity_seconds.into(),
        home_validity_seconds: policy.home_validity_seconds.into(),
        other_validity_seconds: policy.other_validity_seconds.into(),
        callback_window_seconds: policy.callback_window_seconds.into(),
        // There is no setting for it, so every organisation allows it.
        override_addresses: true,
    }
}

impl Policy {
    /// How long things about a call last.
    #[must_use]
    pub fn calls(&self) -> CallPolicy {
        CallPolicy {
            callback_window: self.callback_window(),
            max_open: self.max_open(),
        }
    }
}
