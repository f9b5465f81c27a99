//! Where a window goes on a monitor, in CSS pixels.

use tauri::{LogicalPosition, PhysicalRect};

/// A width and a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The part of a monitor that panels leave free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    corner: LogicalPosition<f64>,
    size: Size,
}

impl Area {
    /// The area of a monitor that draws each CSS pixel with `scale` of its own.
    pub(super) fn of(area: PhysicalRect<i32, u32>, scale: f64) -> Self {
        let size = area.size.to_logical::<f64>(scale);
        Self {
            corner: area.position.to_logical(scale),
            size: Size {
                width: size.width,
                height: size.height,
            },
        }
    }

    /// A monitor of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self {
            corner: LogicalPosition::new(0.0, 0.0),
            size: Size {
                width: f64::INFINITY,
                height: f64::INFINITY,
            },
        }
    }

    /// The size, cut to what fits.
    pub(super) fn fit(self, size: Size) -> Size {
        Size {
            width: size.width.min(self.size.width),
            height: size.height.min(self.size.height),
        }
    }

    /// The corner from which a window of this size stands at the top, in the middle.
    pub(super) fn top_centre(self, size: Size) -> LogicalPosition<f64> {
        let spare = self.size.width - size.width;
        let indent = if spare.is_finite() {
            (spare / 2.0).max(0.0)
        } else {
            0.0
        };
        LogicalPosition::new(self.corner.x + indent, self.corner.y)
    }
}

impl Area {
    /// The corner for a window of this size that leaves a bar at the top centre in sight: to the
    /// left of it, below it, or where the two overlap least.
    pub(super) fn beside(self, bar: Size, window: Size) -> LogicalPosition<f64> {
        let left = self.top_centre(bar).x - self.corner.x;
        let spare = (self.size.height - window.height).max(0.0);
        if left >= window.width {
            let indent = (left - window.width) / 2.0;
            LogicalPosition::new(self.corner.x + indent, self.corner.y + spare / 2.0)
        } else if spare >= bar.height {
            let middle = self.top_centre(window);
            LogicalPosition::new(middle.x, self.corner.y + bar.height)
        } else {
            LogicalPosition::new(self.corner.x, self.corner.y + spare)
        }
    }
}

#[cfg(test)]
mod tests {
    use tauri::{PhysicalPosition, PhysicalSize};

    use super::*;

    const BAR: Size = Size {
        width: 720.0,
        height: 320.0,
    };

    fn area(x: i32, y: i32, width: u32, height: u32, scale: f64) -> Area {
        let rect = PhysicalRect {
            position: PhysicalPosition::new(x, y),
            size: PhysicalSize::new(width, height),
        };
        Area::of(rect, scale)
    }

    #[test]
    fn top_centre_is_below_the_panel_and_on_the_right_monitor() {
        let second = area(1920, 32, 1280, 768, 1.0);
        assert_eq!(second.top_centre(BAR), LogicalPosition::new(2200.0, 32.0));
    }

    #[test]
    fn a_dense_monitor_is_reckoned_in_css_pixels() {
        let dense = area(0, 0, 3840, 2160, 2.0);
        assert_eq!(dense.top_centre(BAR), LogicalPosition::new(600.0, 0.0));
    }

    #[test]
    fn what_is_larger_than_the_monitor_is_cut_and_starts_at_its_edge() {
        let narrow = area(100, 0, 640, 240, 1.0);
        let cut = narrow.fit(BAR);
        assert_eq!((cut.width, cut.height), (640.0, 240.0));
        assert_eq!(narrow.top_centre(BAR), LogicalPosition::new(100.0, 0.0));
    }

    #[test]
    fn a_second_window_leaves_the_bar_in_sight_where_there_is_room() {
        let main = Size {
            width: 420.0,
            height: 640.0,
        };
        let wide = area(0, 0, 1920, 1080, 1.0);
        assert_eq!(wide.beside(BAR, main), LogicalPosition::new(90.0, 220.0));
        let tall = area(0, 0, 1080, 1920, 1.0);
        assert_eq!(tall.beside(BAR, main), LogicalPosition::new(330.0, 320.0));
        let small = area(0, 0, 1280, 800, 1.0);
        assert_eq!(small.beside(BAR, main), LogicalPosition::new(0.0, 160.0));
    }

    #[test]
    fn an_unknown_monitor_cuts_nothing() {
        assert_eq!(Area::unknown().fit(BAR), BAR);
        assert_eq!(
            Area::unknown().top_centre(BAR),
            LogicalPosition::new(0.0, 0.0)
        );
    }
}
