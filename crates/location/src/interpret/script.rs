//! Letters of other scripts. A street whose name has a Cyrillic `а` in it looks right and is found
//! by nobody.

use crate::{Problem, ProblemCode};

/// Which letters a text is written in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Script {
    /// Latin letters, or none at all.
    Latin,
    /// Latin letters and others.
    Mixed,
    /// No Latin letter, and others.
    Other,
}

/// Looks at every letter of a text.
pub(super) fn script(text: &str) -> Script {
    if text.is_ascii() {
        return Script::Latin;
    }
    let (mut latin, mut other) = (false, false);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_latin(c) {
            latin = true;
        } else {
            other = true;
        }
    }
    match (latin, other) {
        (true, true) => Script::Mixed,
        (false, true) => Script::Other,
        (_, false) => Script::Latin,
    }
}

/// What keeps a text of several scripts from being dispatched.
pub(super) fn mixed() -> Problem {
    Problem {
        code: ProblemCode::InvalidValue,
        field: None,
        text: "Some letters are from another alphabet, and may only look right. Type them again."
            .to_owned(),
    }
}

const fn is_latin(c: char) -> bool {
    // Latin up to Extended-B with the ordinal signs, and Latin Extended Additional.
    matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_where_they_are_from() {
        for (text, expected) in [
            ("12 Elm St", Script::Latin),
            ("1250 boul. René-Lévesque, Ærø 🚒", Script::Latin),
            ("12 Маin St", Script::Mixed),
            ("Улица Ленина 12", Script::Other),
            ("🚒 12", Script::Latin),
        ] {
            assert_eq!(script(text), expected, "{text}");
        }
    }
}
