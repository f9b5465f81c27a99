use std::str::FromStr;

use serde::Serialize;

/// A language in which people are told.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Da, Self::En, Self::Es, Self::Fr];

    /// Its code (ISO 639-1), which is also the name of its folder of templates.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let code = text.trim();
        let found = Self::ALL.into_iter().find(|known| known.code() == code);
        found.ok_or(UnknownLanguage)
    }
}

/// Nobody wrote the notices in that language.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("notices are written in da, en, es and fr")]
pub struct UnknownLanguage;

/// The words that do not come from the call itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Phrases {
    /// What an empty slot reads.
    pub not_available: &'static str,
    /// The address was fresh when the call was made.
    pub confirmed: &'static str,
    /// It was not.
    pub stale: &'static str,
    /// The caller would not say.
    pub declined: &'static str,
    /// Nobody knows.
    pub unknown: &'static str,
    /// Why a mail is not what the organisation wrote.
    pub template_broken: &'static str,
    /// Why somebody is told only now, with `{}` for how long nobody had said anything.
    pub unhandled: &'static str,
}

impl Phrases {
    /// The words of a language.
    #[must_use]
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &Self {
                not_available: "ikke tilgængelig",
                confirmed: "bekræftet",
                stale: "ikke bekræftet for nylig",
                declined: "ikke oplyst af medarbejderen",
                unknown: "ukendt",
                template_broken: "en af organisationens skabeloner kunne ikke bruges, så den indbyggede er brugt",
                unhandled: "I {} har ingen sagt, at de tager sig af opkaldet.",
            },
            Language::En => &Self {
                not_available: "not available",
                confirmed: "confirmed",
                stale: "not confirmed recently",
                declined: "the agent declined to say",
                unknown: "unknown",
                template_broken: "a template of the organisation could not be used, so the built-in one was",
                unhandled: "For {} nobody has said that they are handling this call.",
            },
            Language::Es => &Self {
                not_available: "no disponible",
                confirmed: "confirmada",
                stale: "sin confirmar recientemente",
                declined: "el agente no quiso indicarla",
                unknown: "desconocida",
                template_broken: "no se pudo usar una plantilla de la organización y se usó la incorporada",
                unhandled: "Desde hace {} nadie ha dicho que se ocupa de esta llamada.",
            },
            Language::Fr => &Self {
                not_available: "non disponible",
                confirmed: "confirmée",
                stale: "non confirmée récemment",
                declined: "l’agent n’a pas voulu l’indiquer",
                unknown: "inconnue",
                template_broken: "un modèle de l’organisation n’a pas pu être utilisé ; le modèle intégré l’a remplacé",
                unhandled: "Depuis {}, personne n’a dit s’occuper de cet appel.",
            },
        }
    }
}

impl Phrases {
    /// That nobody has been on it for so long.
    #[must_use]
    pub fn unhandled(&self, seconds: u32) -> String {
        // The units are the same in every language here.
        let long = match seconds {
            0..120 => format!("{seconds} s"),
            _ => format!("{} min", seconds / 60),
        };
        self.unhandled.replace("{}", &long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_found_by_its_code() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
        for language in Language::ALL {
            assert!(Phrases::of(language).unhandled(60).contains(" 60 s"));
            assert!(Phrases::of(language).unhandled(185).contains(" 3 min"));
        }
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage));
        assert_eq!(Phrases::of(Language::En).not_available, "not available");
    }
}
