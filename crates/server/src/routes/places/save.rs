use api::{
    error::ErrorBody,
    paths,
    place::{Place, SavePlace},
};
use axum::{Json, extract::State, http::StatusCode};

use crate::{
    http::{App, Refusal, SignedIn, Strict},
    store::PLACES_LIMIT,
    view,
};

/// Saves an address.
#[utoipa::path(
    post,
    path = paths::ME_PLACES,
    operation_id = "save_place",
    tag = "agent",
    security(("bearer" = [])),
    request_body = SavePlace,
    responses(
        (status = 201, description = "It is saved.", body = Place),
        (status = 422, description = "`not_acceptable` with `problems`.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Strict(request): Strict<SavePlace>,
) -> Result<(StatusCode, Json<Place>), Refusal> {
    let place = super::to_save(&app, signed_in.agent, &request).await?;
    match app.store.save_place(place).await? {
        Some(saved) => Ok((StatusCode::CREATED, Json(view::place(&saved)))),
        None => Err(Refusal::not_acceptable(
            format!(
                "You have saved {PLACES_LIMIT} addresses, which is all there is room for. Delete one first."
            ),
            Vec::new(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Answered, Ask, TestServer};

    fn home(number: &str) -> Value {
        json!({"label": " Home ", "class": "home", "civic_address": {
            "country": "US", "A1": "WA", "A3": "Seattle", "HNO": number, "RD": "Pine", "STS": "St",
            "PC": "98101",
        }})
    }

    async fn ask(server: &TestServer, ask: Ask, token: &str) -> Answered {
        server.ask(ask.bearer(token)).await
    }

    #[tokio::test]
    async fn a_place_is_saved_changed_confirmed_and_forgotten() {
        let server = TestServer::start().await;
        let devon = server.sign_in("devon.walsh").await;
        let saved = ask(
            &server,
            Ask::post(paths::ME_PLACES).json(home("300")),
            &devon,
        )
        .await;
        assert_eq!(saved.status, 201);
        let saved = saved.good();
        assert_eq!(
            (&saved["label"], &saved["class"]),
            (&json!("Home"), &json!("home"))
        );
        let path = paths::ME_PLACE.replace("{id}", saved["id"].as_str().unwrap());

        let changed = ask(&server, Ask::put(&path).json(home("301")), &devon)
            .await
            .good();
        assert_eq!(changed["lines"][0], "301 Pine St");
        let said = json!({"place": {"saved": saved["id"]}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .header("idempotency-key", "k")
            .json(said);
        let served = ask(&server, confirm, &devon).await.good();
        assert_eq!(served["rule"], "home");

        let me = ask(&server, Ask::get(paths::ME), &devon).await.good();
        assert_eq!(
            me["proposals"].as_array().unwrap().len(),
            1,
            "the last place is the saved one"
        );
        assert_eq!(me["proposals"][0]["label"], "Home");
        let list = ask(&server, Ask::get(paths::ME_PLACES), &devon)
            .await
            .good();
        assert_eq!(list["places"][0]["confirmed_at"], "2026-11-20T09:00:00Z");

        assert_eq!(
            ask(&server, Ask::new("DELETE", &path), &devon).await.status,
            204
        );
        let gone = ask(&server, Ask::new("DELETE", &path), &devon).await;
        assert_eq!(gone.refused(), "404 not_found");
        let gone = ask(&server, Ask::put(&path).json(home("301")), &devon).await;
        assert_eq!(gone.refused(), "404 not_found");
    }

    #[tokio::test]
    async fn only_what_help_can_be_sent_to_is_saved() {
        let server = TestServer::start().await;
        let devon = server.sign_in("devon.walsh").await;
        let refused = ask(&server, Ask::post(paths::ME_PLACES).json(home("")), &devon).await;
        assert_eq!(refused.refused(), "422 not_acceptable");
        assert_eq!(refused.json()["problems"][0]["code"], "missing");
        for label in ["", " ", &"x".repeat(61)] {
            let mut place = home("300");
            place["label"] = json!(label);
            let refused = ask(&server, Ask::post(paths::ME_PLACES).json(place), &devon).await;
            assert_eq!(refused.refused(), "422 not_acceptable", "{label:?}");
        }
    }

    #[tokio::test]
    async fn nobody_reaches_somebody_elses_place() {
        let server = TestServer::start().await;
        let (devon, maria) = (
            server.sign_in("devon.walsh").await,
            server.sign_in("maria.chen").await,
        );
        let saved = ask(
            &server,
            Ask::post(paths::ME_PLACES).json(home("300")),
            &devon,
        )
        .await
        .good();
        let path = paths::ME_PLACE.replace("{id}", saved["id"].as_str().unwrap());
        let theirs = ask(&server, Ask::new("DELETE", &path), &maria).await;
        assert_eq!(theirs.refused(), "404 not_found");
        let said = json!({"place": {"saved": saved["id"]}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .header("idempotency-key", "k")
            .json(said);
        assert_eq!(
            ask(&server, confirm, &maria).await.refused(),
            "404 not_found"
        );
    }
}
