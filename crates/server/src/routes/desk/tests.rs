use api::{desk::CSRF_HEADER, paths};
use serde_json::{Value, json};

use crate::{
    browser::{Browsers, Files},
    secret::SecretHash,
    store::KeyRole,
    testing::{Ask, Frames, HERE, HOST, Page, TestServer, sign_page_in as sign_in},
};

async fn roster(server: &TestServer, page: &Page) -> String {
    let answer = server.ask(page.asks(paths::ROSTER)).await;
    match answer.status.as_u16() {
        200 => "200".to_owned(),
        _ => answer.refused(),
    }
}

/// Somebody dials 911.
async fn call(server: &TestServer) -> String {
    let key = server.key("pbx", KeyRole::Telephony).await;
    let body = json!({"call_id": "c1", "agent": "maria.chen", "dialled": "911"});
    let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&key).json(body);
    assert_eq!(server.ask(ask).await.status, 201);
    key
}

#[tokio::test]
async fn a_code_signs_the_page_in_and_the_cookie_is_out_of_reach() {
    let server = TestServer::start().await;
    let code = server.code("desk.one").await.expose();
    let answer = sign_in(&server, &code, HERE).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-whereabouts-desk="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
    let shown = answer.good();
    assert_eq!(shown["agent"]["display_name"], "Security Desk");
    assert_eq!(shown["ends_at"], "2026-11-21T01:00:00Z");
    let value = cookie.split(['=', ';']).nth(1).unwrap();
    assert!(!answer.text.contains(value), "the body is for scripts");
    assert_eq!(
        sign_in(&server, &code, HERE).await.refused(),
        "401 code_used"
    );

    let page = Page::open(&server, "sam.ortiz").await;
    let who = server.ask(page.asks(paths::DESK_SESSION)).await.good();
    assert_eq!(who["agent"]["username"], "sam.ortiz");
    assert_eq!(who["csrf_token"], page.csrf.as_str());
    for path in [paths::ROSTER, paths::EMERGENCIES, paths::NOTIFICATIONS] {
        assert_eq!(server.ask(page.asks(path)).await.status, 200, "{path}");
    }
    let frames = server.stream_of(page.asks(paths::ROSTER_EVENTS)).await;
    assert_eq!({ frames }.next().await.data["complete"], true);
}

#[tokio::test]
async fn who_watches_over_nobody_gets_no_page_and_keeps_the_code() {
    let server = TestServer::start().await;
    let code = server.code("maria.chen").await.expose();
    assert_eq!(
        sign_in(&server, &code, HERE).await.refused(),
        "403 forbidden"
    );
    let body = json!({"code": code, "device_name": "Desk 5"});
    let ask = Ask::post(paths::ENROLMENTS).json(body);
    assert_eq!(server.ask(ask).await.status, 201);
}

