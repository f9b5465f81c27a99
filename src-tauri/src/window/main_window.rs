//! The main window: where the agent says where they are.

use companion::shell::Window;
use tauri::{AppHandle, Manager};

use super::{
    emergency::{self, Shape},
    label, make,
    place::Size,
};

/// How large the window is with its title, until the agent makes it another size.
const SIZE: Size = Size {
    width: 420.0,
    height: 680.0,
};

/// Makes the window, or brings it to the front. During an emergency, which stays on top of it, it
/// stands where both can be read.
pub(crate) fn show(app: &AppHandle, emergency: Shape) -> anyhow::Result<()> {
    let corner = emergency::beside(app, emergency, SIZE);
    let Some(window) = app.get_webview_window(label(Window::Main)) else {
        return make(app, Window::Main, move |builder| match corner {
            Some(corner) => builder.position(corner.x, corner.y),
            None => builder.center(),
        });
    };
    window.unminimize()?;
    if let Some(corner) = corner {
        window.set_position(corner)?;
    }
    window.show()?;
    window.set_focus()?;
    Ok(())
}
