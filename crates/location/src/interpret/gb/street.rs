//! The door: house number and street; before it the building, behind it the village.

use std::ops::Range;

use super::{
    Draft,
    extent::{is_estate, second_street, street_end, street_start, welsh_end},
    number::Number,
    words::{
        begins_street, is_block, is_building, is_business, is_company, is_direction, is_street,
        is_surely_building, is_title, is_typeless_street, may_be_street,
    },
};
use crate::{CivicKey, gazetteer::gb::post_town};

/// How `3 Burlington Court, Park Road` is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Numbered {
    /// Flat 3 of a building on Park Road.
    Building,
    /// Number 3 of a street off Park Road.
    Street,
}

/// A street with the number before it.
#[derive(Clone, Debug)]
struct Door {
    number: Option<Number>,
    name: Range<usize>,
    /// A second street that follows without a comma.
    next: Option<Range<usize>>,
}

/// Understands number, street, building and villages. Says whether the other way to read a
/// numbered building would have been possible.
pub(super) fn read(draft: &mut Draft<'_, '_>, numbered: Numbered) -> bool {
    let runs = draft.runs(0..draft.words().len());
    let Some(door) = numbered_door(draft, &runs).or_else(|| unnumbered(draft, &runs)) else {
        names_and_villages(draft, &runs);
        return false;
    };
    let next = runs
        .iter()
        .find(|run| run.start >= door.name.end && !is_estate(draft, run))
        .cloned()
        .filter(|run| {
            let untyped = !may_be_street(draft.key(door.name.end - 1));
            let the = untyped && run.len() > 1 && draft.key(run.start) == "the";
            is_street_run(draft, run) || is_typeless(draft, run) || the
        });
    let whole_run = runs.iter().any(|run| run.end == door.name.end);
    let next = door.next.clone().or(next.filter(|_| whole_run));
    let ambiguous = take_door(draft, &door, next, numbered);
    before(
        draft,
        0..door
            .number
            .as_ref()
            .map_or(door.name.start, |n| n.words.start),
    );
    villages(draft, door.name.end);
    ambiguous
}

/// Puts number, street and what surrounds them where they belong.
fn take_door(
    draft: &mut Draft<'_, '_>,
    door: &Door,
    next: Option<Range<usize>>,
    numbered: Numbered,
) -> bool {
    let last = draft.key(door.name.end - 1);
    let from = door.number.as_ref().map_or(0, |number| number.words.start);
    // `Arundel House, 1 Amberley Court, Mill Road`: the house has the number, so the court is a
    // street.
    let housed = draft.runs(0..from).iter().any(|run| {
        let last = draft.key(run.end - 1);
        matches!(last, "house" | "building" | "lodge" | "hall")
    });
    let block = is_block(last) && draft.key(door.name.start) != "the" && !housed;
    let estate = is_estate(draft, &door.name);
    let dependent = may_be_street(last) && !estate && !matches!(last, "cottages" | "cottage");
    let mut ambiguous = false;
    match (&door.number, next) {
        (Some(number), Some(street)) if block => {
            ambiguous = true;
            if numbered == Numbered::Building {
                number.take_as_flat(draft);
                take_name(draft, CivicKey::Bld, door.name.clone());
                take_street(draft, street);
            } else {
                number.take(draft);
                take_street(draft, door.name.clone());
                take_name(draft, CivicKey::A6, street.clone());
            }
        }
        // `5 Mill Mews, High Street`: the number counts in the mews.
        (Some(number), Some(street)) if dependent => {
            number.take(draft);
            take_street(draft, door.name.clone());
            take_name(draft, CivicKey::A6, street.clone());
        }
        (Some(number), Some(street)) => {
            number.take(draft);
            take_name(draft, CivicKey::Bld, door.name.clone());
            take_street(draft, street);
        }
        (number, _) => {
            if let Some(number) = number {
                number.take(draft);
            }
            take_street(draft, door.name.clone());
        }
    }
    ambiguous
}

fn take_street(draft: &mut Draft<'_, '_>, words: Range<usize>) {
    take_name(draft, CivicKey::Rd, words);
}

