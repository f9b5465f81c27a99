use api::{
    address::{AddressCheck, CheckAddress},
    paths,
};
use axum::{Json, extract::State};

use super::several_units::several_units;
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
    signed_in: SignedIn,
    Strict(request): Strict<CheckAddress>,
) -> Result<Json<AddressCheck>, Refusal> {
    let profile = view::profile(&app.policy);
    let mut found = AddressCheck::unaided(&request.address, profile);
    // A store at fault takes a question away and not the answer.
    found.several_units = several_units(&app, &signed_in.agent, &request.address)
        .await
        .unwrap_or(false);
    Ok(Json(found))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn what_is_missing_is_said_and_what_survives_is_shown() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let address = json!({"country": "US", "A1": "WA", "A3": "Seattle", "HNO": "300",
            "RD": "Pine", "STS": "St", "FLR": "5"});
        let ask = Ask::post(paths::ADDRESSES_CHECK).bearer(&maria);
        let found = server
            .ask(ask.json(json!({ "address": address })))
            .await
            .good();
        assert_eq!(found["verdict"], "invalid");
        assert_eq!(found["problems"][0]["field"], "PC");
        assert_eq!(found["fields"]["PC"]["verdict"], "invalid");
        assert_eq!(
            found["responder_view"]["text"],
            "300 Pine St\nSeattle WA\nFL5"
        );
    }
}
