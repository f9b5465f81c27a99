use std::{convert::Infallible, time::Duration};

use api::error::ErrorCode;
use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest, Request},
};
use location::{CivicAddress, CivicKey, CivicValueError, Problem, ProblemCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};
use tokio::time::timeout;
use tokio_stream::StreamExt as _;

use super::Refusal;

/// The largest body that is read, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;
/// How long a body may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(5);

/// The body of an agent's or supervisor's request as JSON. The content type does not matter.
///
/// What is no JSON, or not of this shape, is `unreadable`; an address with a value that no address
/// can have is `not_acceptable` with the element named. The texts name positions and elements and
/// never repeat what was sent, because it may be somebody's home.
#[derive(Clone, Copy, Debug)]
pub struct Strict<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Strict<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let Head { bytes, whole } = Head::read(request.into_body()).await;
        match whole {
            Whole::Yes => parse(&bytes).map(Self),
            Whole::TooLarge => Err(Refusal::too_large()),
            Whole::CutOff => Err(Refusal::unreadable("The body did not arrive whole.")),
        }
    }
}

/// The first [`BODY_LIMIT`] bytes of a body, whatever they are.
#[derive(Debug)]
pub struct Head {
    /// What arrived.
    pub bytes: Vec<u8>,
    /// Whether that is all of it.
    pub whole: Whole,
}

/// Whether a body was read to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whole {
    /// The connection broke off.
    CutOff,
    /// There is more than is read.
    TooLarge,
    /// It was.
    Yes,
}

impl<S: Sync> FromRequest<S> for Head {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(request.into_body()).await)
    }
}

impl Head {
    /// Reads up to the limit. Never fails: a body that breaks off, or does not arrive within
    /// [`BODY_WITHIN`], is what arrived of it.
    pub async fn read(body: Body) -> Self {
        let mut head = Self {
            bytes: Vec::new(),
            whole: Whole::CutOff,
        };
        // What arrived in time stays.
        let _ = timeout(BODY_WITHIN, head.fill(body)).await;
        head
    }

    async fn fill(&mut self, body: Body) {
        let expected = usize::try_from(body.size_hint().lower()).unwrap_or(BODY_LIMIT);
        self.bytes.reserve(expected.min(BODY_LIMIT));
        let mut chunks = body.into_data_stream();
        while let Some(chunk) = chunks.next().await {
            let Ok(chunk): Result<Bytes, _> = chunk else {
                return;
            };
            let room = BODY_LIMIT - self.bytes.len();
            self.bytes
                .extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                self.whole = Whole::TooLarge;
                return;
            }
        }
        self.whole = Whole::Yes;
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| {
        let at = format!("line {}, column {}", error.line(), error.column());
        let detail = match error.classify() {
            Category::Data => {
                let problems = serde_json::from_slice(bytes)
                    .map(|value| civic_problems(&value))
                    .unwrap_or_default();
                if !problems.is_empty() {
                    return Refusal::not_acceptable(
                        "The address holds something that no address can have.",
                        problems,
                    );
                }
                format!("The body is JSON, but not of the shape this path takes ({at}).")
            }
            Category::Eof | Category::Io | Category::Syntax => {
                format!("The body is not JSON ({at}).")
            }
        };
        Refusal::new(ErrorCode::Unreadable, detail)
    })
}

/// The elements of the addresses in a body whose values no address can have.
fn civic_problems(body: &Value) -> Vec<Problem> {
    let Value::Object(members) = body else {
        return Vec::new();
    };
    members
        .iter()
        .flat_map(|(name, member)| match (name.as_str(), member) {
            ("address" | "civic_address", Value::Object(elements)) => elements
                .iter()
                .filter_map(|(key, value)| {
                    let key: CivicKey = key.parse().ok()?;
                    let error = CivicAddress::new().set(key, value.as_str()?).err()?;
                    Some(Problem {
                        code: match error {
                            CivicValueError::Control { .. } => ProblemCode::InvalidValue,
                            CivicValueError::TooLong { .. } => ProblemCode::TooLong,
                        },
                        field: Some(key),
                        text: error.to_string(),
                    })
                })
                .collect(),
            _ => civic_problems(member),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use api::location::ConfirmLocation;

    use super::*;

    fn refused(text: &str) -> String {
        let refusal = parse::<ConfirmLocation>(text.as_bytes()).unwrap_err();
        let body = refusal.into_body("req");
        format!("{:?} {} {:?}", body.code, body.detail, body.problems)
    }

    #[test]
    fn says_what_is_wrong_without_repeating_it() {
        let planted = [
            r#"{"place":{"seat":"742 Evergreen"#,
            "742 Evergreen",
            "",
            r#"{"742 Evergreen":1}"#,
            r#"{"place":{"seat":5},"declared_age_seconds":0}"#,
            r#"{"place":{"address":{"RD":"742 Evergreen\u0000"}},"declared_age_seconds":0}"#,
            r#"{"place":{"address":{"742 Evergreen":"x"}},"declared_age_seconds":0}"#,
            r#"{"place":{"seat":"S"},"declared_age_seconds":"742 Evergreen"}"#,
            r#"{"place":{"seat":"S"},"declared_age_seconds":-1}"#,
        ];
        let said: Vec<String> = planted.into_iter().map(refused).collect();
        assert!(
            !said.iter().any(|text| text.contains("Evergreen")),
            "{said:#?}"
        );
        insta::assert_snapshot!(said.join("\n"));
    }

    #[tokio::test]
    async fn reads_no_more_than_the_limit() {
        let exact = Head::read(Body::from(vec![b' '; BODY_LIMIT])).await;
        assert_eq!((exact.bytes.len(), exact.whole), (BODY_LIMIT, Whole::Yes));
        let more = Head::read(Body::from(vec![b' '; BODY_LIMIT + 1])).await;
        assert_eq!(
            (more.bytes.len(), more.whole),
            (BODY_LIMIT, Whole::TooLarge)
        );
    }
}
