//! The emergency window: on top of everything, top centre, never in the way of the keyboard.

use companion::{Companion, shell::Window};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager};

use super::{
    drawing, label, make,
    place::{Area, Size},
};

/// How wide the window is, in CSS pixels.
const WIDTH: f64 = 720.0;

/// How wide what is left of it is, when it was shrunk after the call.
const PILL_WIDTH: f64 = 400.0;

/// How high it is before its page has said what it needs.
const FIRST_HEIGHT: f64 = 320.0;

/// Less than this is no content.
const LEAST_HEIGHT: f64 = 40.0;

/// The size the window has to have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    height: f64,
    small: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            height: FIRST_HEIGHT,
            small: false,
        }
    }
}

impl Shape {
    /// The content needs this height, in CSS pixels. What is no height is ignored.
    pub(crate) fn content(&mut self, height: f64) {
        if height.is_finite() && height >= LEAST_HEIGHT {
            self.height = height;
        }
    }

    /// Small, as a pill, or large.
    pub(crate) fn shrink(&mut self, small: bool) {
        self.small = small;
    }

    fn size(self) -> Size {
        Size {
            width: if self.small { PILL_WIDTH } else { WIDTH },
            height: self.height,
        }
    }
}

/// Makes the window, or brings it to the front without giving it the keyboard.
pub(crate) fn show(app: &AppHandle, shape: Shape) -> anyhow::Result<()> {
    let Some(window) = app.get_webview_window(label(Window::Emergency)) else {
        let (size, corner) = place(app, shape);
        let view = serde_json::to_string(&app.state::<Companion>().snapshot())?;
        return make(app, Window::Emergency, move |builder| {
            builder
                .inner_size(size.width, size.height)
                .position(corner.x, corner.y)
                .initialization_script(first_view(&view))
        });
    };
    drawing::end_if_hung(&window)?;
    window.unminimize()?;
    window.set_always_on_top(true)?;
    window.show()?;
    arrange(app, shape)
}

/// Gives the page what it has to show along with its code, so that the first frame shows it
/// already. What it asks for afterwards is newer. JSON is JavaScript.
fn first_view(view: &str) -> String {
    format!("window.firstView = {view};")
}

/// Gives the window, if there is one, its size, at the top centre.
pub(crate) fn arrange(app: &AppHandle, shape: Shape) -> anyhow::Result<()> {
    let Some(window) = app.get_webview_window(label(Window::Emergency)) else {
        return Ok(());
    };
    let (size, corner) = place(app, shape);
    window.set_size(LogicalSize::new(size.width, size.height))?;
    window.set_position(corner)?;
    Ok(())
}

/// Where another window of this size goes so that it does not hide behind the emergency; nothing
/// when there is none.
pub(super) fn beside(app: &AppHandle, shape: Shape, window: Size) -> Option<LogicalPosition<f64>> {
    app.get_webview_window(label(Window::Emergency))?;
    let screen = screen(app);
    Some(screen.beside(screen.fit(shape.size()), window))
}

fn place(app: &AppHandle, shape: Shape) -> (Size, LogicalPosition<f64>) {
    let screen = screen(app);
    let size = screen.fit(shape.size());
    (size, screen.top_centre(size))
}

/// The primary monitor. Where the desktop does not know it: the corner of the first one.
fn screen(app: &AppHandle) -> Area {
    let monitor = app.primary_monitor().ok().flatten();
    monitor.map_or(Area::unknown(), |monitor| {
        Area::of(*monitor.work_area(), monitor.scale_factor())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_as_high_as_its_content() {
        let mut shape = Shape::default();
        shape.content(410.5);
        assert_eq!(shape.size().height, 410.5);
        for nonsense in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            shape.content(nonsense);
            assert_eq!(shape.size().height, 410.5);
        }
    }

    #[test]
    fn a_pill_is_narrower_and_grows_back() {
        let mut shape = Shape::default();
        let large = shape.size();
        shape.shrink(true);
        assert!(shape.size().width < large.width);
        shape.shrink(false);
        assert_eq!(shape.size(), large);
    }
}
