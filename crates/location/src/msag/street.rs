use super::spelling;
use crate::{CivicAddress, CivicKey, pub28::Directional, pub28::StreetSuffix};

/// The name of a street in the form in which it is compared; each part may be empty.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct StreetName {
    pub(super) prefix: String,
    pub(super) name: String,
    pub(super) suffix: String,
    pub(super) trailing: String,
}

impl StreetName {
    /// As a row or an address has it in parts.
    pub(super) fn of_parts(prefix: &str, name: &str, suffix: &str, trailing: &str) -> Self {
        Self {
            prefix: spelling::direction(prefix),
            name: spelling::plain(name),
            suffix: spelling::suffix(suffix),
            trailing: spelling::direction(trailing),
        }
    }

    /// As a civic address has it. The modifiers stand where they are written: before the name, and
    /// after the suffix.
    pub(super) fn of_address(address: &CivicAddress) -> Self {
        let value = |key| address.get(key).unwrap_or_default();
        Self::of_parts(
            value(CivicKey::Prd),
            &format!("{} {}", value(CivicKey::Prm), value(CivicKey::Rd)),
            &format!("{} {}", value(CivicKey::Sts), value(CivicKey::Pom)),
            value(CivicKey::Pod),
        )
    }

    /// The same name as a layout has it that writes name, suffix and trailing direction together:
    /// a direction at the end is split off, then a suffix, as long as something is left.
    pub(super) fn split_from_whole(mut self) -> Self {
        let parts = [&self.name, &self.suffix, &self.trailing];
        let whole = parts.map(String::as_str).join(" ");
        let mut words: Vec<&str> = whole.split_whitespace().collect();
        let mut trailing = String::new();
        let mut suffix = String::new();
        if words.len() > 1
            && let Some(found) = Directional::find(&words[words.len() - 1].to_lowercase())
        {
            found.abbreviation().clone_into(&mut trailing);
            words.pop();
        }
        if words.len() > 1
            && let Some(found) = StreetSuffix::find(&words[words.len() - 1].to_lowercase())
        {
            suffix = found.abbreviation.to_uppercase();
            words.pop();
        }
        self.name = words.join(" ");
        self.suffix = suffix;
        self.trailing = trailing;
        self
    }

    /// The whole name in one line.
    pub(super) fn line(&self) -> String {
        let parts = [&self.prefix, &self.name, &self.suffix, &self.trailing];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_comes_apart_at_its_end() {
        let split = |text: &str| {
            let name = StreetName::of_parts("E", text, "", "").split_from_whole();
            [name.prefix, name.name, name.suffix, name.trailing].join("|")
        };
        assert_eq!(split("10th Avenue"), "E|10TH|AVE|");
        assert_eq!(split("Connecticut Ave Northwest"), "E|CONNECTICUT|AVE|NW");
        assert_eq!(split("800 E"), "E|800||E");
        assert_eq!(split("North"), "E|NORTH||");
        assert_eq!(split("Avenue"), "E|AVENUE||");
        assert_eq!(
            split("Avenue of the Americas"),
            "E|AVENUE OF THE AMERICAS||"
        );
    }

    #[test]
    fn an_address_in_parts_is_split_as_the_guide_is() {
        let address = CivicAddress::new()
            .with(CivicKey::Rd, "Court")
            .and_then(|address| address.with(CivicKey::Sts, "St"))
            .unwrap();
        let name = StreetName::of_address(&address);
        assert_eq!(name.clone().split_from_whole(), name);
        assert_eq!(name.line(), "COURT ST");
    }
}
