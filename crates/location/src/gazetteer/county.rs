use super::us;
use crate::{CivicAddress, CivicKey, Country, pub28};

/// The county of an American address by its ZIP code, where the table has it in the state that the
/// address names. A ZIP code may lie in several counties; this is the one most of it lies in.
///
/// # Example: what a location server wants and nobody writes
/// ```
/// use location::{CivicAddress, CivicKey, gazetteer::county};
///
/// let address = CivicAddress::new()
///     .with(CivicKey::Country, "US")?
///     .with(CivicKey::A1, "WA")?
///     .with(CivicKey::Pc, "98121")?;
/// assert_eq!(county(&address).as_deref(), Some("King County"));
/// # Ok::<(), location::CivicValueError>(())
/// ```
#[must_use]
pub fn county(address: &CivicAddress) -> Option<String> {
    match address.get(CivicKey::Country)?.parse().ok()? {
        Country::Pr | Country::Us => {}
        Country::Ca | Country::Dk | Country::Gb => return None,
    }
    let zip = us::zip(address.get(CivicKey::Pc)?)?;
    let state = pub28::state(&address.get(CivicKey::A1)?.to_lowercase())?;
    let county = zip.county();
    (zip.state.eq_ignore_ascii_case(state) && !county.is_empty()).then_some(county)
}
