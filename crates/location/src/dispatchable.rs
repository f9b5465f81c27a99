use crate::{CivicAddress, CivicKey, Country, Problem, ProblemCode, pub28};

/// An address that is complete and well-formed enough to send help to.
///
/// The one way to make one is [`DispatchableLocation::assess`], so an incomplete one does not
/// exist. Whether the address is real is another question, answered by checking.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DispatchableLocation {
    civic_address: CivicAddress,
    country: Country,
    notes: Vec<String>,
}

impl DispatchableLocation {
    /// Takes an address that has everything its country needs.
    ///
    /// In the United States and Canada that is house number, street, city, state and postal code;
    /// in Puerto Rico the same without the state, and a kilometre on a road (`Km 14.5` as `LOC`) in
    /// place of the house number; in Denmark house number, street, city and postal
    /// code; in the United Kingdom a number, a name or a unit on a street, a street or a village,
    /// the post town and the postcode.
    ///
    /// # Errors
    /// One problem for each element that is missing or cannot be what it says, in the order in
    /// which people write an address.
    pub fn assess(civic_address: &CivicAddress) -> Result<Self, Vec<Problem>> {
        let country = country_of(civic_address).map_err(|problem| vec![problem])?;
        let mut problems = missing(civic_address, country);
        problems.extend(malformed(civic_address, country));
        if problems.is_empty() {
            Ok(Self {
                civic_address: civic_address.clone(),
                country,
                notes: notes(civic_address),
            })
        } else {
            Err(problems)
        }
    }

    /// The address.
    #[must_use]
    pub const fn civic_address(&self) -> &CivicAddress {
        &self.civic_address
    }

    /// The country by whose rules it is complete.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }

    /// What would still help responders, as sentences. None of it keeps help from being sent.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

/// The country of an address: its element `country`, and Puerto Rico by its state.
fn country_of(address: &CivicAddress) -> Result<Country, Problem> {
    let Some(written) = address.get(CivicKey::Country) else {
        return Err(problem(
            ProblemCode::Missing,
            CivicKey::Country,
            "Say which country the address is in.",
        ));
    };
    let country = written.parse::<Country>().map_err(|_| {
        problem(
            ProblemCode::UnsupportedCountry,
            CivicKey::Country,
            "Addresses in this country are not supported yet; use CA, DK, GB, PR or US.",
        )
    })?;
    let puerto_rico = address
        .get(CivicKey::A1)
        .is_some_and(|a1| pub28::state(&a1.to_lowercase()) == Some("PR"));
    Ok(if country == Country::Us && puerto_rico {
        Country::Pr
    } else {
        country
    })
}

fn missing(address: &CivicAddress, country: Country) -> Vec<Problem> {
    let has = |key| address.get(key).is_some();
    let mut problems = Vec::new();
    let mut need = |present: bool, key, text| {
        if !present {
            problems.push(problem(ProblemCode::Missing, key, text));
        }
    };
    let british = country == Country::Gb;
    let named = has(CivicKey::Nam) || has(CivicKey::Bld);
    // A unit of an estate often has its street and no number: `Unit 26, Roper Close`.
    let unit = has(CivicKey::Unit) && has(CivicKey::Rd);
    // `Carr 2 Km 14.5`: outside the towns of Puerto Rico nothing else is written on the doors.
    let kilometre = country == Country::Pr && address.get(CivicKey::Loc).is_some_and(is_kilometre);
    need(
        has(CivicKey::Hno) || (british && (named || unit)) || kilometre,
        CivicKey::Hno,
        if british {
            "Add the house number or the name of the house."
        } else {
            "Add the house number."
        },
    );
    need(
        has(CivicKey::Rd) || (british && has(CivicKey::A4)),
        CivicKey::Rd,
        "Add the street.",
    );
    need(
        has(CivicKey::A3),
        CivicKey::A3,
        if british {
            "Add the post town."
        } else {
            "Add the city."
        },
    );
    match country {
        Country::Us => need(has(CivicKey::A1), CivicKey::A1, "Add the state."),
        Country::Ca => need(has(CivicKey::A1), CivicKey::A1, "Add the province."),
        Country::Dk | Country::Gb | Country::Pr => {}
    }
    need(
        has(CivicKey::Pc),
        CivicKey::Pc,
        match country {
            Country::Us | Country::Pr => "Add the ZIP code.",
            Country::Ca | Country::Dk | Country::Gb => "Add the postal code.",
        },
    );
    problems
}

fn malformed(address: &CivicAddress, country: Country) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = |key, right: fn(&str, Country) -> bool, text: &str| {
        if address.get(key).is_some_and(|value| !right(value, country)) {
            problems.push(problem(ProblemCode::InvalidValue, key, text));
        }
    };
    check(
        CivicKey::Hno,
        |number, country| country == Country::Gb || number.contains(|c: char| c.is_ascii_digit()),
        "Write the house number in digits.",
    );
    check(
        CivicKey::A1,
        |name, country| match country {
            Country::Us | Country::Pr => pub28::state(&name.to_lowercase()).is_some(),
            Country::Ca => pub28::province(&name.to_lowercase()).is_some(),
            Country::Dk | Country::Gb => true,
        },
        match country {
            Country::Ca => "This is no Canadian province; use its two letters, such as ON.",
            Country::Dk | Country::Gb | Country::Pr | Country::Us => {
                "This is no state; use its two letters, such as WA."
            }
        },
    );
    check(
        CivicKey::Pc,
        postal_code,
        match country {
            Country::Us => "A ZIP code is five digits, or five and four, such as 98121-1234.",
            Country::Pr => {
                "A ZIP code in Puerto Rico is five digits and begins with 006, 007 or 009."
            }
            Country::Ca => "A Canadian postal code looks like K1A 0B1.",
            Country::Gb => "A British postcode looks like SW1A 1AA.",
            Country::Dk => "A Danish postal code is four digits.",
        },
    );
    if address.get(CivicKey::Rd).is_some_and(is_po_box) {
        problems.push(problem(
            ProblemCode::PoBox,
            CivicKey::Rd,
            "Nobody can be sent to a PO box. Use the street address.",
        ));
    }
    problems
}