#[tokio::test]
async fn nobody_is_signed_in_from_a_foreign_page() {
    let server = TestServer::start().await;
    let code = server.code("desk.one").await.expose();
    for origin in ["https://evil.example", "null", "http://desk.example"] {
        let answer = sign_in(&server, &code, origin).await;
        assert_eq!(answer.refused(), "403 forbidden", "{origin}");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    let bare = Ask::post(paths::DESK_SESSION).header("host", HOST);
    let bare = bare.json(json!({"code": code}));
    assert_eq!(server.ask(bare).await.refused(), "403 forbidden");
    assert_eq!(sign_in(&server, &code, HERE).await.status, 201);
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_here_too() {
    let server = TestServer::start().await;
    for _ in 0..11 {
        let answer = sign_in(&server, "7QK2-M9XD-4TWA", HERE).await;
        assert_eq!(answer.refused(), "401 code_unknown");
    }
    let answer = sign_in(&server, "7QK2-M9XD-4TWA", HERE).await;
    assert_eq!(answer.refused(), "429 rate_limited");
}

#[tokio::test]
async fn only_the_page_changes_something_and_only_with_its_token() {
    let server = TestServer::start().await;
    let page = Page::open(&server, "desk.one").await;
    let other = Page::open(&server, "sam.ortiz").await;
    let close = |page: &Page| page.sends("DELETE", paths::DESK_SESSION);
    let (origin, token) = (("origin", HERE), (CSRF_HEADER, page.csrf.as_str()));
    let forged: [&[(&str, &str)]; 7] = [
        &[],
        &[token],
        &[origin],
        &[("origin", "https://evil.example"), token],
        &[origin, ("sec-fetch-site", "cross-site"), token],
        &[origin, (CSRF_HEADER, &other.csrf)],
        &[origin, (CSRF_HEADER, "")],
    ];
    for headers in forged {
        let ask = headers
            .iter()
            .fold(close(&page), |ask, (name, value)| ask.header(name, value));
        assert_eq!(
            server.ask(ask).await.refused(),
            "403 forbidden",
            "{headers:?}"
        );
    }
    assert_eq!(roster(&server, &page).await, "200");
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("none", 200)] {
        let ask = page.asks(paths::ROSTER).header("sec-fetch-site", site);
        assert_eq!(server.ask(ask).await.status, status, "{site}");
    }

    let closed = server
        .ask(page.changes("DELETE", paths::DESK_SESSION))
        .await;
    assert_eq!(closed.status, 204);
    let cookie = closed.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-whereabouts-desk=; ") && cookie.ends_with("; Max-Age=0"));
    assert_eq!(roster(&server, &page).await, "401 token_revoked");
    assert_eq!(roster(&server, &other).await, "200");
}

#[tokio::test]
async fn the_cookie_opens_nothing_but_what_is_for_watchers() {
    let server = TestServer::start().await;
    let page = Page::open(&server, "desk.one").await;
    for (method, path) in [
        ("GET", paths::ME),
        ("GET", paths::ME_EVENTS),
        ("GET", paths::ME_PLACES),
        ("POST", paths::ME_LOCATION_END),
        ("DELETE", paths::TOKENS),
        ("GET", paths::METRICS),
        ("GET", "/v1/telephony/locations/maria.chen"),
    ] {
        let answer = server.ask(page.changes(method, path)).await;
        assert_eq!(answer.refused(), "401 unauthenticated", "{method} {path}");
    }
    let bearer = page.cookie.split_once('=').unwrap().1.to_owned();
    let answer = server.ask(Ask::get(paths::ROSTER).bearer(&bearer)).await;
    assert_eq!(answer.refused(), "401 unauthenticated");
    for cookie in [
        "whereabouts-desk-443",
        "whereabouts-desk",
        "x__Host-whereabouts-desk",
    ] {
        let page = Page {
            cookie: format!("{cookie}={bearer}"),
            ..Page::open(&server, "sam.ortiz").await
        };
        assert_eq!(roster(&server, &page).await, "401 unauthenticated");
    }
}

#[tokio::test]
async fn a_page_that_nobody_uses_ends_and_one_in_use_lasts_a_shift() {
    let server = TestServer::start().await;
    let (used, left) = (
        Page::open(&server, "desk.one").await,
        Page::open(&server, "sam.ortiz").await,
    );
    let mut screen = server.stream_of(used.asks(paths::ROSTER_EVENTS)).await;
    screen.next().await;
    for _ in 0..31 {
        in_use(&server, &used, &mut screen).await;
    }
    assert_eq!(roster(&server, &left).await, "401 token_expired");
    assert_eq!(roster(&server, &used).await, "200");
    server.pass(30 * 60).await;
    assert_eq!(roster(&server, &used).await, "401 token_expired");
    screen.end().await;
}

/// Half an hour in which nothing but the open stream uses the page: that notes it by itself.
async fn in_use(server: &TestServer, page: &Page, screen: &mut Frames) {
    server.pass(30 * 60).await;
    let now = server.app.clock.now();
    let hash = SecretHash::of(page.cookie.split_once('=').unwrap().1);
    loop {
        let session = server.app.store.desk_session(hash).await.unwrap();
        if session.unwrap().seen_at == now {
            return;
        }
        tokio::select! {
            biased;
            _ = screen.next() => {}
            () = tokio::task::yield_now() => {}
        }
    }
}

#[tokio::test]
async fn no_expiry_cuts_a_page_on_which_an_emergency_is_open() {
    let server = TestServer::start().await;
    let page = Page::open(&server, "desk.one").await;
    let mut screen = server.stream_of(page.asks(paths::ROSTER_EVENTS)).await;
    screen.next().await;
    for _ in 0..31 {
        in_use(&server, &page, &mut screen).await;
    }
    server.pass(29 * 60).await;
    let key = call(&server).await;
    assert_eq!(
        screen.next().await.data["emergencies"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // The shift is over, the call is not.
    server.pass(3_600).await;
    assert_eq!(roster(&server, &page).await, "200");
    let who = server.ask(page.asks(paths::DESK_SESSION)).await.good();
    assert_eq!(who["csrf_token"], page.csrf.as_str());
    let end = Ask::post(paths::TELEPHONY_CALLS_END).bearer(&key);
    assert!(
        server
            .ask(end.json(json!({"call_id": "c1"})))
            .await
            .status
            .is_success()
    );
    assert_eq!(
        screen.next().await.data["emergencies"][0]["emergency"]["phase"],
        "ended"
    );
    server.pass(1).await;
    screen.end().await;
    assert_eq!(roster(&server, &page).await, "401 token_expired");
}

#[tokio::test]
async fn a_call_that_came_later_brings_no_ended_page_back() {
    let server = TestServer::start().await;
    let page = Page::open(&server, "desk.one").await;
    server.pass(3_600).await;
    call(&server).await;
    assert_eq!(roster(&server, &page).await, "401 token_expired");
}

#[tokio::test]
async fn an_administrator_signs_the_page_out() {
    let server = TestServer::start().await;
    let page = Page::open(&server, "desk.one").await;
    let mut screen = server.stream_of(page.asks(paths::ROSTER_EVENTS)).await;
    screen.next().await;
    let desk = server.agent("desk.one").await;
    let now = server.app.clock.now();
    assert_eq!(
        server
            .app
            .store
            .sign_out_everywhere(&desk.id, now)
            .await
            .unwrap(),
        1
    );
    assert_eq!(roster(&server, &page).await, "401 token_revoked");
    // It was another process that did it: the open page finds out by itself.
    server.pass(60).await;
    screen.end().await;
}

#[tokio::test]
async fn without_the_store_nothing_is_said_about_who_is_signed_in() {
    let server = TestServer::start().await;
    let page = Page::open(&server, "desk.one").await;
    server.hide_store().await;
    assert_eq!(roster(&server, &page).await, "503 unavailable");
    server.bring_store_back().await;
    assert_eq!(roster(&server, &page).await, "200");
}

fn page_files() -> Browsers {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("assets")).unwrap();
    std::fs::write(folder.path().join("desk.html"), "<!doctype html>").unwrap();
    std::fs::write(folder.path().join("assets/desk-1.js"), "0").unwrap();
    Browsers {
        files: Files::read(folder.path()).unwrap(),
        public: None,
    }
}

#[tokio::test]
async fn the_page_says_what_it_may_do_and_what_may_be_kept() {
    let server = TestServer::start_with_browsers(page_files()).await;
    let page = server.ask(Ask::get("/desk/")).await;
    assert_eq!(
        (page.status.as_u16(), page.text.as_str()),
        (200, "<!doctype html>")
    );
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(page.headers[name], value, "{name}");
    }
    let tag = page.headers["etag"].to_str().unwrap();
    for known in [tag, &format!("W/{tag}"), &format!("\"old\", {tag}")] {
        let again = server
            .ask(Ask::get("/desk/").header("if-none-match", known))
            .await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
        assert_eq!(again.headers["etag"], tag);
    }
    let old = server
        .ask(Ask::get("/desk/").header("if-none-match", "\"old\""))
        .await;
    assert_eq!(old.status, 200);
    let script = server.ask(Ask::get("/desk/assets/desk-1.js")).await;
    assert_eq!(
        script.headers["cache-control"],
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        script.headers["content-type"],
        "text/javascript; charset=utf-8"
    );
    let bare = server.ask(Ask::get("/desk")).await;
    assert_eq!(
        (bare.status.as_u16(), &bare.headers["location"]),
        (308, &"/desk/".parse().unwrap())
    );
    assert_eq!(server.ask(Ask::new("HEAD", "/desk/")).await.status, 200);
    let posted = server.ask(Ask::post("/desk/")).await;
    assert_eq!(posted.refused(), "405 method_not_allowed");
}

#[tokio::test]
async fn no_path_leads_out_of_the_page() {
    let server = TestServer::start_with_browsers(page_files()).await;
    for path in [
        "/desk/../Cargo.toml",
        "/desk/..%2f..%2fCargo.toml",
        "/desk/%2e%2e/%2e%2e/Cargo.toml",
        "/desk/assets/../../Cargo.toml",
        "/desk/assets//desk-1.js",
        "/desk//etc/passwd",
        "/desk/%2fetc%2fpasswd",
        "/desk/assets/",
        "/desk/..\\desk.html",
        "/desk/%00",
        "/desk/%ff",
    ] {
        let answer = server.ask(Ask::get(path)).await;
        assert!(
            [400, 404].contains(&answer.status.as_u16()),
            "{path}: {}",
            answer.text
        );
        assert!(!answer.text.contains("workspace") && !answer.text.contains("root:"));
    }
}

#[tokio::test]
async fn a_server_without_the_page_says_so() {
    let server = TestServer::start().await;
    let answer = server.ask(Ask::get("/desk/")).await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    assert!(answer.text.contains("server.desk_dir"), "{}", answer.text);
    let session: Value = server.ask(Ask::get(paths::DESK_SESSION)).await.json();
    assert_eq!(session["code"], "unauthenticated");
}
