//! How words and moments stand in columns.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// A word of one of our vocabularies, by its wire name.
pub(super) fn to_word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // Only vocabularies come here, and they are all written as strings.
        Ok(_) | Err(_) => String::new(),
    }
}

/// Reads a word back.
pub(super) fn from_word<T: DeserializeOwned>(
    table: &'static str,
    word: &str,
) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|_| StoreError::Corrupt { table })
}

/// Lists and addresses, as JSON.
pub(super) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("lists of text and addresses are always JSON")
}

/// Reads JSON back.
pub(super) fn from_json<T: DeserializeOwned>(
    table: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt { table })
}

/// Reads whatever has one door.
pub(super) fn parse<T: std::str::FromStr>(
    table: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { table })
}

/// A moment as milliseconds.
pub(super) fn to_ms(moment: Timestamp) -> i64 {
    moment.as_millisecond()
}

/// A moment back from milliseconds.
pub(super) fn from_ms(table: &'static str, ms: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(ms).map_err(|_| StoreError::Corrupt { table })
}

/// A moment that may be absent.
pub(super) fn from_ms_opt(
    table: &'static str,
    ms: Option<i64>,
) -> Result<Option<Timestamp>, StoreError> {
    ms.map(|ms| from_ms(table, ms)).transpose()
}

/// Counters are never negative, and an `i64` holds them for longer than the sun will shine.
pub(super) fn to_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
