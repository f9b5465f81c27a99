use std::fmt;

/// Why something was not delivered.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum DeliveryFault {
    /// The receiver will never take it.
    #[error("refused for good ({0})")]
    Permanent(FaultCode),
    /// It may go through later. Whatever is in doubt is this: two notices are better than none.
    #[error("not delivered this time ({0})")]
    Transient(FaultCode),
}

impl DeliveryFault {
    /// What happened, as a code that may stand in a log.
    #[must_use]
    pub const fn code(&self) -> &FaultCode {
        match self {
            Self::Permanent(code) | Self::Transient(code) => code,
        }
    }
}

/// What happened, as a word that holds nothing of the message or the receiver: `unreachable`,
/// `smtp_550`, `http_503`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FaultCode(String);

impl FaultCode {
    pub(crate) fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FaultCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
