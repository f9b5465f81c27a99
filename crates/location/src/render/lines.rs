use super::indoors::{Step, beyond, way_in};
use crate::{CivicAddress, CivicKey, Country, freshness::SEAT_UNCONFIRMED};

/// An address to read aloud, a line a breath: seat and floor first, then the door, then the town.
///
/// The country is left out: whoever answers the call is in it. An empty address gives no line.
#[must_use]
pub fn lines(address: &CivicAddress) -> Vec<String> {
    [
        inside(address),
        address
            .get(CivicKey::Nam)
            .or(address.get(CivicKey::Lmk))
            .unwrap_or_default()
            .to_owned(),
        street(address),
        address
            .get(CivicKey::A5)
            .or(address.get(CivicKey::A4))
            .unwrap_or_default()
            .to_owned(),
        town(address),
    ]
    .into_iter()
    .filter(|line| !line.is_empty())
    .collect()
}

/// `WS 181, floor 5`: the innermost first, because it is what a responder looks for last and what
/// a caller under stress forgets to say.
fn inside(address: &CivicAddress) -> String {
    let mut steps = way_in(address);
    let folded: Vec<String> = steps.iter().map(Step::compact).collect();
    steps.reverse();
    let mut parts: Vec<String> = steps.iter().map(Step::spoken).collect();
    let loc = address.get(CivicKey::Loc).unwrap_or_default();
    // A rendered address repeats the way in here.
    match beyond(loc, &folded.join(" ")) {
        "" => {}
        SEAT_UNCONFIRMED => parts.push("seat not confirmed".to_owned()),
        more => parts.push(more.to_owned()),
    }
    capitalised(&parts.join(", "))
}

/// The name of a street, in the order in which it is written.
pub(super) const STREET: [CivicKey; 6] = [
    CivicKey::Prd,
    CivicKey::Prm,
    CivicKey::Rd,
    CivicKey::Sts,
    CivicKey::Pod,
    CivicKey::Pom,
];

/// The street line in the order of its country.
pub(super) fn street(address: &CivicAddress) -> String {
    let number = glued(address, CivicKey::Hno, CivicKey::Hns);
    let street = joined(address, &STREET);
    let words = match country(address) {
        Some(Country::Dk) => [street, number],
        Some(Country::Ca | Country::Gb | Country::Pr | Country::Us) | None => [number, street],
    };
    words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The town line in the order of its country.
pub(super) fn town(address: &CivicAddress) -> String {
    let value = |key| address.get(key).unwrap_or_default();
    match country(address) {
        Some(Country::Dk) => joined(address, &[CivicKey::Pc, CivicKey::A3]),
        Some(Country::Ca | Country::Gb | Country::Pr | Country::Us) | None => {
            let region = joined(address, &[CivicKey::A1, CivicKey::Pc]);
            match (value(CivicKey::A3), &*region) {
                (city, "") => city.to_owned(),
                ("", region) => region.to_owned(),
                (city, region) => format!("{city}, {region}"),
            }
        }
    }
}

pub(super) fn country(address: &CivicAddress) -> Option<Country> {
    address.get(CivicKey::Country)?.parse().ok()
}

fn joined(address: &CivicAddress, keys: &[CivicKey]) -> String {
    keys.iter()
        .filter_map(|key| address.get(*key))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `12A`, but `12 1/2`.
pub(super) fn glued(address: &CivicAddress, number: CivicKey, suffix: CivicKey) -> String {
    let number = address.get(number).unwrap_or_default();
    match address.get(suffix) {
        Some(suffix)
            if suffix.chars().all(char::is_alphabetic)
                && number.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            format!("{number}{suffix}")
        }
        Some(suffix) => format!("{number} {suffix}").trim_start().to_owned(),
        None => number.to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &str) -> String {
        lines(&serde_json::from_str(fields).unwrap()).join(" | ")
    }

    #[test]
    fn seat_and_floor_come_first() {
        #[rustfmt::skip]
        let table = [
            (r#"{"country":"US","A1":"WA","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","FLR":"5","PC":"98121","SEAT":"WS 181"}"#,
             "WS 181, floor 5 | 2121 7th Ave | Seattle, WA 98121"),
            (r#"{"country":"US","A1":"WA","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","LOC":"SEAT UNCONFIRMED","PC":"98121"}"#,
             "Seat not confirmed | 2121 7th Ave | Seattle, WA 98121"),
            (r#"{"country":"US","A1":"WA","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","FLR":"5","LOC":"FL5 WS181","SEAT":"WS 181"}"#,
             "WS 181, floor 5 | 2121 7th Ave | Seattle, WA"),
            (r#"{"country":"US","HNO":"12","HNS":"1/2","PRD":"N","RD":"Main","STS":"St","UNIT":"Apt 4","A3":"Ada","A1":"OK","PC":"74820"}"#,
             "Apartment 4 | 12 1/2 N Main St | Ada, OK 74820"),
            (r#"{"country":"US","HNO":"12","HNS":"A","RD":"Main","NAM":"Example Corp","BLD":"2","LOC":"by the dock"}"#,
             "Building 2, by the dock | Example Corp | 12A Main"),
            (r#"{"country":"DK","HNO":"5","RD":"Vesterbrogade","FLR":"2","UNIT":"tv","A3":"København V","PC":"1620"}"#,
             "Unit tv, floor 2 | Vesterbrogade 5 | 1620 København V"),
            (r#"{"country":"GB","HNO":"10","RD":"Downing Street","A4":"Westminster","A3":"London","PC":"SW1A 2AA"}"#,
             "10 Downing Street | Westminster | London, SW1A 2AA"),
            (r#"{"country":"US","A3":"Seattle"}"#, "Seattle"),
            ("{}", ""),
        ];
        for (fields, expected) in table {
            assert_eq!(read(fields), expected);
        }
    }
}
