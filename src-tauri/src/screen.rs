//! The companion's verbs for windows and tray, carried out one after the other on a thread of
//! their own: making a window waits for the desktop, and the companion must not.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::mpsc,
    thread,
};

use anyhow::Context;
use companion::{
    Companion,
    api::{emergency::Phase, roster::RosterFrame},
    shell::{Screen, Window},
    tray::Tray,
    view::View,
};
use tauri::{AppHandle, Emitter, Manager};

use crate::{
    tray::TrayIcon,
    window::{self, emergency, main_window},
};

/// The event that carries a [`View`] to every window.
const VIEW: &str = "view";

/// The event that carries a [`RosterFrame`] to the main window.
const ROSTER: &str = "roster";

type Verb = Box<dyn FnOnce(&mut Desktop) -> anyhow::Result<()> + Send>;

/// A verb, and what it is called in the log.
struct Named {
    name: &'static str,
    verb: Verb,
}

/// Windows and tray of this app.
#[derive(Clone, Debug)]
pub(crate) struct DesktopScreen {
    verbs: mpsc::Sender<Named>,
}

/// What the thread that carries the verbs out owns.
struct Desktop {
    app: AppHandle,
    tray: TrayIcon,
    emergency: emergency::Shape,
}

/// Verbs that wait for the desktop to be there.
#[derive(Debug)]
pub(crate) struct Waiting(mpsc::Receiver<Named>);

impl Waiting {
    /// Carries them out, and those that follow, on a thread of their own.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(crate) fn carry_out(self, app: AppHandle) -> anyhow::Result<()> {
        let mut desktop = Desktop {
            tray: TrayIcon::new(app.clone()),
            emergency: emergency::Shape::default(),
            app,
        };
        thread::Builder::new()
            .name("screen".to_owned())
            .spawn(move || {
                for Named { name, verb } in self.0 {
                    desktop.carry_out(name, verb);
                }
            })
            .context("the thread for windows and tray")?;
        Ok(())
    }
}

impl DesktopScreen {
    /// A screen, and what it is asked before the desktop is there.
    pub(crate) fn new() -> (Self, Waiting) {
        let (verbs, waiting) = mpsc::channel();
        (Self { verbs }, Waiting(waiting))
    }

    /// The agent closed the main window: it is destroyed, for its memory, where the tray icon
    /// leads back to it, and minimised where nothing would.
    pub(crate) fn close_main(&self) {
        self.post("close", |desktop| {
            if desktop.tray.is_seen() {
                window::destroy(&desktop.app, Window::Main)
            } else {
                window::minimise(&desktop.app, Window::Main)
            }
        });
    }

    /// The content of the emergency window is this high, in CSS pixels.
    pub(crate) fn fit_emergency(&self, height: f64) {
        self.post("fit", move |desktop| {
            desktop.emergency.content(height);
            emergency::arrange(&desktop.app, desktop.emergency)
        });
    }

    /// The agent wants the emergency window small, or large again. It stays large while the
    /// call is open.
    pub(crate) fn shrink_emergency(&self, small: bool) {
        self.post("shrink", move |desktop| {
            desktop.emergency.shrink(small && !desktop.call_is_open());
            emergency::arrange(&desktop.app, desktop.emergency)
        });
    }

    fn post<F>(&self, name: &'static str, verb: F)
    where
        F: FnOnce(&mut Desktop) -> anyhow::Result<()> + Send + 'static,
    {
        let verb = Box::new(verb);
        if self.verbs.send(Named { name, verb }).is_err() {
            tracing::error!(verb = name, "the thread for windows and tray is gone");
        }
    }
}

impl Screen for DesktopScreen {
    fn show(&self, window: Window) {
        self.post("show", move |desktop| desktop.show(window));
    }

    fn alert(&self) {
        self.post("alert", |desktop| {
            main_window::alert(&desktop.app, desktop.emergency)
        });
    }

    fn destroy(&self, window: Window) {
        self.post("destroy", move |desktop| {
            window::destroy(&desktop.app, window)
        });
    }

    fn draw_tray(&self, tray: &Tray) {
        let tray = tray.clone();
        self.post("draw_tray", move |desktop| desktop.tray.draw(tray));
    }

    fn emit_view(&self, view: &View) {
        let view = view.clone();
        self.post(VIEW, move |desktop| {
            desktop.app.emit(VIEW, view)?;
            Ok(())
        });
    }

    fn emit_roster(&self, roster: &RosterFrame) {
        let roster = roster.clone();
        self.post(ROSTER, move |desktop| {
            let main = window::label(Window::Main);
            desktop.app.emit_to(main, ROSTER, roster)?;
            Ok(())
        });
    }

    fn quit(&self) {
        self.post("quit", |desktop| {
            desktop.app.exit(0);
            Ok(())
        });
    }
}

impl Desktop {
    /// A verb that fails, or even panics, must not keep the next one from being carried out: the
    /// next one may be the emergency.
    fn carry_out(&mut self, name: &'static str, verb: Verb) {
        match panic::catch_unwind(AssertUnwindSafe(|| verb(self))) {
            Ok(Ok(())) => tracing::debug!(verb = name, "done"),
            Ok(Err(error)) => tracing::error!(verb = name, error = format!("{error:#}"), "failed"),
            Err(_) => tracing::error!(verb = name, "panicked"),
        }
    }

    fn call_is_open(&self) -> bool {
        let view = self.app.state::<Companion>().snapshot();
        view.emergency
            .is_some_and(|shown| shown.emergency.phase == Phase::Open)
    }

    fn show(&mut self, window: Window) -> anyhow::Result<()> {
        match window {
            Window::Emergency => {
                self.emergency.shrink(false);
                emergency::show(&self.app, self.emergency)
            }
            Window::Main => main_window::show(&self.app, self.emergency),
        }
    }
}
