use std::fmt;

use api::emergency::Emergency;
use serde::Serialize;
use ts_rs::TS;

/// The emergency as the window shows it.
#[derive(Clone, PartialEq, Serialize, TS)]
pub struct EmergencyView {
    /// The call.
    pub emergency: Emergency,
    /// The callback number grouped as its country reads it.
    pub callback_number_grouped: Option<String>,
    /// The backend is away: this is what was last known.
    pub last_known: bool,
    /// "The call is over" is offered: the call has been open for two minutes.
    pub over_offered: bool,
}

impl fmt::Debug for EmergencyView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmergencyView")
            .field("emergency", &self.emergency)
            .field("last_known", &self.last_known)
            .field("over_offered", &self.over_offered)
            .finish_non_exhaustive()
    }
}
