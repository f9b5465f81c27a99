use std::sync::Arc;

use api::paths;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt as _;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::{
    Connection as _,
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::{Frames, SetClock, organisation};
use crate::{
    background::{self, Escalator, Settler},
    browser::Browsers,
    clock::Clock as _,
    config::Policy,
    http::{self, App, Ground},
    journal::Journal,
    last_known::LastKnown,
    random,
    seal::{CallKeys, Keys},
    secret::{ApiKey, EnrolmentCode, SecretHash, Token},
    store::{
        Agent, KeyRole, NewCode, NewDevice, NewKey, NewTokens, NotifyPolicy, Redeemed,
        Snapshots as _, Store as _,
        sqlite::{Location, SqliteStore},
    },
    validation::{LocalGuide, Validators},
};

/// A whole server over a real store in a folder of its own, asked without a network.
pub(crate) struct TestServer {
    pub(crate) app: App,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) store: Arc<SqliteStore>,
    folder: TempDir,
    routes: Router,
    _followed: JoinSet<()>,
}

impl TestServer {
    /// With the organisation of the tests, at nine o'clock.
    pub(crate) async fn start() -> Self {
        Self::start_with(
            tempfile::tempdir().unwrap(),
            Validators::none(),
            Browsers::default(),
        )
        .await
    }

    /// The same with a page for browsers.
    pub(crate) async fn start_with_browsers(browsers: Browsers) -> Self {
        Self::start_with(tempfile::tempdir().unwrap(), Validators::none(), browsers).await
    }

    /// The same with a street guide of these rows.
    pub(crate) async fn start_with_guide(rows: &str) -> Self {
        const HEADER: &str = "PRD,RD,STS,POD,LOW,HIGH,OE,COMMUNITY,STATE,ESN\n";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("msag.csv");
        std::fs::write(&file, format!("{HEADER}{rows}")).unwrap();
        let guide = LocalGuide::at(&file);
        guide.read();
        let validators = Validators::none().then(Arc::new(guide));
        Self::start_with(folder, validators, Browsers::default()).await
    }

    async fn start_with(folder: TempDir, validators: Validators, browsers: Browsers) -> Self {
        let clock = SetClock::at("2026-11-20T09:00:00Z");
        let keys = Arc::new(Keys::ephemeral());
        let (journal, recovered) = Journal::open(&folder.path().join("journal"), keys.clone());
        assert!(recovered.calls.is_empty());
        let call_keys = Arc::new(CallKeys::in_folder(&folder.path().join("calls")));
        let file = Location::file(folder.path().join("store.db"));
        let store = Arc::new(SqliteStore::open(file, keys, call_keys));
        store.ready().await.unwrap();
        store.take_over().await.unwrap();
        organisation::import(store.as_ref()).await;
        let app = App::new(Ground {
            store: store.clone(),
            last_known: Arc::new(LastKnown::default()),
            journal: Arc::new(journal),
            clock: clock.clone(),
            policy: Policy::default(),
            validators,
            notify: NotifyPolicy::default(),
            browsers,
            call_control: None,
            streams: usize::MAX,
        });
        let world = store.known_world().await.unwrap();
        app.telephony.last_known().set(world);
        let mut followed = JoinSet::new();
        followed.spawn(background::follow_store(app.clone()));
        Self {
            routes: http::router(&app),
            _followed: followed,
            app,
            clock,
            store,
            folder,
        }
    }

    /// Brings the last-known copy up to date.
    pub(crate) async fn remember(&self) {
        let world = self.store.known_world().await.unwrap();
        self.app.telephony.last_known().set(world);
    }

