//! What is rendered for people is read back as it was: every country, on a label and on one line.

mod america;
mod denmark;
mod kingdom;

use location::{
    CivicAddress, CivicKey, Country, TypedAddress, interpret,
    render::{label, one_line},
};

/// An address from elements; empty values are left out.
fn address(country: Country, elements: &[(CivicKey, &str)]) -> CivicAddress {
    let mut address = CivicAddress::new();
    let country = [(CivicKey::Country, country.civic())];
    for (key, value) in country.iter().chain(elements) {
        address
            .set(*key, value)
            .expect("no value here is long or has controls");
    }
    address
}

/// Reads the label and the line of an address, and says where the result differs.
fn check(country: Country, address: &CivicAddress) -> Result<(), String> {
    for text in [label(address).text, one_line(address)] {
        let mut read = interpret(&TypedAddress::from(&*text), Some(country));
        if address.get(CivicKey::A2).is_none() {
            // The ZIP code's county is filled in.
            read.fields.remove(CivicKey::A2);
        }
        if read.fields != *address {
            return Err(format!(
                "{text:?} was read as {:?}",
                read.fields.iter().collect::<Vec<_>>()
            ));
        }
    }
    Ok(())
}

/// The columns of a table's rows.
fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    table
        .lines()
        .map(|line| line.split('\t').collect())
        .collect()
}