/// The likeliest number with a street behind it.
fn numbered_door(draft: &Draft<'_, '_>, runs: &[Range<usize>]) -> Option<Door> {
    let mut doors: Vec<Door> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        for index in run.clone() {
            // A dash between spaces parts a run, so a range may reach into the next.
            let within = |door: &Door| {
                let number = door.number.as_ref();
                number.is_some_and(|number| number.words.contains(&index))
            };
            if doors.last().is_some_and(within) {
                break;
            }
            let Some(number) = Number::at(draft, index, draft.words().len()) else {
                continue;
            };
            let behind = number.words.end;
            let home = runs.iter().find(|run| run.contains(&behind));
            let name = match home {
                Some(home) if home.start == run.start || behind > home.start => behind..home.end,
                _ => match runs.get(at + 1) {
                    // `10,` and the street after the comma.
                    Some(next) if next.start == behind && index == run.start => next.clone(),
                    _ => continue,
                },
            };
            if draft.words()[name.start].is_number() {
                continue;
            }
            let before = run.start..index;
            // `Junction 6 Industrial Estate` has its own number.
            let estate = name.len() == 2 && is_estate(draft, &name);
            if !before.is_empty() && (estate || street_end(draft, &name).is_none()) {
                continue;
            }
            // `11 Raven Wharf 14 Lafone Street`: the second number is the house's.
            let near = name.end.min(name.start + 12);
            let second = (name.start + 1..near.saturating_sub(2)).find(|&at| {
                draft.words()[at].is_number()
                    && !(name.start..at).any(|word| is_street(draft.key(word)))
                    && (at + 2..near).any(|word| is_street(draft.key(word)))
            });
            if second.is_some() {
                continue;
            }
            // `7 The Cliff Mevagissey`: such names are short, and a village follows.
            let the = name.len() > 2 && draft.key(name.start) == "the" && draft.has(CivicKey::A3);
            let whole = if the { name.start + 2 } else { name.end };
            let end = street_end(draft, &name).unwrap_or(whole);
            let parted = second_street(draft, &(name.start..end));
            doors.push(Door {
                number: Some(number),
                name: name.start..parted.unwrap_or(end),
                next: parted.map(|at| at..end),
            });
            break;
        }
    }
    let strong = |door: &&Door| {
        is_street(draft.key(door.name.end - 1)) || is_direction(draft.key(door.name.end - 1))
    };
    doors
        .iter()
        .rev()
        .find(strong)
        .or_else(|| {
            doors
                .iter()
                .rev()
                .find(|door| !is_block(draft.key(door.name.end - 1)))
        })
        .or_else(|| doors.last())
        .cloned()
        .or_else(|| number_behind(draft, runs))
        .or_else(|| untyped(draft, runs))
}

/// `British Red Cross 44 Moorfields`: a number behind a name, and nothing that says street
/// anywhere.
fn untyped(draft: &Draft<'_, '_>, runs: &[Range<usize>]) -> Option<Door> {
    let first = runs.first().filter(|_| draft.has(CivicKey::A3))?;
    let typed = |run: &Range<usize>| {
        run.clone()
            .any(|at| is_street(draft.key(at)) || is_typeless_street(draft.key(at)))
    };
    if runs.iter().any(typed) {
        return None;
    }
    let number = (first.start + 1..first.end).find_map(|at| Number::at(draft, at, first.end))?;
    let name = number.words.end..first.end;
    let plain = name.clone().all(|at| !draft.words()[at].has_digit());
    (plain && (1..=2).contains(&name.len())).then_some(Door {
        number: Some(number),
        name,
        next: None,
    })
}

/// `High Street 12`, as it is written elsewhere.
fn number_behind(draft: &Draft<'_, '_>, runs: &[Range<usize>]) -> Option<Door> {
    runs.iter().find_map(|run| {
        let index = run.end - 1;
        let number = Number::at(draft, index, run.end)?;
        let typed = index > run.start + 1 && is_street(draft.key(index - 1));
        typed.then_some(Door {
            number: Some(number),
            name: run.start..index,
            next: None,
        })
    })
}

