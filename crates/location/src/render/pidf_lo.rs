//! PIDF-LO: presence with a civic location (RFC 4119, RFC 5139, RFC 5491).

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{
    Cut, Rendering,
    indoors::{Step, beyond, way_in},
};
use crate::{CivicAddress, CivicKey, Country};

/// Whose location a document says, and since when.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Presentity<'a> {
    /// A URI, such as `pres:agent7@example.org`.
    pub entity: &'a str,
    /// The id of the tuple: a letter, then letters, digits, `-`, `_` and `.`.
    pub id: &'a str,
    /// When the location was found.
    pub at: Option<Timestamp>,
}

impl Presentity<'static> {
    /// Nobody in particular: the unlinked pseudonym of RFC 3323.
    pub const ANONYMOUS: Self = Self {
        entity: "pres:anonymous@anonymous.invalid",
        id: "location",
        at: None,
    };
}

/// Renders a whole PIDF-LO document with the address as it is, its elements in the order of
/// RFC 5139. `LOC` repeats the way inside the building, because many readers know neither `UNIT`
/// nor `SEAT`.
#[must_use]
pub fn pidf_lo(address: &CivicAddress, presentity: &Presentity<'_>) -> Rendering {
    let (fields, cut) = sendable(address);
    let mut text = String::with_capacity(1024);
    text.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <presence xmlns=\"urn:ietf:params:xml:ns:pidf\" \
         xmlns:gp=\"urn:ietf:params:xml:ns:pidf:geopriv10\" \
         xmlns:ca=\"urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr\" entity=\"",
    );
    escape(presentity.entity, &mut text);
    text.push_str("\"><tuple id=\"");
    escape(presentity.id, &mut text);
    text.push_str("\"><status><gp:geopriv><gp:location-info><ca:civicAddress>");
    for (key, value) in fields.iter() {
        // Writing to a text does not fail.
        let _ = write!(text, "<ca:{key}>");
        escape(value, &mut text);
        let _ = write!(text, "</ca:{key}>");
    }
    text.push_str(
        "</ca:civicAddress></gp:location-info><gp:usage-rules/><gp:method>Manual</gp:method>\
         </gp:geopriv></status>",
    );
    if let Some(at) = presentity.at {
        let _ = write!(text, "<timestamp>{at}</timestamp>");
    }
    text.push_str("</tuple></presence>");
    Rendering { fields, text, cut }
}

/// The elements as they go out, and what XML or the schema does not take.
fn sendable(address: &CivicAddress) -> (CivicAddress, Vec<Cut>) {
    let mut fields = CivicAddress::new();
    let mut cut = Vec::new();
    let mut put = |key, value: &str, cut: &mut Vec<Cut>| {
        let allowed: String = value.chars().filter(|c| is_xml(*c)).collect();
        if allowed != value {
            cut.push(Cut {
                field: key,
                from: value.to_owned(),
                to: allowed.clone(),
                why: "XML has no such character.".to_owned(),
            });
        }
        // A part of an element can be an element.
        let _ = fields.set(key, &allowed);
    };
    for (key, value) in address.iter() {
        if key == CivicKey::Country {
            let two = value.len() == 2 && value.bytes().all(|b| b.is_ascii_uppercase());
            match value.parse::<Country>() {
                Ok(country) => put(key, country.civic(), &mut cut),
                Err(_) if two => put(key, value, &mut cut),
                Err(_) => cut.push(Cut {
                    field: key,
                    from: value.to_owned(),
                    to: String::new(),
                    why: "A country is two letters here, and these are none.".to_owned(),
                }),
            }
        } else if key != CivicKey::Loc {
            put(key, value, &mut cut);
        }
    }
    let inside: Vec<String> = way_in(address).iter().map(Step::compact).collect();
    let inside = inside.join(" ");
    let written = address.get(CivicKey::Loc).unwrap_or_default();
    let loc = [&*inside, beyond(written, &inside)].join(" ");
    put(CivicKey::Loc, loc.trim(), &mut cut);
    (fields, cut)
}

fn escape(value: &str, text: &mut String) {
    for c in value.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            c if is_xml(c) => text.push(c),
            _ => {}
        }
    }
}

/// The characters that XML 1.0 (section 2.2) allows, without the controls that no address has.
const fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_as_the_schemas_want_it() {
        let address: CivicAddress = serde_json::from_str(
            r#"{"country":"PR","A1":"PR","A3":"San Juan","RD":"Calle A & B","HNO":"5","FLR":"2","PC":"00921","LOC":"by the <dock>"}"#,
        )
        .unwrap();
        let presentity = Presentity {
            entity: "pres:agent7@example.org",
            id: "ws181",
            at: Some("2026-01-01T07:00:00Z".parse().unwrap()),
        };
        insta::assert_snapshot!(pidf_lo(&address, &presentity).text);
    }

    /// The sequence of RFC 5139 section 4 and the parts that RFC 4119 demands.
    #[test]
    fn elements_stand_in_the_schemas_order_and_none_is_unknown() {
        const SEQUENCE: [&str; 30] = [
            "country", "A1", "A2", "A3", "A4", "A5", "A6", "PRM", "PRD", "RD", "STS", "POD", "POM",
            "RDSEC", "RDBR", "RDSUBBR", "HNO", "HNS", "LMK", "LOC", "FLR", "NAM", "PC", "BLD",
            "UNIT", "ROOM", "SEAT", "PLC", "PCN", "ADDCODE",
        ];
        let mut address = CivicAddress::new();
        for key in CivicKey::ALL {
            address.set(key, "US").unwrap();
        }
        let text = pidf_lo(&address, &Presentity::ANONYMOUS).text;
        let written: Vec<&str> = text
            .split("<ca:")
            .skip(2)
            .filter_map(|rest| rest.split('>').next())
            .collect();
        assert_eq!(written, SEQUENCE);
        let order = [
            "<presence",
            "<tuple",
            "<status>",
            "<gp:geopriv>",
            "<gp:location-info>",
            "</gp:location-info>",
            "<gp:usage-rules/>",
            "<gp:method>",
            "</status>",
        ];
        let places: Vec<usize> = order.iter().map(|part| text.find(part).unwrap()).collect();
        assert!(places.is_sorted());
    }

    #[test]
    fn what_xml_or_the_schema_does_not_take_is_reported() {
        let address: CivicAddress =
            serde_json::from_str(r#"{"country":"Sweden","RD":"Pi\uFFFFne"}"#).unwrap();
        let rendering = pidf_lo(&address, &Presentity::ANONYMOUS);
        assert!(rendering.text.contains("<ca:RD>Pine</ca:RD>"));
        assert!(!rendering.text.contains("country"));
        let cut: Vec<CivicKey> = rendering.cut.iter().map(|cut| cut.field).collect();
        assert_eq!(cut, [CivicKey::Country, CivicKey::Rd]);
    }
}
