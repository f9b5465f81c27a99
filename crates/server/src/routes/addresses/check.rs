use api::{
    address::{AddressCheck, CheckAddress},
    paths,
};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn, Strict},
    view,
};

/// Says what keeps an address from being sent, and what would survive of it on the 911 centre's
/// screen. No address book is asked yet: what is complete is `unchecked`.
#[utoipa::path(
    post,
    path = paths::ADDRESSES_CHECK,
    operation_id = "check_address",
    tag = "agent",
    security(("bearer" = [])),
    request_body = CheckAddress,
    responses((status = 200, description = "What was found.", body = AddressCheck)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: SignedIn,
    Strict(request): Strict<CheckAddress>,
) -> Result<Json<AddressCheck>, Refusal> {
    let profile = view::profile(&app.policy);
    Ok(Json(AddressCheck::unaided(&request.address, profile)))
}
