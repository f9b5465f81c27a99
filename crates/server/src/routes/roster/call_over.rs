use api::{emergency::EmergencySummary, error::ErrorBody, paths};
use axum::{Json, extract::State};
use tracing::info;

use super::{acknowledge::named, board};
use crate::{
    http::{App, Refusal, Segment, Watcher},
    store::Over,
};

/// "The call is over", said of somebody else's call that the platform never ended.
///
/// With an emergency call every open call of that agent ends; with a test, or where nobody knows whose call it
/// is, only the call that is named. The callback window runs from now. The path names the call as an acknowledgement does.
#[utoipa::path(
    post,
    path = paths::EMERGENCY_OVER,
    operation_id = "call_is_over",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(("call_id" = String, Path, description = "The `reference` of the call, or its `call_id`.")),
    responses(
        (status = 200, description = "The call as it is now.", body = EmergencySummary),
        (status = 404, description = "`not_found`: no such call is open.", body = ErrorBody),
        (status = 409, description = "`ambiguous`: two calls in progress have this name.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    watcher: Watcher,
    Segment(name): Segment,
) -> Result<Json<EmergencySummary>, Refusal> {
    let now = app.clock.now();
    let call = named(&board::calls(&app, now).await?, &name)?;
    if !call.state.is_open() {
        return Err(not_open());
    }
    // Who ends a test must not take a real call off the screen.
    let over = match call.agent.as_ref().filter(|_| !call.test) {
        Some(agent) => Over::Of(agent.id.clone()),
        None => Over::Call(call.reference.clone()),
    };
    app.telephony.end_open(over, now).await?;
    info!(
        call.reference = %call.reference,
        by.role = ?watcher.agent.role,
        "somebody said that the call of another is over"
    );
    let calls = board::calls(&app, now).await?;
    let over = calls.iter().find(|other| other.reference == call.reference);
    let over = over.ok_or_else(not_open)?;
    let summary = board::summary(&app, &watcher.agent, over, now).await?;
    summary.map(Json).ok_or_else(not_open)
}

fn not_open() -> Refusal {
    Refusal::not_found("No such emergency call is open.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Answered, Ask, TestServer},
    };

    async fn dial(server: &TestServer, key: &str, call_id: &str, agent: &str) {
        dial_number(server, key, call_id, (agent, "911")).await;
    }

    async fn dial_number(
        server: &TestServer,
        key: &str,
        call_id: &str,
        (agent, dialled): (&str, &str),
    ) {
        let asked = json!({"call_id": call_id, "agent": agent, "dialled": dialled});
        let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(key).json(asked);
        server.ask(ask).await.good();
    }

    async fn over(server: &TestServer, token: &str, call_id: &str) -> Answered {
        let path = paths::EMERGENCY_OVER.replace("{call_id}", call_id);
        server.ask(Ask::post(&path).bearer(token)).await
    }

    #[tokio::test]
    async fn the_desk_ends_a_call_that_the_platform_forgot_and_nobody_else_does() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let (desk, maria) = (
            server.sign_in("desk.one").await,
            server.sign_in("maria.chen").await,
        );
        dial(&server, &key, "c/1 ß", "maria.chen").await;
        dial(&server, &key, "c-2", "nobody we know").await;
        let coded = "c%2F1%20%C3%9F";
        let refused = over(&server, &maria, coded).await.refused();
        assert_eq!(refused, "403 forbidden");
        let refused = over(&server, &desk, "c-9").await.refused();
        assert_eq!(refused, "404 not_found");
        let ended = over(&server, &desk, coded).await.good();
        let ended = &ended["emergency"];
        assert_eq!(
            (&ended["phase"], &ended["ended_by"]),
            (&json!("ended"), &json!("person"))
        );
        let refused = over(&server, &desk, coded).await.refused();
        assert_eq!(refused, "404 not_found");
        let other = over(&server, &desk, "c-2").await.good();
        assert_eq!(other["emergency"]["ended_by"], "person");
    }

    #[tokio::test]
    async fn who_ends_a_test_does_not_end_the_emergency_beside_it() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let (desk, maria) = (
            server.sign_in("desk.one").await,
            server.sign_in("maria.chen").await,
        );
        dial_number(&server, &key, "test", ("maria.chen", "933")).await;
        dial(&server, &key, "real", "maria.chen").await;
        let ended = over(&server, &desk, "test").await.good();
        assert_eq!(ended["emergency"]["phase"], "ended");
        let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        assert_eq!(me["emergency"]["call_id"], "real");
        assert_eq!(me["emergency"]["phase"], "open");
        let ended = over(&server, &desk, "real").await.good();
        assert_eq!(ended["emergency"]["phase"], "ended");
    }

    #[tokio::test]
    async fn who_ends_a_test_or_a_strangers_call_does_not_end_another_of_that_name() {
        for (other, dialled) in [("devon.walsh", "933"), ("nobody", "911")] {
            let server = TestServer::start().await;
            let key = server.key("pbx", KeyRole::Telephony).await;
            let (desk, maria) = (
                server.sign_in("desk.one").await,
                server.sign_in("maria.chen").await,
            );
            dial(&server, &key, "c-1", "maria.chen").await;
            dial_number(&server, &key, "c-1", (other, dialled)).await;
            let listed = server.ask(Ask::get(paths::EMERGENCIES).bearer(&desk)).await;
            let listed = listed.good();
            let calls = listed["emergencies"].as_array().unwrap();
            let meant = calls.iter().find(|call| call["username"] != "maria.chen");
            let reference = meant.unwrap()["emergency"]["reference"].as_str().unwrap();
            let ended = over(&server, &desk, reference).await.good();
            assert_eq!(ended["emergency"]["phase"], "ended", "{other}");
            let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
            assert_eq!(me["emergency"]["phase"], "open", "{other}");
        }
    }

    #[tokio::test]
    async fn a_name_that_two_people_have_is_not_guessed() {
        let server = TestServer::start().await;
        let desk = server.sign_in("desk.one").await;
        for (platform, agent) in [("pbx", "maria.chen"), ("other", "sam.lee")] {
            let key = server.key(platform, KeyRole::Telephony).await;
            dial(&server, &key, "c-1", agent).await;
        }
        let refused = over(&server, &desk, "c-1").await.refused();
        assert_eq!(refused, "409 ambiguous");
    }
}
