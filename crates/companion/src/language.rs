//! The languages of the app, and how this person's computer writes times.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language that the app speaks.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
}

/// The longest language tag that is kept; RFC 5646 asks for 35 characters to be supported.
const LONGEST_TAG: usize = 35;

/// How the app speaks on this computer. The windows find it out (they know what the system is set
/// to, on every desktop alike) and the person may choose; the tray, which is drawn without a
/// window, follows what was said last.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Speech {
    /// A language tag of RFC 5646, such as `es-US`: the language, and the region whose manner of
    /// writing times is followed.
    pub tag: String,
    /// The person chose the language, instead of leaving it to the computer.
    pub chosen: bool,
}

impl Speech {
    /// What was kept; the beginning, where nothing was or nobody can read it.
    pub(crate) fn read(file: Option<&[u8]>) -> Self {
        file.and_then(|bytes| serde_json::from_slice::<Self>(bytes).ok())
            .filter(Self::is_usable)
            .unwrap_or_default()
    }

    /// Whether the tag names a language that the app speaks.
    pub(crate) fn is_usable(&self) -> bool {
        self.tag.len() <= LONGEST_TAG && Language::of(&self.tag).is_some()
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::of(&self.tag).unwrap_or(Language::En)
    }

    /// The language, where the person chose it.
    #[must_use]
    pub fn chosen(&self) -> Option<Language> {
        self.chosen.then(|| self.language())
    }

    /// Whether times have twelve hours, as those who write English or Spanish in North America,
    /// Australia and New Zealand have them.
    pub(crate) fn has_twelve_hours(&self) -> bool {
        let region = self.tag.split('-').skip(1).find(|part| part.len() == 2);
        match self.language() {
            Language::Da | Language::Fr => false,
            Language::En => region.is_none_or(|region| {
                ["AU", "CA", "IN", "NZ", "PH", "PR", "US"].contains(&&*region.to_ascii_uppercase())
            }),
            Language::Es => region.is_some_and(|region| {
                ["CO", "DO", "MX", "PR", "US"].contains(&&*region.to_ascii_uppercase())
            }),
        }
    }
}

impl Default for Speech {
    fn default() -> Self {
        Self {
            tag: "en-US".to_owned(),
            chosen: false,
        }
    }
}

impl Language {
    /// The language of a tag such as `da-DK`, if it is one of these.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "da" => Some(Self::Da),
            "en" => Some(Self::En),
            "es" => Some(Self::Es),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(tag: &str) -> Speech {
        Speech {
            tag: tag.to_owned(),
            chosen: true,
        }
    }

    #[test]
    fn a_tag_names_a_language_and_a_manner() {
        #[rustfmt::skip]
        let table = [
            ("en-US", Language::En, true), ("en", Language::En, true), ("en-GB", Language::En, false),
            ("es-US", Language::Es, true), ("es-PR", Language::Es, true), ("es-ES", Language::Es, false),
            ("es-419", Language::Es, false), ("fr-CA", Language::Fr, false), ("DA-dk", Language::Da, false),
        ];
        for (tag, language, twelve) in table {
            let speech = speech(tag);
            assert!(speech.is_usable(), "{tag}");
            assert_eq!(
                (speech.language(), speech.has_twelve_hours()),
                (language, twelve),
                "{tag}"
            );
        }
    }

    #[test]
    fn what_was_kept_is_read_and_nothing_else_is() {
        let kept = serde_json::to_vec(&speech("es-US")).unwrap();
        assert_eq!(Speech::read(Some(&kept)).chosen(), Some(Language::Es));
        let long = serde_json::to_vec(&speech(&"en-x".repeat(20))).unwrap();
        let foreign = serde_json::to_vec(&speech("pl-PL")).unwrap();
        for file in [
            None,
            Some(&b"\xff{"[..]),
            Some(b"{}"),
            Some(&*long),
            Some(&*foreign),
        ] {
            assert_eq!(Speech::read(file), Speech::default());
        }
    }
}
