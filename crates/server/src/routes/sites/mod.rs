//! Sites, floors and seats to choose from.

pub(super) mod list;
pub(super) mod seats;
pub(super) mod show;

use std::collections::HashMap;

use location::SeatId;

use crate::{
    http::{App, SignedIn},
    store::StoreError,
};

/// Who else says to sit on these seats, by what colleagues call them.
async fn taken(
    app: &App,
    asking: &SignedIn,
    seats: &[SeatId],
) -> Result<HashMap<SeatId, String>, StoreError> {
    let fresh_after = app.fresh_after(app.clock.now());
    let mut taken = HashMap::new();
    for (seat, mate) in app.store.taken_seats(seats, fresh_after).await? {
        if mate.agent != asking.agent {
            taken.entry(seat).or_insert(mate.display_name);
        }
    }
    Ok(taken)
}
