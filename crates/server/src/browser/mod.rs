//! What browsers need that programs do not: the security desk's page itself ([`files`]), a cookie that no
//! script reads and no other site sends ([`origin`], [`cookie`]), and the token that proves that a change
//! was asked for by the page.

mod cookie;
mod files;
mod origin;

use axum::http::{HeaderMap, HeaderValue, header};

pub use cookie::DeskCookie;
pub use files::{File, Files, FilesError};
pub use origin::Origin;

use crate::secret::Token;

/// What the server knows of browsers.
#[derive(Debug, Default)]
pub struct Browsers {
    /// The page; none where it is not installed.
    pub files: Files,
    /// Where people open it, when an administrator said so.
    pub public: Option<Origin>,
}

impl Browsers {
    /// The cookie that came with a request.
    #[must_use]
    pub fn cookie(&self, headers: &HeaderMap) -> Option<DeskCookie> {
        DeskCookie::read(&self.cookie_name(headers), headers)
    }

    /// Has the browser keep a cookie until it is closed.
    #[must_use]
    pub fn keep(&self, token: &Token, headers: &HeaderMap) -> Option<HeaderValue> {
        self.set_cookie(token.expose(), "", headers)
    }

    /// Has the browser forget its cookie.
    #[must_use]
    pub fn forget(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        self.set_cookie("", "; Max-Age=0", headers)
    }

    /// Whether a request that changes something was made by the page: no browser lets another site claim
    /// either header.
    #[must_use]
    pub fn is_from_the_page(&self, headers: &HeaderMap) -> bool {
        let site = headers.get("sec-fetch-site");
        let origin = headers.get(header::ORIGIN);
        let same_site = site.is_none_or(|site| site == "same-origin");
        let same_origin = origin.is_none_or(|origin| self.is_own(origin, headers));
        same_site && same_origin && (site.is_some() || origin.is_some())
    }

    fn is_own(&self, origin: &HeaderValue, headers: &HeaderMap) -> bool {
        let Some(origin) = origin.to_str().ok().and_then(Origin::of_url) else {
            return false;
        };
        match &self.public {
            Some(public) => origin == *public,
            None => Origin::of_host(headers).is_some_and(|host| {
                let upgraded = host.is_on_this_machine() && origin == host.with_tls();
                origin == host || upgraded
            }),
        }
    }

    /// The name also holds what it is good for: one with `__Host-` no other site, no plain HTTP and no
    /// neighbouring name can have set.
    fn cookie_name(&self, headers: &HeaderMap) -> String {
        match self.plain_origin(headers) {
            None => "__Host-whereabouts-desk".to_owned(),
            // Browsers keep one jar for all ports of a machine.
            Some(origin) => format!("whereabouts-desk-{}", origin.port()),
        }
    }

    fn set_cookie(&self, value: &str, more: &str, headers: &HeaderMap) -> Option<HeaderValue> {
        let name = self.cookie_name(headers);
        let secure = match self.plain_origin(headers) {
            None => "; Secure",
            Some(_) => "",
        };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{more}");
        HeaderValue::try_from(cookie).ok()
    }

    /// Where people open the page, if that is this very machine over plain HTTP.
    fn plain_origin(&self, headers: &HeaderMap) -> Option<Origin> {
        let origin = self.public.clone().or_else(|| Origin::of_host(headers))?;
        Some(origin).filter(|origin| origin.is_on_this_machine() && !origin.has_tls())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                let name = axum::http::HeaderName::from_static(name);
                (name, value.parse().unwrap())
            })
            .collect()
    }

    fn public(url: &str) -> Browsers {
        Browsers {
            public: Origin::of_url(url),
            ..Browsers::default()
        }
    }

    #[test]
    fn a_cookie_is_plain_only_on_this_very_machine() {
        let (behind, alone) = (public("https://w.example"), Browsers::default());
        let kept = |browsers: &Browsers, host: &str| {
            let token = Token::random();
            let cookie = browsers.keep(&token, &headers(&[("host", host)])).unwrap();
            cookie
                .to_str()
                .unwrap()
                .replace(token.expose(), "T")
                .clone()
        };
        let strict = "__Host-whereabouts-desk=T; Path=/; HttpOnly; SameSite=Strict; Secure";
        for host in ["w.example", "127.0.0.1:8911"] {
            assert_eq!(kept(&behind, host), strict);
        }
        for host in ["w.example", "10.0.0.7:8911", "127.0.0.1.evil.example"] {
            assert_eq!(kept(&alone, host), strict, "{host}");
        }
        for host in ["127.0.0.1:8911", "localhost:8911", "[::1]:8911"] {
            assert_eq!(
                kept(&alone, host),
                "whereabouts-desk-8911=T; Path=/; HttpOnly; SameSite=Strict",
                "{host}"
            );
        }
        let forgotten = alone.forget(&headers(&[("host", "w.example")])).unwrap();
        assert!(forgotten.to_str().unwrap().contains("=; Path=/"));
        assert!(forgotten.to_str().unwrap().ends_with("Max-Age=0"));
    }

    #[test]
    fn only_the_page_itself_may_change_something() {
        let alone = Browsers::default();
        let asks = |browsers: &Browsers, pairs: &[(&'static str, &str)]| {
            browsers.is_from_the_page(&headers(pairs))
        };
        let host = ("host", "w.example");
        assert!(asks(&alone, &[host, ("sec-fetch-site", "same-origin")]));
        assert!(asks(&alone, &[host, ("origin", "https://w.example")]));
        assert!(!asks(&alone, &[host]), "a browser says where it is");
        for origin in [
            "https://evil.example",
            "https://w.example.evil.example",
            "https://w.example:444",
            "http://w.example",
            "null",
            "",
        ] {
            assert!(!asks(&alone, &[host, ("origin", origin)]), "{origin:?}");
            let claimed = [host, ("origin", origin), ("sec-fetch-site", "same-origin")];
            assert!(!asks(&alone, &claimed), "{origin:?}");
        }
        for site in ["cross-site", "same-site", "none", ""] {
            let claimed = [
                host,
                ("origin", "https://w.example"),
                ("sec-fetch-site", site),
            ];
            assert!(!asks(&alone, &claimed), "{site:?}");
        }
        // Behind a proxy that does not pass the name on.
        let behind = public("https://w.example");
        let proxied = ("host", "127.0.0.1:8911");
        assert!(asks(&behind, &[proxied, ("origin", "https://w.example")]));
        assert!(!asks(
            &behind,
            &[proxied, ("origin", "http://127.0.0.1:8911")]
        ));
        let local = ("host", "localhost:8911");
        assert!(asks(&alone, &[local, ("origin", "http://localhost:8911")]));
        assert!(!asks(&alone, &[local, ("origin", "http://localhost:9000")]));
    }
}
