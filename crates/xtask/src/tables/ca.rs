//! Canadian places, with their province and where they are.

use anyhow::{Context, Result};

use super::source::{cities, coordinate};
use crate::workspace::Workspace;

/// Rows of name, province, latitude, longitude.
pub(super) fn places(workspace: &Workspace) -> Result<Vec<String>> {
    cities(workspace, "CA")?
        .iter()
        .map(|city| {
            let province = province(&city.admin1)
                .with_context(|| format!("{:?} is no province", city.admin1))?;
            let (lat, lng) = (coordinate(&city.lat)?, coordinate(&city.lng)?);
            Ok(format!("{}\t{province}\t{lat}\t{lng}", city.name))
        })
        .collect()
}

/// GeoNames numbers the provinces.
fn province(number: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    const PROVINCES: [(&str, &str); 13] = [
        ("01", "AB"), ("02", "BC"), ("03", "MB"), ("04", "NB"), ("05", "NL"), ("07", "NS"),
        ("08", "ON"), ("09", "PE"), ("10", "QC"), ("11", "SK"), ("12", "YT"), ("13", "NT"),
        ("14", "NU"),
    ];
    let found = PROVINCES.iter().find(|(code, _)| *code == number)?;
    Some(found.1)
}
