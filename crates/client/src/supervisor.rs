//! The calls of supervisors and the security desk.

use api::{
    break_glass::{BreakGlass, OpenedAddress},
    emergency::{Emergencies, EmergencySummary},
    paths,
    roster::Roster,
};
use reqwest::Method;

use crate::{Error, Session};

impl Session {
    /// A page of the roster; `after` is the `next` of the page before.
    ///
    /// # Errors
    /// [`Error::Refused`] with `forbidden` in another role; see [`Error`].
    pub async fn roster(&self, after: Option<&str>) -> Result<Roster, Error> {
        self.answer(|client| {
            let request = client.request(Method::GET, paths::ROSTER, &[]);
            match after {
                Some(after) => request.query(&[("after", after)]),
                None => request,
            }
        })
        .await
    }

    /// "The call is over", said of somebody else's call.
    ///
    /// # Errors
    /// [`Error::Refused`] with `forbidden` in another role, with `not_found` when no such call is open; see
    /// [`Error`].
    pub async fn call_is_over(&self, reference: &str) -> Result<(), Error> {
        self.done(|client| client.request(Method::POST, paths::EMERGENCY_OVER, &[reference]))
            .await
    }

    /// Every emergency that is open or whose callback window is.
    ///
    /// # Errors
    /// [`Error::Refused`] with `forbidden` in another role; see [`Error`].
    pub async fn emergencies(&self) -> Result<Emergencies, Error> {
        self.answer(|client| client.request(Method::GET, paths::EMERGENCIES, &[]))
            .await
    }

    /// "I am handling this." A call is named by its `reference`.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found` when nothing is left of the call; see [`Error`].
    pub async fn acknowledge_emergency(&self, reference: &str) -> Result<EmergencySummary, Error> {
        self.answer(|client| {
            client.request(
                Method::POST,
                paths::EMERGENCY_ACKNOWLEDGEMENTS,
                &[reference],
            )
        })
        .await
    }

    /// Opens the address of an agent. It is on record, and the agent is told.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_acceptable` when no call is open and the reason does not do; see
    /// [`Error`].
    pub async fn open_address(
        &self,
        username: &str,
        reason: Option<String>,
    ) -> Result<OpenedAddress, Error> {
        let body = BreakGlass { reason };
        self.answer(|client| {
            client
                .request(Method::POST, paths::ROSTER_BREAK_GLASS, &[username])
                .json(&body)
        })
        .await
    }
}
