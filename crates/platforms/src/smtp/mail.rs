use std::{fmt, time::SystemTime};

use async_trait::async_trait;
use emergency::notification::MailAddress;
use jiff::Timestamp;
use lettre::{
    Message,
    address::AddressError,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::DeliveryFault;

/// A mail to one person. Everybody gets their own, so that an address that is refused costs nobody
/// else theirs.
#[derive(Clone, Eq, PartialEq)]
pub struct Mail {
    /// Its name among all mails, without brackets: the same at every try, so that a mail that was
    /// taken twice is shown once.
    pub message_id: String,
    /// To whom.
    pub to: MailAddress,
    /// When it was written.
    pub at: Timestamp,
    /// The subject, one line.
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
}

impl fmt::Debug for Mail {
    /// Says nothing of what is in it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mail")
            .field("message_id", &self.message_id)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// Hands mail over.
#[async_trait]
pub trait Mailer: fmt::Debug + Send + Sync {
    /// Hands over one mail; when this answers, the mail server has taken responsibility for it.
    ///
    /// # Errors
    /// See [`DeliveryFault`].
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryFault>;
}

/// Writes a mail as RFC 5322 wants it.
pub(super) fn written(mail: &Mail, from: &Mailbox) -> Result<Message, MailError> {
    let to: Mailbox = mail.to.as_str().parse()?;
    let header = |name: &'static str, value: &str| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    // A subject is one line whatever a template made of it.
    let subject = mail
        .subject
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(subject)
        .date(SystemTime::from(mail.at))
        .message_id(Some(format!("<{}>", mail.message_id)))
        // RFC 3834: no out-of-office may answer this.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Importance", "high"))
        .raw_header(header("X-Priority", "1"))
        .multipart(MultiPart::alternative_plain_html(
            mail.text.clone(),
            mail.html.clone(),
        ))
        .map_err(|_| MailError::Unwritable)
}

/// Why a mail cannot be written down.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MailError {
    /// An address that the mail library does not take.
    #[error("an address cannot be mailed to")]
    Address,
    /// A header or body that cannot be put into a mail.
    #[error("the mail cannot be written")]
    Unwritable,
}

impl From<AddressError> for MailError {
    fn from(_: AddressError) -> Self {
        Self::Address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_says_what_it_is_and_is_one_part_of_each_kind() {
        let mail = Mail {
            message_id: "no_1@example.com".to_owned(),
            to: "desk@example.com".parse().unwrap(),
            at: "2026-11-20T10:00:00Z".parse().unwrap(),
            subject: "Emergency call:\r\nBcc: x@y.example Tomáš Novák".to_owned(),
            text: "Floor 5, Šeď".to_owned(),
            html: "<p>Floor 5</p>".to_owned(),
        };
        let from = "911-alerts@example.com".parse().unwrap();
        let written = String::from_utf8(written(&mail, &from).unwrap().formatted()).unwrap();
        for line in [
            "From: 911-alerts@example.com",
            "To: desk@example.com",
            "Message-ID: <no_1@example.com>",
            "Date: Fri, 20 Nov 2026 10:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/html; charset=utf-8",
        ] {
            assert!(written.contains(line), "{line} in\n{written}");
        }
        assert!(
            !written.lines().any(|line| line.starts_with("Bcc")),
            "{written}"
        );
        assert_eq!(
            format!("{mail:?}"),
            "Mail { message_id: \"no_1@example.com\", to: MailAddress(…@example.com), .. }"
        );
    }
}
