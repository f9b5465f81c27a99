use api::{
    address::{AddressCheck, CheckAddress},
    paths,
};
use axum::{Json, extract::State};

use location::DispatchableLocation;

use super::several_units::several_units;
use crate::{
    http::{App, Refusal, SignedIn, Strict},
    validation::Check,
    view,
};

/// Says what keeps an address from being sent, whether it exists as far as anybody here knows, and what
/// would survive of it on the 911 centre's screen. What is complete and nobody can check is
/// `unchecked`; nobody is waited for longer than three seconds.
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
    let check = match DispatchableLocation::assess(&request.address) {
        Ok(complete) => {
            let address = complete.civic_address();
            app.validators.check(address, app.clock.now()).await
        }
        Err(_) => Check::default(),
    };
    app.offered.remember(&signed_in.agent, &check);
    let mut found = check.answer(&request.address, profile);
    // A store at fault takes a question away and not the answer.
    found.several_units = several_units(&app, &signed_in.agent, &request.address)
        .await
        .unwrap_or(false);
    Ok(Json(found))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

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

    #[tokio::test]
    async fn what_the_street_guide_says_is_told_with_what_would_pass() {
        let server = TestServer::start_with_guide(",PINE,ST,,300,398,E,SEATTLE,WA,1\n").await;
        let maria = server.sign_in("maria.chen").await;
        let ask = async |number: &str, city: &str| {
            let address = json!({"country": "US", "A1": "WA", "A3": city, "HNO": number,
                "RD": "Pine", "STS": "St", "PC": "98101"});
            let ask = Ask::post(paths::ADDRESSES_CHECK).bearer(&maria);
            server
                .ask(ask.json(json!({ "address": address })))
                .await
                .good()
        };
        let found = ask("300", "Seattle").await;
        assert_eq!(
            (&found["verdict"], &found["fields"]["RD"]["verdict"]),
            (&json!("valid"), &json!("valid"))
        );
        assert!(found["by"].as_str().unwrap().starts_with("MSAG msag.csv"));
        let found = ask("301", "Seattle").await;
        assert_eq!(
            (&found["verdict"], &found["fields"]["HNO"]["verdict"]),
            (&json!("invalid"), &json!("invalid"))
        );
        assert_eq!(found["suggestions"][0]["numbers"], "300-398");
        assert_eq!(found["problems"], json!([]), "help can be sent to it");
        let found = ask("300", "Portland").await;
        assert_eq!(
            (&found["verdict"], &found["by"]),
            (&json!("unchecked"), &Value::Null)
        );
        assert_eq!(found["notes"].as_array().unwrap().len(), 1);
        assert_eq!(found["suggestions"][0]["differs"], json!(["A3"]));
    }
}
