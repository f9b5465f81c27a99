//! What mails say: templates (minijinja), the built-in ones or the organisation's own.
//!
//! An organisation's templates stand in `notification.templates_dir`, in a folder for each language:
//! `en/subject.txt`, `en/body.txt`, `en/body.html`. What is not there is built in. Each is tried at
//! start on made-up calls: it has to be readable, to use only what there is ([`Particulars`]), to hold the
//! number dialled, the callback number and the location, and to tell a test from a real call. One that fails
//! is replaced by the built-in one, and the mail and the log say so. A person has to be told whatever a template does.

mod built_in;
mod check;
mod part;
mod sample;
mod set;

use std::{fs, io, path::Path};

use emergency::notification::{Language, Particulars, Phrases};
use tracing::error;

pub use part::Part;
pub use sample::Case;
pub use set::Letter;
use set::Set;

use crate::config;

/// The largest template that is read, in bytes.
const LARGEST: u64 = 256 * 1024;

/// The templates of every language, and the language that is written.
#[derive(Debug)]
pub struct Templates {
    language: Language,
    sets: Vec<(Language, Set)>,
    findings: Vec<Finding>,
}

/// A template of the organisation, and what is wrong with it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The language.
    pub language: Language,
    /// Which part.
    pub part: Part,
    /// Why it cannot be used; absent when it can.
    pub broken: Option<String>,
}

impl Templates {
    /// The built-in ones, in English.
    #[must_use]
    pub fn built_in() -> Self {
        Self::read(Language::En, |_, _| Ok(None))
    }

    /// Those of a configuration.
    ///
    /// # Errors
    /// When nothing is written in its language.
    pub fn of(
        notification: &config::Notification,
    ) -> Result<Self, emergency::notification::UnknownLanguage> {
        let language = notification.language.parse()?;
        let folder = Path::new(&notification.templates_dir);
        Ok(Self::read(language, |language, part| {
            if notification.templates_dir.is_empty() {
                return Ok(None);
            }
            own(&folder.join(language.code()).join(part.file_name()))
        }))
    }

    fn read(
        language: Language,
        own: impl Fn(Language, Part) -> Result<Option<String>, String>,
    ) -> Self {
        let mut findings = Vec::new();
        let sets = Language::ALL.map(|language| {
            let mut set = Set::built_in(language);
            for part in Part::ALL {
                let broken = match own(language, part) {
                    Ok(None) => continue,
                    Ok(Some(source)) => set.take(part, source).err(),
                    Err(unreadable) => {
                        set.lacks(part, &unreadable);
                        Some(unreadable)
                    }
                };
                findings.push(Finding {
                    language,
                    part,
                    broken,
                });
            }
            (language, set)
        });
        Self {
            language,
            sets: sets.into(),
            findings,
        }
    }

    /// Every template of the organisation that was found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Says in the log which templates cannot be used.
    pub fn tell(&self) {
        for finding in &self.findings {
            if let Some(reason) = &finding.broken {
                error!(
                    alarm = true,
                    template = format!("{}/{}", finding.language.code(), finding.part.file_name()),
                    reason,
                    "a template of notices cannot be used, and the built-in one is"
                );
            }
        }
    }

    /// The words of the language that is written.
    #[must_use]
    pub fn phrases(&self) -> &'static Phrases {
        Phrases::of(self.language)
    }

    /// Writes a letter in the language of the configuration.
    #[must_use]
    pub fn write(&self, particulars: &Particulars) -> Letter {
        self.write_in(self.language, particulars)
    }

    /// Writes a letter in a language.
    #[must_use]
    pub fn write_in(&self, language: Language, particulars: &Particulars) -> Letter {
        let set = self.sets.iter().find(|(of, _)| *of == language);
        let letter = set.map_or_else(
            || Set::built_in(language).write(particulars),
            |(_, set)| set.write(particulars),
        );
        if particulars.call.drill {
            marked(letter)
        } else {
            letter
        }
    }
}

/// A template that knows tests and no drills must not send anybody running either.
fn marked(mut letter: Letter) -> Letter {
    const MARK: &str = "DRILL";
    if !letter.subject.contains(MARK) {
        letter.subject = format!("{MARK}: {}", letter.subject);
    }
    if !letter.text.contains(MARK) {
        letter.text = format!("{MARK}: nobody was called.\n\n{}", letter.text);
    }
    if !letter.html.contains(MARK) {
        let body = letter.html.find("<body");
        let begins = body.and_then(|at| Some(at + letter.html.get(at..)?.find('>')? + 1));
        let note = format!("<p><strong>{MARK}: nobody was called.</strong></p>");
        letter.html.insert_str(begins.unwrap_or(0), &note);
    }
    letter
}

/// The text of a template, if it is there.
fn own(path: &Path) -> Result<Option<String>, String> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(found) if found.len() > LARGEST => {
            return Err(format!("it is larger than {LARGEST} bytes"));
        }
        Ok(_) | Err(_) => {}
    }
    fs::read_to_string(path)
        .map(Some)
        .map_err(|error| format!("it cannot be read: {error}"))
}

#[cfg(test)]
mod tests;