/// A street without a number: the last that says what it is.
fn unnumbered(draft: &Draft<'_, '_>, runs: &[Range<usize>]) -> Option<Door> {
    let door = |name: Range<usize>| Door {
        number: None,
        name,
        next: None,
    };
    let strong = runs.iter().rev().find_map(|run| {
        // `Maes Gwyn, Trelogan`: before a village it is as likely a house, which needs no number.
        let house = run.start == 0
            && matches!(draft.key(0), "cae" | "clos" | "cwrt" | "maes")
            && (runs.len() > 1 || !in_post_town(draft));
        if begins_street(draft.key(run.start)) && run.len() > 1 && !house {
            return Some(door(run.start..welsh_end(draft, run).unwrap_or(run.end)));
        }
        let end = street_end(draft, run)?;
        // `Billington Road Industrial Estate` is an estate, named after the road that leads there.
        if is_estate(draft, run) && end + 2 == run.end {
            return None;
        }
        let last = if is_direction(draft.key(end - 1)) {
            end - 2
        } else {
            end - 1
        };
        is_street(draft.key(last)).then(|| door(street_start(draft, run.start..end)..end))
    });
    strong
        .or_else(|| {
            let later = runs.get(1..).unwrap_or_default();
            let likely = || {
                later
                    .iter()
                    .rev()
                    .chain(runs.first().filter(|first| {
                        // `Brindley House Outrams Wharf`
                        let housed = street_start(draft, (*first).clone()) > first.start;
                        draft.has(CivicKey::Unit) || housed
                    }))
                    .filter(|run| {
                        let last = draft.key(run.end - 1);
                        run.len() > 1 && may_be_street(last) && !matches!(last, "cottage" | "farm")
                    })
            };
            // `Unit 5 Oriel Court, Omega Park`: the estate is the street only where nothing else is.
            let estate = |run: &Range<usize>| matches!(draft.key(run.end - 1), "park" | "estate");
            likely()
                .find(|run| !estate(run))
                .or_else(|| likely().next())
                .map(|run| {
                    let start = if is_estate(draft, run) {
                        // `Jensen House Carnaby Industrial Estate`
                        (run.start + 1..run.end - 2)
                            .rev()
                            .find(|index| is_surely_building(draft.key(*index)))
                            .map_or(run.start, |index| index + 1)
                    } else {
                        street_start(draft, run.clone())
                    };
                    door(start..run.end)
                })
        })
        .or_else(|| {
            runs.iter()
                .find(|run| is_typeless(draft, run))
                .map(|run| door(run.clone()))
        })
        .or_else(|| {
            // `Lorem House, The Marina`
            let later = runs.get(1..).unwrap_or_default();
            later
                .iter()
                .find(|run| run.len() > 1 && draft.key(run.start) == "the")
                .filter(|_| draft.has(CivicKey::A3))
                .map(|run| door(run.clone()))
        })
        .or_else(|| {
            // `Enterprise Park, Leeds`: an estate is all the street there is; and so is whatever
            // follows a flat.
            let only = runs.first().filter(|_| runs.len() == 1)?;
            let last = draft.key(only.end - 1);
            let estate = matches!(last, "park" | "estate") && only.len() > 1;
            let flat = draft.has(CivicKey::Unit) && !is_building(last);
            // `Stockwell Head, Hinckley`: hardly a house, with nothing else before the town.
            // `The Old Quarry, Emborough` is a house: a village seldom names its streets so.
            let town = draft.has(CivicKey::A3) && (may_be_street(last) || in_post_town(draft));
            // `Boundway Business Park Sway`: the village has no comma.
            let estate_end = (only.start + 2..only.end)
                .find(|end| is_estate(draft, &(only.start..*end)))
                .filter(|_| draft.has(CivicKey::A3) && draft.has(CivicKey::Unit));
            if let Some(end) = estate_end {
                return Some(door(only.start..end));
            }
            if let Some(rest) = house_in_village(draft, only) {
                // `Llanthony Warehouse The Docks`, `Henley House Queensway Fforestfach`
                let typeless = is_typeless_street(draft.key(rest));
                let green = may_be_street(draft.key(rest + 1));
                let the = draft.key(rest) == "the" && (rest + 2 == only.end || green);
                let end = rest + if typeless { 1 } else { 2 };
                return (typeless || the).then(|| door(rest..end));
            }
            let old = draft.key(only.start) == "the" && draft.key(only.start + 1) == "old";
            let alone = town
                && only.len() > 1
                && !old
                && !is_building(last)
                && !is_company(last)
                && !is_title(draft.key(only.start));
            (estate || flat || alone).then(|| door(only.clone()))
        })
}

/// Where the village begins in `Barling Farm | East Sutton`, when the town is known.
fn house_in_village(draft: &Draft<'_, '_>, run: &Range<usize>) -> Option<usize> {
    let house =
        |key: &str| is_surely_building(key) || matches!(key, "barn" | "barns" | "farm" | "inn");
    let numbered = run.clone().any(|index| draft.words()[index].has_digit());
    (run.start + 1..run.end - 1)
        .rev()
        .find(|index| house(draft.key(*index)))
        .map(|index| index + 1)
        .filter(|_| draft.has(CivicKey::A3) && !numbered)
}

