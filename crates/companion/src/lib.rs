//! The desktop companion without a desktop.
//!
//! Everything the app decides is decided here, without windows, so that it can be tested in
//! seconds: what to ask, what to show, what to send and when. The shell around it draws
//! [`view::View`] and forwards what people do.

pub mod view;
