use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::request::Parts,
};

/// The parameter in a path, whatever bytes it is made of: what is no UTF-8 is nobody's name, and no reason to
/// refuse a telephony platform.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Segment(pub String);

impl<S: Sync> FromRequestParts<S> for Segment {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let matched = parts.extensions.get::<MatchedPath>();
        let place = matched.and_then(|matched| {
            let mut segments = matched.as_str().split('/');
            segments.position(|segment| segment.starts_with('{'))
        });
        let mut segments = parts.uri.path().split('/');
        let raw = match place {
            Some(place) => segments.nth(place),
            None => segments.next_back(),
        };
        Ok(Self(percent_decoded(raw.unwrap_or_default())))
    }
}

/// Undoes percent-encoding. What is none stays as it is.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        let escaped = if byte == b'%' {
            digit()
                .zip(digit())
                .and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
        } else {
            None
        };
        match escaped {
            Some(plain) => {
                bytes.push(plain);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
