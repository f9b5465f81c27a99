use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use async_trait::async_trait;
use jiff::{Timestamp, tz::TimeZone};
use location::{
    CivicAddress, CivicKey,
    msag::{Checked, Layout, Outcome, Question, StreetGuide},
};
use platforms::{AddressValidator, FieldFinding, FieldState, Finding, Validation};
use tracing::{info, warn};

use crate::guide;

/// The street guide in a file, which may be put there, changed and taken away at any time.
///
/// A new guide replaces the one before in one step, for whoever asks next. A file that cannot be
/// used, or is gone, leaves the one before.
#[derive(Debug)]
pub struct LocalGuide {
    file: PathBuf,
    loaded: RwLock<Option<Arc<Loaded>>>,
}

#[derive(Debug)]
struct Loaded {
    guide: StreetGuide,
    by: String,
}

/// By what a changed file is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Stamp {
    modified: SystemTime,
    length: u64,
}

/// Looks after the file of a guide, once in a while.
#[derive(Debug)]
pub struct Watch {
    guide: Arc<LocalGuide>,
    /// The file that was read last, whatever came of it.
    read: Option<Stamp>,
    /// The file as it was last seen.
    seen: Option<Stamp>,
}

impl LocalGuide {
    /// The guide in this file. Nothing is read yet, see [`LocalGuide::read`].
    #[must_use]
    pub fn at(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            loaded: RwLock::new(None),
        }
    }

    /// Reads the file. Blocks on the disk, for a second or two when the guide is large.
    pub fn read(&self) {
        let mut bad = None;
        let read = guide::read(&self.file, &Layout::auto(), |problem| {
            bad.get_or_insert(problem);
        });
        let file = match read {
            Ok(file) => file,
            Err(fault) => {
                warn!(msag.fault = %fault, "the street guide cannot be read; the one before stays");
                return;
            }
        };
        if let Some(first) = &bad {
            warn!(
                msag.bad_rows = file.bad_rows,
                msag.first = %first,
                "rows of the street guide cannot be read; `msag import --dry-run` names each"
            );
        }
        if file.guide.is_empty() {
            warn!("the street guide has no row; the one before stays");
            return;
        }
        info!(
            msag.ranges = file.guide.len(),
            msag.bytes = file.guide.size(),
            "the street guide is read"
        );
        let loaded = Arc::new(Loaded {
            guide: file.guide,
            by: self.by(),
        });
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Some(loaded);
    }

    /// The name of the list, with the date of what it knows.
    fn by(&self) -> String {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let date = stamp(&self.file)
            .and_then(|stamp| Timestamp::try_from(stamp.modified).ok())
            .map(|modified| modified.to_zoned(TimeZone::UTC).date());
        date.map_or_else(
            || format!("MSAG {name}"),
            |date| format!("MSAG {name} of {date}"),
        )
    }

    fn now(&self) -> Option<Arc<Loaded>> {
        self.loaded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Watch {
    /// Nothing is known of the file yet.
    #[must_use]
    pub const fn of(guide: Arc<LocalGuide>) -> Self {
        Self {
            guide,
            read: None,
            seen: None,
        }
    }

    /// Reads the file when it is another one than before and does not change any more. Blocks on the
    /// disk.
    pub fn look(&mut self) {
        let found = stamp(&self.guide.file);
        let settled = found == self.seen || self.read.is_none();
        self.seen = found;
        if found.is_some() && found != self.read && settled {
            self.read = found;
            self.guide.read();
        }
    }
}

fn stamp(file: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
    Some(Stamp {
        modified: metadata.modified().ok()?,
        length: metadata.len(),
    })
}

#[async_trait]
impl AddressValidator for LocalGuide {
    async fn validate(&self, address: &CivicAddress, _: Timestamp) -> Validation {
        let nothing = |note, suggestions| Validation::NotCovered { note, suggestions };
        let Some(loaded) = self.now() else {
            return nothing(None, Vec::new());
        };
        // Street guides are of North America.
        if !matches!(address.get(CivicKey::Country), None | Some("CA" | "US")) {
            return nothing(None, Vec::new());
        }
        let checked = loaded.guide.check(&Question::of(address));
        let known = matches!(checked.outcome, Outcome::V | Outcome::M);
        if !known && !loaded.guide.covers(address) {
            let note = "The 911 centre's street guide does not know this city, so it could not check \
                        the address.";
            return nothing(Some(note.to_owned()), checked.suggestions);
        }
        Validation::Answered(finding(&loaded.by, address, checked))
    }
}

fn finding(by: &str, address: &CivicAddress, checked: Checked) -> Finding {
    let valid = matches!(checked.outcome, Outcome::V | Outcome::M);
    let wrong = match checked.outcome {
        Outcome::A => "The street guide has no such number on this street.",
        Outcome::C => "The street guide has this street in another place.",
        Outcome::I => "It is missing.",
        Outcome::P => "The street guide has another direction, or none, for this street.",
        Outcome::T => "The street guide has another ending, or none, for this street.",
        Outcome::E | Outcome::M | Outcome::O | Outcome::V => {
            "The street guide has no such street in this place."
        }
    };
    let wrong_field = (!valid).then(|| checked.field.unwrap_or(CivicKey::Rd));
    let mut fields: BTreeMap<CivicKey, FieldFinding> = address
        .iter()
        .map(|(key, _)| {
            let found = if !is_in_a_guide(key) {
                FieldFinding::new(
                    FieldState::Unchecked,
                    "The street guide says nothing of it.",
                )
            } else if valid {
                FieldFinding::new(FieldState::Valid, "The street guide has it.")
            } else {
                FieldFinding::new(
                    FieldState::Unchecked,
                    "Not certain while another part is wrong.",
                )
            };
            (key, found)
        })
        .collect();
    if let Some(key) = wrong_field {
        fields.insert(key, FieldFinding::new(FieldState::Invalid, wrong));
    }
    let twice = "The street guide has this address more than once. It can be used; tell whoever \
                 keeps the guide.";
    Finding {
        by: by.to_owned(),
        valid,
        fields,
        notes: (checked.outcome == Outcome::M)
            .then(|| twice.to_owned())
            .into_iter()
            .collect(),
        suggestions: checked.suggestions,
    }
}

fn is_in_a_guide(key: CivicKey) -> bool {
    use CivicKey::{A1, A3, Hno, Hns, Pod, Pom, Prd, Prm, Rd, Sts};
    matches!(key, A1 | A3 | Hno | Hns | Pod | Pom | Prd | Prm | Rd | Sts)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const HEADER: &str = "PRD,RD,STS,POD,LOW,HIGH,OE,COMMUNITY,STATE,ESN\n";

    fn address(number: &str, city: &str, country: &str) -> CivicAddress {
        serde_json::from_value(
            json!({"country": country, "A1": "WA", "A3": city, "HNO": number,
            "RD": "Pine", "STS": "St", "FLR": "5"}),
        )
        .unwrap()
    }

    async fn ask(guide: &LocalGuide, address: &CivicAddress) -> Validation {
        guide.validate(address, Timestamp::UNIX_EPOCH).await
    }

    #[tokio::test]
    async fn it_says_yes_and_no_where_it_knows_its_way_and_nothing_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("msag.csv");
        let guide = Arc::new(LocalGuide::at(&file));
        let mut watch = Watch::of(guide.clone());
        watch.look();
        let here = address("300", "Seattle", "US");
        let silent = Validation::NotCovered {
            note: None,
            suggestions: Vec::new(),
        };
        assert_eq!(ask(&guide, &here).await, silent, "there is no guide yet");
        fs::write(&file, format!("{HEADER},PINE,ST,,300,398,E,SEATTLE,WA,1\n")).unwrap();
        watch.look();
        let Validation::Answered(found) = ask(&guide, &here).await else {
            panic!("it knows this street");
        };
        assert!(found.valid && found.by.starts_with("MSAG msag.csv of 20"));
        assert_eq!(found.fields[&CivicKey::Rd].state, FieldState::Valid);
        assert_eq!(found.fields[&CivicKey::Flr].state, FieldState::Unchecked);
        let Validation::Answered(found) = ask(&guide, &address("301", "Seattle", "US")).await
        else {
            panic!("it knows this street");
        };
        assert!(!found.valid);
        assert_eq!(found.fields[&CivicKey::Hno].state, FieldState::Invalid);
        assert_eq!(found.suggestions[0].numbers.as_deref(), Some("300-398"));
        assert_eq!(ask(&guide, &address("300", "Seattle", "GB")).await, silent);
        let Validation::NotCovered { note, .. } = ask(&guide, &address("1", "Bend", "US")).await
        else {
            panic!("it does not know this city");
        };
        assert!(note.is_some());
    }

    #[tokio::test]
    async fn a_new_file_takes_over_once_it_is_whole_and_a_bad_one_never() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("msag.csv");
        let rows = |number: u32| format!("{HEADER},PINE,ST,,{number},{number},B,SEATTLE,WA,1\n");
        fs::write(&file, rows(1)).unwrap();
        let guide = Arc::new(LocalGuide::at(&file));
        let mut watch = Watch::of(guide.clone());
        watch.look();
        let has = async |number: &str| {
            let said = ask(&guide, &address(number, "Seattle", "US")).await;
            matches!(said, Validation::Answered(found) if found.valid)
        };
        assert!(has("1").await);
        fs::write(&file, rows(22)).unwrap();
        watch.look();
        assert!(has("1").await, "it may still be growing");
        watch.look();
        assert!(has("22").await && !has("1").await);
        fs::write(&file, "no header").unwrap();
        watch.look();
        watch.look();
        assert!(has("22").await, "a file without rows changes nothing");
        fs::remove_file(&file).unwrap();
        watch.look();
        assert!(has("22").await, "a file that is gone changes nothing");
    }
}
