//! What people and platforms are shown, as pure functions of what the store knows and the time.

mod address;
mod agent;
mod alert;
mod banner;
mod calls;
mod coverage;
mod drill;
mod me;
mod notification;
mod place;
mod pools;
mod proposals;
mod roster;
mod seat;
mod served;
mod summary;

pub use address::{lines, one_line, profile, responder_view};
pub use agent::agent;
pub use alert::{Alert, Viewer, alert};
pub use banner::emergency;
pub use calls::{merge, next_change};
pub use coverage::coverage;
pub use drill::{drill, drill_csv};
pub use me::{me, me_changes_at};
pub use notification::notifications;
pub use place::{address_class, place, place_class};
pub use roster::{Row, row};
pub use seat::{seat_summary, site_detail, site_summary};
pub use served::served;
pub use summary::summary;
