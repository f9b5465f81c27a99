use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::{HeaderMap, header, uri::Authority};

/// Where a page comes from: scheme, host and port, as browsers compare them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Origin {
    tls: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of an address that begins with `http://` or `https://`; `None` for anything else.
    #[must_use]
    pub fn of_url(url: &str) -> Option<Self> {
        let (tls, rest) = match url.split_once("://")? {
            (scheme, rest) if scheme.eq_ignore_ascii_case("https") => (true, rest),
            (scheme, rest) if scheme.eq_ignore_ascii_case("http") => (false, rest),
            _ => return None,
        };
        Self::of_authority(tls, rest.split(['/', '?', '#']).next()?)
    }

    /// What a browser asked for, as its `Host` says: with TLS, unless it is this very machine.
    #[must_use]
    pub fn of_host(headers: &HeaderMap) -> Option<Self> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let plain = Self::of_authority(false, host)?;
        if plain.is_on_this_machine() {
            Some(plain)
        } else {
            Self::of_authority(true, host)
        }
    }

    fn of_authority(tls: bool, text: &str) -> Option<Self> {
        let authority: Authority = text.parse().ok()?;
        let host = authority.host();
        let port = match text.strip_prefix(host)? {
            "" => Some(if tls { 443 } else { 80 }),
            rest => rest.strip_prefix(':')?.parse().ok(),
        };
        Some(Self {
            tls,
            host: host.to_ascii_lowercase(),
            port: port?,
        })
        .filter(|origin| !origin.host.is_empty())
    }

    /// The same place with TLS.
    #[must_use]
    pub fn with_tls(&self) -> Self {
        Self {
            tls: true,
            ..self.clone()
        }
    }

    /// Whether it speaks TLS.
    #[must_use]
    pub fn has_tls(&self) -> bool {
        self.tls
    }

    /// The port, also where the address leaves it out.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether nothing of it leaves this machine.
    #[must_use]
    pub fn is_on_this_machine(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost"
            || bare.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
            || bare.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_compare() {
        let of = |url: &str| Origin::of_url(url);
        assert_eq!(
            of("https://W.example/desk/?a#b"),
            of("https://w.example:443")
        );
        assert_ne!(of("https://w.example"), of("http://w.example"));
        assert_ne!(of("https://w.example"), of("https://w.example:8443"));
        for bad in [
            "",
            "null",
            "w.example",
            "ftp://w.example",
            "https://",
            "https://a@w.example",
            "https://w.example:x",
        ] {
            assert_eq!(of(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_address() {
        let here = |url: &str| Origin::of_url(url).unwrap().is_on_this_machine();
        for url in [
            "http://127.0.0.1:8911",
            "http://127.8.0.1",
            "http://localhost",
            "http://[::1]:8911",
        ] {
            assert!(here(url), "{url}");
        }
        for url in [
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://10.0.0.1",
        ] {
            assert!(!here(url), "{url}");
        }
    }
}
