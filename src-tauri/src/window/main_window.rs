//! The main window: where the agent says where they are.

use companion::shell::Window;
use tauri::{AppHandle, Manager, UserAttentionType, WebviewWindow};

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
    match raise(app, emergency, true)? {
        Some(window) => Ok(window.set_focus()?),
        None => Ok(()),
    }
}

/// The same for an emergency call of somebody else: in front, and the keyboard stays where it is,
/// so that what is being typed presses nothing here.
pub(crate) fn alert(app: &AppHandle, emergency: Shape) -> anyhow::Result<()> {
    let made = raise(app, emergency, false)?.is_none();
    let Some(window) = app.get_webview_window(label(Window::Main)) else {
        return Ok(());
    };
    if !made {
        // A window that is shown already is raised by nothing else that leaves the keyboard alone.
        window.set_always_on_top(true)?;
        window.set_always_on_top(false)?;
    }
    window.request_user_attention(Some(UserAttentionType::Critical))?;
    Ok(())
}

/// The window that is there already, raised; nothing when it had to be made.
fn raise(
    app: &AppHandle,
    emergency: Shape,
    focused: bool,
) -> anyhow::Result<Option<WebviewWindow>> {
    let corner = emergency::beside(app, emergency, SIZE);
    let Some(window) = app.get_webview_window(label(Window::Main)) else {
        make(app, Window::Main, move |builder| {
            let builder = builder.focused(focused);
            match corner {
                Some(corner) => builder.position(corner.x, corner.y),
                None => builder.center(),
            }
        })?;
        return Ok(None);
    };
    window.unminimize()?;
    if let Some(corner) = corner {
        window.set_position(corner)?;
    }
    window.show()?;
    Ok(Some(window))
}
