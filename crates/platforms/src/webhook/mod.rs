//! Signed JSON by HTTP POST.
//!
//! Every request carries:
//!
//! | header | |
//! |---|---|
//! | `Whereabouts-Id` | names the notice, the same at every try: whoever has seen it may drop it |
//! | `Whereabouts-Timestamp` | when this try was made, in seconds since 1970 UTC |
//! | `Whereabouts-Signature` | `v1=` and the HMAC-SHA256, in hexadecimal, of timestamp, a full stop and the body; two, separated by a comma, while the secret is being changed |
//!
//! A receiver takes a request only when one of the signatures is right and the timestamp is no more
//! than five minutes off ([`verify`]): a request that was recorded cannot be sent again later.
//! Anything but a 2xx answer counts as not delivered; redirects are not followed.

mod address;
mod client;
mod platform;
mod post;
mod signature;

pub use address::{HookUrl, HookUrlError};
pub use platform::PlatformHook;
pub use post::{Hook, Hooks, Webhook, WebhookError};
pub use signature::{SECRET_LENGTH, Secrets, SecretsError, SignatureError, TOLERANCE, verify};

/// The header that names the notice.
pub const ID: &str = "whereabouts-id";
/// The header that says when the try was made.
pub const TIMESTAMP: &str = "whereabouts-timestamp";
/// The header with the signatures.
pub const SIGNATURE: &str = "whereabouts-signature";
