use api::{
    emergency::Emergency,
    error::ErrorBody,
    paths,
    test_call::{NOTE_LIMIT, ReportTestCall},
};
use axum::{Json, extract::State};
use tracing::warn;

use crate::{
    http::{App, Refusal, Segment, SignedIn, Strict},
    routes::text::written,
    store::{ResultNoted, TestResult},
    view,
};

/// What the agent heard when a test call (933) read back the address and the number.
#[utoipa::path(
    post,
    path = paths::ME_TEST_CALL_RESULT,
    operation_id = "report_test_call",
    tag = "agent",
    security(("bearer" = [])),
    params(("call_id" = String, Path, description = "The platform's name for the call.")),
    request_body = ReportTestCall,
    responses(
        (status = 200, description = "The call as it is now.", body = Emergency),
        (status = 404, description = "`not_found`: no such test call of yours is known any more.", body = ErrorBody),
        (status = 422, description = "`not_acceptable`: it was no test call, or the note is too long.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Segment(call_id): Segment,
    Strict(request): Strict<ReportTestCall>,
) -> Result<Json<Emergency>, Refusal> {
    let note = match request.note.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(note) => Some(written("note", note, NOTE_LIMIT)?),
    };
    let (now, policy) = (app.clock.now(), app.policy.calls());
    let result = TestResult {
        heard: request.heard,
        note,
        at: now,
    };
    let unknown = || Refusal::not_found("This test call is not known any more. Make another one.");
    let call_id = call_id.parse().map_err(|_| unknown())?;
    let noted = app
        .store
        .note_test_result(&signed_in.agent, &call_id, result, policy)
        .await?;
    let call = match noted {
        ResultNoted::Call(call) => call,
        ResultNoted::NotATest => {
            return Err(Refusal::not_acceptable(
                "That was an emergency call, not a test.",
                Vec::new(),
            ));
        }
        ResultNoted::Unknown => return Err(unknown()),
    };
    count(&call);
    view::emergency(&call, &policy, now)
        .map(Json)
        .ok_or_else(unknown)
}

/// Somebody has to look into an address that a test read back wrongly.
fn count(call: &crate::store::Call) {
    use api::test_call::Heard;
    let heard = match call.test_result.as_ref().map(|result| result.heard) {
        Some(Heard::Mismatch) => {
            warn!(
                alarm = true,
                call.reference = %call.reference,
                "a test call read back something else than what was sent"
            );
            "mismatch"
        }
        Some(Heard::Match) | None => "match",
    };
    metrics::counter!("whereabouts_test_calls_total", "heard" => heard).increment(1);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Answered, Ask, TestServer},
    };

    const CALL: &str = "933 / a%b";

    async fn dial(server: &TestServer, call_id: &str, dialled: &str) {
        let key = server.key("pbx", KeyRole::Telephony).await;
        let asked = json!({"call_id": call_id, "agent": "maria.chen", "dialled": dialled});
        let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&key).json(asked);
        assert_eq!(server.ask(ask).await.status, 201);
    }

    async fn say(server: &TestServer, token: &str, call_id: &str, said: Value) -> Answered {
        let escaped: String = call_id.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = paths::ME_TEST_CALL_RESULT.replace("{call_id}", &escaped);
        server.ask(Ask::post(&path).bearer(token).json(said)).await
    }

    #[tokio::test]
    async fn what_was_heard_stays_with_the_call_and_the_later_word_counts() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        dial(&server, CALL, "933").await;
        let different = json!({"heard": "mismatch", "note": " They read the old office. "});
        let told = say(&server, &maria, CALL, different).await.good();
        assert_eq!(told["test_result"]["heard"], "mismatch");
        server.clock.advance(20);
        let told = say(&server, &maria, CALL, json!({"heard": "match"})).await;
        assert_eq!(told.good()["test_result"]["heard"], "match");
        let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        assert_eq!(
            me["emergency"]["test_result"],
            json!({"heard": "match", "at": "2026-11-20T09:00:20Z"})
        );
        let calls = server.app.store.calls().await.unwrap();
        assert!(!format!("{calls:?}").contains("old office"));
    }

    #[tokio::test]
    async fn a_real_call_has_no_result_and_nobody_speaks_for_another() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let devon = server.sign_in("devon.walsh").await;
        dial(&server, CALL, "911").await;
        let said = say(&server, &maria, CALL, json!({"heard": "match"})).await;
        assert_eq!(said.refused(), "422 not_acceptable");
        for (token, call_id) in [(&devon, CALL), (&maria, "another"), (&maria, "")] {
            let said = say(&server, token, call_id, json!({"heard": "match"})).await;
            assert_eq!(said.refused(), "404 not_found");
        }
    }

    #[tokio::test]
    async fn what_nobody_could_mean_is_refused_and_what_is_over_is_gone() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        dial(&server, CALL, "933").await;
        let long = json!({"heard": "match", "note": "x".repeat(NOTE_LIMIT + 1)});
        let said = say(&server, &maria, CALL, long).await;
        assert_eq!(said.refused(), "422 not_acceptable");
        let said = say(&server, &maria, CALL, json!({"heard": "perhaps"})).await;
        assert_eq!(said.status, 400);
        server.pass(4 * 3_600 + 3_600).await;
        let maria = server.sign_in("maria.chen").await;
        let said = say(&server, &maria, CALL, json!({"heard": "match"})).await;
        assert_eq!(said.refused(), "404 not_found");
    }
}
