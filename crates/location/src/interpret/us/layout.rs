//! What the words behind a street are: a unit, a building, a neighbourhood, a county, the city.

use std::ops::Range;

use super::{
    city_words::begins_city,
    evidence::{Evidence, Known},
    street::{Form, Street},
};
use crate::{
    CivicKey,
    interpret::line::{Gap, Word},
    pub28::{Directional, StreetSuffix},
};

/// The words behind a street, divided. Ranges count in the words of the split.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// What each run of words is, the city last.
    pub(super) parts: Vec<(CivicKey, Range<usize>)>,
    /// The city; empty when there is none.
    pub(super) city: Range<usize>,
    /// How well it is known.
    pub(super) known: Known,
    /// How many words before the city, and not parted from it, are a neighbourhood.
    pub(super) district: usize,
}

/// What a line gives to divide.
#[derive(Clone, Copy)]
pub(super) struct Rest<'a, 'l, 't> {
    pub(super) words: &'a [&'l Word<'t>],
    /// What parts each word from the one before it.
    pub(super) gaps: &'a [Gap],
    pub(super) evidence: &'a Evidence,
    /// Whether a state or a ZIP code says that there is a city.
    pub(super) vouched: bool,
}

impl Layout {
    /// Divides what stands behind the street that ends at `street_end`.
    pub(super) fn read(rest: Rest<'_, '_, '_>, street_end: usize, street: Option<&Street>) -> Self {
        let words = rest.words;
        let units = units(rest, street_end, street);
        let mut layout = Self {
            parts: Vec::new(),
            city: words.len()..words.len(),
            known: Known::Nowhere,
            district: 0,
        };
        layout.add(CivicKey::Unit, street_end..units);
        let mut places = layout.places(rest, units);
        // `Seattle, W`: a letter alone is the beginning of a state, and no city.
        if places.len() > 1
            && let Some(last) = places.last()
            && last.len() == 1
            && words[last.start].is_letter()
        {
            places.pop();
        }
        // `Studio City (Los Angeles), CA 91604`: the ZIP code's own city, wherever it stands.
        let by_zip =
            |place: &Range<usize>| rest.evidence.city(&words[place.clone()]) == Known::ByZip;
        let city = match places.last() {
            Some(last) if !by_zip(last) => places.iter().rposition(by_zip),
            Some(_) | None => None,
        };
        if let Some(city) = city {
            let city = places.remove(city);
            places.push(city);
        }
        let Some(last) = places.pop() else {
            return layout;
        };
        for place in places {
            let key = kind_between(words, &place);
            layout.add(key, place);
        }
        let known = rest.evidence.city(&words[last.clone()]);
        let start = if known >= Known::InState {
            last.start
        } else {
            known_tail(rest, &last, street, last.start == street_end).unwrap_or(last.start)
        };
        let building = !rest.vouched
            && known == Known::Nowhere
            && last.len() > 1
            && words[last.clone()].iter().any(|w| is_building(&w.key));
        if building {
            layout.add(CivicKey::Bld, last);
            return layout;
        }
        let district = last.start..start;
        layout.district = district.len();
        layout.city = start..last.end;
        layout.known = rest.evidence.city(&words[layout.city.clone()]);
        let key = kind_between(words, &district);
        layout.add(key, district);
        layout.add(CivicKey::A3, start..last.end);
        layout
    }

    fn add(&mut self, key: CivicKey, part: Range<usize>) {
        if !part.is_empty() {
            self.parts.push((key, part));
        }
    }

