use api::{error::ErrorBody, paths, telephony::AmazonConnectAnswer};
use axum::{Json, extract::State, http::StatusCode};

use super::open_call::status;
use crate::{
    http::{App, Head, Platform, Refusal},
    telephony::{self, Taken, connect_event},
};

/// The same for Amazon Connect: takes the event that a flow hands to a Lambda, and answers with a flat
/// map of texts for it to set as contact attributes.
#[utoipa::path(
    post,
    path = paths::TELEPHONY_AMAZON_CONNECT,
    operation_id = "open_amazon_connect_call",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    request_body(content = Object, description = "The event as Amazon Connect sends it. The parameter `agentUsername` holds `$.Agent.UserName`."),
    responses(
        (status = 201, description = "`CivicAddress` (a JSON text, encoded once; left out when there is no address), `agent_did_number` (left out when there is no valid US number), `location_status`, `location_text`, `call_id`.", body = BTreeMap<String, String>),
        (status = 200, description = "It was asked about before; the same answer again.", body = BTreeMap<String, String>),
        (status = 422, description = "`ordinary_number`: clearly not an emergency number.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    platform: Platform,
    head: Head,
) -> Result<(StatusCode, Json<AmazonConnectAnswer>), Refusal> {
    let asked = connect_event::read(&head)?;
    let Taken { answer, repeated } = app
        .telephony
        .take_call(&platform, &asked)
        .await
        .ok_or_else(super::ordinary_number)?;
    let sample = app.telephony.is_sample();
    Ok((
        status(repeated),
        Json(telephony::amazon_connect(&answer, sample)),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Ask, TestServer},
    };

    fn event(username: &Value, dialled: &str) -> Value {
        json!({"Name": "ContactFlowEvent", "Details": {
            "ContactData": {
                "ContactId": "contact-1", "Queue": "QueueName", "SystemEndpoint": null,
                "CustomerEndpoint": {"Address": dialled, "Type": "TELEPHONE_NUMBER"},
            },
            "Parameters": {"agentUsername": username, "attempt": 1},
        }})
    }

    #[tokio::test]
    async fn a_flat_map_of_texts() {
        let server = TestServer::start().await;
        let key = server.key("connect", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        server.sit(&maria, "SEA-5-181").await;
        let ask = |event: Value| {
            let ask = Ask::post(paths::TELEPHONY_AMAZON_CONNECT).bearer(&key);
            server.ask(ask.json(event))
        };
        let answer = ask(event(&json!("maria.chen"), "+1911")).await;
        assert_eq!(answer.status, 201);
        let answer = answer.good();
        insta::assert_json_snapshot!(answer);
        let civic: Value = serde_json::from_str(answer["CivicAddress"].as_str().unwrap()).unwrap();
        assert_eq!(civic["HNO"], "2121", "encoded once");
        assert_eq!(ask(event(&json!("maria.chen"), "+1911")).await.status, 200);
    }

    #[tokio::test]
    async fn what_is_not_known_is_left_out() {
        let server = TestServer::start().await;
        let key = server.key("connect", KeyRole::Telephony).await;
        let ask = |event: Value| {
            let ask = Ask::post(paths::TELEPHONY_AMAZON_CONNECT).bearer(&key);
            server.ask(ask.json(event))
        };
        let unknown = ask(event(&Value::Null, "911")).await.good();
        assert!(unknown.get("CivicAddress").is_none());
        assert_eq!(unknown["location_status"], "unknown");
        let ordinary = ask(event(&json!("maria.chen"), "+12065550123")).await;
        assert_eq!(ordinary.refused(), "422 ordinary_number");
        assert_eq!(
            ask(json!({})).await.status,
            201,
            "in doubt it is an emergency"
        );
    }
}
