use api::{desk::CSRF_HEADER, paths};
use serde_json::json;

use super::{Answered, Ask, TestServer};

/// Where people open the page.
pub(crate) const HOST: &str = "desk.example";
pub(crate) const HERE: &str = "https://desk.example";

/// The security desk's page in a browser, signed in.
pub(crate) struct Page {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl Page {
    pub(crate) async fn open(server: &TestServer, username: &str) -> Self {
        let code = server.code(username).await.expose();
        let answer = sign_page_in(server, &code, HERE).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        Self {
            cookie: cookie.split(';').next().unwrap().to_owned(),
            csrf: answer.good()["csrf_token"].as_str().unwrap().to_owned(),
        }
    }

    /// What the page asks without changing anything.
    pub(crate) fn asks(&self, path: &str) -> Ask {
        self.sends("GET", path)
    }

    /// What a browser adds to every request of its own accord.
    pub(crate) fn sends(&self, method: &str, path: &str) -> Ask {
        let ask = Ask::new(method, path).header("host", HOST);
        ask.header("cookie", &format!("theme=dark; {}", self.cookie))
    }

    /// What changes something.
    pub(crate) fn changes(&self, method: &str, path: &str) -> Ask {
        let ask = self.sends(method, path).header("origin", HERE);
        ask.header("sec-fetch-site", "same-origin")
            .header(CSRF_HEADER, &self.csrf)
    }
}

/// Signs a page in that comes from there.
pub(crate) async fn sign_page_in(server: &TestServer, code: &str, origin: &str) -> Answered {
    let ask = Ask::post(paths::DESK_SESSION).header("host", HOST);
    let ask = ask.header("origin", origin);
    server.ask(ask.json(json!({"code": code}))).await
}
