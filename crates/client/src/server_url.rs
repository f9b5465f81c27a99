use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;

/// Where the backend is. `https`, or plain `http` on this computer and in private networks, where
/// tests and sealed-off sites live; tokens and addresses never cross the open network unsealed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ServerUrl(Url);

impl ServerUrl {
    /// The address of an endpoint: a path of [`api::paths`] whose `{…}` parts are replaced, in
    /// order, by these segments.
    pub(crate) fn endpoint(&self, template: &str, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        let mut given = segments.iter();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty();
            for part in template.split('/').skip(1) {
                let segment = if part.starts_with('{') {
                    given.next().copied().unwrap_or_default()
                } else {
                    part
                };
                // `push` leaves out `.` and `..`, which would name another endpoint.
                path.push(segment);
            }
        }
        url
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl FromStr for ServerUrl {
    type Err = ServerUrlError;

    /// Reads what people type: without a scheme it is `https`, or `http` where that is allowed.
    fn from_str(text: &str) -> Result<Self, ServerUrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ServerUrlError::NotAnAddress);
        }
        let url = if text.contains("://") {
            Url::parse(text)
        } else {
            let guess = Url::parse(&format!("http://{text}"));
            match guess {
                Ok(url) if is_near(&url) => Ok(url),
                Ok(_) | Err(_) => Url::parse(&format!("https://{text}")),
            }
        }
        .map_err(|_| ServerUrlError::NotAnAddress)?;
        if url.host_str().is_none_or(str::is_empty)
            || !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(ServerUrlError::NotAnAddress);
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_near(&url) => Ok(Self(url)),
            "http" => Err(ServerUrlError::Unsealed),
            _ => Err(ServerUrlError::NotAnAddress),
        }
    }
}

/// Whether the host is this computer or in a private network.
fn is_near(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        Err(_) => false,
    }
}

/// Why a text is not a server's address.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ServerUrlError {
    /// It is no web address.
    #[error("that is not a server's address; it looks like https://whereabouts.example.com")]
    NotAnAddress,
    /// Plain `http` to a place on the open network.
    #[error("the server's address must begin with https://")]
    Unsealed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (typed, read) in [
            ("whereabouts.example.com", "https://whereabouts.example.com"),
            (" https://e911.example.com/ ", "https://e911.example.com"),
            ("https://example.com/e911/", "https://example.com/e911"),
            ("127.0.0.1:8911", "http://127.0.0.1:8911"),
            ("http://localhost:8911", "http://localhost:8911"),
            ("[::1]:8911", "http://[::1]:8911"),
            ("10.1.2.3", "http://10.1.2.3"),
            ("8.8.8.8", "https://8.8.8.8"),
            ("example.com:8443", "https://example.com:8443"),
        ] {
            let url: ServerUrl = typed.parse().unwrap();
            assert_eq!(url.to_string(), read, "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_no_server() {
        use ServerUrlError::{NotAnAddress, Unsealed};
        for (typed, error) in [
            ("", NotAnAddress),
            ("   ", NotAnAddress),
            ("ftp://example.com", NotAnAddress),
            ("https://", NotAnAddress),
            ("https://me:secret@example.com", NotAnAddress),
            ("https://example.com/?code=ABCD", NotAnAddress),
            ("what is this", NotAnAddress),
            ("http://example.com", Unsealed),
            ("http://8.8.8.8", Unsealed),
        ] {
            assert_eq!(typed.parse::<ServerUrl>(), Err(error), "{typed}");
        }
    }

    #[test]
    fn endpoints_stay_inside_their_path() {
        let server: ServerUrl = "https://example.com/e911".parse().unwrap();
        let place = |id: &str| server.endpoint(api::paths::ME_PLACE, &[id]).to_string();
        assert_eq!(place("p1"), "https://example.com/e911/v1/me/places/p1");
        assert_eq!(
            place("a/b?c#d"),
            "https://example.com/e911/v1/me/places/a%2Fb%3Fc%23d"
        );
        assert_eq!(place(".."), "https://example.com/e911/v1/me/places");
    }
}
