use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::smtp::stays_here;

/// Where a hook is posted: `https`, or `http` on this machine. `Debug` shows the host only, because
/// the rest is often a secret.
#[derive(Clone, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct HookUrl(Url);

impl HookUrl {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The machine, which is all that may be shown.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl FromStr for HookUrl {
    type Err = HookUrlError;

    fn from_str(text: &str) -> Result<Self, HookUrlError> {
        let url: Url = text.trim().parse().map_err(|_| HookUrlError::NotAUrl)?;
        if !url.has_host() {
            return Err(HookUrlError::NotAUrl);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(HookUrlError::Credentials);
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if stays_here(&url) => Ok(Self(url)),
            "http" => Err(HookUrlError::Plain),
            _ => Err(HookUrlError::NotAUrl),
        }
    }
}

impl fmt::Debug for HookUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HookUrl({})", self.host())
    }
}

impl TryFrom<String> for HookUrl {
    type Error = HookUrlError;

    fn try_from(text: String) -> Result<Self, HookUrlError> {
        text.parse()
    }
}

impl From<HookUrl> for String {
    fn from(url: HookUrl) -> Self {
        url.0.into()
    }
}

/// Why a text is no address to post to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum HookUrlError {
    /// Name and password stand in it.
    #[error("name and password do not belong into the address of a web hook; requests are signed")]
    Credentials,
    /// No URL with a host.
    #[error("a web hook is written https://host/path")]
    NotAUrl,
    /// In clear over a network.
    #[error("a notice holds an address; write https, or a web hook on this machine")]
    Plain,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_leave_the_machine_only_under_tls() {
        let read = |text: &str| text.parse::<HookUrl>().map(|url| format!("{url:?}"));
        assert_eq!(
            read("https://hooks.example.com/T0/planted").unwrap(),
            "HookUrl(hooks.example.com)"
        );
        assert!(read("http://127.0.0.1:9000/x").is_ok());
        assert!(read("http://[::1]:9000/x").is_ok());
        assert_eq!(read("http://hooks.example.com"), Err(HookUrlError::Plain));
        assert_eq!(
            read("https://u:p@h.example"),
            Err(HookUrlError::Credentials)
        );
        assert_eq!(read("ftp://h.example"), Err(HookUrlError::NotAUrl));
        assert_eq!(read("hooks.example.com"), Err(HookUrlError::NotAUrl));
    }
}
