//! The processes that draw the windows' pages.
//!
//! The emergency window is drawn by the process of the main window while that is open: a process
//! of its own would be ready some 150 ms later. Should the two ever hang together, that process is
//! ended, and the emergency gets another.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use companion::shell::Window;
use gtk::{
    glib::{self, Propagation, WeakRef, object::ObjectExt},
    prelude::WidgetExt,
};
use tauri::WebviewWindow;
use webkit2gtk::{LoadEvent, SettingsExt, WebView, WebViewExt};

use super::Builder;

thread_local! {
    /// The main window's page. Only the desktop's own thread may touch it.
    static MAIN: RefCell<WeakRef<WebView>> = RefCell::default();
}

/// A page that is not loaded by then is drawn nevertheless.
const LOADED_AFTER_AT_MOST: Duration = Duration::from_secs(1);

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
        draw_once_loaded(&webview);
        if let Some(settings) = WebViewExt::settings(&webview).filter(|_| cfg!(debug_assertions)) {
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

/// Draws nothing of a page that is still being loaded.
///
/// While a window is drawn whose page has no picture yet, WebKitGTK asks the page for one, and the
/// app's thread stands still until it comes, for 500 ms at most (`ForceUpdate`, 2.50). A page that
/// is being loaded gives none, and what it loads comes from that very thread: each would wait for
/// the other, in one of six windows.
fn draw_once_loaded(webview: &WebView) {
    let held = Rc::new(Cell::new(Some(
        webview.connect_draw(|_, _| Propagation::Stop),
    )));
    let draw = move |webview: &WebView| {
        if let Some(held) = held.take() {
            webview.disconnect(held);
            webview.queue_draw();
        }
    };
    webview.connect_load_changed({
        let draw = draw.clone();
        move |webview, event| {
            if event == LoadEvent::Finished {
                draw(webview);
            }
        }
    });
    let webview = webview.downgrade();
    glib::timeout_add_local_once(LOADED_AFTER_AT_MOST, move || {
        if let Some(webview) = webview.upgrade() {
            draw(&webview);
        }
    });
}
