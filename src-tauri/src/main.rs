//! The desktop shell of Whereabouts: windows, tray, keychain and files of this computer. What to
//! show and when is decided in [`companion`]; here it is carried out.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod arguments;
mod audio;
mod commands;
mod environment;
mod folders;
mod keychain;
mod logging;
mod screen;
mod tray;
mod window;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;

fn main() -> ExitCode {
    // Help and version are answered here, before there is anything of a desktop.
    let arguments = Arguments::parse();
    environment::prepare();
    let folder = folders::state();
    logging::start(folder.as_deref().ok());
    if let Err(error) = folder {
        tracing::warn!(
            error = format!("{error:#}"),
            "there is no folder for the log"
        );
    }
    match app::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "whoever starts it in a terminal is told there why it does not run"
)]
fn complain(error: &anyhow::Error) {
    eprintln!("whereabouts: {error:#}");
}
