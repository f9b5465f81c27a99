use std::fmt;

use async_trait::async_trait;
use emergency::{CallKey, Username};
use jiff::Timestamp;

use crate::PlatformFault;

/// A call that its agent wants to end.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallToEnd {
    /// Names the wish; each is a new one.
    pub id: String,
    /// Whose call.
    pub agent: Username,
    /// The platform's name for it, and the name of the key it uses here.
    pub key: CallKey,
    /// Now.
    pub at: Timestamp,
}

/// Hangs up for an agent.
#[async_trait]
pub trait CallControl: fmt::Debug + Send + Sync {
    /// Asks the platform to end a call. It has taken the wish when this answers; that the call is over it
    /// says by itself, as of any call.
    ///
    /// # Errors
    /// When it has not, or nobody can say.
    async fn end_call(&self, call: &CallToEnd) -> Result<(), PlatformFault>;
}
