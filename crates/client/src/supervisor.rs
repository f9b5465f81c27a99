//! The calls of supervisors and the security desk.

use api::{emergency::Emergencies, paths, roster::Roster};
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

    /// Every emergency that is open or whose callback window is.
    ///
    /// # Errors
    /// [`Error::Refused`] with `forbidden` in another role; see [`Error`].
    pub async fn emergencies(&self) -> Result<Emergencies, Error> {
        self.answer(|client| client.request(Method::GET, paths::EMERGENCIES, &[]))
            .await
    }
}
