use lettre::transport::smtp::{Error, response::Code};

use crate::{DeliveryFault, FaultCode};

/// Answers that concern us and not the mail (RFC 4954 section 6): sign-in is missing, too weak or
/// wrong. Somebody will put that right, and the mail has to be there then.
const OURS: [u16; 4] = [530, 534, 535, 538];

/// What a failed try means. Only a mail server that says so refuses for good.
pub(super) fn fault(error: &Error) -> DeliveryFault {
    if let Some(code) = error.status().map(number) {
        let word = FaultCode::new(format!("smtp_{code}"));
        return if error.is_permanent() && !OURS.contains(&code) {
            DeliveryFault::Permanent(word)
        } else {
            DeliveryFault::Transient(word)
        };
    }
    DeliveryFault::Transient(FaultCode::new(if error.is_timeout() {
        "timeout"
    } else if error.is_tls() {
        "tls"
    } else if error.is_response() {
        "unreadable_answer"
    } else {
        "unreachable"
    }))
}

fn number(code: Code) -> u16 {
    code.into()
}
