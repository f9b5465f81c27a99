//! The desktop shell of Whereabouts: windows, tray, keychain, files. It decides nothing; what to
//! show and when is decided by [`companion`].

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;

use arguments::Arguments;
use clap::Parser;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![painted])
        .setup(move |app| {
            if !arguments.tray {
                let config = app
                    .config()
                    .app
                    .windows
                    .iter()
                    .find(|window| window.label == "main")
                    .expect("main");
                tauri::WebviewWindowBuilder::from_config(app, config)?.build()?;
            }
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

#[tauri::command]
fn painted() {}
