use super::{
    indoors::{Step, way_in},
    label,
    lines::{country, street, town},
};
use crate::{CivicAddress, CivicKey, Country};

/// An address on one line, in the order in which people of its country write it:
/// `2121 7th Ave, floor 5, WS 181, Seattle, WA 98121`, `Vestergade 12B, 2. th, 8000 Aarhus C`.
#[must_use]
pub fn one_line(address: &CivicAddress) -> String {
    if matches!(country(address), Some(Country::Dk | Country::Gb)) {
        return label::parts(address).0.join(", ");
    }
    let value = |key| address.get(key).unwrap_or_default().to_owned();
    let mut parts = vec![value(CivicKey::Nam), value(CivicKey::Lmk), street(address)];
    parts.extend(way_in(address).iter().map(Step::spoken));
    parts.extend([
        value(CivicKey::Loc),
        value(CivicKey::A5),
        value(CivicKey::A4),
        town(address),
    ]);
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_people_write() {
        let address: CivicAddress = serde_json::from_str(
            r#"{"country":"US","A1":"WA","A3":"Seattle","PRD":"N","RD":"7th","STS":"Ave",
                "HNO":"2121","FLR":"5","PC":"98121","SEAT":"WS 181","NAM":"Example Corp"}"#,
        )
        .unwrap();
        assert_eq!(
            one_line(&address),
            "Example Corp, 2121 N 7th Ave, floor 5, WS 181, Seattle, WA 98121"
        );
        assert_eq!(one_line(&CivicAddress::new()), "");
    }
}
