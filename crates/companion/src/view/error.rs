use api::error::ErrorCode;
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
    /// The server's address is no address.
    BadServerAddress,
    /// An emergency call is open; this has to wait until it is over.
    EmergencyOpen,
    /// The keychain does not answer.
    KeychainUnavailable,
    /// Nobody is signed in.
    NotSignedIn,
    /// The server cannot be reached.
    Offline,
    /// The server answered something that is not Whereabouts.
    UnexpectedAnswer,
}
