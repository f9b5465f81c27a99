use emergency::notification::{CallMade, LocationAsSent, Notification, Particulars, Phrases, Slot};
use location::render;

use crate::store::Notice;

/// What a notice says, in words: the location is the one that was sent, kept with the call.
pub(super) fn particulars(notice: &Notice, phrases: &Phrases) -> Particulars {
    let call = &notice.call;
    let notification = Notification {
        call: CallMade {
            at: call.started_at().unwrap_or(notice.made_at),
            dialled: call.dialled.clone(),
            test: call.test,
            drill: call.drill.is_some(),
            caller: notice.caller.clone().into(),
        },
        callback: call
            .callback_number
            .as_ref()
            .map(|lent| lent.number.clone())
            .into(),
        location: match &call.location.civic_address {
            Some(address) => Slot::Available(LocationAsSent {
                lines: render::lines(address),
                status: call.location.status,
                since: call.location.since,
                degraded: call.location.degraded,
            }),
            None => Slot::NotAvailable,
        },
        unhandled_seconds: notice.unhandled_seconds,
    };
    Particulars::of(&notification, notice.edition > 1, phrases)
}
