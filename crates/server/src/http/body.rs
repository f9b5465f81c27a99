use std::{convert::Infallible, time::Duration};

use api::error::ErrorCode;
use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::{FromRequest, Request},
};
use location::{CivicAddress, CivicKey, CivicValueError, Problem, ProblemCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, error::Category};
use tokio::time::timeout;
use tokio_stream::StreamExt as _;

use super::Refusal;
use crate::telephony::Asked;

/// The largest body that is read, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;
/// The same of a telephony platform: attributes of a contact can be many, and the call is made all the same.
pub const HEAD_LIMIT: usize = 256 * 1024;
/// How long a body may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(5);
/// How long the rest of a body may take to arrive when what is there says enough to answer a platform.
const REST_WITHIN: Duration = Duration::from_millis(200);

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
        let mut head = Head::empty();
        // What arrived in time stays.
        let _ = timeout(
            BODY_WITHIN,
            head.fill(request.into_body(), BODY_LIMIT, false),
        )
        .await;
        let Head { bytes, whole } = head;
        match whole {
            Whole::Yes => parse(&bytes).map(Self),
            Whole::TooLarge => Err(Refusal::too_large()),
            Whole::CutOff => Err(Refusal::unreadable("The body did not arrive whole.")),
        }
    }
}

/// The first [`HEAD_LIMIT`] bytes of a telephony platform's body, whatever they are.
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
    fn empty() -> Self {
        Self {
            bytes: Vec::new(),
            whole: Whole::CutOff,
        }
    }

    /// Reads up to the limit. Never fails: a body that breaks off, or does not arrive in time, is what
    /// arrived of it. The end of a body is not waited for once it is one JSON object, and not for long once
    /// it says enough: a length that is wrong by one must not cost a call its time.
    pub async fn read(body: Body) -> Self {
        let mut head = Self::empty();
        let mut chunks = Chunks::of(body, HEAD_LIMIT, true);
        if timeout(REST_WITHIN, chunks.fill(&mut head)).await.is_err()
            && !Asked::is_enough(&head.bytes)
        {
            // What arrived in time stays.
            let _ = timeout(BODY_WITHIN, async {
                while !chunks.next(&mut head).await && !Asked::is_enough(&head.bytes) {}
            })
            .await;
        }
        head
    }

    async fn fill(&mut self, body: Body, limit: usize, until_object: bool) {
        Chunks::of(body, limit, until_object).fill(self).await;
    }
}

/// What is still to come of a body.
struct Chunks {
    stream: BodyDataStream,
    limit: usize,
    until_object: bool,
}

impl Chunks {
    fn of(body: Body, limit: usize, until_object: bool) -> Self {
        Self {
            stream: body.into_data_stream(),
            limit,
            until_object,
        }
    }

    async fn fill(&mut self, head: &mut Head) {
        while !self.next(head).await {}
    }

    /// Adds the next chunk. Says whether there is no more to come.
    async fn next(&mut self, head: &mut Head) -> bool {
        let chunk: Bytes = match self.stream.next().await {
            Some(Ok(chunk)) => chunk,
            Some(Err(_)) => return true,
            None => {
                head.whole = Whole::Yes;
                return true;
            }
        };
        let room = self.limit - head.bytes.len();
        head.bytes
            .extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            head.whole = Whole::TooLarge;
            return true;
        }
        if self.until_object && is_object(&head.bytes) {
            head.whole = Whole::Yes;
            return true;
        }
        false
    }
}

/// Whether this is one JSON object from end to end.
fn is_object(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    text.starts_with(b"{")
        && text.ends_with(b"}")
        && serde_json::from_slice::<IgnoredAny>(text).is_ok()
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
    use futures_util::stream;

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
        let exact = Head::read(Body::from(vec![b' '; HEAD_LIMIT])).await;
        assert_eq!((exact.bytes.len(), exact.whole), (HEAD_LIMIT, Whole::Yes));
        let more = Head::read(Body::from(vec![b' '; HEAD_LIMIT + 1])).await;
        assert_eq!(
            (more.bytes.len(), more.whole),
            (HEAD_LIMIT, Whole::TooLarge)
        );
    }

    /// A body that says something and then nothing more, and does not end.
    fn endless(text: &'static str) -> Body {
        let said = stream::iter([Ok::<_, Infallible>(Bytes::from_static(text.as_bytes()))]);
        Body::from_stream(said.chain(stream::pending()))
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_a_body_that_says_enough_is_not_waited_for() {
        for (text, within, whole) in [
            (r#"{"agent":"maria.chen","dialled":"911"}"#, 0, Whole::Yes),
            (
                r#"{"agent":"maria.chen","dialled":"911""#,
                200,
                Whole::CutOff,
            ),
            ("call_id=c&dialled=911", 200, Whole::CutOff),
            (r#"{"call_id":"c","#, 200, Whole::CutOff),
            ("nothing yet", 5_200, Whole::CutOff),
        ] {
            let began = tokio::time::Instant::now();
            let head = Head::read(endless(text)).await;
            assert_eq!((head.bytes, head.whole), (text.as_bytes().to_vec(), whole));
            assert_eq!(began.elapsed().as_millis(), within, "{text}");
        }
    }
}
