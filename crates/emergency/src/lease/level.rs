use std::collections::BTreeMap;

use jiff::Timestamp;
use location::{Country, SiteId};

use super::PoolNumber;

/// How much is left of one pool: the numbers of a country that belong to one site, or to everybody.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PoolLevel {
    /// The country within which they are lent.
    pub country: Country,
    /// The site; absent for the pool of everybody.
    pub site: Option<SiteId>,
    /// How many there are.
    pub numbers: usize,
    /// How many are free now.
    pub free: usize,
}

impl PoolLevel {
    /// Whether calls may soon find none: a fifth or less is free. Nothing is ever lent twice; the next
    /// callers get their own number or the site's, and callbacks to that one reach no agent directly.
    #[must_use]
    pub const fn is_low(&self) -> bool {
        self.free < self.numbers && self.free * 5 <= self.numbers
    }
}

/// The level of every pool, by country and site.
#[must_use]
pub fn levels(pool: &[PoolNumber], now: Timestamp) -> Vec<PoolLevel> {
    let mut levels = BTreeMap::new();
    for number in pool {
        let of = (number.country, number.site.as_ref());
        let (numbers, free) = levels.entry(of).or_insert((0, 0));
        *numbers += 1;
        *free += usize::from(number.held(now).is_none());
    }
    levels
        .into_iter()
        .map(|((country, site), (numbers, free))| PoolLevel {
            country,
            site: site.cloned(),
            numbers,
            free,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lease::Lease;

    fn number(line: u32, site: Option<&str>, held: bool) -> PoolNumber {
        PoolNumber {
            number: format!("+1206555{line:04}").parse().unwrap(),
            country: Country::Us,
            site: site.map(|site| site.parse().unwrap()),
            platform: None,
            lease: held.then_some(Lease {
                agent: None,
                test: false,
                until: None,
            }),
        }
    }

    #[test]
    fn a_pool_runs_low_when_a_fifth_is_left() {
        let level = |numbers, free| PoolLevel {
            country: Country::Us,
            site: None,
            numbers,
            free,
        };
        for (numbers, free, low) in [
            (10, 3, false),
            (10, 2, true),
            (10, 0, true),
            (1, 1, false),
            (1, 0, true),
            (4, 1, false),
            (4, 0, true),
            (0, 0, false),
        ] {
            assert_eq!(level(numbers, free).is_low(), low, "{free} of {numbers}");
        }
    }

    #[test]
    fn each_site_has_its_own() {
        let pool = [
            number(1, Some("SEA"), true),
            number(2, Some("SEA"), false),
            number(3, None, true),
        ];
        let counted: Vec<_> = levels(&pool, Timestamp::UNIX_EPOCH)
            .into_iter()
            .map(|level| (level.site.map(|s| s.to_string()), level.numbers, level.free))
            .collect();
        assert_eq!(counted, [(None, 1, 0), (Some("SEA".to_owned()), 2, 1)]);
    }
}
