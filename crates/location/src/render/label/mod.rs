//! The address as the post of its country writes it on a letter.

mod america;
mod denmark;
mod kingdom;

use super::{
    Cut, Rendering,
    lines::{STREET, country},
};
use crate::{CivicAddress, CivicKey, Country};

/// Renders a postal label, lines separated by a line feed, without the country. Where the country is
/// not known, the American order is used.
#[must_use]
pub fn label(address: &CivicAddress) -> Rendering {
    let (lines, unused) = parts(address);
    let cut = unused
        .into_iter()
        .filter_map(|key| {
            Some(Cut {
                field: key,
                from: address.get(key)?.to_owned(),
                to: String::new(),
                why: "A letter is addressed without it.".to_owned(),
            })
        })
        .collect();
    Rendering {
        fields: address.clone(),
        text: lines.join("\n"),
        cut,
    }
}

/// The lines of a label, and the elements that are not on it.
pub(super) fn parts(address: &CivicAddress) -> (Vec<String>, Vec<CivicKey>) {
    let mut sheet = Sheet {
        address,
        used: vec![CivicKey::Country],
        lines: Vec::new(),
    };
    match country(address) {
        Some(Country::Dk) => denmark::write(&mut sheet),
        Some(Country::Gb) => kingdom::write(&mut sheet),
        Some(Country::Ca | Country::Pr | Country::Us) | None => america::write(&mut sheet),
    }
    let unused = address
        .iter()
        .map(|(key, _)| key)
        .filter(|key| !sheet.used.contains(key))
        .collect();
    (sheet.lines, unused)
}

/// A label in the making.
struct Sheet<'a> {
    address: &'a CivicAddress,
    used: Vec<CivicKey>,
    lines: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// The value of an element, which is on the label from now on; empty where it is absent.
    fn take(&mut self, key: CivicKey) -> &'a str {
        self.used.push(key);
        self.address.get(key).unwrap_or_default()
    }

    /// The values of elements in a row.
    fn row(&mut self, keys: &[CivicKey]) -> String {
        let values: Vec<&str> = keys.iter().map(|key| self.take(*key)).collect();
        joined(&values, " ")
    }

    /// Number and suffix as they are written together.
    fn number(&mut self) -> String {
        self.used.extend([CivicKey::Hno, CivicKey::Hns]);
        super::lines::glued(self.address, CivicKey::Hno, CivicKey::Hns)
    }

    /// The name of the street with everything before and behind it.
    fn street(&mut self) -> String {
        self.row(&STREET)
    }

    /// Ends a line; an empty one is left out.
    fn line(&mut self, text: &str) {
        if !text.is_empty() {
            self.lines.push(text.to_owned());
        }
    }
}

/// Texts that are not empty, with something between them.
fn joined(texts: &[&str], between: &str) -> String {
    texts
        .iter()
        .filter(|text| !text.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_country_has_its_order() {
        #[rustfmt::skip]
        let table = [
            (r#"{"country":"US","A1":"WA","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","FLR":"5","UNIT":"Ste 100","PC":"98121","NAM":"Example Corp"}"#,
             "Example Corp | 2121 7th Ave FL 5 STE 100 | Seattle, WA 98121"),
            (r#"{"country":"US","A1":"PR","A3":"San Juan","A5":"Urb Las Gladiolas","RD":"Calle A","HNO":"150","PC":"00926"}"#,
             "Urb Las Gladiolas | 150 Calle A | San Juan, PR 00926"),
            (r#"{"country":"CA","A1":"ON","A3":"Ottawa","RD":"Wellington","STS":"St","HNO":"111","UNIT":"4","PC":"K1A 0A9"}"#,
             "111 Wellington St UNIT 4 | Ottawa ON K1A 0A9"),
            (r#"{"country":"GB","A3":"Leeds","A4":"Headingley","RD":"Park Road","HNO":"12","HNS":"A","FLR":"2","UNIT":"Flat 3","BLD":"Burlington House","PC":"LS1 4AP","A2":"West Yorkshire"}"#,
             "Flat 3, 2nd Floor | Burlington House | 12A Park Road | Headingley | Leeds | LS1 4AP"),
            (r#"{"country":"DK","A3":"Aarhus C","RD":"Vestergade","HNO":"12","HNS":"B","FLR":"2","UNIT":"th","PC":"8000","NAM":"Jens Hansen"}"#,
             "Jens Hansen | Vestergade 12B, 2. th | 8000 Aarhus C"),
            (r#"{"country":"DK","A3":"Bredebro","A4":"Ballum","RD":"Vestergade","HNO":"12","FLR":"st","UNIT":"4","PC":"6261"}"#,
             "Vestergade 12, st. dør 4 | Ballum | 6261 Bredebro"),
            ("{}", ""),
        ];
        for (fields, expected) in table {
            let rendering = label(&serde_json::from_str(fields).unwrap());
            assert_eq!(rendering.text.replace('\n', " | "), expected);
        }
    }

    #[test]
    fn what_is_not_on_the_letter_is_reported() {
        let address: CivicAddress = serde_json::from_str(
            r#"{"country":"GB","A2":"Kent","A3":"Deal","RD":"High Street","HNO":"1","PC":"CT14 7AA","PLC":"office"}"#,
        )
        .unwrap();
        let cut: Vec<CivicKey> = label(&address).cut.iter().map(|cut| cut.field).collect();
        assert_eq!(cut, [CivicKey::A2, CivicKey::Plc]);
    }
}
