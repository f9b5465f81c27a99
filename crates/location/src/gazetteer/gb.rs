//! Post towns of the United Kingdom, each with the postcode areas it lies in.

use std::{collections::HashMap, sync::LazyLock};

/// `town in lower case <tab> town <tab> postcode areas`, in the order of the first column. Source:
/// docs/DATA.md.
const TOWNS: &str = include_str!("../../data/gb_post_towns.tsv");

/// The postcode areas whose post town has this name; None when no post town has it. `name` is in
/// lower case with spaces for hyphens, without dots and apostrophes.
pub(crate) fn post_town(name: &str) -> Option<PostTown> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        TOWNS
            .lines()
            .filter_map(|line| {
                let mut columns = line.split('\t');
                Some((columns.next()?, columns.nth(1)?))
            })
            .collect()
    });
    BY_NAME.get(name).map(|areas| PostTown { areas })
}

/// Whether a postcode area exists: `SW`, `m`.
pub(crate) fn is_postcode_area(area: &str) -> bool {
    static AREAS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut areas: Vec<&str> = TOWNS
            .lines()
            .filter_map(|line| line.split('\t').nth(2))
            .flat_map(|areas| areas.split(','))
            // The forces, and the islands that are not in the United Kingdom but in its post.
            .chain(["BF", "GY", "IM", "JE"])
            .collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    });
    let area = area.to_ascii_uppercase();
    AREAS.binary_search(&&*area).is_ok()
}

/// A post town that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PostTown {
    areas: &'static str,
}

impl PostTown {
    /// Whether it lies in a postcode area.
    pub(crate) fn is_in(self, area: &str) -> bool {
        self.areas
            .split(',')
            .any(|known| known.eq_ignore_ascii_case(area))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_found_with_their_areas() {
        assert!(post_town("bakewell").unwrap().is_in("de"));
        let newport = post_town("newport").unwrap();
        assert!(newport.is_in("NP") && newport.is_in("TF") && !newport.is_in("CF"));
        assert!(post_town("atlantis").is_none());
    }

    #[test]
    fn the_table_is_in_order_and_whole() {
        let names: Vec<&str> = TOWNS
            .lines()
            .map(|l| l.split('\t').next().unwrap())
            .collect();
        assert!(names.is_sorted());
        assert!(names.len() > 1_450);
        assert!(TOWNS.lines().all(|line| line.split('\t').count() == 3));
    }

    #[test]
    fn there_are_124_areas() {
        for area in ["AB", "ze", "W", "WC", "BT", "JE"] {
            assert!(is_postcode_area(area), "{area}");
        }
        for area in ["", "X", "ZZ", "LO"] {
            assert!(!is_postcode_area(area), "{area}");
        }
    }
}
