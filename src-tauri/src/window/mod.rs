//! The windows: made when they are wanted, destroyed when they are not, because a hidden one
//! keeps all its memory.

#[cfg(target_os = "linux")]
mod drawing;
pub(crate) mod emergency;
pub(crate) mod main_window;
mod place;

#[cfg(target_os = "linux")]
use std::sync::mpsc;

use anyhow::Context;
use companion::{Companion, shell::Window};
use tauri::{AppHandle, Manager, Url, WebviewWindowBuilder, WindowEvent};

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
fn make<F>(app: &AppHandle, window: Window, refine: F) -> anyhow::Result<()>
where
    F: FnOnce(Builder<'_>) -> Builder<'_> + Send + 'static,
{
    let maker = app.clone();
    on_desktop(app, move || {
        let name = label(window);
        let mut described = maker.config().app.windows.iter();
        let config = described
            .find(|config| config.label == name)
            .with_context(|| format!("tauri.conf.json has no window {name}"))?;
        let builder = WebviewWindowBuilder::from_config(&maker, config)?
            .on_navigation(|url| is_own(url, cfg!(feature = "custom-protocol")));
        let builder = drawing::share(refine(builder), window);
        drawing::watch_over(&builder.build()?, window)?;
        maker.state::<Companion>().opened(window);
        Ok(())
    })
}

/// Does it on the desktop's own thread, which alone knows the processes that draw.
#[cfg(target_os = "linux")]
fn on_desktop<F>(app: &AppHandle, work: F) -> anyhow::Result<()>
where
    F: FnOnce() -> anyhow::Result<()> + Send + 'static,
{
    let (sender, done) = mpsc::channel();
    app.run_on_main_thread(move || {
        // The other side waits below.
        sender.send(work()).ok();
    })?;
    done.recv().context("the desktop's thread is gone")?
}

/// Does it here: elsewhere a window that is made on the desktop's own thread would wait for itself.
#[cfg(not(target_os = "linux"))]
fn on_desktop<F>(_app: &AppHandle, work: F) -> anyhow::Result<()>
where
    F: FnOnce() -> anyhow::Result<()>,
{
    work()
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

/// Elsewhere the system's own browser looks after the processes that draw.
#[cfg(not(target_os = "linux"))]
mod drawing {
    use companion::shell::Window;
    use tauri::WebviewWindow;

    use super::Builder;

    pub(super) fn share<'a>(builder: Builder<'a>, _window: Window) -> Builder<'a> {
        builder
    }

    pub(super) fn watch_over(_window: &WebviewWindow, _which: Window) -> tauri::Result<()> {
        Ok(())
    }

    pub(super) fn end_if_hung(_window: &WebviewWindow) -> tauri::Result<()> {
        Ok(())
    }
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
