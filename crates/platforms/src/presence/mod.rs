//! An agent's status on a platform: read, held at Do Not Disturb, and given back.
//!
//! What to ask when is decided by [`emergency::presence`]; an [`AgentPresence`] only asks. Whatever
//! adapter there is has to pass [`conformance::check`].

mod built_in;
#[cfg(any(feature = "conformance", test))]
pub mod conformance;

use std::fmt;

use async_trait::async_trait;
use emergency::{
    Username,
    presence::{Current, Mark, Status},
};
use jiff::Timestamp;

pub use built_in::BuiltIn;

use crate::PlatformFault;

/// Reads and sets statuses.
#[async_trait]
pub trait AgentPresence: fmt::Debug + Send + Sync {
    /// What the status is at `at`, which is now.
    ///
    /// # Errors
    /// When the platform does not say.
    async fn read(&self, agent: &Username, at: Timestamp) -> Result<Current, PlatformFault>;

    /// Sets Do Not Disturb, whatever the status is, and gives it as the platform has it. It ends by
    /// itself at `until`; set again before that it lasts longer.
    ///
    /// # Errors
    /// When the platform did not, or nobody can say.
    async fn hold(
        &self,
        agent: &Username,
        mark: &Mark,
        until: Timestamp,
        at: Timestamp,
    ) -> Result<Status, PlatformFault>;

    /// Sets a status back, or with `None` what the platform gives somebody who chose nothing; refuses
    /// when what stands is not what `mark` names, where the platform can tell.
    ///
    /// # Errors
    /// When the platform did not, or nobody can say.
    async fn restore(
        &self,
        agent: &Username,
        mark: &Mark,
        to: Option<&Status>,
        at: Timestamp,
    ) -> Result<(), PlatformFault>;
}
