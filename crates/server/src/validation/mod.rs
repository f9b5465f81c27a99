//! Whether an address exists: who is asked, in which order, and what the answer means.
//!
//! [`Validators`] asks one after the other until one says yes or no: the organisation's own street
//! guide first, then the location validation server. One that is down, slow or knows nothing of the
//! place is passed over, and its reason told. All together have [`PATIENCE`]; then the address is
//! `unchecked`. Nothing of this stands on the way of an emergency call: what is served was checked
//! when it was confirmed.

mod check;
mod local_guide;
mod offered;
mod validators;

pub use check::Check;
pub use local_guide::{LocalGuide, Watch};
pub use offered::Offered;
pub use validators::{PATIENCE, Validators};
