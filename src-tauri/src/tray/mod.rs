//! The tray icon and its menu. A desktop without a tray is no fault: the app goes on without.

mod host;
mod icon;

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use companion::{
    Companion,
    tray::{Action, Item, Tray},
};
use tauri::{
    AppHandle, Manager,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::TrayIconBuilder,
};

/// The name by which Tauri knows the icon.
const ID: &str = "tray";

/// The icon as it was drawn last.
#[derive(Debug)]
pub(crate) struct TrayIcon {
    app: AppHandle,
    drawn: Option<Tray>,
    broken: Arc<AtomicBool>,
}

impl TrayIcon {
    /// An icon that was not drawn yet.
    pub(crate) fn new(app: AppHandle) -> Self {
        Self {
            app,
            drawn: None,
            broken: Arc::default(),
        }
    }

    /// Draws the icon, its tooltip and its menu, if anything about them changed.
    pub(crate) fn draw(&mut self, tray: Tray) -> anyhow::Result<()> {
        if self.drawn.as_ref() == Some(&tray) || self.broken.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.drawn = Some(tray.clone());
        let app = self.app.clone();
        let broken = Arc::clone(&self.broken);
        self.app.run_on_main_thread(move || {
            // The library that draws is opened when it is first needed; where it is missing that
            // panics, and a panic may not pass through GTK.
            let drawn = panic::catch_unwind(AssertUnwindSafe(|| draw(&app, &tray)));
            match drawn {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "the tray icon could not be drawn"),
                Err(_) => {
                    broken.store(true, Ordering::Relaxed);
                    tracing::warn!("there is no tray icon: its library is missing");
                }
            }
        })?;
        Ok(())
    }

    /// Whether the agent can see the icon. Asks the desktop, because drawing always succeeds.
    pub(crate) fn is_seen(&self) -> bool {
        self.drawn.is_some() && !self.broken.load(Ordering::Relaxed) && host::is_there()
    }
}

/// A choice in the menu, for the companion.
pub(crate) fn on_menu(app: &AppHandle, event: &MenuEvent) {
    let chosen = Action::ALL
        .into_iter()
        .find(|action| event.id() == action.as_str());
    if let Some(action) = chosen {
        app.state::<Companion>().choose(action);
    }
}

fn draw(app: &AppHandle, tray: &Tray) -> tauri::Result<()> {
    let menu = menu(app, &tray.menu)?;
    let image = icon::image(tray.icon);
    let Some(icon) = app.tray_by_id(ID) else {
        TrayIconBuilder::with_id(ID)
            .icon(image)
            .tooltip(&tray.status)
            .menu(&menu)
            .build(app)?;
        return Ok(());
    };
    icon.set_icon(Some(image))?;
    icon.set_tooltip(Some(&tray.status))?;
    icon.set_menu(Some(menu))?;
    Ok(())
}

fn menu(app: &AppHandle, items: &[Item]) -> tauri::Result<Menu<tauri::Wry>> {
    let menu = Menu::new(app)?;
    for item in items {
        match item {
            Item::Choice { action, label } => {
                let id = action.as_str();
                menu.append(&MenuItem::with_id(app, id, plain(label), true, NO_KEY)?)?;
            }
            Item::Line(text) => menu.append(&MenuItem::new(app, plain(text), false, NO_KEY)?)?,
            Item::Separator => menu.append(&PredefinedMenuItem::separator(app)?)?,
        }
    }
    Ok(menu)
}

const NO_KEY: Option<&str> = None;

/// The text as it is: `&` would otherwise underline the letter after it.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_of_two_streets_keeps_its_sign() {
        assert_eq!(plain("Pine St & 5th Ave"), "Pine St && 5th Ave");
    }
}
