use companion::tray::Icon;
use tauri::{image::Image, include_image};

/// The picture of an icon, 48 x 48: a multiple of what panels show.
pub(super) fn image(icon: Icon) -> Image<'static> {
    match icon {
        Icon::Check => include_image!("icons/tray/check.png"),
        Icon::Clock => include_image!("icons/tray/clock.png"),
        Icon::Exclamation => include_image!("icons/tray/exclamation.png"),
        Icon::Question => include_image!("icons/tray/question.png"),
        Icon::RedPhone => include_image!("icons/tray/red_phone.png"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ALL: [Icon; 5] = [
        Icon::Check,
        Icon::Clock,
        Icon::Exclamation,
        Icon::Question,
        Icon::RedPhone,
    ];

    #[test]
    fn icons_differ_by_their_shape_and_not_only_by_their_colour() {
        let outlines: HashSet<Vec<bool>> = ALL.map(|icon| dark_parts(&image(icon))).into();
        assert_eq!(outlines.len(), ALL.len());
    }

    #[test]
    fn icons_are_surrounded_by_a_light_rim_for_dark_panels() {
        for icon in ALL {
            let image = image(icon);
            let middle = row(&image, image.height() as usize * 3 / 4);
            let first = middle.iter().find(|pixel| pixel[3] > 200).unwrap();
            assert!(first[..3].iter().all(|part| *part > 200), "{icon:?}");
        }
    }

    fn dark_parts(image: &Image<'_>) -> Vec<bool> {
        let pixels = image.rgba().chunks_exact(4);
        pixels
            .map(|pixel| pixel[3] > 128 && u16::from(pixel[0]) + u16::from(pixel[1]) < 400)
            .collect()
    }

    fn row<'a>(image: &'a Image<'_>, number: usize) -> Vec<&'a [u8]> {
        let width = image.width() as usize;
        let pixels: Vec<_> = image.rgba().chunks_exact(4).collect();
        pixels[number * width..(number + 1) * width].to_vec()
    }
}
