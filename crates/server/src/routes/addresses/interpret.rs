use api::{
    address::{InterpretAddress, Interpretation},
    error::ErrorBody,
    paths,
};
use axum::{Json, extract::State};
use location::{Problem, ProblemCode, TypedAddress, detect_country};

use crate::http::{App, Refusal, SignedIn, Strict};

/// Reads an address as a person writes it: which part is the number, the street, the floor; what is
/// missing, and what could be read in another way.
///
/// Without a country it is read as one of the country whose marks it bears or, where it bears none,
/// of the agent's own.
#[utoipa::path(
    post,
    path = paths::ADDRESSES_INTERPRET,
    operation_id = "interpret_address",
    tag = "agent",
    security(("bearer" = [])),
    request_body = InterpretAddress,
    responses(
        (status = 200, description = "What was understood; problems are part of the answer.", body = Interpretation),
        (status = 422, description = "`not_acceptable`: the country.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Strict(request): Strict<InterpretAddress>,
) -> Result<Json<Interpretation>, Refusal> {
    let country = match &request.country {
        Some(named) => Some(named.parse().map_err(|_| RouteError::Country)?),
        None => detect_country(&TypedAddress::from(&*request.text)),
    };
    let country = match country {
        Some(country) => country,
        None => {
            app.store
                .agent(&signed_in.agent)
                .await?
                .ok_or_else(Refusal::unauthenticated)?
                .country
        }
    };
    Ok(Json(Interpretation::of(&request.text, Some(country))))
}

/// Why a text is not read.
#[derive(Clone, Copy, Debug)]
enum RouteError {
    Country,
}

impl From<RouteError> for Refusal {
    fn from(error: RouteError) -> Self {
        match error {
            RouteError::Country => Self::not_acceptable(
                "The country is not one of those that are supported.",
                vec![Problem {
                    code: ProblemCode::UnsupportedCountry,
                    field: None,
                    text: "Use one of CA, DK, GB, PR, US.".to_owned(),
                }],
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn what_was_understood_is_marked_in_the_text() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let read = |body: serde_json::Value| {
            let ask = Ask::post(paths::ADDRESSES_INTERPRET).bearer(&maria);
            server.ask(ask.json(body))
        };
        let text = "🚑 2121 7th Ave, Floor 5, Seattle, WA 98121";
        let found = read(json!({ "text": text })).await.good();
        assert_eq!(found["fields"]["HNO"], "2121");
        assert_eq!(found["fields"]["FLR"], "5");
        let number = found["parts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|part| part["field"] == "HNO")
            .unwrap();
        assert_eq!(
            (&number["start"], &number["end"]),
            (&json!(3), &json!(7)),
            "UTF-16 units"
        );

        let nothing = read(json!({"text": "", "country": "us"})).await.good();
        assert_eq!(nothing["problems"][0]["code"], "empty");
        let long = read(json!({"text": "x".repeat(2_001)})).await.good();
        assert_eq!(long["problems"][0]["code"], "too_long");
        let elsewhere = read(json!({"text": text, "country": "Atlantis"})).await;
        assert_eq!(elsewhere.refused(), "422 not_acceptable");
    }
}
