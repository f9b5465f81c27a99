//! The allowed edges, and the check of a dependency graph against them.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata};

/// Each room with the rooms directly below it. What those stand on is allowed too: an edge may skip a floor,
/// never point up or sideways.
pub(crate) const ALLOWED: &[(&str, &[&str])] = &[
    ("location", &[]),
    ("emergency", &["location"]),
    ("api", &["emergency"]),
    ("client", &["api"]),
    ("platforms", &["emergency"]),
    ("server", &["api", "platforms"]),
    ("companion", &["client"]),
    ("whereabouts", &["companion"]),
    // Tests over real parts may hold every part but the shell.
    ("system-tests", &["companion", "server"]),
    ("xtask", &[]),
];

/// Rooms without I/O and without a clock.
pub(crate) const PURE: [&str; 2] = ["emergency", "location"];

/// What would make them impure, wherever it came from.
const IMPURE: [&str; 5] = ["axum", "reqwest", "sqlx", "tauri", "tokio"];

/// The rooms of the workspace and everything they are built from.
#[derive(Debug, Default)]
pub(crate) struct House {
    rooms: BTreeSet<String>,
    /// Package -> what it needs at run or build time, directly.
    needs: BTreeMap<String, BTreeSet<String>>,
    /// Package -> what it needs for its own tests as well, directly.
    tests_need: BTreeMap<String, BTreeSet<String>>,
}

impl House {
    /// Reads cargo's resolved graph. Packages are known by name: two versions of one crate count as one.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let mut house = Self::default();
        for package in metadata.workspace_packages() {
            house.rooms.insert(package.name.to_string());
        }
        let resolve = metadata
            .resolve
            .as_ref()
            .expect("asked for with dependencies");
        for node in &resolve.nodes {
            for dependency in &node.deps {
                let (from, to) = (&metadata[&node.id].name, &metadata[&dependency.pkg].name);
                for kind in &dependency.dep_kinds {
                    house.add(from, to, kind.kind == DependencyKind::Development);
                }
            }
        }
        house
    }

    fn add(&mut self, from: &str, to: &str, only_for_tests: bool) {
        let edges = if only_for_tests {
            &mut self.tests_need
        } else {
            &mut self.needs
        };
        edges
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }

    /// Edges between rooms, tests included, that `allowed` does not cover; and rooms it does not name.
    pub(crate) fn edges_outside(&self, allowed: &[(&str, &[&str])]) -> Vec<String> {
        let mut broken = Vec::new();
        for room in &self.rooms {
            let Some(below) = everything_below(room, allowed) else {
                broken.push(format!("{room} has no place in the list of rooms"));
                continue;
            };
            let direct = [&self.needs, &self.tests_need]
                .into_iter()
                .filter_map(|edges| edges.get(room));
            for to in direct.flatten().filter(|to| self.rooms.contains(*to)) {
                if !below.contains(to.as_str()) {
                    broken.push(format!("{room} -> {to}"));
                }
            }
        }
        broken
    }

    /// Each way in which something impure gets into `room`: through what it needs, at any depth, or directly
    /// into its tests.
    pub(crate) fn impurities(&self, room: &str) -> Vec<String> {
        let mut found = Vec::new();
        for to in self.tests_need.get(room).into_iter().flatten() {
            if is_impure(to) {
                found.push(format!("{room} -> {to} (in its tests)"));
            }
        }
        let mut seen = BTreeSet::from([room]);
        let mut ways = vec![vec![room]];
        while let Some(way) = ways.pop() {
            let last = way.last().expect("a way has at least its start");
            for to in self.needs.get(*last).into_iter().flatten() {
                let mut longer = way.clone();
                longer.push(to);
                if is_impure(to) {
                    found.push(longer.join(" -> "));
                } else if seen.insert(to) {
                    ways.push(longer);
                }
            }
        }
        found
    }
}

/// A crate of the family counts as the family: `sqlx-core`, `tauri-utils`.
fn is_impure(name: &str) -> bool {
    IMPURE.iter().any(|impure| {
        name.strip_prefix(impure)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

fn everything_below<'a>(room: &str, allowed: &[(&str, &[&'a str])]) -> Option<BTreeSet<&'a str>> {
    let (_, direct) = allowed.iter().find(|(name, _)| *name == room)?;
    let mut below = BTreeSet::new();
    for next in *direct {
        below.insert(*next);
        below.extend(everything_below(next, allowed).into_iter().flatten());
    }
    Some(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[(&str, &[&str])] = &[
        ("location", &[]),
        ("api", &["location"]),
        ("platforms", &["emergency"]),
        ("server", &["api", "platforms"]),
        ("client", &["api"]),
    ];

    fn house(rooms: &[&str], needs: &[(&str, &str)], tests_need: &[(&str, &str)]) -> House {
        let mut house = House::default();
        house
            .rooms
            .extend(rooms.iter().map(|&room| room.to_owned()));
        needs
            .iter()
            .for_each(|(from, to)| house.add(from, to, false));
        tests_need
            .iter()
            .for_each(|(from, to)| house.add(from, to, true));
        house
    }

    #[test]
    fn an_edge_down_is_allowed_even_past_a_floor() {
        let house = house(
            &["location", "api", "server"],
            &[("server", "api"), ("server", "location")],
            &[],
        );
        assert!(house.edges_outside(RULES).is_empty());
    }

    #[test]
    fn an_edge_up_or_sideways_is_found() {
        let rooms = ["location", "api", "server", "client"];
        let house = house(&rooms, &[("location", "api"), ("server", "client")], &[]);
        assert_eq!(
            house.edges_outside(RULES),
            ["location -> api", "server -> client"]
        );
    }

    #[test]
    fn an_edge_that_only_tests_use_is_an_edge() {
        let house = house(&["client", "server"], &[], &[("client", "server")]);
        assert_eq!(house.edges_outside(RULES), ["client -> server"]);
    }

    #[test]
    fn a_room_that_is_not_in_the_list_is_found() {
        let house = house(&["location", "attic"], &[], &[]);
        assert_eq!(
            house.edges_outside(RULES),
            ["attic has no place in the list of rooms"]
        );
    }

    #[test]
    fn something_impure_is_found_at_any_depth_with_the_way_it_came() {
        let needs = [
            ("location", "jiff"),
            ("jiff", "clever"),
            ("clever", "sqlx-core"),
            ("jiff", "serde"),
        ];
        let house = house(&["location"], &needs, &[]);
        assert_eq!(
            house.impurities("location"),
            ["location -> jiff -> clever -> sqlx-core"]
        );
    }

    #[test]
    fn something_impure_is_found_directly_and_in_tests() {
        let house = house(
            &["location"],
            &[("location", "tokio")],
            &[("location", "tauri")],
        );
        assert_eq!(
            house.impurities("location"),
            ["location -> tauri (in its tests)", "location -> tokio"]
        );
    }

    #[test]
    fn a_name_that_only_begins_alike_is_pure() {
        let house = house(
            &["location"],
            &[("location", "axumatic"), ("axumatic", "location")],
            &[],
        );
        assert!(house.impurities("location").is_empty());
    }
}
