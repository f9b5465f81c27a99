//! American ZIP codes, and the places that no ZIP code is named for.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::source::{ZIPCODES, cities, coordinate};
use crate::{process::Invocation, workspace::Workspace};

/// Rows of ZIP code, city, state, county, latitude, longitude, and the other names that mail for
/// it may bear, with `|` between them. In a county's name `~` stands for ` County`, which most
/// end with.
pub(super) fn zips(workspace: &Workspace) -> Result<Vec<String>> {
    entries(workspace)?
        .iter()
        .map(|zip| {
            let county = zip.county.as_deref().unwrap_or_default();
            let county = county
                .strip_suffix(" County")
                .map_or_else(|| county.to_owned(), |name| format!("{name}~"));
            let row = [
                &*zip.zip_code,
                &*zip.city,
                &*zip.state,
                &*county,
                &*coordinate(&zip.lat)?,
                &*coordinate(&zip.long)?,
                &*zip.acceptable_cities.join("|"),
            ];
            Ok(row.join("\t").trim_end().to_owned())
        })
        .collect()
}

/// Rows of place and states: names that people write and the post office does not, and towns
/// without a ZIP code of their own.
pub(super) fn places(workspace: &Workspace) -> Result<Vec<String>> {
    let entries = entries(workspace)?;
    let mut postal = BTreeSet::new();
    for zip in &entries {
        for name in zip.acceptable_cities.iter().chain([&zip.city]) {
            postal.insert((name.to_lowercase(), zip.state.clone()));
        }
    }
    let written = entries
        .iter()
        // A code for one receiver is known by names of companies and offices.
        .filter(|zip| matches!(&*zip.zip_code_type, "STANDARD" | "PO BOX") && zip.state != "PR")
        .flat_map(|zip| {
            zip.unacceptable_cities
                .iter()
                .map(|name| (name.clone(), zip.state.clone()))
        });
    let towns = cities(workspace, "US")?
        .into_iter()
        .map(|city| (city.name, city.admin1));
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, state) in written.chain(towns) {
        let plain = !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | '/' | ','));
        if plain && !postal.contains(&(name.to_lowercase(), state.clone())) {
            places.entry(name).or_default().insert(state);
        }
    }
    Ok(places
        .into_iter()
        .map(|(name, states)| {
            let states: Vec<String> = states.into_iter().collect();
            format!("{name}\t{}", states.join(" "))
        })
        .collect())
}

#[derive(serde::Deserialize)]
struct Zip {
    zip_code: String,
    zip_code_type: String,
    city: String,
    acceptable_cities: Vec<String>,
    unacceptable_cities: Vec<String>,
    state: String,
    county: Option<String>,
    lat: String,
    long: String,
}

fn entries(workspace: &Workspace) -> Result<Vec<Zip>> {
    let packed = ZIPCODES.unpacked(workspace)?.join("src/zips.json.bz2");
    let text = Invocation::new("bzip2")
        .args(["--decompress", "--stdout"])
        .arg(&packed)
        .output()
        .context("bzip2 did not unpack zips.json.bz2")?;
    serde_json::from_str(&text).context("zips.json is not as known")
}
