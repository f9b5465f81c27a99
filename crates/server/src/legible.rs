//! What of a text a person can read.

use unicode_normalization::char::is_combining_mark;

/// The controls of the Unicode bidirectional algorithm (UAX #9, section 2): with them a text shows something
/// else than it holds.
#[must_use]
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many characters of it leave something on the screen.
#[must_use]
pub(crate) fn seen(text: &str) -> usize {
    let leaves_nothing =
        |c: char| c.is_whitespace() || is_combining_mark(c) || is_default_ignorable(c);
    text.chars().filter(|c| !leaves_nothing(*c)).count()
}

/// What is drawn as nothing (Unicode's `Default_Ignorable_Code_Point`).
fn is_default_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_can_be_read() {
        for (text, expected) in [
            ("not at the door", 12),
            ("cafe\u{301}", 4),
            ("急病です", 4),
            ("\u{200b}\u{3164}\u{2060}\u{200f}\u{301} \u{feff}", 0),
        ] {
            assert_eq!(seen(text), expected, "{text:?}");
        }
    }
}
