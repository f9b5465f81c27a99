//! The processes that draw the windows' pages.
//!
//! The emergency window is drawn by the process of the main window while that is open: a process
//! of its own would be ready some 150 ms later. Should the two ever hang together, that process is
//! ended, and the emergency gets another.

use std::cell::RefCell;

use companion::shell::Window;
use gtk::glib::{WeakRef, object::ObjectExt};
use tauri::WebviewWindow;
use webkit2gtk::{SettingsExt, WebView, WebViewExt};

use super::Builder;

thread_local! {
    /// The main window's page. Only the desktop's own thread may touch it.
    static MAIN: RefCell<WeakRef<WebView>> = RefCell::default();
}

/// Lets the main window's process draw the window that is about to be made, if that process is
/// there and well. Call it on the desktop's own thread.
pub(super) fn share<'a>(builder: Builder<'a>, window: Window) -> Builder<'a> {
    let main = MAIN
        .with_borrow(WeakRef::upgrade)
        .filter(|main| window == Window::Emergency && main.is_web_process_responsive());
    match main {
        Some(main) => builder.with_related_view(main),
        None => builder,
    }
}

/// When the process that draws a window dies, the window stays and shows nothing. Without a
/// window the companion knows, and makes a new one where it matters.
pub(super) fn watch_over(window: &WebviewWindow, which: Window) -> tauri::Result<()> {
    let dying = window.clone();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        if which == Window::Main {
            MAIN.set(webview.downgrade());
        }
        if let Some(settings) = webview.settings().filter(|_| cfg!(debug_assertions)) {
            settings.set_enable_write_console_messages_to_stdout(true);
        }
        webview.connect_web_process_terminated(move |_, reason| {
            tracing::error!(window = dying.label(), ?reason, "what drew the window died");
            if let Err(error) = dying.destroy() {
                tracing::error!(window = dying.label(), %error, "it could not be destroyed");
            }
        });
    })
}

/// Ends the process that draws the window if it hangs, and so every window that it draws.
pub(super) fn end_if_hung(window: &WebviewWindow) -> tauri::Result<()> {
    let label = window.label().to_owned();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        if !webview.is_web_process_responsive() {
            tracing::error!(window = label, "what draws the window hangs");
            webview.terminate_web_process();
        }
    })
}
