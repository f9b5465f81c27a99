use location::{CivicAddress, CivicKey, gazetteer, render};
use quick_xml::escape::escape;

/// The namespace of LoST.
pub(super) const LOST: &str = "urn:ietf:params:xml:ns:lost1";
/// The namespace of civic addresses (RFC 5139).
pub(super) const CIVIC: &str = "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr";

/// The request about an address (RFC 5222 section 8.1): CLDXF spelling, elements in the order of
/// RFC 5139, without what says who is there. Servers want the county, which nobody writes: it comes
/// from the ZIP code where the address has none.
pub(super) fn find_service(address: &CivicAddress) -> String {
    let mut spelled = render::spelled_out(address);
    if spelled.get(CivicKey::A2).is_none()
        && let Some(county) = gazetteer::county(address)
    {
        // A word of a table is shorter than an element may be.
        let _ = spelled.set(CivicKey::A2, &county);
    }
    let elements: String = spelled
        .iter()
        .filter(|(key, _)| !is_private(*key))
        .map(|(key, value)| format!("<{key}>{}</{key}>", escape(value)))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <findService xmlns=\"{LOST}\" validateLocation=\"true\" recursive=\"true\" \
         serviceBoundary=\"reference\"><location id=\"address\" profile=\"civic\">\
         <civicAddress xmlns=\"{CIVIC}\" xml:lang=\"en\">{elements}</civicAddress></location>\
         <service>urn:service:sos</service></findService>"
    )
}

const fn is_private(key: CivicKey) -> bool {
    use CivicKey::{Addcode, Loc, Nam, Plc, Room, Seat};
    matches!(key, Addcode | Loc | Nam | Plc | Room | Seat)
}
