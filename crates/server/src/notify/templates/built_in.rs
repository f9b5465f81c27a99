use emergency::notification::Language;

use super::Part;

macro_rules! built_in {
    ($language:literal, $part:expr) => {
        match $part {
            Part::Html => include_str!(concat!("built_in/", $language, "/body.html")),
            Part::Subject => include_str!(concat!("built_in/", $language, "/subject.txt")),
            Part::Text => include_str!(concat!("built_in/", $language, "/body.txt")),
        }
    };
}

/// The built-in template.
pub(super) const fn source(language: Language, part: Part) -> &'static str {
    match language {
        Language::Da => built_in!("da", part),
        Language::En => built_in!("en", part),
        Language::Es => built_in!("es", part),
        Language::Fr => built_in!("fr", part),
    }
}
