//! The desktop companion without a desktop.
//!
//! Everything the app decides is decided here, without windows, so that it can be tested in
//! seconds: what to ask, what to show, what to send and when. The shell around it draws
//! [`view::View`] and forwards what people do.
//!
//! - [`Companion`]: the handle the shell's commands forward to.
//! - [`shell`]: the verbs the shell implements.
//! - [`view`]: the one document the windows draw; [`tray`]: the tray as a function of it.
//! - [`core`]: what is decided, without I/O; the driver does what it says.

mod abroad;
pub mod clock;
mod companion;
pub mod core;
mod driver;
mod folder;
mod handing_over;
mod language;
mod random;
mod reading;
mod sealed;
pub mod shell;
pub mod tray;
pub mod view;

pub use ::{api, jiff, location};

pub use abroad::Abroad;
pub use companion::{Companion, Declare, Launch};
pub use core::Core;
pub use folder::Folder;
pub use language::{Language, Speech};
