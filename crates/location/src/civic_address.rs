use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize, de};

use crate::CivicKey;

/// The longest value any element may have, in characters.
const VALUE_LIMIT: usize = 256;

/// An address in the elements of RFC 5139: every value trimmed, single-spaced, without control
/// characters, not empty, and at most 256 characters. Nothing is said about completeness.
///
/// `Debug` names the elements that are present and never their values, so that an address cannot
/// reach a log by accident.
#[derive(Clone, Default, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct CivicAddress(BTreeMap<CivicKey, String>);

impl CivicAddress {
    /// An address with no element.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of one element.
    #[must_use]
    pub fn get(&self, key: CivicKey) -> Option<&str> {
        self.0.get(&key).map(String::as_str)
    }

    /// Sets one element; a blank value removes it. `USA` is stored as the country `US`.
    ///
    /// # Errors
    /// When the value holds a control character or is longer than 256 characters.
    pub fn set(&mut self, key: CivicKey, value: &str) -> Result<(), CivicValueError> {
        // White space that people paste (tabs, line ends) is layout; any other control is refused.
        if let Some(control) = value.chars().find(|c| c.is_control() && !c.is_whitespace()) {
            return Err(CivicValueError::Control {
                key,
                code: u32::from(control),
            });
        }
        let collapsed = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = collapsed.chars().count();
        if length > VALUE_LIMIT {
            return Err(CivicValueError::TooLong { key, length });
        }
        if collapsed.is_empty() {
            self.0.remove(&key);
        } else if key == CivicKey::Country {
            let country = collapsed.to_ascii_uppercase();
            self.0.insert(
                key,
                if country == "USA" {
                    "US".to_owned()
                } else {
                    country
                },
            );
        } else {
            self.0.insert(key, collapsed);
        }
        Ok(())
    }

    /// The same address with one element set; see [`CivicAddress::set`].
    ///
    /// # Errors
    /// As [`CivicAddress::set`].
    ///
    /// # Example: values are tidied, and shown only when asked for
    /// ```
    /// use location::{CivicAddress, CivicKey};
    ///
    /// let address = CivicAddress::new().with(CivicKey::Rd, "  7th\tAve ")?;
    /// assert_eq!(address.get(CivicKey::Rd), Some("7th Ave"));
    /// assert!(!format!("{address:?}").contains("7th"));
    /// # Ok::<(), location::CivicValueError>(())
    /// ```
    pub fn with(mut self, key: CivicKey, value: &str) -> Result<Self, CivicValueError> {
        self.set(key, value)?;
        Ok(self)
    }

    /// Removes one element.
    pub fn remove(&mut self, key: CivicKey) {
        self.0.remove(&key);
    }

    /// The elements that are present, in the order of RFC 5139.
    pub fn iter(&self) -> impl Iterator<Item = (CivicKey, &str)> {
        self.0.iter().map(|(key, value)| (*key, value.as_str()))
    }

    /// Whether no element is present.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for CivicAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "CivicAddress{:?}",
            self.0.keys().collect::<Vec<_>>()
        )
    }
}

impl<'de> Deserialize<'de> for CivicAddress {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = BTreeMap::<CivicKey, String>::deserialize(deserializer)?;
        let mut address = Self::new();
        for (key, value) in raw {
            address.set(key, &value).map_err(de::Error::custom)?;
        }
        Ok(address)
    }
}

/// Why a value cannot be an element of an address. Names the element, never the value.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum CivicValueError {
    /// A character that no address has.
    #[error("{key} holds the control character U+{code:04X}; remove it")]
    Control {
        /// The element.
        key: CivicKey,
        /// The character.
        code: u32,
    },
    /// More than 256 characters.
    #[error("{key} is {length} characters long; the longest allowed is 256")]
    TooLong {
        /// The element.
        key: CivicKey,
        /// Its length in characters.
        length: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialises_in_rfc_order_and_reads_back() {
        let address = CivicAddress::new()
            .with(CivicKey::Pc, "98121")
            .and_then(|a| a.with(CivicKey::Hno, " 2121 "))
            .and_then(|a| a.with(CivicKey::Country, "usa"))
            .unwrap();
        let text = serde_json::to_string(&address).unwrap();
        assert_eq!(text, r#"{"country":"US","HNO":"2121","PC":"98121"}"#);
        assert_eq!(
            serde_json::from_str::<CivicAddress>(&text).unwrap(),
            address
        );
    }

    #[test]
    fn a_blank_value_removes_the_element() {
        let mut address = CivicAddress::new().with(CivicKey::Hns, "1/2").unwrap();
        address.set(CivicKey::Hns, " \n ").unwrap();
        assert!(address.is_empty());
    }

    #[test]
    fn refuses_controls_and_length() {
        let error = CivicAddress::new().with(CivicKey::Rd, "7th\0").unwrap_err();
        insta::assert_snapshot!(error, @"RD holds the control character U+0000; remove it");
        let error = CivicAddress::new()
            .with(CivicKey::Rd, &"x".repeat(257))
            .unwrap_err();
        insta::assert_snapshot!(error, @"RD is 257 characters long; the longest allowed is 256");
    }

    #[test]
    fn refuses_an_unknown_element() {
        assert!(serde_json::from_str::<CivicAddress>(r#"{"STREET":"7th"}"#).is_err());
    }

    #[test]
    fn debug_never_shows_a_value() {
        let address = CivicAddress::new().with(CivicKey::Rd, "Planted").unwrap();
        assert_eq!(format!("{address:?}"), "CivicAddress[Rd]");
    }
}