    /// Takes the lock that keeps everybody else from writing, as another process would.
    pub(crate) async fn lock_store(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("store.db"));
        let mut other = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("BEGIN EXCLUSIVE")
            .execute(&mut other)
            .await
            .unwrap();
        other
    }

    /// Gives that lock back.
    pub(crate) async fn unlock_store(&self, mut other: SqliteConnection) {
        sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
        other.close().await.unwrap();
    }

    /// Takes the store away, as a volume that is unmounted does.
    pub(crate) async fn hide_store(&self) {
        let file = self.folder.path().join("store.db");
        std::fs::rename(&file, file.with_extension("away")).unwrap();
        self.app.store.look().await;
    }

    /// Puts it back.
    pub(crate) async fn bring_store_back(&self) {
        let file = self.folder.path().join("store.db");
        std::fs::rename(file.with_extension("away"), &file).unwrap();
        let back = async {
            while self.app.store.ready().await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        let patience = std::time::Duration::from_secs(20);
        tokio::time::timeout(patience, back).await.unwrap();
    }

    /// Puts something in the place of the journal's folder that no file can be written into.
    pub(crate) fn break_journal(&self) {
        let folder = self.folder.path().join("journal");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        std::fs::write(folder, "").unwrap();
    }

    /// Asks.
    pub(crate) async fn ask(&self, ask: Ask) -> Answered {
        ask_routes(self.routes.clone(), ask).await
    }

    /// Asks for a stream.
    pub(crate) async fn stream(&self, path: &str, token: &str) -> Frames {
        self.stream_of(Ask::get(path).bearer(token)).await
    }

    /// Asks for a stream in another way.
    pub(crate) async fn stream_of(&self, ask: Ask) -> Frames {
        let response = self.routes.clone().oneshot(ask.0).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Frames::of(response.into_body())
    }

    /// Moves the clock, and does what that demands.
    pub(crate) async fn pass(&self, seconds: i64) {
        self.clock.advance(seconds);
        self.catch_up().await;
    }

    /// Does what time demands.
    pub(crate) async fn catch_up(&self) {
        Settler::new(self.app.clone()).settle().await;
        self.app.telephony.replay().await;
        Escalator::new(self.app.clone()).escalate().await;
        self.app.hub.wake_due(self.clock.now());
    }

    /// Somebody says to be on a seat.
    pub(crate) async fn sit(&self, token: &str, seat: &str) -> Value {
        let said = json!({"place": {"seat": seat}, "declared_age_seconds": 0});
        let key = random::id("key");
        let ask = Ask::put(paths::ME_LOCATION).bearer(token);
        self.ask(ask.header("idempotency-key", &key).json(said))
            .await
            .good()
    }

    /// Somebody of the organisation.
    pub(crate) async fn agent(&self, username: &str) -> Agent {
        self.app.store.find_agent(username).await.unwrap().unwrap()
    }

    /// Adds that many agents, `newcomer.0000` and on.
    pub(crate) async fn hire(&self, count: usize) {
        organisation::hire(self.store.as_ref(), count).await;
    }

    /// A one-time code for somebody.
    pub(crate) async fn code(&self, username: &str) -> EnrolmentCode {
        let (code, at) = (EnrolmentCode::random(), self.clock.now());
        let kept = NewCode {
            agent: self.agent(username).await.id,
            lookup: code.lookup().to_owned(),
            hash: code.hash().await.unwrap(),
            at,
            expires_at: at + SignedDuration::from_mins(15),
        };
        assert!(self.app.store.save_code(kept).await.unwrap());
        code
    }

    /// Signs somebody in and gives the access token.
    pub(crate) async fn sign_in(&self, username: &str) -> String {
        let code = self.code(username).await;
        let (access, refresh, at) = (Token::random(), Token::random(), self.clock.now());
        let device = NewDevice {
            lookup: code.lookup().to_owned(),
            name: "test".to_owned(),
            tokens: NewTokens {
                access: access.hash(),
                refresh: refresh.hash(),
                access_expires_at: at + SignedDuration::from_mins(15),
            },
            at,
        };
        let redeemed = self.app.store.redeem(device).await.unwrap();
        assert!(matches!(redeemed, Redeemed::SignedIn { .. }));
        access.expose().to_owned()
    }

    /// Makes somebody an agent like others.
    pub(crate) async fn demote(&self, username: &str) {
        organisation::demote(self.store.as_ref(), username).await;
    }

    /// A key for a machine.
    pub(crate) async fn key(&self, name: &str, role: KeyRole) -> String {
        let name = name.parse().unwrap();
        let key = ApiKey::random(&name);
        let kept = NewKey {
            name,
            role,
            hash: SecretHash::of(key.expose()),
            at: self.clock.now(),
        };
        self.app.store.save_key(kept).await.unwrap();
        key.expose().to_owned()
    }
}

/// A request.
pub(crate) struct Ask(Request<Body>);

impl Ask {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        let method: Method = method.parse().unwrap();
        let request = Request::builder().method(method).uri(path);
        Self(request.body(Body::empty()).unwrap())
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: &str) -> Self {
        Self::new("POST", path)
    }

    pub(crate) fn put(path: &str) -> Self {
        Self::new("PUT", path)
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let name: axum::http::HeaderName = name.parse().unwrap();
        self.0.headers_mut().insert(name, value.parse().unwrap());
        self
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a literal reads better at the call"
    )]
    pub(crate) fn json(self, body: Value) -> Self {
        self.body(body.to_string())
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        *self.0.body_mut() = body.into();
        self
    }
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answered {
    /// The body.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The body of a success.
    pub(crate) fn good(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.json()
    }

    /// Status and stable code of a refusal, such as `409 ask_again`.
    pub(crate) fn refused(&self) -> String {
        let body = self.json();
        assert_eq!(
            body["request_id"],
            self.headers["x-request-id"].to_str().unwrap()
        );
        assert!(!body["detail"].as_str().unwrap().is_empty());
        format!(
            "{} {}",
            self.status.as_u16(),
            body["code"].as_str().unwrap()
        )
    }
}

/// Asks routes that stand alone.
pub(crate) async fn ask_routes(routes: Router, ask: Ask) -> Answered {
    let response = routes.oneshot(ask.0).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answered {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}
