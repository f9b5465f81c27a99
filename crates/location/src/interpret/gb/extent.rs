//! Where the name of a street begins and ends among the words of a run.

use std::ops::Range;

use super::{
    Draft,
    words::{
        begins_street, is_building, is_business, is_common_name, is_direction, is_house_name,
        is_street, is_surely_building, is_typeless_street, may_be_street,
    },
};

/// Where the street's name ends in a run that begins with it: behind the first word that says
/// street, and not a word earlier when the next says so too (`Avenue Road`).
pub(super) fn street_end(draft: &Draft<'_, '_>, run: &Range<usize>) -> Option<usize> {
    let first = run.start + usize::from(draft.key(run.start) == "the");
    if first < run.end
        && is_typeless_street(draft.key(first))
        && (first + 1 == run.end || !may_be_street(draft.key(first + 1)))
    {
        return Some(tail_end(draft, first + 1, run));
    }
    if let Some(end) = welsh_end(draft, run) {
        return Some(end);
    }
    let follows = |index: usize, says: fn(&str) -> bool| {
        let mut at = index;
        // `Fore Street | St Erth`
        let saint = |at: usize| draft.key(at) == "st" && at + 1 < run.end;
        while at + 1 < run.end && says(draft.key(at + 1)) && !saint(at + 1) {
            at += 1;
        }
        at
    };
    let saint = |index: usize| {
        let behind_house = is_surely_building(draft.key(index - 1));
        let says = if behind_house {
            may_be_street
        } else {
            is_street
        };
        draft.key(index) == "st"
            && (index + 2..run.end.min(index + 5)).any(|later| says(draft.key(later)))
    };
    let strong = (run.start + 1..run.end)
        .find(|index| is_street(draft.key(*index)) && !saint(*index))
        .map(|index| follows(index, is_street));
    let weak = || {
        (run.start + 1..run.end)
            .find(|index| may_be_street(draft.key(*index)))
            .map(|index| follows(index, may_be_street))
    };
    strong
        .or_else(weak)
        .map(|index| tail_end(draft, index + 1, run))
}

/// Where a Welsh name ends inside a run: `Heol y Deri | Rhiwbina`, for the article has one word
/// behind it, and `Heol Fawr | Nelson`, for nothing stands behind an adjective.
pub(super) fn welsh_end(draft: &Draft<'_, '_>, run: &Range<usize>) -> Option<usize> {
    let length = match draft.key(run.start + 1) {
        "y" | "yr" => 3,
        "bach" | "fach" | "fawr" | "ganol" | "goch" | "isaf" | "las" | "mawr" | "newydd"
        | "uchaf" | "wen" => 2,
        _ => return None,
    };
    let inside = run.start + length < run.end;
    (inside && begins_street(draft.key(run.start))).then_some(run.start + length)
}

/// `Park Road North`, `Clapham Common South Side`, at the end of a run.
fn tail_end(draft: &Draft<'_, '_>, end: usize, run: &Range<usize>) -> usize {
    let key = |index: usize| {
        if index < run.end {
            draft.key(index)
        } else {
            ""
        }
    };
    let side = is_direction(key(end)) && key(end + 1) == "side";
    let last = end + usize::from(side);
    let direction =
        is_direction(key(end)) || matches!(key(end), "extension" | "n" | "s" | "e" | "w");
    if direction && last + 1 == run.end {
        last + 1
    } else {
        end
    }
}

/// Where the street's name begins in a run that ends with it: behind the building.
pub(super) fn street_start(draft: &Draft<'_, '_>, run: Range<usize>) -> usize {
    // `Broadway Retail Park Broadway`
    let before = run.start..run.end - 1;
    if before.len() > 2 && is_typeless_street(draft.key(before.end)) && is_estate(draft, &before) {
        return before.end;
    }
    // Who writes commas parts the house from the street with one: `Ltd, New Hall Hey Road`.
    let fenced = run.start > 0 && !draft.joined(run.start) && draft.is_free(run.start - 1);
    let building = (run.start + 1..run.end.saturating_sub(2))
        .rev()
        .find(|index| {
            let key = draft.key(*index);
            is_business(key) || is_surely_building(key) || is_building(key) && !fenced
        });
    let behind = building.map_or(run.start, |index| index + 1)..run.end;
    second_street(draft, &behind)
        .or_else(|| house_start(draft, &behind, fenced))
        .or_else(|| (!fenced).then(|| common_street(draft, &behind)).flatten())
        .unwrap_or(behind.start)
}

/// `The Foundry | Carver Street`, `Hillcrest | Bryn Road`: behind a house whose name is `The` and a
/// word, or one of those that houses have everywhere.
fn house_start(draft: &Draft<'_, '_>, run: &Range<usize>, fenced: bool) -> Option<usize> {
    let named = |at: usize| is_house_name(draft.key(at));
    let house = if draft.key(run.start) == "the" && !is_qualifier(draft, run.start + 1) {
        2
    } else if !fenced && named(run.start) {
        1
    } else {
        return None;
    };
    let start = run.start + house;
    // `The Grove Avenue`, `Hillside Park Road`: the second word belongs to the street.
    let street = run.end >= start + 2
        && is_street(draft.key(run.end - 1))
        && !may_be_street(draft.key(start))
        && draft.key(start) != "of";
    street.then_some(start)
}

/// Whether a word only says which of several: `Great`, `Old`, `North`.
fn is_qualifier(draft: &Draft<'_, '_>, index: usize) -> bool {
    matches!(
        draft.key(index),
        "great" | "little" | "lower" | "new" | "of" | "old" | "st" | "the" | "upper"
    ) || is_direction(draft.key(index))
}

/// `The Willows | Church Road`: where a house of two words or more stands before one of the names
/// that streets have everywhere.
fn common_street(draft: &Draft<'_, '_>, run: &Range<usize>) -> Option<usize> {
    let start = run.end.checked_sub(2)?;
    let qualified = is_qualifier(draft, start.checked_sub(1)?);
    let house = start >= run.start + 2 && draft.key(run.start) != "st" && !qualified;
    (house && is_street(draft.key(run.end - 1)) && is_common_name(draft.key(start)))
        .then_some(start)
}

/// Whether a name is that of a trading estate or a business park.
pub(super) fn is_estate(draft: &Draft<'_, '_>, name: &Range<usize>) -> bool {
    let last = draft.key(name.end - 1);
    let kind = name.end.checked_sub(2).map_or("", |at| draft.key(at));
    matches!(last, "estate" | "park")
        && matches!(
            kind,
            "business"
                | "distribution"
                | "enterprise"
                | "industrial"
                | "retail"
                | "science"
                | "trading"
                | "technology"
        )
}

/// Where a second street begins without a comma: `Freeland Park | Wareham Road`. The high street of
/// a place is one (`Wood Green High Road`).
pub(super) fn second_street(draft: &Draft<'_, '_>, run: &Range<usize>) -> Option<usize> {
    let last = run.end.checked_sub(1)?;
    if run.len() < 4 || !may_be_street(draft.key(last)) {
        return None;
    }
    (run.start + 2..last).find(|start| {
        may_be_street(draft.key(start - 1))
            && !may_be_street(draft.key(*start))
            && !matches!(
                draft.key(*start),
                "high" | "north" | "south" | "east" | "west"
            )
            && draft.key(start - 1) != "st"
    })
}
