//! The agent's calls.

use api::{
    agent::Me,
    break_glass::AcknowledgeNotice,
    emergency::EmergencyShown,
    location::{ConfirmLocation, DeclineLocation, ServedLocation},
    paths,
    place::{Place, Places, SavePlace},
    site::{Seats, SiteDetail, Sites},
    test_call::ReportTestCall,
};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::{Error, Session};

/// Names one declaration across every attempt to send it, so that it counts once.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key from 16 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Session {
    /// The whole of what this desktop shows.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn me(&self) -> Result<Me, Error> {
        self.answer(|client| client.request(Method::GET, paths::ME, &[]))
            .await
    }

    /// Declares a location. Safe to repeat with the same key.
    ///
    /// # Errors
    /// [`Error::Refused`] with `superseded`, `ask_again`, `not_acceptable`, `not_found` (no such
    /// place) or `idempotency_key_reused`; see [`Error`].
    pub async fn confirm(
        &self,
        declaration: &ConfirmLocation,
        key: &IdempotencyKey,
    ) -> Result<ServedLocation, Error> {
        self.answer(|client| {
            client
                .request(Method::PUT, paths::ME_LOCATION, &[])
                .header("idempotency-key", key.as_str())
                .json(declaration)
        })
        .await
    }

    /// Would not say.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn decline(&self, reason: &str) -> Result<(), Error> {
        let body = DeclineLocation {
            reason: reason.to_owned(),
        };
        self.done(|client| {
            client
                .request(Method::POST, paths::ME_LOCATION_DECLINE, &[])
                .json(&body)
        })
        .await
    }

    /// The shift has ended.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_shift(&self) -> Result<(), Error> {
        self.done(|client| client.request(Method::POST, paths::ME_LOCATION_END, &[]))
            .await
    }

    /// "The banner of this call is on the screen", by its `reference` or `call_id`. The first time stands.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found` when there is no such call; see [`Error`].
    pub async fn banner_shown(&self, call: &str) -> Result<(), Error> {
        let body = EmergencyShown {
            call_id: call.to_owned(),
        };
        self.done(|client| {
            client
                .request(Method::POST, paths::ME_EMERGENCY_SHOWN, &[])
                .json(&body)
        })
        .await
    }

    /// "The call is over", when the platform never said so.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found` when no call is open; see [`Error`].
    pub async fn call_over(&self) -> Result<(), Error> {
        self.done(|client| client.request(Method::POST, paths::ME_EMERGENCY_OVER, &[]))
            .await
    }

    /// "I have read this notice."
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn acknowledge_notice(&self, read: &AcknowledgeNotice) -> Result<(), Error> {
        self.done(|client| {
            client
                .request(Method::POST, paths::ME_ACKNOWLEDGEMENTS, &[])
                .json(read)
        })
        .await
    }

    /// What the agent heard on a test call (933).
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found` when the call is not known any more; see [`Error`].
    pub async fn report_test_call(
        &self,
        call_id: &str,
        report: &ReportTestCall,
    ) -> Result<(), Error> {
        self.done(|client| {
            client
                .request(Method::POST, paths::ME_TEST_CALL_RESULT, &[call_id])
                .json(report)
        })
        .await
    }

    /// Has the platform hang up.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found` when no call is open or no platform can, with `unavailable` when
    /// it did not; see [`Error`].
    pub async fn end_call(&self) -> Result<(), Error> {
        self.done(|client| client.request(Method::POST, paths::ME_EMERGENCY_END_CALL, &[]))
            .await
    }

    /// Saved addresses.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn places(&self) -> Result<Places, Error> {
        self.answer(|client| client.request(Method::GET, paths::ME_PLACES, &[]))
            .await
    }

    /// Saves an address; with an identifier, replaces that one.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_acceptable` or `not_found`; see [`Error`].
    pub async fn save_place(&self, id: Option<&str>, place: &SavePlace) -> Result<Place, Error> {
        self.answer(|client| {
            match id {
                Some(id) => client.request(Method::PUT, paths::ME_PLACE, &[id]),
                None => client.request(Method::POST, paths::ME_PLACES, &[]),
            }
            .json(place)
        })
        .await
    }

    /// Deletes a saved address.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found`; see [`Error`].
    pub async fn delete_place(&self, id: &str) -> Result<(), Error> {
        self.done(|client| client.request(Method::DELETE, paths::ME_PLACE, &[id]))
            .await
    }

    /// Every site.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn sites(&self) -> Result<Sites, Error> {
        self.answer(|client| client.request(Method::GET, paths::SITES, &[]))
            .await
    }

    /// One site with its plans and seats.
    ///
    /// # Errors
    /// [`Error::Refused`] with `not_found`; see [`Error`].
    pub async fn site(&self, site_id: &str) -> Result<SiteDetail, Error> {
        self.answer(|client| client.request(Method::GET, paths::SITE, &[site_id]))
            .await
    }

    /// Seats that match.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn seats(&self, query: &str) -> Result<Seats, Error> {
        self.answer(|client| {
            client
                .request(Method::GET, paths::SEATS, &[])
                .query(&[("query", query)])
        })
        .await
    }
}
