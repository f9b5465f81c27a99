use emergency::presence::Fault;

use crate::FaultCode;

/// Why a platform did not do as it was asked.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PlatformFault {
    /// Nobody can say whether it did, or will.
    #[error("nobody can say whether it was done ({0})")]
    InDoubt(FaultCode),
    /// It did not.
    #[error("it was not done ({0})")]
    Refused(FaultCode),
}

impl PlatformFault {
    /// What happened, as a code that may stand in a log.
    #[must_use]
    pub const fn code(&self) -> &FaultCode {
        match self {
            Self::InDoubt(code) | Self::Refused(code) => code,
        }
    }

    /// What that means for an agent's status.
    #[must_use]
    pub const fn of_presence(&self) -> Fault {
        match self {
            Self::InDoubt(_) => Fault::InDoubt,
            Self::Refused(_) => Fault::Refused,
        }
    }

    pub(crate) fn in_doubt(code: impl Into<String>) -> Self {
        Self::InDoubt(FaultCode::new(code))
    }

    pub(crate) fn refused(code: impl Into<String>) -> Self {
        Self::Refused(FaultCode::new(code))
    }
}
