//! The desktop companion without a desktop.
//!
//! Everything the app decides is decided here, without windows, so that it can be tested in
//! seconds: what to ask, what to show, what to send and when. The shell around it draws
//! [`view::View`] and forwards what people do.
//!
//! - [`Companion`]: the handle the shell's commands forward to.
//! - [`shell`]: the verbs the shell implements.
//! - [`view`]: the one document the windows draw; [`tray`]: the tray as a function of it.

mod companion;
pub mod shell;
pub mod tray;
pub mod view;

pub use companion::{Companion, Declare, Launch};
pub use {api, location};
#[allow(missing_docs)]
pub struct Folder;
#[allow(missing_docs)]
impl Folder { pub fn new(_p: std::path::PathBuf) -> Self { Self } }
impl shell::Disk for Folder {
    fn read(&self, _: &str) -> std::io::Result<Option<Vec<u8>>> { Ok(None) }
    fn write(&self, _: &str, _: &[u8]) -> std::io::Result<()> { Ok(()) }
    fn erase(&self, _: &str) -> std::io::Result<()> { Ok(()) }
    fn set_aside(&self, _: &str) -> std::io::Result<()> { Ok(()) }
}
