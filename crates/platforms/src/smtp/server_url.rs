use std::{net::IpAddr, str::FromStr};

use url::{Host, Url};

/// Where mail is handed over, and how well the way there is protected.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerUrl {
    /// Its name, to which its certificate has to belong.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The protection.
    pub security: Security,
}

/// How well the way to a mail server is protected.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Security {
    /// Not at all. Only on loopback.
    Plain,
    /// TLS after the greeting, or no mail.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

impl FromStr for ServerUrl {
    type Err = ServerUrlError;

    fn from_str(text: &str) -> Result<Self, ServerUrlError> {
        let url: Url = text.trim().parse().map_err(|_| ServerUrlError::NotAUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ServerUrlError::Credentials);
        }
        let rest = (url.path(), url.query(), url.fragment());
        if !matches!(rest, ("" | "/", None, None)) {
            return Err(ServerUrlError::More);
        }
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(ServerUrlError::NotAUrl)?;
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let (security, port) = match url.scheme() {
            "smtps" => (Security::Tls, 465),
            "smtp" if is_loopback(&host) => (Security::Plain, 25),
            "smtp" | "smtp+starttls" => (Security::StartTls, 587),
            _ => return Err(ServerUrlError::Scheme),
        };
        Ok(Self {
            host,
            port: url.port().unwrap_or(port),
            security,
        })
    }
}

/// Whether a host is this machine by its very name.
fn is_loopback(host: &str) -> bool {
    let address = host.parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Whether a URL stays on this machine.
pub(crate) fn stays_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Why a text names no mail server.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ServerUrlError {
    /// Name and password stand in it.
    #[error(
        "name and password do not belong into the address of a mail server; they have settings of their own"
    )]
    Credentials,
    /// A path or options.
    #[error("nothing follows host and port of a mail server")]
    More,
    /// No URL with a host.
    #[error("a mail server is written smtp://host:port or smtps://host:port")]
    NotAUrl,
    /// Another protocol.
    #[error(
        "mail is sent by smtp (STARTTLS), smtps (TLS) or smtp+starttls (STARTTLS on loopback too)"
    )]
    Scheme,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_leaves_the_machine_only_under_tls() {
        let read = |text: &str| match text.parse::<ServerUrl>() {
            Ok(ServerUrl {
                host,
                port,
                security,
            }) => format!("{host} {port} {security:?}"),
            Err(error) => error.to_string(),
        };
        let table = [
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
            "smtp://[::1]:25",
            "smtp://mail.example.com",
            "smtp://10.0.0.5:25",
            "smtp+starttls://127.0.0.1:2525",
            "smtps://mail.example.com",
            "smtps://mail.example.com:4650/",
            "smtp://user:secret@mail.example.com",
            "smtp://mail.example.com?tls=none",
            "http://mail.example.com",
            "mail.example.com:25",
            "",
        ];
        let read: Vec<String> = table
            .iter()
            .map(|text| format!("{text} -> {}", read(text)))
            .collect();
        insta::assert_snapshot!(read.join("\n"));
    }
}
