use emergency::{E164, UsNumber};
use jiff::tz::TimeZone;
use location::{CivicAddress, CivicKey, Country, DispatchableLocation, Site};

use super::{
    Organisation, Parsed,
    table::{Column, Row, optional, read, required},
};
use crate::store::SiteRecord;

const COLUMNS: &[Column] = &[
    required("site_id"),
    required("name"),
    required("country"),
    optional("A1"),
    optional("A2"),
    optional("A3"),
    optional("PRD"),
    optional("RD"),
    optional("STS"),
    optional("POD"),
    optional("HNO"),
    optional("HNS"),
    optional("PC"),
    optional("BLD"),
    optional("time_zone"),
    optional("fallback_number"),
];

/// The columns that are elements of the address.
const ADDRESS: &[CivicKey] = &[
    CivicKey::A1,
    CivicKey::A2,
    CivicKey::A3,
    CivicKey::Prd,
    CivicKey::Rd,
    CivicKey::Sts,
    CivicKey::Pod,
    CivicKey::Hno,
    CivicKey::Hns,
    CivicKey::Pc,
    CivicKey::Bld,
];

/// Reads sites. Each has an address that help can be sent to.
#[must_use]
pub fn sites(bytes: &[u8], organisation: Organisation) -> Parsed<SiteRecord> {
    let key = |record: &SiteRecord| ("site_id", record.site.id.to_string());
    read(bytes, COLUMNS, key, |row| {
        let id = row.needed("site_id");
        let name = row.needed_text("name");
        let country = row.needed("country");
        let civic_address = address(row, country);
        let time_zone = time_zone(row);
        let fallback_number = fallback_number(row, country, organisation);
        Some(SiteRecord {
            site: Site {
                id: id?,
                name,
                civic_address: civic_address?,
            },
            country: country?,
            time_zone,
            fallback_number,
        })
    })
}

fn address(row: &mut Row<'_>, country: Option<Country>) -> Option<CivicAddress> {
    let mut address = CivicAddress::new();
    for key in ADDRESS {
        if let Err(error) = address.set(*key, row.text(key.as_str())) {
            row.refuse(key.as_str(), error.to_string());
        }
    }
    address.set(CivicKey::Country, country?.civic()).ok()?;
    match DispatchableLocation::assess(&address) {
        Ok(_) => Some(address),
        Err(problems) => {
            for problem in problems {
                // Without an element it is about the address, which begins at the house number.
                let column = problem.field.map_or("HNO", CivicKey::as_str);
                row.refuse(column, problem.text);
            }
            None
        }
    }
}

fn time_zone(row: &mut Row<'_>) -> String {
    let name = row.text("time_zone");
    if name.is_empty() {
        return String::new();
    }
    if let Ok(zone) = TimeZone::get(name)
        && let Some(name) = zone.iana_name()
    {
        return name.to_owned();
    }
    row.refuse(
        "time_zone",
        "there is no such time zone; use its IANA name, such as America/Los_Angeles",
    );
    String::new()
}

/// The number is shown to responders when there is no better one.
fn fallback_number(
    row: &mut Row<'_>,
    country: Option<Country>,
    organisation: Organisation,
) -> Option<E164> {
    let number: E164 = row.given("fallback_number")?;
    if matches!(country, Some(Country::Us | Country::Pr))
        && let Err(error) = UsNumber::valid(&number, organisation.is_sample())
    {
        row.refuse("fallback_number", error.to_string());
    }
    Some(number)
}
