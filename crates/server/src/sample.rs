//! The sample organisation: the very files of `sample/`, in the formats that administrators import.
//!
//! Three sites, one with two floors, forty seats, 25 people on two teams, ten callback numbers. Names
//! are invented, telephone numbers fictional (555-01xx), and domains reserved (RFC 2606); the streets
//! are real, so that addresses can be checked.

/// The people.
pub const AGENTS: &[u8] = include_bytes!("../sample/agents.csv");

/// The home addresses of those who work from home, one JSON object on each line: `username`, `label`,
/// `civic_address`. Nobody imports those; agents save their own.
pub const HOMES: &str = include_str!("../sample/homes.jsonl");

/// The callback numbers.
pub const NUMBERS: &[u8] = include_bytes!("../sample/numbers.csv");

/// The desks.
pub const SEATS: &[u8] = include_bytes!("../sample/seats.csv");

/// The buildings.
pub const SITES: &[u8] = include_bytes!("../sample/sites.csv");

/// The floor plans, by the names of their files.
pub const PLANS: [(&str, &[u8]); 4] = [
    ("CHI-14.svg", include_bytes!("../sample/plans/CHI-14.svg")),
    ("DEN-2.svg", include_bytes!("../sample/plans/DEN-2.svg")),
    ("SEA-4.svg", include_bytes!("../sample/plans/SEA-4.svg")),
    ("SEA-5.svg", include_bytes!("../sample/plans/SEA-5.svg")),
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use api::agent::Role;
    use location::{CivicKey, Floor, Seat, SiteId};

    use super::*;
    use crate::{
        import::{self, Organisation, Parsed},
        store::{AgentRecord, SiteRecord, stored_name},
    };

    fn flawless<R>(parsed: Parsed<R>) -> Vec<R> {
        assert_eq!(parsed.problems, []);
        parsed.rows.into_iter().map(|(_, row)| row).collect()
    }

    fn people() -> Vec<AgentRecord> {
        flawless(import::agents(AGENTS, Organisation::Sample))
    }

    fn buildings() -> Vec<SiteRecord> {
        flawless(import::sites(SITES, Organisation::Sample))
    }

    fn desks() -> Vec<Seat> {
        flawless(import::seats(SEATS))
    }

    #[test]
    fn the_people_are_those_that_were_promised() {
        let people = people();
        assert_eq!(people.len(), 25);
        let role = |username: &str| {
            let person = people.iter().find(|p| p.username.as_str() == username);
            person.map(|person| person.role)
        };
        assert_eq!(role("maria.chen"), Some(Role::Agent));
        assert_eq!(role("devon.walsh"), Some(Role::Agent));
        assert_eq!(role("sam.ortiz"), Some(Role::Supervisor));
        assert_eq!(role("desk.one"), Some(Role::Security));
        let teams: BTreeSet<&str> = people.iter().map(|person| person.team.as_str()).collect();
        assert_eq!(teams.into_iter().filter(|team| !team.is_empty()).count(), 2);
        let sites: BTreeSet<SiteId> = buildings()
            .into_iter()
            .map(|record| record.site.id)
            .collect();
        let mut names = BTreeSet::new();
        for person in &people {
            assert!(person.default_site.iter().all(|site| sites.contains(site)));
            let number = person.direct_number.as_ref().map(ToString::to_string);
            for name in person.aliases.iter().cloned().chain(number) {
                assert!(names.insert(stored_name(&name)), "{name} names two people");
            }
        }
    }

    #[test]
    fn the_seattle_site_is_where_the_documents_have_it() {
        let buildings = buildings();
        assert_eq!(buildings.len(), 3);
        let seattle = buildings
            .iter()
            .find(|record| record.site.id.as_str() == "SEA")
            .unwrap();
        let address: Vec<String> = seattle
            .site
            .civic_address
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        assert_eq!(
            address,
            [
                "country=US",
                "A1=WA",
                "A3=Seattle",
                "RD=7th",
                "STS=Ave",
                "HNO=2121",
                "PC=98121"
            ]
        );
        for record in &buildings {
            assert!(!record.time_zone.is_empty() && record.fallback_number.is_some());
            assert!(record.site.civic_address.get(CivicKey::Pc).is_some());
        }
    }

    #[test]
    fn the_callback_numbers_are_ten_and_nobody_elses() {
        let numbers = flawless(import::numbers(NUMBERS, Organisation::Sample));
        assert_eq!(numbers.len(), 10);
        let direct = people()
            .into_iter()
            .filter_map(|person| person.direct_number);
        let fallback = buildings()
            .into_iter()
            .filter_map(|record| record.fallback_number);
        let taken: BTreeSet<_> = direct.chain(fallback).collect();
        for record in &numbers {
            assert!(!taken.contains(&record.number));
            // The area code is that of the site's city.
            let area = match record.site.as_ref().map(SiteId::as_str) {
                Some("SEA") => "+1206555",
                Some("DEN") => "+1303555",
                Some("CHI") => "+1312555",
                _ => panic!("a number without a site"),
            };
            assert!(record.number.as_str().starts_with(area));
        }
        let real = import::numbers(NUMBERS, Organisation::Real);
        assert!(real.rows.is_empty(), "they are fictional anywhere else");
    }

    #[test]
    fn every_seat_is_on_the_plan_of_its_floor() {
        let desks = desks();
        assert_eq!(desks.len(), 40);
        let mut floors: BTreeMap<(SiteId, Floor), usize> = BTreeMap::new();
        for seat in &desks {
            *floors
                .entry((seat.site.clone(), seat.floor.clone()))
                .or_default() += 1;
        }
        let sites: Vec<SiteId> = buildings()
            .into_iter()
            .map(|record| record.site.id)
            .collect();
        for (name, bytes) in PLANS {
            let svg = import::plan(bytes).unwrap();
            let floor = import::plan_file(name, &sites).unwrap();
            let (width, height, drawn) = drawn_desks(&svg);
            let mut drawn: BTreeSet<(i64, i64)> = drawn.into_iter().collect();
            assert_eq!(floors.remove(&floor), Some(drawn.len()), "{name}");
            for seat in &desks {
                if (&seat.site, &seat.floor) != (&floor.0, &floor.1) {
                    continue;
                }
                let (x, y) = seat.position.unwrap();
                assert!(
                    drawn.remove(&(rounded(x * width), rounded(y * height))),
                    "{} is not on a drawn desk",
                    seat.id
                );
            }
        }
        assert!(floors.is_empty(), "a floor without a plan: {floors:?}");
        let promised = desks
            .iter()
            .find(|seat| seat.id.as_str() == "SEA-5-181")
            .unwrap();
        assert_eq!(
            (promised.label.as_str(), promised.floor.0.as_str()),
            ("WS 181", "5")
        );
    }

    /// The size of a plan, and where its desks are drawn: `<use href="#desk" transform="translate(X Y)…`.
    fn drawn_desks(svg: &str) -> (f64, f64, Vec<(i64, i64)>) {
        let numbers = |text: &str| -> Vec<f64> {
            let parts = text.split_whitespace().map(|part| part.parse().unwrap());
            parts.collect()
        };
        let between = |text: &str, from: &str, to: &str| {
            let rest = text.split_once(from).unwrap().1;
            rest.split_once(to).unwrap().0.to_owned()
        };
        let view_box = numbers(&between(svg, "viewBox=\"", "\""));
        let desks = svg.split("<use href=\"#desk\"").skip(1).map(|rest| {
            let at = numbers(&between(rest, "translate(", ")"));
            (rounded(at[0]), rounded(at[1]))
        });
        (view_box[2], view_box[3], desks.collect())
    }

    /// To whole centimetres, the unit of the plans.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a building is no light year long"
    )]
    fn rounded(length: f64) -> i64 {
        length.round() as i64
    }
}
