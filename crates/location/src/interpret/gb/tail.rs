//! The end of the address: country, county and post town.

use std::ops::Range;

use super::{
    Draft,
    words::{is_county, is_direction, is_street, may_be_street},
};
use crate::{
    CivicKey,
    gazetteer::gb::{PostTown, post_town},
    interpret::line::Gap,
};

/// The most words that a town's or county's name has.
const NAME_LIMIT: usize = 5;

/// Understands a country at the end.
pub(super) fn country(draft: &mut Draft<'_, '_>) {
    #[rustfmt::skip]
    const NAMES: [&str; 12] = [
        "united kingdom", "great britain", "northern ireland", "n ireland", "uk", "u k", "gb",
        "gbr", "england", "scotland", "wales", "cymru",
    ];
    // `Scotland, UK`
    for _ in 0..2 {
        let Some(last) = draft.runs(0..draft.words().len()).pop() else {
            return;
        };
        let found = NAMES.iter().find_map(|name| {
            let start = last.end.checked_sub(name.split(' ').count())?;
            let before = last.start..start;
            let whole = start == last.start
                || name.len() <= 3
                || is_place(draft, before.clone())
                || county_start(draft, before).is_some();
            (start >= last.start && whole && phrase(draft, start..last.end) == *name)
                .then_some(start)
        });
        let Some(start) = found else { return };
        if start == 0 {
            return;
        }
        for index in start..last.end {
            draft.mark(CivicKey::Country, index);
        }
    }
}

/// Understands the county and the post town. `area` is that of the postcode.
pub(super) fn place(draft: &mut Draft<'_, '_>, area: Option<&str>) {
    county(draft, area);
    let runs = draft.runs(0..draft.words().len());
    let Some((last, before)) = runs.split_last() else {
        return;
    };
    if is_town(draft, last, area) && (!before.is_empty() || is_place(draft, last.clone())) {
        return take_town(draft, last.clone(), before, area);
    }
    // `Croydon, London, CR0 1AA`, `Stroud, Cotswolds`: the postcode says which of them it is.
    if let Some(town) = earlier_town(draft, before, area) {
        draft.take_text(CivicKey::A3, town);
        draft.take_text(CivicKey::A2, last.clone());
        return;
    }
    if let Some(start) = town_at_end(draft, last, before.is_empty(), area) {
        // `Union Court Richmond London TW9 1AA`: the postcode says which of the two it is.
        let within = last.start..start;
        let wider = area.is_some() && !is_in(draft, &(start..last.end), area) && !within.is_empty();
        if wider && let Some(town) = town_at_end(draft, &within, before.is_empty(), area) {
            draft.take_text(CivicKey::A3, town..start);
            draft.take_text(CivicKey::A2, start..last.end);
            return;
        }
        draft.take_text(CivicKey::A3, start..last.end);
        if matches!(draft.key(start - 1), "nr" | "near") {
            draft.mark(CivicKey::A3, start - 1);
        }
        return;
    }
    let street = is_street(draft.key(last.end - 1)) || last.clone().any(|i| has_digit(draft, i));
    let weak = may_be_street(draft.key(last.end - 1));
    let enough = before.len() >= 2 || before.iter().any(|run| is_addressed(draft, run));
    if !street && !before.is_empty() && (!weak || enough) {
        let words = without_near(draft, last.clone());
        draft.take_text(CivicKey::A3, words);
    }
}

/// `Berkshire` behind the town, with or without a comma.
fn county(draft: &mut Draft<'_, '_>, area: Option<&str>) {
    let runs = draft.runs(0..draft.words().len());
    let Some((last, before)) = runs.split_last() else {
        return;
    };
    let Some(start) = county_start(draft, last.clone()) else {
        return;
    };
    // Conwy is a county and a post town, Kirkwall is the town of Orkney.
    let town = |run: &Range<usize>| is_in(draft, run, area);
    if town(&(start..last.end)) && !before.last().is_some_and(town) {
        return;
    }
    let follows_town = if start == last.start {
        let previous = before.last().cloned();
        previous.is_some_and(|run| {
            before.len() >= 2 && !is_addressed(draft, &run)
                || found(draft, run.clone()).is_some()
                || town_at_end(draft, &run, before.len() == 1, area).is_some()
        })
    } else {
        // `Burford Road Brize Norton Oxfordshire`: a village, with a street before it.
        let village = area.is_some()
            && start > last.start + 1
            && !may_be_street(draft.key(start - 1))
            && !matches!(
                draft.key(start - 1),
                "by" | "in" | "le" | "of" | "on" | "the" | "upon"
            )
            && (last.start..start - 1).any(|index| is_street(draft.key(index)));
        village
            || town_at_end(draft, &(last.start..start), before.is_empty(), area).is_some()
            || found(draft, last.start..start).is_some()
    };
    if follows_town {
        draft.take_text(CivicKey::A2, start..last.end);
    }
}

/// Where a county's name begins that a run ends with.
fn county_start(draft: &Draft<'_, '_>, run: Range<usize>) -> Option<usize> {
    run.clone()
        .skip(run.len().saturating_sub(NAME_LIMIT))
        .find(|start| is_county(&phrase(draft, *start..run.end)))
}

