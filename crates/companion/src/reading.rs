//! Reading and checking addresses, with or without the server.

use std::time::Duration;

use api::address::{AddressCheck, CheckAddress, Interpretation};
use client::{Error, Session};
use location::{
    CivicAddress, Problem, ProblemCode, TypedAddress, UnsupportedCountry, detect_country,
    render::Profile,
};

use crate::view::{self, CommandError, View};

/// How long somebody who types waits for the server before this computer answers instead.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Reads a written address of this country; where none is given, of the country that the text
/// bears the marks of, or else of the agent's own.
pub(crate) fn interpret(text: &str, country: Option<&str>, view: &View) -> Interpretation {
    let own = || match &view.session {
        view::Session::SignedIn(signed_in) => signed_in.agent.country.parse().ok(),
        view::Session::SignedOut { .. } | view::Session::Starting => None,
    };
    let country = match country.map(str::parse).transpose() {
        Ok(given) => given
            .or_else(|| detect_country(&TypedAddress::from(text)))
            .or_else(own),
        Err(unsupported @ UnsupportedCountry) => {
            return Interpretation::refused(Problem {
                code: ProblemCode::UnsupportedCountry,
                field: None,
                text: unsupported.to_string(),
            });
        }
    };
    Interpretation::of(text, country)
}

/// What the server says about an address or, when it does not answer soon, what can be said here.
pub(crate) async fn check(
    session: Option<Session>,
    address: CivicAddress,
) -> Result<AddressCheck, CommandError> {
    let request = CheckAddress { address };
    let asked = session.is_some();
    if let Some(session) = session {
        match tokio::time::timeout(PATIENCE, session.check(&request)).await {
            Ok(Ok(found)) => return Ok(found),
            Ok(Err(refused @ Error::Refused(_))) => return Err(CommandError::from(&refused)),
            Ok(Err(Error::SignedOut(_) | Error::UnexpectedAnswer(_) | Error::Unreachable(_)))
            | Err(_) => {}
        }
    }
    let mut found = AddressCheck::unaided(&request.address, Profile::AmazonConnect);
    if asked && found.problems.is_empty() {
        found
            .notes
            .push("The server did not answer, so nothing checked this address.".to_owned());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use location::{CivicKey, Verdict};

    use super::*;

    const TYPED: &str = "2121 7th Ave, Floor 5, Seattle, WA 98121";

    #[test]
    fn an_address_is_read_without_anybody_being_signed_in() {
        let read = interpret(TYPED, None, &View::starting());
        assert!(read.problems.is_empty());
        assert_eq!(read.fields.get(CivicKey::Flr), Some("5"));
        let read = interpret(TYPED, Some("Atlantis"), &View::starting());
        assert_eq!(read.problems[0].code, ProblemCode::UnsupportedCountry);
    }

    #[tokio::test]
    async fn an_address_is_checked_without_the_server() {
        let read = interpret(TYPED, Some("us"), &View::starting());
        let found = check(None, read.fields).await.unwrap();
        assert_eq!(found.verdict, Verdict::Unchecked);
        assert!(found.responder_view.text.contains("2121"));
    }
}
