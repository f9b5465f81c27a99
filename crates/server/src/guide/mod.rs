//! The street guide (MSAG) on disk: how it is read, and by which layout.

mod file;

pub use file::{GuideError, layout, read};
