use emergency::{E164, NotUsNumber, UsNumber};
use location::Country;

use super::{
    Organisation, Parsed,
    table::{Column, Row, optional, read, required},
};
use crate::store::NumberRecord;

const COLUMNS: &[Column] = &[
    required("number"),
    optional("site_id"),
    optional("platform"),
];

/// Reads numbers of the callback pool.
#[must_use]
pub fn numbers(bytes: &[u8], organisation: Organisation) -> Parsed<NumberRecord> {
    let key = |record: &NumberRecord| ("number", record.number.to_string());
    read(bytes, COLUMNS, key, |row| {
        let number: Option<E164> = row.needed("number");
        let country = number
            .as_ref()
            .and_then(|number| country(row, number, organisation));
        let site = row.given("site_id");
        let platform = row.short_text("platform").to_ascii_lowercase();
        Some(NumberRecord {
            number: number?,
            site,
            platform,
            country: country?,
        })
    })
}

/// The country whose emergency calls can show this number.
fn country(row: &mut Row<'_>, number: &E164, organisation: Organisation) -> Option<Country> {
    let digits = number.digits();
    let reason = match UsNumber::valid(number, organisation.is_sample()) {
        Ok(_) if digits.starts_with("1787") || digits.starts_with("1939") => {
            return Some(Country::Pr);
        }
        Ok(_) => return Some(Country::Us),
        Err(NotUsNumber::Canadian) => return Some(Country::Ca),
        Err(NotUsNumber::NotNorthAmerican) if digits.starts_with("44") => {
            return Some(Country::Gb);
        }
        Err(NotUsNumber::NotNorthAmerican) if digits.starts_with("45") => {
            return Some(Country::Dk);
        }
        Err(NotUsNumber::NotNorthAmerican) if !digits.starts_with('1') => {
            "responders can be given numbers of Canada, Denmark, Puerto Rico, the United Kingdom and \
             the United States only"
                .to_owned()
        }
        Err(error) => error.to_string(),
    };
    row.refuse("number", reason);
    None
}