/// The last run is the name of a town. Where the postcode is of another area, an earlier part may
/// be the post town: `Croydon, London CR0 1AA`.
fn take_town(
    draft: &mut Draft<'_, '_>,
    last: Range<usize>,
    before: &[Range<usize>],
    area: Option<&str>,
) {
    // `Stornoway, Isle of Lewis`: the island is the wider of two towns.
    let island = phrase(draft, last.clone()).starts_with("isle of ");
    let confirmed = is_in(draft, &last, area) && !island;
    if !confirmed && let Some(town) = earlier_town(draft, before, area) {
        draft.take_text(CivicKey::A3, town);
        draft.take_text(CivicKey::A2, last);
        return;
    }
    draft.take_text(CivicKey::A3, last);
}

/// The last run but the first that is a post town of this area.
fn earlier_town(
    draft: &Draft<'_, '_>,
    before: &[Range<usize>],
    area: Option<&str>,
) -> Option<Range<usize>> {
    let later = before.get(1..).unwrap_or_default();
    later
        .iter()
        .rev()
        .find(|run| is_in(draft, run, area))
        .cloned()
}

/// Whether a run is the name of a post town of this area.
fn is_in(draft: &Draft<'_, '_>, run: &Range<usize>, area: Option<&str>) -> bool {
    area.is_some_and(|area| found(draft, run.clone()).is_some_and(|town| town.is_in(area)))
}

/// Whether a run is the name of a town, and not a street that is named like one (`Broadway`).
fn is_town(draft: &Draft<'_, '_>, run: &Range<usize>, area: Option<&str>) -> bool {
    found(draft, run.clone()).is_some_and(|town| {
        !may_be_street(draft.key(run.end - 1)) || area.is_some_and(|area| town.is_in(area))
    })
}

/// Where the post town begins in a run that ends with it: `Moor Lane Barbican | London`. A direction
/// before it is the street's (`Southernhay East | Exeter`) only where nothing else can be.
fn town_at_end(
    draft: &Draft<'_, '_>,
    run: &Range<usize>,
    alone: bool,
    area: Option<&str>,
) -> Option<usize> {
    town_from(draft, run, alone, area, false)
        .or_else(|| area.and_then(|_| town_from(draft, run, alone, area, true)))
}

fn town_from(
    draft: &Draft<'_, '_>,
    run: &Range<usize>,
    alone: bool,
    area: Option<&str>,
    directed: bool,
) -> Option<usize> {
    let from = run.end.saturating_sub(NAME_LIMIT).max(run.start + 1);
    (from..run.end).find(|start| {
        let Some(town) = found(draft, *start..run.end) else {
            return false;
        };
        let street = is_street(draft.key(run.end - 1));
        let before = draft.key(start - 1);
        let qualified = matches!(
            before,
            "old"
                | "new"
                | "north"
                | "south"
                | "east"
                | "west"
                | "great"
                | "little"
                | "upper"
                | "lower"
                | "the"
                | "st"
                | "near"
                | "nr"
                | "of"
        ) && !(start - 1 > run.start
            && is_direction(before)
            && (may_be_street(draft.key(start - 2))
                || directed && start - 2 > run.start && !has_digit(draft, start - 2)));
        let confirmed = area.is_none_or(|area| town.is_in(area)) || draft.key(*start) == "london";
        !street
            && confirmed
            && (!qualified || matches!(before, "near" | "nr"))
            && (alone
                || area.is_some()
                || draft.key(*start) == "london"
                || (run.start..*start).any(|i| has_digit(draft, i) || may_be_street(draft.key(i))))
    })
}

/// Whether a run has a house number or ends like a street.
fn is_addressed(draft: &Draft<'_, '_>, run: &Range<usize>) -> bool {
    run.clone().any(|index| has_digit(draft, index)) || is_street(draft.key(run.end - 1))
}

/// Whether a run could be a town followed by a country: `Cardiff | Wales`.
fn is_place(draft: &Draft<'_, '_>, run: Range<usize>) -> bool {
    (run.start..run.end).any(|start| found(draft, start..run.end).is_some())
}

fn found(draft: &Draft<'_, '_>, run: Range<usize>) -> Option<PostTown> {
    (!run.is_empty() && run.len() <= NAME_LIMIT)
        .then(|| post_town(&phrase(draft, run)))
        .flatten()
}

/// `nr Bakewell` is Bakewell.
fn without_near(draft: &mut Draft<'_, '_>, run: Range<usize>) -> Range<usize> {
    if run.len() > 1 && matches!(draft.key(run.start), "nr" | "near") {
        draft.mark(CivicKey::A3, run.start);
        run.start + 1..run.end
    } else {
        run
    }
}

/// Words as the tables are asked for them: single-spaced, spaces for hyphens, `st` for `saint`.
fn phrase(draft: &Draft<'_, '_>, words: Range<usize>) -> String {
    let mut phrase = String::new();
    for index in words {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        match draft.key(index) {
            "saint" => phrase.push_str("st"),
            "&" => phrase.push_str("and"),
            key => phrase.push_str(key),
        }
    }
    phrase
        .replace('-', " ")
        .replace("inverness shire", "inverness-shire")
        .replace("ross shire", "ross-shire")
        .replace("kinross shire", "kinross-shire")
}

fn has_digit(draft: &Draft<'_, '_>, index: usize) -> bool {
    draft.words()[index].has_digit() && draft.words()[index].gap <= Gap::Line
}