fn notes(address: &CivicAddress) -> Vec<String> {
    let inside = [
        CivicKey::Flr,
        CivicKey::Loc,
        CivicKey::Room,
        CivicKey::Seat,
        CivicKey::Unit,
    ];
    if inside.into_iter().any(|key| address.get(key).is_some()) {
        Vec::new()
    } else {
        vec!["If there is more than one door, add the floor, apartment or unit.".to_owned()]
    }
}

/// Whether a value has the shape of its country's postal code.
pub(crate) fn postal_code(code: &str, country: Country) -> bool {
    let shape: String = code
        .chars()
        .map(|c| match c {
            '0'..='9' => '9',
            'A'..='Z' | 'a'..='z' => 'A',
            other => other,
        })
        .collect();
    match country {
        Country::Us => matches!(&*shape, "99999" | "99999-9999" | "999999999"),
        Country::Pr => {
            matches!(&*shape, "99999" | "99999-9999" | "999999999")
                && ["006", "007", "009"].iter().any(|p| code.starts_with(p))
        }
        Country::Ca => matches!(&*shape, "A9A 9A9" | "A9A9A9"),
        Country::Dk => shape == "9999",
        Country::Gb => {
            let compact = shape.replace(' ', "");
            matches!(
                &*compact,
                "A99AA" | "A999AA" | "AA99AA" | "AA999AA" | "A9A9AA" | "AA9A9AA" | "AAA9AA"
            )
        }
    }
}

/// Whether a location says how far along a road: `Km 14.5`, `KM14.5`.
fn is_kilometre(place: &str) -> bool {
    let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<String> = place.split_whitespace().map(str::to_lowercase).collect();
    words.iter().enumerate().any(|(index, word)| {
        word.strip_prefix("km").is_some_and(|rest| {
            let rest = rest.trim_start_matches('.');
            numbered(rest) || rest.is_empty() && words.get(index + 1).is_some_and(|w| numbered(w))
        })
    })
}

/// Whether a street is a post-office box.
pub(crate) fn is_po_box(street: &str) -> bool {
    let words: String = street
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    ["pobox", "postofficebox", "postbox", "pob"]
        .iter()
        .filter_map(|prefix| words.strip_prefix(prefix))
        .any(|rest| rest.chars().all(|c| c.is_ascii_digit()))
}

