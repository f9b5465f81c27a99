//! The 911 centre's street guide (MSAG) on disk: reading it by a layout, and putting a new one in
//! place.

mod file;
mod install;

pub use file::{GuideError, layout, read};
pub use install::{Difference, install};
