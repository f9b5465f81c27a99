use super::{Name, ca, us};
use crate::{CivicAddress, CivicKey, Country, pub28};

/// A point in the middle of a postal area or a town, in degrees of WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Centroid {
    /// North of the equator.
    pub latitude: f64,
    /// East of Greenwich.
    pub longitude: f64,
}

/// Where an address lies roughly: the middle of its ZIP code's area or, in Canada, of its town.
/// Good enough to tell whether a place is in the right part of the country, and for nothing else.
///
/// # Example: the middle of a ZIP code
/// ```
/// use location::{CivicAddress, CivicKey, gazetteer::centroid};
///
/// let address = CivicAddress::new()
///     .with(CivicKey::Country, "US")?
///     .with(CivicKey::Pc, "98121")?;
/// let seattle = centroid(&address).expect("98121 is in the table");
/// assert!((seattle.longitude + 122.3).abs() < 0.1);
/// # Ok::<(), location::CivicValueError>(())
/// ```
#[must_use]
pub fn centroid(address: &CivicAddress) -> Option<Centroid> {
    match address.get(CivicKey::Country)?.parse().ok()? {
        Country::Pr | Country::Us => Some(us::zip(address.get(CivicKey::Pc)?)?.centroid()),
        Country::Ca => {
            let province = pub28::province(&address.get(CivicKey::A1)?.to_lowercase())?;
            ca::place(Name::of(address.get(CivicKey::A3)?))
                .iter()
                .find(|place| place.province == province)
                .map(|place| place.centroid)
        }
        Country::Dk | Country::Gb => None,
    }
}