fn problem(code: ProblemCode, field: CivicKey, text: &str) -> Problem {
    Problem {
        code,
        field: Some(field),
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assess(fields: &str) -> Vec<String> {
        let address: CivicAddress = serde_json::from_str(fields).unwrap();
        match DispatchableLocation::assess(&address) {
            Ok(location) => {
                assert_eq!(location.civic_address(), &address);
                vec![location.country().to_string()]
            }
            Err(problems) => problems
                .iter()
                .map(|p| format!("{:?} {}", p.code, p.field.unwrap()))
                .collect(),
        }
    }

    #[test]
    fn each_country_has_its_own_needs() {
        #[rustfmt::skip]
        let table = [
            (r#"{"country":"US","HNO":"2121","RD":"7th","STS":"Ave","A3":"Seattle","A1":"WA","PC":"98121"}"#, "US"),
            (r#"{"country":"USA","HNO":"1","RD":"A","A3":"B","A1":"Washington","PC":"98121-1234"}"#, "US"),
            (r#"{"country":"US","HNO":"1","RD":"CALLE 1","A3":"SAN JUAN","A1":"PR","PC":"00921"}"#, "PR"),
            (r#"{"country":"PR","HNO":"1","RD":"CALLE 1","A3":"SAN JUAN","PC":"00921"}"#, "PR"),
            (r#"{"country":"PR","RD":"Carr 2","LOC":"Km 14.5","A3":"Toa Alta","PC":"00953"}"#, "PR"),
            (r#"{"country":"PR","RD":"Carr 2","LOC":"Bo Pueblo","A3":"Toa Alta","PC":"00953"}"#, "Missing HNO"),
            (r#"{"country":"CA","HNO":"1","RD":"A","A3":"B","A1":"ON","PC":"K1A 0B1"}"#, "CA"),
            (r#"{"country":"GB","HNO":"10","RD":"Downing Street","A3":"London","PC":"SW1A 2AA"}"#, "GB"),
            (r#"{"country":"GB","NAM":"Rose Cottage","A4":"Ashford","A3":"Bakewell","PC":"DE45 1QA"}"#, "GB"),
            (r#"{"country":"GB","UNIT":"Unit 26","RD":"Roper Close","A3":"Canterbury","PC":"CT2 7EP"}"#, "GB"),
            (r#"{"country":"GB","UNIT":"Unit 26","A4":"Harbledown","A3":"Canterbury","PC":"CT2 7EP"}"#, "Missing HNO"),
            (r#"{"country":"DK","HNO":"5","RD":"Vesterbrogade","A3":"København V","PC":"1620"}"#, "DK"),
            ("{}", "Missing country"),
            (r#"{"country":"SE","HNO":"1"}"#, "UnsupportedCountry country"),
            (r#"{"country":"US"}"#, "Missing HNO,Missing RD,Missing A3,Missing A1,Missing PC"),
            (r#"{"country":"GB"}"#, "Missing HNO,Missing RD,Missing A3,Missing PC"),
            (r#"{"country":"US","HNO":"1","RD":"A","A3":"B","A1":"XX","PC":"1234"}"#, "InvalidValue A1,InvalidValue PC"),
            (r#"{"country":"US","HNO":"One","RD":"A","A3":"B","A1":"WA","PC":"98121"}"#, "InvalidValue HNO"),
            (r#"{"country":"US","HNO":"1","RD":"A","A3":"B","A1":"PR","PC":"98121"}"#, "InvalidValue PC"),
            (r#"{"country":"CA","HNO":"1","RD":"A","A3":"B","A1":"WA","PC":"98121"}"#, "InvalidValue A1,InvalidValue PC"),
            (r#"{"country":"DK","HNO":"1","RD":"A","A3":"B","PC":"162"}"#, "InvalidValue PC"),
            (r#"{"country":"US","HNO":"1","RD":"P.O. Box 45","A3":"B","A1":"WA","PC":"98121"}"#, "PoBox RD"),
        ];
        for (fields, expected) in table {
            assert_eq!(assess(fields).join(","), expected, "{fields}");
        }
    }

    #[test]
    fn a_missing_unit_is_a_note_and_no_problem() {
        let whole = r#"{"country":"US","HNO":"1","RD":"A","A3":"B","A1":"WA","PC":"98121"}"#;
        let mut address: CivicAddress = serde_json::from_str(whole).unwrap();
        let notes = |a: &CivicAddress| DispatchableLocation::assess(a).unwrap().notes().len();
        assert_eq!(notes(&address), 1);
        address.set(CivicKey::Unit, "Apt 4").unwrap();
        assert_eq!(notes(&address), 0);
    }

    #[test]
    fn a_road_named_after_a_box_is_no_post_office_box() {
        for street in ["PO Box 45", "P. O. BOX 12", "Post Office Box 3", "POB 7"] {
            assert!(is_po_box(street), "{street}");
        }
        for street in ["Boxwood", "Pobiddy", "Box Elder", "Port Obispo"] {
            assert!(!is_po_box(street), "{street}");
        }
    }
}
