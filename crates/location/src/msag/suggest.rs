use std::fmt;

use super::{
    Outcome, Question, StreetGuide,
    check::Asked,
    guide::Street,
    range::{Numbering, Parity, Range},
    spelling,
    street::StreetName,
};
use crate::{CivicAddress, CivicKey};

/// How many are made at most.
const LIMIT: usize = 5;

/// How far from what was asked a suggestion may be, in the costs below.
const FAR: u32 = 6;
const NUMBER: u32 = 2;
const PART_OF_NAME: u32 = 2;
const NAME: u32 = 2;
const COMMUNITY_SPELLED_OTHERWISE: u32 = 1;
const OTHER_COMMUNITY: u32 = 4;

/// How much further than the nearest suggestion another one may be.
const NEARLY_AS_NEAR: u32 = 1;

/// In more places than this a street of the same name says nothing about where somebody is.
const PLACES: usize = 3;

/// An address that is valid.
#[derive(Clone, Eq, PartialEq)]
pub struct Suggestion {
    /// The address. Where `numbers` is set its house number is only the nearest of them.
    pub address: CivicAddress,
    /// Which elements differ from the address that was asked about.
    pub differs: Vec<CivicKey>,
    /// The house numbers that exist there, such as `200-298`, when the one that was asked about does
    /// not.
    pub numbers: Option<String>,
    /// The same as a question to the person who wrote the address.
    pub text: String,
}

/// The elements, never their values.
impl fmt::Debug for Suggestion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Suggestion{:?}", self.differs)
    }
}

/// What would be valid, likeliest first. Each one has been looked up.
pub(super) fn suggestions(
    guide: &StreetGuide,
    question: &Question<'_>,
    asked: &Asked,
) -> Vec<Suggestion> {
    let mut near: Vec<Near<'_>> = Vec::new();
    let same_name = guide.streets_named(&asked.street.name, &asked.state);
    near.extend(same_name.filter_map(|street| Near::of(guide, asked, street, 0)));
    if near.is_empty() {
        let alike = guide.streets_read_alike(&asked.street, &asked.state);
        near.extend(alike.filter_map(|street| Near::read_alike(guide, asked, street)));
    }
    if near.is_empty() {
        near.extend(slips(guide, asked));
    }
    only_places_that_say_something(guide, &mut near);
    near.sort_by_key(|near| (near.cost, near.distance));
    if let Some(nearest) = near.first().map(|near| near.cost) {
        near.retain(|near| near.cost <= nearest + NEARLY_AS_NEAR);
    }
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for near in near {
        let suggestion = near.suggestion(guide, question.address, asked);
        let leads_there = Question {
            address: &suggestion.address,
            exchange: question.exchange,
        };
        if !suggestions.contains(&suggestion) && guide.outcome(&leads_there) == Outcome::V {
            suggestions.push(suggestion);
            if suggestions.len() == LIMIT {
                break;
            }
        }
    }
    suggestions
}

/// Streets of the community whose name is the one asked for with a slip in it.
fn slips<'a>(guide: &'a StreetGuide, asked: &'a Asked) -> Vec<Near<'a>> {
    let mut last = (0, false);
    let streets = guide.streets_of(&asked.community, &asked.state);
    streets
        .filter(|street| {
            // Streets of one name stand side by side.
            if last.0 != street.name {
                let name = guide.words.word(street.name);
                last = (street.name, spelling::is_slip(name, &asked.street.name));
            }
            last.1
        })
        .filter_map(|street| Near::of(guide, asked, street, NAME))
        .collect()
}

fn only_places_that_say_something(guide: &StreetGuide, near: &mut Vec<Near<'_>>) {
    let mut elsewhere: Vec<&str> = near
        .iter()
        .filter(|near| near.elsewhere)
        .map(|near| guide.words.word(near.street.community))
        .collect();
    elsewhere.sort_unstable();
    elsewhere.dedup();
    if elsewhere.len() > PLACES {
        near.retain(|near| !near.elsewhere);
    }
}

/// A street that is near to what was asked.
#[derive(Debug)]
struct Near<'a> {
    street: &'a Street,
    /// The range to choose a number from, where the one asked for is in none.
    range: Option<&'a Range>,
    /// The number that is nearest in it.
    number: Option<String>,
    cost: u32,
    distance: u32,
    /// Whether the community is another one, and not another way to write it.
    elsewhere: bool,
}

impl<'a> Near<'a> {
    fn of(guide: &'a StreetGuide, asked: &Asked, street: &'a Street, cost: u32) -> Option<Self> {
        let name = guide.name_of(street);
        let differ = [
            name.suffix != asked.street.suffix,
            name.prefix != asked.street.prefix,
            name.trailing != asked.street.trailing,
        ];
        let differ = differ.into_iter().filter(|differs| *differs).count();
        // A direction that stands on the other side is one change, not two.
        let swapped = name.prefix == asked.street.trailing
            && name.trailing == asked.street.prefix
            && name.prefix != name.trailing;
        let differ = u32::try_from(differ).unwrap_or(u32::MAX) - u32::from(swapped);
        Self::with_cost(guide, asked, street, cost + differ * PART_OF_NAME)
    }

    fn read_alike(guide: &'a StreetGuide, asked: &Asked, street: &'a Street) -> Option<Self> {
        Self::with_cost(guide, asked, street, NAME)
    }

