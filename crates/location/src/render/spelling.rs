//! One address in the two spellings that checks ask for: spelled out for a LoST server (CLDXF,
//! NENA-STA-004), abbreviated for an MSAG (Publication 28).

use crate::{
    CivicAddress, CivicKey, Country,
    pub28::{Directional, StreetSuffix, province, state},
};

/// The address with types and directions spelled out: `Avenue`, `North`. States are two letters.
/// Only American and Canadian addresses are changed.
///
/// # Example: what a LoST server compares literally
/// ```
/// use location::{CivicAddress, CivicKey, render};
///
/// let typed = CivicAddress::new().with(CivicKey::Country, "US")?.with(CivicKey::Sts, "Ave")?;
/// assert_eq!(render::spelled_out(&typed).get(CivicKey::Sts), Some("Avenue"));
/// # Ok::<(), location::CivicValueError>(())
/// ```
#[must_use]
pub fn spelled_out(address: &CivicAddress) -> CivicAddress {
    respelled(address, Directional::name, |suffix| suffix.name)
}

/// The address with types and directions abbreviated by Publication 28: `Ave`, `N`. States are two
/// letters. Only American and Canadian addresses are changed.
#[must_use]
pub fn abbreviated_address(address: &CivicAddress) -> CivicAddress {
    respelled(address, Directional::abbreviation, |suffix| {
        suffix.abbreviation
    })
}

fn respelled(
    address: &CivicAddress,
    direction: fn(Directional) -> &'static str,
    suffix: fn(&StreetSuffix) -> &'static str,
) -> CivicAddress {
    let country = address.get(CivicKey::Country).and_then(|c| c.parse().ok());
    if matches!(country, Some(Country::Dk | Country::Gb)) {
        return address.clone();
    }
    let mut respelled = address.clone();
    let mut put = |key, spell: &dyn Fn(&str) -> Option<&'static str>| {
        if let Some(word) = address.get(key).map(plain).and_then(|word| spell(&word)) {
            // A word of a table is shorter than an element may be.
            let _ = respelled.set(key, word);
        }
    };
    put(CivicKey::Country, &|_| country.map(Country::civic));
    let region = if country == Some(Country::Ca) {
        province
    } else {
        state
    };
    put(CivicKey::A1, &region);
    for key in [CivicKey::Prd, CivicKey::Pod] {
        put(key, &|word| Directional::find(word).map(direction));
    }
    put(CivicKey::Sts, &|word| StreetSuffix::find(word).map(suffix));
    respelled
}

fn plain(value: &str) -> String {
    value.to_lowercase().replace('.', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(fields: &str) -> CivicAddress {
        serde_json::from_str(fields).unwrap()
    }

    #[test]
    fn the_two_spellings_are_each_others_reverse() {
        let short =
            address(r#"{"country":"US","A1":"WA","PRD":"N","RD":"7th","STS":"Ave","POD":"SW"}"#);
        let long = address(
            r#"{"country":"US","A1":"WA","PRD":"North","RD":"7th","STS":"Avenue","POD":"Southwest"}"#,
        );
        assert_eq!(spelled_out(&short), long);
        assert_eq!(abbreviated_address(&long), short);
        assert_eq!(spelled_out(&long), long);
    }

    #[test]
    fn unknown_words_and_other_countries_stay() {
        for fields in [
            r#"{"country":"US","A1":"WA","RD":"7th","STS":"Wynd"}"#,
            r#"{"country":"GB","RD":"High St","STS":"St"}"#,
        ] {
            assert_eq!(spelled_out(&address(fields)), address(fields));
        }
        let canadian = address(r#"{"country":"CA","A1":"ontario","STS":"st."}"#);
        assert_eq!(
            spelled_out(&canadian),
            address(r#"{"country":"CA","A1":"ON","STS":"Street"}"#)
        );
    }
}
