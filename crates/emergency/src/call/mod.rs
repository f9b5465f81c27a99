//! The phases of a call, as values: open, ended with the callback window open, gone.

mod callback;
mod lifecycle;
mod window;

pub use callback::{Callback, CallbackState};
pub use lifecycle::{CallEvent, EmergencyCall, EndedBy};
pub use window::{CallPolicy, CallbackWindow};
