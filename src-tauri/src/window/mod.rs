//! The windows: made when they are wanted, destroyed when they are not, because a hidden one
//! keeps all its memory.

pub(crate) mod emergency;
pub(crate) mod main_window;
mod place;

use anyhow::Context;
use companion::{Companion, shell::Window};
use tauri::{AppHandle, Manager, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::screen::DesktopScreen;

/// The name by which Tauri and the capability files know a window.
pub(crate) const fn label(window: Window) -> &'static str {
    match window {
        Window::Emergency => "emergency",
        Window::Main => "main",
    }
}

/// The window of this name.
pub(crate) fn of_label(name: &str) -> Option<Window> {
    [Window::Emergency, Window::Main]
        .into_iter()
        .find(|window| label(*window) == name)
}

/// Destroys the window if there is one.
pub(crate) fn destroy(app: &AppHandle, window: Window) -> anyhow::Result<()> {
    if let Some(window) = app.get_webview_window(label(window)) {
        window.destroy()?;
    }
    Ok(())
}

/// Minimises the window if there is one.
pub(crate) fn minimise(app: &AppHandle, window: Window) -> anyhow::Result<()> {
    if let Some(window) = app.get_webview_window(label(window)) {
        window.minimize()?;
    }
    Ok(())
}

/// What happens when the agent, or the desktop, does something to a window.
pub(crate) fn on_event(window: &tauri::Window, event: &WindowEvent) {
    let Some(known) = of_label(window.label()) else {
        return;
    };
    if let WindowEvent::CloseRequested { api, .. } = event {
        api.prevent_close();
        if known == Window::Main {
            window.state::<DesktopScreen>().close_main();
        }
    }
    if let WindowEvent::Destroyed = event {
        window.state::<Companion>().closed(known);
    }
}

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, AppHandle>;

/// Makes the window as `tauri.conf.json` describes it, refined by `refine`.
fn make(
    app: &AppHandle,
    window: Window,
    refine: impl FnOnce(Builder<'_>) -> Builder<'_>,
) -> anyhow::Result<WebviewWindow> {
    let name = label(window);
    let config = app.config().app.windows.iter();
    let config = config
        .into_iter()
        .find(|config| config.label == name)
        .with_context(|| format!("tauri.conf.json has no window {name}"))?;
    let builder = WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(|url| is_own(url, cfg!(feature = "custom-protocol")));
    let made = refine(builder).build()?;
    watch_over(&made)?;
    app.state::<Companion>().opened(window);
    Ok(made)
}

/// Whether the page is one of the app's own. Nothing else is ever loaded: a link or a file that is
/// dropped on a window must not take the place of the emergency.
fn is_own(url: &Url, embedded: bool) -> bool {
    let local = match url.scheme() {
        // Linux and macOS, and Windows.
        "tauri" => url.host_str() == Some("localhost"),
        "http" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    let development = url.host_str() == Some("127.0.0.1") && url.port() == Some(5173);
    local || (development && !embedded)
}

/// When the process that draws a window dies, the window stays and shows nothing. Without a
/// window the companion knows, and makes a new one where it matters.
#[cfg(target_os = "linux")]
fn watch_over(window: &WebviewWindow) -> anyhow::Result<()> {
    use webkit2gtk::{SettingsExt, WebViewExt};

    let dying = window.clone();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        if let Some(settings) = webview.settings().filter(|_| cfg!(debug_assertions)) {
            settings.set_enable_write_console_messages_to_stdout(true);
        }
        webview.connect_web_process_terminated(move |_, reason| {
            tracing::error!(window = dying.label(), ?reason, "what drew the window died");
            if let Err(error) = dying.destroy() {
                tracing::error!(window = dying.label(), %error, "it could not be destroyed");
            }
        });
    })?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn watch_over(_window: &WebviewWindow) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_window_is_found_by_its_name() {
        for window in [Window::Emergency, Window::Main] {
            assert_eq!(of_label(label(window)), Some(window));
        }
        assert_eq!(of_label("settings"), None);
    }

    #[test]
    fn only_the_apps_own_pages_are_loaded() {
        let own = |url: &str| is_own(&url.parse().unwrap(), true);
        assert!(own("tauri://localhost/emergency.html"));
        assert!(own("http://tauri.localhost/index.html"));
        for foreign in [
            "https://example.com/",
            "http://127.0.0.1:5173/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
        ] {
            assert!(!own(foreign), "{foreign}");
        }
        assert!(is_own(&"http://127.0.0.1:5173/".parse().unwrap(), false));
    }

    #[test]
    fn the_configuration_describes_every_window_and_makes_none_by_itself() {
        let config = include_str!("../../tauri.conf.json");
        let config: tauri::Config = serde_json::from_str(config).unwrap();
        for window in [Window::Emergency, Window::Main] {
            let described = config.app.windows.iter();
            let mut described = described.filter(|config| config.label == label(window));
            assert!(!described.next().unwrap().create);
        }
    }
}
