use api::{error::ErrorBody, paths, site::SiteDetail};
use axum::{
    Json,
    extract::{Path, State},
};
use location::SiteId;

use crate::{
    http::{App, Refusal, SignedIn},
    view,
};

/// One site with its floors, their plans, and the seats on them.
#[utoipa::path(
    get,
    path = paths::SITE,
    operation_id = "site",
    tag = "agent",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "Which.")),
    responses(
        (status = 200, description = "The site.", body = SiteDetail),
        (status = 404, description = "`not_found`", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<Json<SiteDetail>, Refusal> {
    let no_such_site = || Refusal::not_found("There is no such site.");
    let id: SiteId = id.parse().map_err(|_| no_such_site())?;
    let row = app.store.site(&id).await?.ok_or_else(no_such_site)?;
    let floors = app.store.floors(&id).await?;
    let seats: Vec<_> = floors
        .iter()
        .flat_map(|floor| floor.seats.iter().map(|seat| seat.id.clone()))
        .collect();
    let taken = super::taken(&app, &signed_in, &seats).await?;
    Ok(Json(view::site_detail(&row, floors, &taken)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn a_taken_seat_says_by_whom_and_never_by_oneself() {
        let server = TestServer::start().await;
        let (maria, sam) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.lee").await,
        );
        let said = json!({"place": {"seat": "SEA-5-181"}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .bearer(&maria)
            .header("idempotency-key", "k");
        server.ask(confirm.json(said)).await.good();
        let taken = |site: &Value| site["floors"][0]["seats"][0]["taken_by"].clone();
        let path = paths::SITE.replace("{id}", "SEA");
        let seen = |token: &str| server.ask(Ask::get(&path).bearer(token));
        let site = seen(&sam).await.good();
        assert_eq!(site["floors"][0]["floor"], "5");
        assert!(
            site["floors"][0]["plan_svg"]
                .as_str()
                .unwrap()
                .starts_with("<svg")
        );
        assert_eq!(taken(&site), "Maria Chen");
        assert_eq!(taken(&seen(&maria).await.good()), Value::Null);
        server.clock.advance(12 * 3600);
        let (maria, sam) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.lee").await,
        );
        assert_eq!(
            taken(&seen(&sam).await.good()),
            Value::Null,
            "nobody is fresh there"
        );
        let _ = maria;

        let sites = server.ask(Ask::get(paths::SITES).bearer(&sam)).await.good();
        assert_eq!(sites["sites"][0]["floors"], json!(["5"]));
        for id in ["NOWHERE", "a%20b", "%00"] {
            let path = paths::SITE.replace("{id}", id);
            let answer = server.ask(Ask::get(&path).bearer(&sam)).await;
            assert_eq!(answer.refused(), "404 not_found", "{id}");
        }
    }

    #[tokio::test]
    async fn seats_are_found_by_what_is_written_on_them() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let find = |query: &str| {
            let path = format!("{}?query={query}", paths::SEATS);
            server.ask(Ask::get(&path).bearer(&maria))
        };
        let found = find("ws%20181").await.good();
        assert_eq!(found["seats"][0]["seat_id"], "SEA-5-181");
        assert_eq!(found["seats"][0]["site_name"], "Seattle 7th Ave");
        assert_eq!(find("").await.good()["seats"], json!([]));
        assert_eq!(find("%FF%00'%22").await.good()["seats"], json!([]));
    }
}
