use api::{
    error::{ErrorBody, ErrorCode},
    location::{
        Checked, ConfirmLocation, OLDEST_DECLARATION_SECONDS, REASON_LIMIT, ServedLocation,
    },
    paths,
    place::PlaceReference,
};
use axum::{Json, extract::State, http::HeaderMap};
use jiff::{SignedDuration, Timestamp};
use location::{CivicAddress, DispatchableLocation, SeatId, Verdict};
use sha2::{Digest as _, Sha256};

use crate::{
    hex::hex,
    http::{App, Refusal, SignedIn, Strict},
    routes::{
        text::written,
        verdict::{found, settled},
    },
    store::{AgentId, Confirm, Confirmation, PlaceId, PlaceToConfirm},
    validation::Check,
    view,
};

/// The longest idempotency key, in characters.
const KEY_LIMIT: usize = 255;

/// The agent says where they are.
///
/// Durable before it is answered, safe to repeat with the same key, and ordered by when the agent
/// said so: an old declaration that arrives late never overwrites a newer one.
#[utoipa::path(
    put,
    path = paths::ME_LOCATION,
    operation_id = "confirm_location",
    tag = "agent",
    security(("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "Names this declaration across every attempt to send it; at most 255 visible ASCII characters.")),
    request_body = ConfirmLocation,
    responses(
        (status = 200, description = "It stands; this is what is served.", body = ServedLocation),
        (status = 404, description = "`not_found`: no such seat or saved address.", body = ErrorBody),
        (status = 409, description = "`superseded` with the newer one in `served`; `ask_again`; `idempotency_key_reused`", body = ErrorBody),
        (status = 422, description = "`not_acceptable` with `problems`.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    Strict(request): Strict<ConfirmLocation>,
) -> Result<Json<ServedLocation>, Refusal> {
    let key = idempotency_key(&headers)?;
    let age = request
        .declared_age_seconds
        .filter(|age| *age <= OLDEST_DECLARATION_SECONDS)
        .and_then(|age| i64::try_from(age).ok())
        .ok_or(RouteError::AskAgain)?;
    let override_reason = match &request.override_reason {
        Some(reason) => Some(written("override_reason", reason, REASON_LIMIT)?),
        None => None,
    };
    let received_at = app.clock.now();
    let found = look_up(&app, &signed_in.agent, &request.place, received_at).await?;
    let verdict = settled(found.verdict, &found.check, override_reason.as_deref())?;
    let declaration = Confirm {
        agent: signed_in.agent.clone(),
        key,
        request_digest: digest(&request),
        place: found.place,
        verdict,
        checked: found.checked,
        override_reason,
        declared_at: received_at - SignedDuration::from_secs(age),
        received_at,
        based_on: request.based_on,
    };
    let (outcome, result) = match app.store.confirm(declaration).await? {
        Confirmation::Confirmed { standing, .. } => ("confirmed", Ok(standing)),
        Confirmation::Repeated { standing, .. } => ("repeated", Ok(standing)),
        Confirmation::KeyReused => ("key_reused", Err(RouteError::KeyReused.into())),
        Confirmation::Unknown => ("unknown", Err(RouteError::NoSuchPlace.into())),
        Confirmation::Superseded { standing } => {
            let served = super::served(&app, &signed_in.agent, &standing).await?;
            let refusal = served.map_or_else(Refusal::unavailable, Refusal::superseded);
            ("superseded", Err(refusal))
        }
    };
    metrics::counter!("whereabouts_confirmations_total", "outcome" => outcome).increment(1);
    let served = super::served(&app, &signed_in.agent, &result?).await?;
    served.map(Json).ok_or_else(Refusal::unavailable)
}

fn idempotency_key(headers: &HeaderMap) -> Result<String, Refusal> {
    headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .map(str::trim)
        .filter(|key| !key.is_empty() && key.len() <= KEY_LIMIT)
        .map(str::to_owned)
        .ok_or_else(|| {
            Refusal::unreadable(
                "Send an Idempotency-Key of 1 to 255 visible ASCII characters, the same for every \
                 attempt to send this declaration.",
            )
        })
}

/// A digest of what the agent says: the place and the reason. Not of the age, which grows with every
/// attempt.
fn digest(request: &ConfirmLocation) -> String {
    let said = serde_json::to_vec(&(&request.place, &request.override_reason))
        .expect("a place is always JSON");
    hex(&Sha256::digest(said))
}

/// A place, and what is known about whether it is right.
struct Found {
    place: PlaceToConfirm,
    verdict: Verdict,
    checked: Option<Checked>,
    /// What was found just now.
    check: Check,
}

impl Found {
    /// A place that is not checked now.
    fn known(place: PlaceToConfirm, verdict: Verdict, checked: Option<Checked>) -> Self {
        Self {
            place,
            verdict,
            checked,
            check: Check::default(),
        }
    }

    /// An address that is.
    async fn checked(
        app: &App,
        agent: &AgentId,
        place: PlaceToConfirm,
        address: &CivicAddress,
        now: Timestamp,
    ) -> Self {
        let check = app.validators.check(address, now).await;
        app.offered.remember(agent, &check);
        Self {
            place,
            verdict: found(app, agent, address, &check),
            checked: check.checked(now),
            check,
        }
    }
}

/// Finds the place and says what is known about whether it is right. A saved address that passed its
/// check is not checked again; one that did not, and stands for a reason, stands without being asked for
/// it every morning.
async fn look_up(
    app: &App,
    agent: &AgentId,
    said: &PlaceReference,
    now: Timestamp,
) -> Result<Found, Refusal> {
    match said {
        PlaceReference::Seat(reference) => {
            let id: SeatId = reference
                .seat
                .parse()
                .map_err(|_| RouteError::NoSuchPlace)?;
            let found = app.store.seat(&id).await?.ok_or(RouteError::NoSuchPlace)?;
            let place = PlaceToConfirm::Seat {
                seat: found.seat,
                site: found.site,
            };
            Ok(Found::known(place, Verdict::Unchecked, None))
        }
        PlaceReference::Saved(reference) => {
            let id = PlaceId::from_stored(reference.saved.clone());
            let found = app
                .store
                .place(agent, &id)
                .await?
                .ok_or(RouteError::NoSuchPlace)?;
            let address = found.civic_address.clone();
            let place = PlaceToConfirm::Address {
                class: found.class,
                civic_address: found.civic_address,
                saved: Some(found.id),
            };
            match found.verdict {
                Verdict::Corrected | Verdict::Valid => {
                    Ok(Found::known(place, found.verdict, found.checked))
                }
                before @ (Verdict::Invalid | Verdict::Overridden | Verdict::Unchecked) => {
                    let mut now_found = Found::checked(app, agent, place, &address, now).await;
                    if (before, now_found.verdict) == (Verdict::Overridden, Verdict::Invalid) {
                        now_found.verdict = Verdict::Overridden;
                    }
                    Ok(now_found)
                }
            }
        }
        PlaceReference::Address(reference) => {
            let complete =
                DispatchableLocation::assess(&reference.address).map_err(|problems| {
                    Refusal::not_acceptable(
                        "The address is not complete enough to send help to.",
                        problems,
                    )
                })?;
            let place = PlaceToConfirm::Address {
                class: view::place_class(reference.class),
                civic_address: complete.civic_address().clone(),
                saved: None,
            };
            Ok(Found::checked(app, agent, place, complete.civic_address(), now).await)
        }
    }
}

/// Why a declaration does not stand.
#[derive(Clone, Copy, Debug)]
enum RouteError {
    AskAgain,
    KeyReused,
    NoSuchPlace,
}

impl From<RouteError> for Refusal {
    fn from(error: RouteError) -> Self {
        match error {
            RouteError::AskAgain => Self::new(
                ErrorCode::AskAgain,
                "Too much time has passed since you said where you are. Say it again.",
            ),
            RouteError::KeyReused => Self::new(
                ErrorCode::IdempotencyKeyReused,
                "This Idempotency-Key was used for another place. Make a new one.",
            ),
            RouteError::NoSuchPlace => {
                Self::not_found("There is no such seat or saved address any more. Choose another.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Answered, Ask, TestServer};

    async fn confirm(server: &TestServer, token: &str, key: &str, body: Value) -> Answered {
        let ask = Ask::put(paths::ME_LOCATION)
            .bearer(token)
            .header("idempotency-key", key);
        server.ask(ask.json(body)).await
    }

    fn seat(number: u32) -> Value {
        json!({"place": {"seat": format!("SEA-5-{number}")}, "declared_age_seconds": 0})
    }

    #[tokio::test]
    async fn a_seat_stands_as_soon_as_it_is_answered() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let served = confirm(&server, &maria, "k1", seat(181)).await.good();
        insta::assert_json_snapshot!(served);
        let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        assert_eq!(me["served"], served);
    }

    #[tokio::test]
    async fn the_same_key_is_the_same_declaration() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let first = confirm(&server, &maria, "k1", seat(181)).await.good();
        server.clock.advance(30);
        let mut later = seat(181);
        later["declared_age_seconds"] = json!(30);
        let again = confirm(&server, &maria, "k1", later).await.good();
        assert_eq!(again["version"], first["version"]);
        let other = confirm(&server, &maria, "k1", seat(182)).await;
        assert_eq!(other.refused(), "409 idempotency_key_reused");
    }

    #[tokio::test]
    async fn what_was_said_before_never_overwrites_what_was_said_after() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        confirm(&server, &maria, "k1", seat(181)).await.good();
        server.clock.advance(60);
        let mut old = seat(182);
        old["declared_age_seconds"] = json!(300);
        let late = confirm(&server, &maria, "k2", old).await;
        assert_eq!(late.refused(), "409 superseded");
        assert_eq!(late.json()["served"]["lines"][0], "WS 181, floor 5");
    }

    #[tokio::test]
    async fn too_long_ago_is_asked_again() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        for (age, expected) in [
            (json!(900), None),
            (json!(901), Some("409 ask_again")),
            (json!(u64::MAX), Some("409 ask_again")),
            (Value::Null, Some("409 ask_again")),
            (json!(-1), Some("400 unreadable")),
        ] {
            let mut said = seat(181);
            said["declared_age_seconds"] = age.clone();
            let answer = confirm(&server, &maria, "k", said).await;
            match expected {
                Some(code) => assert_eq!(answer.refused(), code, "{age}"),
                None => assert!(answer.status.is_success(), "{age}"),
            }
        }
    }

    #[tokio::test]
    async fn an_address_is_served_whole_or_its_problems_are_named() {
        let server = TestServer::start().await;
        let devon = server.sign_in("devon.walsh").await;
        let home = |number: &str| {
            let address = json!({
                "country": "US", "A1": "WA", "A3": "Seattle", "HNO": number, "RD": "Pine",
                "STS": "St", "PC": "98101",
            });
            json!({"place": {"address": address, "class": "home"}, "declared_age_seconds": 0})
        };
        let refused = confirm(&server, &devon, "k1", home("")).await;
        assert_eq!(refused.refused(), "422 not_acceptable");
        assert_eq!(refused.json()["problems"][0]["field"], "HNO");
        let served = confirm(&server, &devon, "k1", home("300")).await.good();
        assert_eq!(
            (&served["status"], &served["rule"]),
            (&json!("confirmed"), &json!("home"))
        );
        assert_eq!(served["until"], "2026-11-27T09:00:00Z");
    }

    #[tokio::test]
    async fn an_address_that_is_not_known_stands_only_for_a_reason() {
        let server = TestServer::start_with_guide(",PINE,ST,,300,398,E,SEATTLE,WA,1\n").await;
        let devon = server.sign_in("devon.walsh").await;
        let home = |number: &str| {
            let address = json!({
                "country": "US", "A1": "WA", "A3": "Seattle", "HNO": number, "RD": "Pine",
                "STS": "St", "PC": "98101",
            });
            json!({"place": {"address": address, "class": "home"}, "declared_age_seconds": 0})
        };
        let served = confirm(&server, &devon, "k1", home("300")).await.good();
        assert_eq!(served["verdict"], "valid");
        assert_eq!(served["checked"]["at"], "2026-11-20T09:00:00Z");
        assert_eq!(served["checked"]["fields"]["HNO"]["verdict"], "valid");
        let refused = confirm(&server, &devon, "k2", home("305")).await;
        assert_eq!(refused.refused(), "422 not_acceptable");
        assert_eq!(refused.json()["problems"][0]["field"], "HNO");
        let mut insisted = home("305");
        insisted["override_reason"] = json!("It was built last month.");
        let served = confirm(&server, &devon, "k3", insisted).await.good();
        assert_eq!(served["verdict"], "overridden");
        assert_eq!(served["checked"]["fields"]["HNO"]["verdict"], "invalid");
        let me = server.ask(Ask::get(paths::ME).bearer(&devon)).await.good();
        assert_eq!(me["served"], served);
        // The nearest number was offered before.
        let served = confirm(&server, &devon, "k4", home("304")).await.good();
        assert_eq!(served["verdict"], "corrected");
        let served = confirm(&server, &devon, "k5", seat(181)).await.good();
        assert_eq!(served["verdict"], "unchecked");
        assert_eq!(served["checked"], Value::Null);
    }

    #[tokio::test]
    async fn a_saved_address_is_checked_once_it_is_saved() {
        let server = TestServer::start_with_guide(",PINE,ST,,300,398,E,SEATTLE,WA,1\n").await;
        let devon = server.sign_in("devon.walsh").await;
        for (number, verdict) in [("300", "valid"), ("305", "invalid")] {
            let address = json!({"country": "US", "A1": "WA", "A3": "Seattle", "HNO": number,
                "RD": "Pine", "STS": "St", "PC": "98101"});
            let place = json!({"label": "Home", "class": "home", "civic_address": address});
            let ask = Ask::post(paths::ME_PLACES).bearer(&devon).json(place);
            let saved = server.ask(ask).await.good();
            assert_eq!(saved["verdict"], verdict);
            let said = json!({"place": {"saved": saved["id"]}, "declared_age_seconds": 0});
            let answer = confirm(&server, &devon, number, said).await;
            if verdict == "valid" {
                assert_eq!(answer.good()["checked"]["fields"]["RD"]["verdict"], "valid");
            } else {
                assert_eq!(answer.refused(), "422 not_acceptable");
                let mut insisted =
                    json!({"place": {"saved": saved["id"]}, "declared_age_seconds": 0});
                let again = insisted.clone();
                insisted["override_reason"] = json!("It was built last month.");
                let served = confirm(&server, &devon, "insisted", insisted).await.good();
                assert_eq!(served["verdict"], "overridden");
                // The next morning the reason need not be given again.
                let served = confirm(&server, &devon, "again", again).await.good();
                assert_eq!(served["verdict"], "overridden");
            }
        }
    }

    #[tokio::test]
    async fn what_is_not_there_cannot_be_confirmed() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        for place in [
            json!({"seat": "SEA-9-1"}),
            json!({"seat": "a b"}),
            json!({"saved": "x"}),
        ] {
            let said = json!({"place": place, "declared_age_seconds": 0});
            let answer = confirm(&server, &maria, "k", said).await;
            assert_eq!(answer.refused(), "404 not_found", "{place}");
        }
        let ask = Ask::put(paths::ME_LOCATION).bearer(&maria).json(seat(181));
        assert_eq!(
            server.ask(ask).await.refused(),
            "400 unreadable",
            "without a key"
        );
    }

    #[tokio::test]
    async fn a_store_that_takes_nothing_is_said_so_and_nothing_is_lost() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let lock = server.lock_store().await;
        let answer = confirm(&server, &maria, "k", seat(181)).await;
        assert_eq!(answer.refused(), "503 unavailable");
        assert!(answer.headers.contains_key("retry-after"));
        server.unlock_store(lock).await;
        let served = confirm(&server, &maria, "k", seat(181)).await.good();
        assert_eq!(
            (&served["status"], &served["version"]),
            (&json!("confirmed"), &json!(1))
        );
    }

    #[tokio::test]
    async fn two_on_one_seat_are_both_told_and_neither_refused() {
        let server = TestServer::start().await;
        let (maria, sam) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.lee").await,
        );
        confirm(&server, &maria, "k", seat(181)).await.good();
        confirm(&server, &sam, "k", seat(181)).await.good();
        for (token, text) in [
            (&maria, "Sam Lee also says WS 181."),
            (&sam, "Maria Chen also says WS 181."),
        ] {
            let me = server.ask(Ask::get(paths::ME).bearer(token)).await.good();
            assert_eq!(me["notices"][0]["code"], "seat_conflict");
            assert_eq!(me["notices"][0]["text"], text);
        }
    }
}
