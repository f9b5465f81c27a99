use api::{
    paths,
    roster::{Roster, RosterRow, RosterStatus},
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde::Deserialize;
use utoipa::IntoParams;

use super::board;
use crate::http::{App, Refusal, Watcher};

/// The rows of one page.
const PAGE: usize = 200;

/// Which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct RosterFilter {
    /// Only this team.
    team: Option<String>,
    /// Only this status.
    status: Option<RosterStatus>,
    /// Only names, teams, sites and seats that hold this, in any case.
    query: Option<String>,
    /// From the `next` of the page before.
    after: Option<String>,
}

/// The roster: who is covered and who is not. Never shows a home address.
#[utoipa::path(
    get,
    path = paths::ROSTER,
    operation_id = "roster",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(RosterFilter),
    responses((status = 200, description = "One page, and everybody counted.", body = Roster)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: Watcher,
    filter: Result<Query<RosterFilter>, QueryRejection>,
) -> Result<Json<Roster>, Refusal> {
    let Query(filter) = filter?;
    let after = filter
        .after
        .as_deref()
        .filter(|after| !after.is_empty())
        .map(read_cursor)
        .transpose()?;
    let rows = board::rows(&app, None, app.clock.now()).await?;
    let counts = board::counts(rows.values());
    let wanted = rows.into_values().filter(|row| {
        filter.takes(row)
            && after
                .as_ref()
                .is_none_or(|after| board::position(row) > *after)
    });
    let mut rows = board::in_order(wanted);
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(cursor);
    Ok(Json(Roster { counts, rows, next }))
}

impl RosterFilter {
    fn takes(&self, row: &RosterRow) -> bool {
        let team = self.team.as_ref().filter(|team| !team.is_empty());
        let query = self
            .query
            .as_deref()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let texts = [
            Some(&row.username),
            Some(&row.display_name),
            Some(&row.team),
            row.site.as_ref(),
            row.seat.as_ref(),
        ];
        team.is_none_or(|team| row.team == *team)
            && self.status.is_none_or(|status| row.status == status)
            && (query.is_empty()
                || texts
                    .into_iter()
                    .flatten()
                    .any(|text| text.to_lowercase().contains(&query)))
    }
}

/// Where the next page begins, as an opaque text.
fn cursor(row: &RosterRow) -> String {
    let (name, username) = board::position(row);
    BASE64.encode(format!("{name}\0{username}"))
}

fn read_cursor(text: &str) -> Result<(String, String), Refusal> {
    BASE64
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| {
            let (name, username) = text.split_once('\0')?;
            Some((name.to_owned(), username.to_owned()))
        })
        .ok_or_else(|| Refusal::unreadable("Pass as `after` the `next` of the page before."))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Answered, Ask, TestServer};

    async fn roster(server: &TestServer, token: &str, query: &str) -> Answered {
        let path = format!("{}?{query}", paths::ROSTER);
        server.ask(Ask::get(&path).bearer(token)).await
    }

    fn usernames(roster: &Value) -> Vec<&str> {
        let rows = roster["rows"].as_array().unwrap().iter();
        rows.map(|row| row["username"].as_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn everybody_is_counted_whatever_the_filter() {
        let server = TestServer::start().await;
        let (maria, sam) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.lee").await,
        );
        let boss = server.sign_in("sam.ortiz").await;
        server.sit(&maria, "SEA-5-181").await;
        server.sit(&sam, "SEA-5-181").await;
        let all = roster(&server, &boss, "").await.good();
        assert_eq!(
            all["counts"],
            json!({"confirmed": 2, "declined": 0, "offline": 3, "stale": 0, "unknown": 0})
        );
        assert_eq!(
            usernames(&all),
            [
                "devon.walsh",
                "maria.chen",
                "sam.lee",
                "sam.ortiz",
                "desk.one"
            ]
        );
        insta::assert_json_snapshot!(all["rows"][1]);
        for (query, expected) in [
            ("status=confirmed", vec!["maria.chen", "sam.lee"]),
            ("query=WS%20181", vec!["maria.chen", "sam.lee"]),
            ("query=ORTIZ", vec!["sam.ortiz"]),
            ("team=Nobody", vec![]),
            ("team=&status=offline&query=desk", vec!["desk.one"]),
        ] {
            let some = roster(&server, &boss, query).await.good();
            assert_eq!(usernames(&some), expected, "{query}");
            assert_eq!(some["counts"], all["counts"]);
            assert_eq!(some["next"], Value::Null);
        }
    }

    #[tokio::test]
    async fn a_home_is_a_class_and_never_an_address() {
        let server = TestServer::start().await;
        let (devon, boss) = (
            server.sign_in("devon.walsh").await,
            server.sign_in("desk.one").await,
        );
        let address = json!({"country": "US", "A1": "WA", "A3": "Plantedville", "HNO": "742",
            "RD": "Evergreen", "STS": "Ter", "PC": "98101"});
        let said =
            json!({"place": {"address": address, "class": "home"}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .bearer(&devon)
            .header("idempotency-key", "k");
        server.ask(confirm.json(said)).await.good();
        let found = roster(&server, &boss, "query=devon").await;
        assert_eq!(found.good()["rows"][0]["class"], "home");
        for planted in ["Evergreen", "Plantedville", "742", "98101"] {
            assert!(!found.text.contains(planted), "{planted}");
        }
        let by_address = roster(&server, &boss, "query=evergreen").await.good();
        assert_eq!(usernames(&by_address), Vec::<&str>::new());
    }

    #[tokio::test]
    async fn a_long_roster_comes_in_pages_and_nobody_twice() {
        let server = TestServer::start().await;
        let boss = server.sign_in("sam.ortiz").await;
        server.hire(PAGE + 40).await;
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let page = roster(&server, &boss, &format!("query=newcomer&after={after}")).await;
            let page = page.good();
            assert_eq!(page["counts"]["offline"], PAGE + 45);
            seen.extend(usernames(&page).into_iter().map(str::to_owned));
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut after),
                None => break,
            }
        }
        assert_eq!(seen.len(), PAGE + 40);
        assert!(seen.is_sorted());
    }

    #[tokio::test]
    async fn only_who_leads_or_guards_may_look() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        assert_eq!(roster(&server, &maria, "").await.refused(), "403 forbidden");
        let boss = server.sign_in("sam.ortiz").await;
        for query in ["status=happy", "after=%21", "after=YWJj"] {
            let answer = roster(&server, &boss, query).await;
            assert_eq!(answer.refused(), "400 unreadable", "{query}");
        }
    }

    #[test]
    fn a_cursor_reads_back() {
        let row: RosterRow = serde_json::from_value(json!({
            "username": "é\u{1}", "display_name": "Zoë", "team": "", "status": "unknown",
            "verdict": null, "site": null, "seat": null, "class": null, "since": null,
            "until": null, "online": false, "emergency": false, "presence": null, "conflict": false,
        }))
        .unwrap();
        assert_eq!(read_cursor(&cursor(&row)).unwrap(), board::position(&row));
    }
}
