//! Mail over SMTP (RFC 5321), by `lettre` and rustls.
//!
//! A mail that carries somebody's home address never crosses a network in clear: `smtps://` is TLS
//! from the first byte (RFC 8314), `smtp://` insists on STARTTLS (RFC 3207) except on loopback, where
//! it is plain; `smtp+starttls://` insists there too.

mod fault;
mod mail;
mod server_url;
mod transport;

pub use mail::{Mail, MailError, Mailer};
pub(crate) use server_url::stays_here;
pub use server_url::{Security, ServerUrl, ServerUrlError};
pub use transport::{Credentials, Smtp, SmtpError, SmtpSettings};
