//! What the compliance record says of calls and of who was told of them.

use emergency::EmergencyCall;
use jiff::Timestamp;

use super::{
    Tx,
    words::{to_json, to_word},
};
use crate::{
    record::Kind,
    store::{Call, Delivery, Entry},
};

/// A call was opened, and answered so.
pub(super) async fn opened(tx: &mut Tx<'_>, call: &Call) {
    let Some(at) = call.started_at() else { return };
    let location = &call.location;
    let mut entry = of_call(Kind::CallOpened, at, call)
        .word("status", to_word(&location.status))
        .word("rule", to_word(&location.rule))
        .count("degraded", i64::from(location.degraded))
        .keyed("dialled", call.dialled.as_str())
        .keyed("location", to_json(&location.civic_address));
    if let Some(lent) = &call.callback_number {
        entry = entry
            .word("number_source", to_word(&lent.source))
            .keyed("number", lent.number.as_str());
    }
    tx.record(entry).await;
}

/// The state of a call became `call.state`: its end is an entry.
pub(super) async fn changed(tx: &mut Tx<'_>, before: &EmergencyCall, call: &Call) {
    if let EmergencyCall::Ended {
        ended_at, ended_by, ..
    } = call.state
        && !matches!(before, EmergencyCall::Ended { .. })
    {
        let entry = of_call(Kind::CallEnded, ended_at, call).word("ended_by", to_word(&ended_by));
        tx.record(entry).await;
    }
}

/// A call was destroyed: its window is closed.
pub(super) async fn destroyed(tx: &mut Tx<'_>, call: &Call, at: Timestamp) {
    tx.record(of_call(Kind::CallDestroyed, at, call)).await;
}

/// People are to be told of a call.
pub(super) async fn queued(tx: &mut Tx<'_>, call: &Call, at: Timestamp, notices: u32) {
    let entry = of_call(Kind::NotificationQueued, at, call).count("notices", i64::from(notices));
    tx.record(entry).await;
}

/// What became of a notice, once that is certain.
pub(super) async fn delivered(
    tx: &mut Tx<'_>,
    call: crate::store::CallRef,
    (channel, tier, attempts): (&str, i64, i64),
    at: Timestamp,
    delivery: &Delivery,
) {
    let kind = match delivery {
        Delivery::Accepted => Kind::NotificationAccepted,
        Delivery::Dead { .. } => Kind::NotificationGivenUp,
        Delivery::Retry { .. } => return,
    };
    let entry = Entry::new(kind, at)
        .call(&call)
        .word("channel", channel)
        .count("tier", tier)
        .count("attempts", attempts);
    tx.record(entry).await;
}

fn of_call(kind: Kind, at: Timestamp, call: &Call) -> Entry {
    let entry = Entry::new(kind, at)
        .call(&call.reference)
        .count("test", i64::from(call.test));
    match &call.agent {
        Some(agent) => entry.of(&agent.id),
        None => entry,
    }
}