    /// The segments from `start` on that may be places. Counties, and segments with a digit, which
    /// no city has in its name, are understood on the way.
    fn places(&mut self, rest: Rest<'_, '_, '_>, start: usize) -> Vec<Range<usize>> {
        let words = rest.words;
        let mut segments = Vec::new();
        let mut from = start;
        for index in start + 1..words.len() {
            if rest.gaps[index] > Gap::Space {
                segments.push(from..index);
                from = index;
            }
        }
        if from < words.len() {
            segments.push(from..words.len());
        }
        let county = |segment: &Range<usize>| {
            segment.len() > 1
                && matches!(
                    &*words[segment.end - 1].key,
                    "county" | "cnty" | "parish" | "borough"
                )
        };
        if let Some(at) = segments.iter().rposition(county).filter(|at| *at > 0) {
            let county = segments.remove(at);
            self.add(CivicKey::A2, county);
        }
        let (places, more): (Vec<_>, Vec<_>) = segments
            .into_iter()
            .partition(|segment| !words[segment.clone()].iter().any(|w| w.has_digit()));
        let mut places = places;
        for mut segment in more {
            // `Client Code 28502 Chicago`: what stands behind the number may be the city.
            let digits = segment
                .clone()
                .rev()
                .find(|index| words[*index].has_digit());
            let behind = digits.map_or(segment.end, |index| index + 1)..segment.end;
            if places.is_empty() && rest.evidence.city(&words[behind.clone()]) >= Known::InState {
                segment.end = behind.start;
                places.push(behind);
            }
            self.add(CivicKey::Loc, segment);
        }
        places
    }
}

/// Where a city that is known begins inside a segment whose first words are something else:
/// `Fremont Seattle`. Behind a street without a suffix the words are the street's.
fn known_tail(
    rest: Rest<'_, '_, '_>,
    segment: &Range<usize>,
    street: Option<&Street>,
    adjacent: bool,
) -> Option<usize> {
    let complete = street.is_some_and(|s| !matches!(s.form, Form::Bare | Form::Land));
    let parted = rest.gaps[segment.start] > Gap::Space;
    if adjacent && !complete && !parted {
        return None;
    }
    let start = (segment.start + 1..segment.end)
        .find(|start| rest.evidence.city(&rest.words[*start..segment.end]) >= Known::InState)?;
    // `New Somewhere` is not Somewhere.
    let more_of_the_name = rest.words[segment.start..start]
        .iter()
        .all(|word| begins_city(&word.key) || Directional::find(&word.key).is_some());
    (!more_of_the_name).then_some(start)
}

/// What a segment between street and city is.
fn kind_between(words: &[&Word<'_>], segment: &Range<usize>) -> CivicKey {
    let words = &words[segment.clone()];
    let urbanization = words
        .first()
        .is_some_and(|w| matches!(&*w.key, "urb" | "urbanizacion" | "urbanización"));
    if urbanization {
        CivicKey::A5
    } else if words.iter().any(|w| is_building(&w.key)) {
        CivicKey::Bld
    } else {
        CivicKey::A4
    }
}

/// Where the identifiers of a unit that stand right behind the street end: `12 Elm St | 4B |
/// Salem`. A lone letter is one only behind a suffix.
fn units(rest: Rest<'_, '_, '_>, street_end: usize, street: Option<&Street>) -> usize {
    let words = rest.words;
    let mut end = street_end;
    let suffixed = street.is_some_and(|s| matches!(s.form, Form::Way | Form::Numbered));
    while let Some(word) = words.get(end) {
        let direction = Directional::find(&word.key).is_some();
        let last = end + 1 == words.len();
        // `Northshore 1 W`: a direction behind the number, with nothing behind it.
        if direction && end > street_end && last {
            return end + 1;
        }
        let letter = word.is_letter() && !direction && suffixed;
        // `Cambridge Avenue LH`: too short for a city.
        let short = last
            && suffixed
            && !rest.vouched
            && !direction
            && word.text.len() == 2
            && word.gap == Gap::Space
            && word.text.bytes().all(|b| b.is_ascii_uppercase())
            && word.key != "sr"
            && StreetSuffix::find(&word.key).is_none();
        if !(is_unit(word) || letter || short) {
            break;
        }
        end += 1;
    }
    end
}

/// `4B`, `1-5`: with a digit, and no ordinal.
pub(super) fn is_unit(word: &Word<'_>) -> bool {
    word.has_digit() && word.ordinal().is_none()
}

/// Words by which buildings and groups of buildings are called.
pub(super) fn is_building(key: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 28] = [
        "apartments", "apts", "bldg", "building", "campus", "center", "centre", "commons",
        "complex", "condominiums", "condos", "court", "ctr", "gardens", "hall", "hospital",
        "hotel", "lofts", "mall", "manor", "office", "place", "plaza", "square", "suites",
        "terminal", "tower", "towers",
    ];
    WORDS.binary_search(&key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buildings_are_found_by_halves() {
        for word in ["apartments", "tower", "towers", "ctr"] {
            assert!(is_building(word), "{word}");
        }
    }
}
