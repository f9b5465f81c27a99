use api::{error::ErrorBody, paths, report::CoverageReport};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{App, Operator, Refusal},
    view,
};

/// When.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Moment {
    /// The moment, with its offset (a `+` as `%2B`); now when absent.
    at: Option<Timestamp>,
}

/// Who was covered at a moment, and on what evidence.
///
/// From the history, as the server knew it then, with the validity that policy sets now and the directory as
/// it is now. Holds no address.
#[utoipa::path(
    get,
    path = paths::REPORTS_COVERAGE,
    operation_id = "coverage_report",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(Moment),
    responses(
        (status = 200, description = "Everybody. For supervisors, the security desk, administrators and keys of role admin.", body = CoverageReport),
        (status = 400, description = "`unreadable`: no moment, or one that is still to come.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: Operator,
    moment: Result<Query<Moment>, QueryRejection>,
) -> Result<Json<CoverageReport>, Refusal> {
    let Query(moment) = moment?;
    let now = app.clock.now();
    let at = moment.at.unwrap_or(now);
    if at > now {
        return Err(Refusal::unreadable(
            "Pass as `at` a moment that is not still to come, such as 2026-11-20T09:00:00Z.",
        ));
    }
    let known = app.store.known_at(at).await?;
    Ok(Json(view::coverage(known, &app.policy.validity(), at)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        clock::Clock as _,
        testing::{Ask, TestServer},
    };

    async fn report(server: &TestServer, token: &str, query: &str) -> crate::testing::Answered {
        let path = format!("{}{query}", paths::REPORTS_COVERAGE);
        server.ask(Ask::get(&path).bearer(token)).await
    }

    fn of<'a>(report: &'a Value, username: &str) -> &'a Value {
        let rows = report["rows"].as_array().unwrap();
        rows.iter().find(|row| row["username"] == username).unwrap()
    }

    #[tokio::test]
    async fn it_says_who_was_covered_then_and_who_is_now() {
        let server = TestServer::start().await;
        let (maria, devon) = (
            server.sign_in("maria.chen").await,
            server.sign_in("devon.walsh").await,
        );
        let before = server.clock.now();
        server.clock.advance(60);
        server.sit(&maria, "SEA-5-181").await;
        let address = json!({"country": "US", "A1": "WA", "A3": "Plantedville", "HNO": "742",
            "RD": "Evergreen", "STS": "Ter", "PC": "98101"});
        let said =
            json!({"place": {"address": address, "class": "home"}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .bearer(&devon)
            .header("idempotency-key", "k");
        server.ask(confirm.json(said)).await.good();
        let during = server.clock.now();
        server.clock.advance(13 * 3_600);
        // Her token ran out.
        let boss = server.sign_in("sam.ortiz").await;

        let then = report(&server, &boss, &format!("?at={during}")).await;
        for planted in ["Evergreen", "Plantedville", "742", "98101"] {
            assert!(!then.text.contains(planted), "{planted}");
        }
        let then = then.good();
        assert_eq!(then["counts"]["confirmed"], 2);
        let seat = of(&then, "maria.chen");
        assert_eq!(
            (
                &seat["rule"],
                &seat["seat"],
                &seat["site"],
                &seat["version"]
            ),
            (
                &json!("seat"),
                &json!("SEA-5-181"),
                &json!("SEA"),
                &json!(1)
            )
        );
        assert_eq!(of(&then, "devon.walsh")["rule"], "home");
        assert_eq!(of(&then, "devon.walsh")["seat"], Value::Null);

        let earlier = report(&server, &boss, &format!("?at={before}"))
            .await
            .good();
        assert_eq!(earlier["counts"]["confirmed"], 0);
        assert_eq!(of(&earlier, "maria.chen")["version"], 0);
        let now = report(&server, &boss, "").await.good();
        assert_eq!(
            of(&now, "maria.chen")["status"],
            "stale",
            "12 hours are over"
        );
        assert_eq!(
            of(&now, "devon.walsh")["status"],
            "confirmed",
            "a home lasts"
        );
    }

    #[tokio::test]
    async fn what_is_still_to_come_nobody_can_say() {
        let server = TestServer::start().await;
        let boss = server.sign_in("sam.ortiz").await;
        for query in ["?at=2999-01-01T00:00:00Z", "?at=soon", "?when=now"] {
            let answer = report(&server, &boss, query).await;
            assert_eq!(answer.refused(), "400 unreadable", "{query}");
        }
        let maria = server.sign_in("maria.chen").await;
        assert_eq!(report(&server, &maria, "").await.refused(), "403 forbidden");
    }
}