    fn with_cost(
        guide: &'a StreetGuide,
        asked: &Asked,
        street: &'a Street,
        mut cost: u32,
    ) -> Option<Self> {
        let community = guide.words.word(street.community);
        let mut elsewhere = false;
        if community != asked.community {
            let alike = spelling::loose(community) == spelling::loose(&asked.community)
                || spelling::is_slip(community, &asked.community);
            elsewhere = !alike;
            cost += if alike {
                COMMUNITY_SPELLED_OTHERWISE
            } else {
                OTHER_COMMUNITY
            };
        }
        if cost > FAR {
            return None;
        }
        let mut near = Self {
            street,
            range: None,
            number: None,
            cost,
            distance: 0,
            elsewhere,
        };
        near.choose_number(guide, asked)?;
        (near.cost <= FAR).then_some(near)
    }

    /// Keeps the number where the street has it; otherwise finds the nearest one, on the same side of
    /// the street if there is one.
    fn choose_number(&mut self, guide: &'a StreetGuide, asked: &Asked) -> Option<()> {
        let ranges = guide.ranges_of(self.street);
        let Some(number) = &asked.number else {
            let unnumbered = |range: &Range| range.numbering == Numbering::Unnumbered;
            return ranges.iter().any(unnumbered).then_some(());
        };
        if ranges.iter().any(|range| range.holds(number, &guide.words)) {
            return Some(());
        }
        let integer = number.integer().map(|(integer, _)| integer);
        let nearest = ranges
            .iter()
            .filter_map(|range| {
                let (nearest, distance) = match (integer, range.numbering) {
                    (Some(integer), Numbering::Integers) => {
                        let nearest = range.nearest(integer)?;
                        (nearest.to_string(), nearest.abs_diff(integer))
                    }
                    (None, Numbering::Written) => {
                        (guide.words.word(range.low).to_owned(), u32::MAX)
                    }
                    _ => return None,
                };
                Some((
                    !range.parity.allows(number.is_even()),
                    distance,
                    nearest,
                    range,
                ))
            })
            .min_by_key(|(other_side, distance, _, _)| (*other_side, *distance));
        let (other_side, distance, number, range) = nearest?;
        self.cost += NUMBER + u32::from(other_side);
        self.distance = distance;
        self.number = Some(number);
        self.range = Some(range);
        Some(())
    }

    fn suggestion(&self, guide: &StreetGuide, address: &CivicAddress, asked: &Asked) -> Suggestion {
        let mut change = Change {
            address: address.clone(),
            capitals: !address
                .get(CivicKey::Rd)
                .is_some_and(|name| name.contains(char::is_lowercase)),
        };
        let name = guide.name_of(self.street);
        let written = StreetName::of_address(address);
        // A name that the guide takes apart otherwise is changed as a whole.
        let whole = asked.street != written;
        if whole || name.prefix != written.prefix {
            change.set(CivicKey::Prd, &name.prefix);
        }
        if whole || name.name != written.name {
            change.set_word(CivicKey::Rd, &name.name);
            change.set(CivicKey::Prm, "");
        }
        if whole || name.suffix != written.suffix {
            change.set_word(CivicKey::Sts, &name.suffix);
            change.set(CivicKey::Pom, "");
        }
        if whole || name.trailing != written.trailing {
            change.set(CivicKey::Pod, &name.trailing);
        }
        let community = guide.words.word(self.street.community);
        let moved = community != asked.community;
        if moved {
            change.set_word(CivicKey::A3, community);
        }
        if let Some(number) = &self.number {
            change.set(CivicKey::Hno, number);
            change.set(CivicKey::Hns, "");
        }
        let changed = change.address;
        Suggestion {
            text: self.sentence(guide, &changed, moved),
            numbers: self.range.map(|range| range.ends(&guide.words)),
            differs: CivicKey::ALL
                .into_iter()
                .filter(|key| changed.get(*key) != address.get(*key))
                .collect(),
            address: changed,
        }
    }

    fn sentence(&self, guide: &StreetGuide, address: &CivicAddress, moved: bool) -> String {
        use CivicKey::{A3, Hno, Hns, Pod, Prd, Prm, Rd, Sts};
        let value = |key| address.get(key).unwrap_or_default();
        let (numbers, side) = match self.range {
            None => ([value(Hno), value(Hns)].join(" "), ""),
            Some(range) => (
                range.ends(&guide.words),
                match range.parity {
                    Parity::Both => "",
                    Parity::Even => " (even numbers)",
                    Parity::Odd => " (odd numbers)",
                },
            ),
        };
        let street = [Prd, Prm, Rd, Sts, Pod].map(value).join(" ");
        let line = format!("{numbers} {street}");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if moved {
            let community = value(A3);
            format!(
                "Did you mean {line}{side}, {community}? That is what the 911 centre calls the place."
            )
        } else {
            format!("Did you mean {line}{side}?")
        }
    }
}

/// An address on its way to a valid one.
struct Change {
    address: CivicAddress,
    /// Whether it is written in capitals.
    capitals: bool,
}

impl Change {
    fn set(&mut self, key: CivicKey, value: &str) {
        // A word of a guide is at most 100 characters long and without controls.
        let _ = self.address.set(key, value);
    }

    fn set_word(&mut self, key: CivicKey, word: &str) {
        if self.capitals {
            self.set(key, word);
        } else {
            self.set(key, &spelling::title(word));
        }
    }
}
