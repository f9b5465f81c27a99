use api::error::ErrorCode;
use client::{Error, Refusal};
use location::Problem;
use serde::Serialize;
use ts_rs::TS;

/// Why something the agent asked for did not happen. The screens switch on `code`.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CommandError {
    /// Stable name.
    pub code: CommandErrorCode,
    /// A sentence, in English, for logs and unknown codes.
    pub message: String,
    /// What keeps an address from being acceptable.
    pub problems: Vec<Problem>,
}

/// Stable names of what can go wrong: the server's, and this computer's own.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(untagged)]
pub enum CommandErrorCode {
    /// It went wrong here.
    Local(LocalErrorCode),
    /// The server said so.
    Server(ErrorCode),
}

/// What can go wrong on this computer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LocalErrorCode {
    /// This computer does not say what it hears and speaks with.
    AudioUnknown,
    /// The server's address is no address.
    BadServerAddress,
    /// An emergency call is open; this has to wait until it is over.
    EmergencyOpen,
    /// The keychain does not answer.
    KeychainUnavailable,
    /// The operating system gives no random numbers.
    NoRandomness,
    /// A file could not be written.
    NotSaved,
    /// Nobody is signed in.
    NotSignedIn,
    /// The server cannot be reached.
    Offline,
    /// Nothing here shows the sound settings.
    SoundSettingsMissing,
    /// The server answered something that is not Whereabouts.
    UnexpectedAnswer,
}

impl CommandError {
    /// Something went wrong here.
    pub(crate) fn local(code: LocalErrorCode, reason: &dyn std::fmt::Display) -> Self {
        Self {
            code: CommandErrorCode::Local(code),
            message: reason.to_string(),
            problems: Vec::new(),
        }
    }

    pub(crate) fn is(&self, code: LocalErrorCode) -> bool {
        self.code == CommandErrorCode::Local(code)
    }
}

impl From<LocalErrorCode> for CommandError {
    fn from(code: LocalErrorCode) -> Self {
        let text = match code {
            LocalErrorCode::AudioUnknown => "This computer does not name its audio devices.",
            LocalErrorCode::BadServerAddress => "That is not a server's address.",
            LocalErrorCode::EmergencyOpen => {
                "An emergency call is open. This has to wait until it is over."
            }
            LocalErrorCode::KeychainUnavailable => {
                "This computer's keychain does not answer. Unlock it, or sign in for now."
            }
            LocalErrorCode::NoRandomness => "The operating system gives no random numbers.",
            LocalErrorCode::NotSaved => "The file could not be saved on this computer.",
            LocalErrorCode::NotSignedIn => "Nobody is signed in.",
            LocalErrorCode::Offline => "The server cannot be reached.",
            LocalErrorCode::SoundSettingsMissing => "The sound settings cannot be opened here.",
            LocalErrorCode::UnexpectedAnswer => "What answered is not a Whereabouts server.",
        };
        Self::local(code, &text)
    }
}

impl From<&Refusal> for CommandError {
    fn from(refusal: &Refusal) -> Self {
        Self {
            code: CommandErrorCode::Server(refusal.code),
            message: refusal.detail.clone(),
            problems: refusal.problems.clone(),
        }
    }
}

impl From<&Error> for CommandError {
    fn from(error: &Error) -> Self {
        match error {
            Error::Refused(refusal) | Error::SignedOut(refusal) => Self::from(&**refusal),
            Error::UnexpectedAnswer(_) => LocalErrorCode::UnexpectedAnswer.into(),
            Error::Unreachable(_) => LocalErrorCode::Offline.into(),
        }
    }
}