/// Whether the town that was found has its own letters, and is no village.
fn in_post_town(draft: &Draft<'_, '_>) -> bool {
    draft
        .value(CivicKey::A3)
        .is_some_and(|town| post_town(&town.to_lowercase().replace('-', " ")).is_some())
}

fn is_typeless(draft: &Draft<'_, '_>, run: &Range<usize>) -> bool {
    let first = run.start + usize::from(run.len() == 2 && draft.key(run.start) == "the");
    first + 1 == run.end && is_typeless_street(draft.key(first))
}

/// Whether a run is a street and says so.
fn is_street_run(draft: &Draft<'_, '_>, run: &Range<usize>) -> bool {
    let last = if is_direction(draft.key(run.end - 1)) && run.len() > 2 {
        run.end - 2
    } else {
        run.end - 1
    };
    run.len() > 1
        && is_street(draft.key(last))
        && !run.clone().any(|index| draft.words()[index].has_digit())
}

/// What stands before the door: a building, a company, a person.
fn before(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    let runs = draft.runs(range);
    let numbered = draft.has(CivicKey::Hno);
    let has_building = runs.iter().any(|run| is_building(draft.key(run.end - 1)));
    for (at, run) in runs.iter().enumerate() {
        let flat = Number::at(draft, run.start, run.end);
        if let Some(number) = flat.filter(|_| !draft.has(CivicKey::Unit)) {
            let name = number.words.end..run.end;
            number.take_as_flat(draft);
            if !name.is_empty() {
                take_name(draft, CivicKey::Bld, name);
            }
            continue;
        }
        let last = draft.key(run.end - 1);
        let person = is_title(draft.key(run.start)) || run.clone().any(|i| draft.key(i) == "&");
        // `Rear of 14 Market Place`, `Flat above 12 High Street`
        let beside = matches!(
            last,
            "of" | "above" | "behind" | "over" | "opposite" | "beside"
        );
        let key = if beside {
            CivicKey::Loc
        } else if is_company(last) || is_business(last) || person {
            CivicKey::Nam
        } else if is_building(last) || may_be_street(last) || at > 0 && !has_building {
            CivicKey::Bld
        } else if numbered || has_building || runs.len() > 1 {
            CivicKey::Nam
        } else {
            CivicKey::Bld
        };
        take_name(draft, key, run.clone());
    }
}

fn take_name(draft: &mut Draft<'_, '_>, key: CivicKey, words: Range<usize>) {
    let name = draft.verbatim(words.clone());
    draft.take(key, words, name);
}

/// What stands between the street and the town: the last is the village, before it a part of it.
fn villages(draft: &mut Draft<'_, '_>, from: usize) {
    for run in draft.runs(from..draft.words().len()) {
        // `12 Constance Street, International House`
        if run.len() > 1
            && matches!(
                draft.key(run.end - 1),
                "apartments" | "house" | "mansions" | "tower"
            )
        {
            take_name(draft, CivicKey::Bld, run);
        }
    }
    let mut runs = draft.runs(from..draft.words().len());
    let Some(last) = runs.pop() else { return };
    let key = if draft.has(CivicKey::A3) {
        CivicKey::A4
    } else {
        CivicKey::A3
    };
    take_name(draft, key, last.clone());
    if let Some(inner) = runs.pop() {
        let key = if key == CivicKey::A4 {
            CivicKey::A5
        } else {
            CivicKey::A4
        };
        take_name(draft, key, inner.clone());
    }
    for run in runs.into_iter().rev() {
        take_name(draft, CivicKey::Bld, run);
    }
}

/// No street: a house with a name in a village, or in a town.
fn names_and_villages(draft: &mut Draft<'_, '_>, runs: &[Range<usize>]) {
    let Some((first, rest)) = runs.split_first() else {
        return;
    };
    if let Some(village) = house_in_village(draft, first).filter(|_| rest.is_empty()) {
        take_name(draft, CivicKey::Bld, first.start..village);
        return villages(draft, village);
    }
    // `Flat 2, Rosebank, Ashford`, and `10 Cheapside` when nothing says street.
    before(draft, first.clone());
    let Some(next) = rest.first() else { return };
    if rest.len() > 1 && is_building(draft.key(next.end - 1)) {
        before(draft, next.clone());
    }
    villages(draft, 0);
}
