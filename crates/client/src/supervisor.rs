//! The calls of supervisors and the security desk.

use api::{
    break_glass::{BreakGlass, OpenedAddress},
    drill::{Drills, StartDrill, StartedDrill},
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

    /// Runs a drill: everything that happens around an emergency call, without any call.
    ///
    /// # Errors
    /// [`Error::Refused`] with `drill_running` while another one runs, with `not_found` when it would reach
    /// nobody; see [`Error`].
    pub async fn start_drill(&self, whom: &StartDrill) -> Result<StartedDrill, Error> {
        self.answer(|client| client.request(Method::POST, paths::DRILLS, &[]).json(whom))
            .await
    }

    /// The last drills, the newest first.
    ///
    /// # Errors
    /// [`Error::Refused`] with `forbidden` in another role; see [`Error`].
    pub async fn drills(&self) -> Result<Drills, Error> {
        self.answer(|client| client.request(Method::GET, paths::DRILLS, &[]))
            .await
    }

    /// How a drill went, as a table for a spreadsheet (CSV).
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found` when there is no such drill; see [`Error`].
    pub async fn drill_table(&self, drill_id: &str) -> Result<String, Error> {
        self.text(|client| {
            client
                .request(Method::GET, paths::DRILL, &[drill_id])
                .query(&[("format", "csv")])
        })
        .await
    }
}
