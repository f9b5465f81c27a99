use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::secret::{SecretHash, Token};

/// What the token of a page is derived for, and nothing else is.
const PURPOSE: &[u8] = b"whereabouts desk csrf";

/// The cookie of a signed-in page.
#[derive(Clone, Debug)]
pub struct DeskCookie(SecretString);

impl DeskCookie {
    pub(super) fn read(name: &str, headers: &HeaderMap) -> Option<Self> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| Self(value.to_owned().into()))
    }

    /// The cookie that is about to be handed out.
    #[must_use]
    pub fn of(token: &Token) -> Self {
        Self(token.expose().to_owned().into())
    }

    /// What the store knows of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(self.0.expose_secret())
    }

    /// What the page has to send back with every change. It follows from the cookie, which no script can
    /// read, so there is nothing to keep, and says nothing about it.
    #[must_use]
    pub fn csrf_token(&self) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret().as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(PURPOSE);
        BASE64.encode(mac.finalize().into_bytes())
    }

    /// Whether this came back.
    #[must_use]
    pub fn is_answered_by(&self, presented: &[u8]) -> bool {
        self.csrf_token().as_bytes().ct_eq(presented).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cookies: &[&str]) -> Option<String> {
        let headers = cookies
            .iter()
            .map(|value| (header::COOKIE, value.parse().unwrap()))
            .collect();
        DeskCookie::read("w", &headers).map(|cookie| cookie.0.expose_secret().to_owned())
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        assert_eq!(read(&["a=b; w=one=x; c=d"]).as_deref(), Some("one=x"));
        assert_eq!(read(&["a=b", "w=two"]).as_deref(), Some("two"));
        for none in ["", "ww=1", "w", "w=", "xw=1;", "W=1"] {
            assert_eq!(read(&[none]), None, "{none:?}");
        }
    }

    #[test]
    fn only_the_page_of_the_same_sign_in_has_the_token() {
        let (one, other) = (Token::random(), Token::random());
        let (one, other) = (DeskCookie::of(&one), DeskCookie::of(&other));
        assert!(one.is_answered_by(one.csrf_token().as_bytes()));
        assert!(!one.is_answered_by(other.csrf_token().as_bytes()));
        assert!(!one.is_answered_by(b""));
        assert_ne!(one.csrf_token(), one.hash().to_hex());
    }
}
