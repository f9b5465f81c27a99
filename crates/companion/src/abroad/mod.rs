//! Whether this computer is where emergency calls from it reach help.

use location::Country;
use serde::Serialize;
use ts_rs::TS;

/// The country of each time zone that has one.
const ZONES: &str = include_str!("zones.tab");

/// The computer seems to be in a country whose help an emergency call from it does not reach.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
pub struct Abroad {
    /// The country, by the two letters of ISO 3166.
    pub country: String,
    /// What people dial for help there; null when that is not known here.
    pub number: Option<String>,
}

impl Abroad {
    /// Judges by the name of the computer's time zone, such as `Europe/Madrid`, and by the country
    /// of the address that the agent confirmed. The zone is what the computer itself knows; where
    /// it says nothing (`UTC`), or names a country that is served, the address has its say.
    #[must_use]
    pub fn of(zone: Option<&str>, address: Option<&str>) -> Option<Self> {
        let country = zone
            .and_then(country_of)
            .filter(|country| !is_served(country))
            .or_else(|| address.filter(|country| is_country(country) && !is_served(country)))?;
        Some(Self {
            country: country.to_owned(),
            number: emergency::local_number(country).map(str::to_owned),
        })
    }
}

/// The country that a time zone is in, by the two letters of ISO 3166.
fn country_of(zone: &str) -> Option<&'static str> {
    ZONES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find_map(|(name, country)| name.eq_ignore_ascii_case(zone).then_some(country))
}

fn is_served(country: &str) -> bool {
    country.parse::<Country>().is_ok()
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn seems(zone: &str, address: Option<&str>) -> String {
        match Abroad::of(Some(zone), address) {
            Some(Abroad { country, number }) => {
                format!("{country} {}", number.as_deref().unwrap_or("?"))
            }
            None => "here".to_owned(),
        }
    }

    #[test]
    fn the_time_zone_says_where_the_computer_is() {
        #[rustfmt::skip]
        let table = [
            ("America/Los_Angeles", "here"), ("US/Pacific", "here"), ("America/Toronto", "here"),
            ("America/Puerto_Rico", "here"), ("Europe/London", "here"), ("GB", "here"),
            ("Europe/Copenhagen", "here"), ("America/Coral_Harbour", "here"),
            ("Europe/Madrid", "ES 112"), ("Atlantic/Canary", "ES 112"), ("europe/madrid", "ES 112"),
            ("America/Mexico_City", "MX 911"), ("Australia/Sydney", "AU 000"),
            ("Asia/Calcutta", "IN 112"), ("Atlantic/Reykjavik", "IS 112"), ("Iceland", "IS 112"),
            ("Europe/Jersey", "JE 999"), ("America/Nuuk", "GL 112"), ("Asia/Tokyo", "JP ?"),
            ("UTC", "here"), ("Etc/GMT+5", "here"), ("EST5EDT", "here"), ("", "here"),
            ("Mars/Olympus", "here"), ("#", "here"),
        ];
        for (zone, expected) in table {
            assert_eq!(seems(zone, None), expected, "{zone}");
        }
    }

    #[test]
    fn an_address_has_its_say_where_the_zone_has_nothing_to_object() {
        assert_eq!(seems("UTC", Some("FR")), "FR 112");
        assert_eq!(seems("America/New_York", Some("FR")), "FR 112");
        assert_eq!(seems("Europe/Madrid", Some("US")), "ES 112");
        assert_eq!(seems("America/New_York", Some("US")), "here");
        for no_country in ["", "Spain", "es", "1A"] {
            assert_eq!(seems("UTC", Some(no_country)), "here", "{no_country}");
        }
        assert_eq!(Abroad::of(None, None), None);
    }

    #[test]
    fn every_zone_of_the_table_is_one_and_stands_there_once() {
        let rows: Vec<&str> = ZONES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let names: Vec<&str> = rows
            .iter()
            .map(|row| row.split_once('\t').expect("two columns").0)
            .collect();
        assert!(names.len() > 500);
        assert!(names.is_sorted());
        assert!(rows.iter().all(|row| is_country(&row[row.len() - 2..])));
        let unknown: Vec<&&str> = names
            .iter()
            .filter(|name| TimeZone::get(name).is_err())
            .collect();
        assert!(unknown.len() < 5, "{unknown:?}");
    }
}
