//! What proves who is asking: tokens, API keys and enrolment codes.
//!
//! Tokens and keys are 256 random bits; nobody can guess them, so SHA-256 is enough at rest and
//! makes the look-up one indexed read. Enrolment codes are short because people type them, so what
//! is kept of them is slow to guess (argon2id), they live for minutes, and they work once.
//!
//! None of these types shows its content in `Debug`; [`secrecy`] wipes them when dropped.

mod api_key;
mod enrolment_code;
mod token;

pub use api_key::{ApiKey, KeyName, KeyNameError};
pub use enrolment_code::{CodeHash, EnrolmentCode, EnrolmentCodeError};
pub use token::{SecretHash, Token};
