//! The record of a 911 centre's location database: NENA 02-010, ALI record version 2, 233 columns
//! of capital letters.

use super::{
    Cut, Rendering,
    door::{StreetLimits, columns},
    draft::Draft,
};
use crate::{CivicAddress, CivicKey};

/// The columns of a record.
const LENGTH: usize = 233;

/// The elements with the columns they stand in: the first, counted from 1, and how many. The other
/// columns (telephone number, class, exchange, ESN) are not an address's to fill.
const COLUMNS: [(CivicKey, usize, usize); 10] = [
    (CivicKey::Hno, 12, 10),
    (CivicKey::Hns, 22, 4),
    (CivicKey::Prd, 26, 2),
    (CivicKey::Rd, 28, 60),
    (CivicKey::Sts, 88, 4),
    (CivicKey::Pod, 92, 2),
    (CivicKey::A3, 94, 32),
    (CivicKey::A1, 126, 2),
    (CivicKey::Loc, 128, 60),
    (CivicKey::Nam, 188, 32),
];

/// What goes into another column, so that leaving it out loses nothing.
const FOLDED: [CivicKey; 8] = [
    CivicKey::Bld,
    CivicKey::Country,
    CivicKey::Flr,
    CivicKey::Pom,
    CivicKey::Prm,
    CivicKey::Room,
    CivicKey::Seat,
    CivicKey::Unit,
];

/// Renders the address columns of an ALI record; all others are blank. Suffixes and directions are
/// abbreviated by Publication 28, the way inside the building goes to the location column, and
/// letters beyond A to Z are written with those.
#[must_use]
pub fn nena_ali(address: &CivicAddress) -> Rendering {
    let mut draft = Draft::default();
    let country = address.get(CivicKey::Country).and_then(|c| c.parse().ok());
    let limits = StreetLimits {
        name: 60,
        suffix: 4,
    };
    columns(address, country, limits, &mut draft);
    for (key, value) in address.iter() {
        let placed = COLUMNS.iter().any(|(column, _, _)| *column == key);
        if !placed && !FOLDED.contains(&key) {
            draft.leave_out(key, value, "The record has no column for it.");
        }
    }
    let mut record = vec![' '; LENGTH];
    let mut fields = CivicAddress::new();
    let mut cut = draft.cut;
    for (key, first, width) in COLUMNS {
        let Some(value) = draft.fields.get(key) else {
            continue;
        };
        let letters = capitals(value);
        let kept: String = letters.chars().take(width).collect();
        if letters != value.to_uppercase() || kept != letters {
            cut.push(Cut {
                field: key,
                from: value.to_owned(),
                to: kept.clone(),
                why: format!("The column has {width} places for the letters A to Z."),
            });
        }
        for (place, letter) in record[first - 1..].iter_mut().zip(kept.chars()) {
            *place = letter;
        }
        // Letters and blanks can be an element.
        let _ = fields.set(key, &kept);
    }
    Rendering {
        fields,
        text: record.into_iter().collect(),
        cut,
    }
}

/// Capital letters of ASCII. Letters of European languages are written with their usual stand-ins;
/// what has none becomes a question mark.
fn capitals(text: &str) -> String {
    let mut capitals = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            capitals.push(c.to_ascii_uppercase());
            continue;
        }
        let letter = c.to_uppercase().next().unwrap_or(c);
        let found = STAND_INS
            .iter()
            .find(|(letters, _)| letters.contains(letter));
        capitals.push_str(found.map_or("?", |(_, stand_in)| stand_in));
    }
    capitals
}

#[rustfmt::skip]
const STAND_INS: [(&str, &str); 18] = [
    ("ÀÁÂÃĀ", "A"), ("Å", "AA"), ("ÄÆ", "AE"), ("Ç", "C"), ("ÈÉÊËĒ", "E"), ("ÌÍÎÏ", "I"),
    ("Ñ", "N"), ("ÒÓÔÕ", "O"), ("ÖØŒ", "OE"), ("ÙÚÛ", "U"), ("Ü", "UE"), ("ÝŸŶ", "Y"),
    ("Ŵ", "W"), ("Ð", "D"), ("’‘", "'"), ("–—", "-"), ("½", "1/2"), ("“”", "\""),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &str) -> Rendering {
        nena_ali(&serde_json::from_str(fields).unwrap())
    }

    #[test]
    fn every_element_stands_in_its_columns() {
        let rendering = of(
            r#"{"country":"US","A1":"Washington","A3":"Seattle","PRD":"North","RD":"7th","STS":"Avenue",
                "HNO":"2121","HNS":"1/2","FLR":"5","NAM":"Example Corp","PC":"98121","SEAT":"WS 181"}"#,
        );
        assert_eq!(rendering.text.len(), 233);
        let at = |first: usize, last: usize| rendering.text[first - 1..last].trim_end();
        assert_eq!(at(1, 11), "");
        assert_eq!(at(12, 21), "2121");
        assert_eq!(at(22, 25), "1/2");
        assert_eq!(at(26, 27), "N");
        assert_eq!(at(28, 87), "7TH");
        assert_eq!(at(88, 91), "AVE");
        assert_eq!(at(94, 125), "SEATTLE");
        assert_eq!(at(126, 127), "WA");
        assert_eq!(at(128, 187), "FL5 WS181");
        assert_eq!(at(188, 219), "EXAMPLE CORP");
        assert_eq!(at(220, 233), "");
        let cut: Vec<CivicKey> = rendering.cut.iter().map(|cut| cut.field).collect();
        assert_eq!(cut, [CivicKey::Pc]);
    }

    #[test]
    fn the_record_keeps_its_length_whatever_is_put_in() {
        let rendering = of(
            r#"{"country":"DK","A3":"København Ø med et meget langt navn ved vandet","RD":"Ålekistevej 河","HNO":"12","NAM":"½"}"#,
        );
        assert_eq!(rendering.text.len(), 233);
        assert!(rendering.text.contains("AALEKISTEVEJ ?"));
        let cut: Vec<CivicKey> = rendering.cut.iter().map(|cut| cut.field).collect();
        assert_eq!(
            cut,
            [CivicKey::A3, CivicKey::Rd, CivicKey::A3, CivicKey::Nam]
        );
    }
}
