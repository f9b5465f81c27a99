//! Where the street ends and the city begins.

use std::ops::Range;

use super::{
    Draft,
    city_words::{begins_city, ends_city, is_saint},
    is_way,
    street::{Form, Street},
};
use crate::{
    CivicKey,
    interpret::line::{Gap, Word},
    pub28::{Directional, StreetSuffix},
};

/// One way to divide the words between house number and state.
#[derive(Clone, Debug)]
pub(super) struct Split {
    /// How likely it is, against the others of the same line. Higher is likelier.
    pub(super) score: i32,
    /// Which words, by index in the line.
    words: Vec<usize>,
    /// How many of them are the street.
    street_end: usize,
    street: Option<Street>,
}

/// Every way to divide what is not understood yet, likeliest first. Ties keep the shorter street
/// first, so that the order is always the same.
pub(super) fn ranked(draft: &Draft<'_, '_>, range: Range<usize>) -> Vec<Split> {
    let free = draft.free(range);
    let words: Vec<&Word<'_>> = free.iter().map(|index| &draft.words()[*index]).collect();
    let gaps = gaps(draft, &free);
    let first_gap = gaps
        .iter()
        .skip(1)
        .position(|gap| *gap > Gap::Space)
        .map_or(free.len(), |index| index + 1);
    let mut splits = Vec::new();
    if free.is_empty() {
        return splits;
    }
    let longest = first_gap + usize::from(is_late_direction(&words, &gaps, first_gap));
    let shortest = usize::from(draft.has(CivicKey::Hno));
    for street_end in shortest..=longest {
        let street = Street::read(&words[..street_end]);
        if street_end > 0 && street.is_none() {
            continue;
        }
        let weighing = Weighing {
            draft,
            words: &words,
            gaps: &gaps,
            first_gap,
            street_end,
        };
        splits.push(Split {
            score: weighing.score(street.as_ref()),
            words: free.clone(),
            street_end,
            street,
        });
    }
    splits.sort_by_key(|split| -split.score);
    splits
}

impl Split {
    /// Understands the words as this split has them.
    pub(super) fn apply(&self, draft: &mut Draft<'_, '_>) {
        if let Some(street) = &self.street {
            let parts = [
                (CivicKey::Prd, street.before.clone()),
                (CivicKey::Rd, street.name.clone()),
                (CivicKey::Sts, one(street.suffix)),
                (CivicKey::Pom, one(street.modifier)),
                (CivicKey::Pod, street.after.clone()),
            ];
            for (key, part) in parts {
                self.take(draft, key, part);
            }
        }
        self.apply_city(draft);
    }

    /// The last segment is the city; what stands before it is a building, a county, a
    /// neighbourhood or, where it has a digit, a unit.
    fn apply_city(&self, draft: &mut Draft<'_, '_>) {
        let words: Vec<&Word<'_>> = self.words.iter().map(|i| &draft.words()[*i]).collect();
        let units = units(&words, self.street_end, self.street.as_ref());
        self.take(draft, CivicKey::Unit, self.street_end..units);
        let rest = units..self.words.len();
        if rest.is_empty() {
            return;
        }
        let mut segments = Vec::new();
        let mut start = rest.start;
        for index in rest.start + 1..rest.end {
            if draft.gap_between(self.words[index - 1], self.words[index]) > Gap::Space {
                segments.push(start..index);
                start = index;
            }
        }
        segments.push(start..rest.end);
        let county = |segment: &Range<usize>| {
            segment.len() > 1
                && matches!(
                    draft.key(self.words[segment.end - 1]),
                    "county" | "cnty" | "parish" | "borough"
                )
        };
        let county_at = segments.iter().rposition(&county).filter(|at| *at > 0);
        if let Some(at) = county_at {
            let county = segments.remove(at);
            self.take(draft, CivicKey::A2, county);
        }
        // No city has a digit in its name: such a segment is more about the place.
        let (places, more): (Vec<_>, Vec<_>) = segments
            .into_iter()
            .partition(|segment| !words[segment.clone()].iter().any(|w| w.has_digit()));
        for segment in more {
            self.take(draft, CivicKey::Loc, segment);
        }
        // `Seattle, W`: a letter alone is the beginning of a state, and no city.
        let mut places = places;
        if places.len() > 1
            && let Some(last) = places.last()
            && last.len() == 1
            && words[last.start].is_letter()
        {
            places.pop();
        }
        let Some((city, between)) = places.split_last() else {
            return;
        };
        self.take(draft, CivicKey::A3, city.clone());
        for segment in between {
            let building = words[segment.clone()].iter().any(|w| is_building(&w.key));
            let urbanization = matches!(
                &*words[segment.start].key,
                "urb" | "urbanizacion" | "urbanización"
            );
            let key = if urbanization {
                CivicKey::A5
            } else if building {
                CivicKey::Bld
            } else {
                CivicKey::A4
            };
            self.take(draft, key, segment.clone());
        }
    }

    /// Understands a run of this split's words as one element.
    fn take(&self, draft: &mut Draft<'_, '_>, key: CivicKey, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let value = self.words[part.clone()]
            .iter()
            .map(|index| draft.words()[*index].text)
            .collect::<Vec<_>>()
            .join(" ");
        let value = if matches!(key, CivicKey::Prd | CivicKey::Pod) {
            value.replace('.', "")
        } else {
            value
        };
        for index in &self.words[part] {
            draft.mark(key, *index);
        }
        draft.take(key, 0..0, value);
    }
}

/// The evidence for one split.
struct Weighing<'a, 'l, 't> {
    draft: &'a Draft<'l, 't>,
    words: &'a [&'l Word<'t>],
    gaps: &'a [Gap],
    first_gap: usize,
    street_end: usize,
}

impl Weighing<'_, '_, '_> {
    fn score(&self, street: Option<&Street>) -> i32 {
        self.street(street) + self.boundary() + self.city(street)
    }

    /// How well the street reads.
    fn street(&self, street: Option<&Street>) -> i32 {
        let Some(street) = street else {
            return -6;
        };
        let form = match street.form {
            Form::Way => 6,
            Form::Numbered => 8,
            Form::Known => 5,
            Form::Land => 2,
            Form::Bare => 0,
        };
        let name = &self.words[street.name.clone()];
        let count = i32::try_from(name.len()).unwrap_or(i32::MAX / 4);
        let length = match street.form {
            // Without a suffix every further word is less likely to belong.
            Form::Bare => count - 1,
            Form::Known | Form::Land | Form::Numbered | Form::Way => (count - 3).max(0),
        };
        let mut against = length;
        // A suffix without a name before it is the name's beginning, not its end.
        if street.suffix.is_none() && count == 1 && is_way(&name[0].key) && self.words.len() > 1 {
            against += 8;
        }
        // `Howard Street Des Plaines`: the street ended earlier.
        if street.form != Form::Numbered {
            against += inner_ways(name);
        }
        // `Farwell 1A`: a number behind the name is no part of it.
        let inner_number = name.iter().skip(1).any(|word| is_unit(word));
        if inner_number && street.form != Form::Numbered && street.form != Form::Known {
            against += 6;
        }
        // Without a house number only a suffix or the like makes words a street.
        if street.form == Form::Bare && !self.draft.has(CivicKey::Hno) {
            against += 10;
        }
        let last = name.last().map_or("", |word| &*word.key);
        if street.suffix.is_none() && is_link(last) {
            against += 6;
        }
        // `N | Wells Chicago`: a direction alone is no street.
        if street.form == Form::Bare && count == 1 && Directional::find(last).is_some() {
            against += 6;
        }
        // `River Bay Mount | Vernon`: such a word begins a city rather than ends a street.
        let suffix = street.suffix.map_or("", |index| &*self.words[index].key);
        if street.form == Form::Land && begins_city(suffix) && self.street_end < self.first_gap {
            against += 4;
        }
        form - against
    }

    /// How well the place between street and city divides.
    fn boundary(&self) -> i32 {
        let end = self.street_end;
        let Some(next) = self.words.get(end) else {
            return 5;
        };
        let parted = self.gaps[end] > Gap::Space;
        let mut score = 0;
        if parted {
            score += 5;
        }
        if end > self.first_gap {
            // The direction behind the comma is the street's.
            score += 6;
        }
        let last = end
            .checked_sub(1)
            .map_or("", |index| &*self.words[index].key);
        // `Main St | St Louis`, but not `Marsielle St | Louis`.
        if end > 1 && !parted && self.begins_saint(end - 1) {
            score -= 7;
        }
        if is_way(&next.key) && !self.begins_saint(end) {
            score -= 5;
        }
        if self.begins_saint(end) {
            score += 4;
        } else if begins_city(&next.key) && next.key != "st" {
            score += 2;
        }
        if is_link(&next.key) && !begins_city(&next.key) {
            score -= 2;
        }
        // `Mission Hills | Park Alabaster`: the landscape goes on.
        let goes_on = StreetSuffix::find(&next.key).is_some() && !begins_city(&next.key);
        if goes_on && !parted && end + 1 < self.words.len() {
            score -= 1;
        }
        if is_unit(next) {
            score += 2;
        } else if end < self.first_gap && self.first_gap < self.words.len() {
            // A street mostly runs up to the comma, where there is one.
            score -= 2;
        }
        // A letter for a direction belongs to the street, a word for one more often to the city:
        // `Blvd N | Delray Beach`, `Road | West Palm Beach`.
        let written_out = |key: &str| matches!(key, "north" | "south" | "east" | "west");
        if Directional::find(&next.key).is_some() && !parted {
            score -= if written_out(&next.key) { 1 } else { 5 };
        }
        if written_out(last) && !parted && end > 1 {
            score -= 3;
        }
        score
    }

    /// Whether `St` at `index` is a saint: one after whom cities are named follows, or the street's
    /// suffix stands before it already.
    fn begins_saint(&self, index: usize) -> bool {
        let next = self.words.get(index + 1);
        let named = next.is_some_and(|next| is_saint(&next.key));
        let second = index > 1 && is_way(&self.words[index - 1].key) && next.is_some();
        match &*self.words[index].key {
            "st" => (named || second) && self.gaps.get(index + 1) == Some(&Gap::Space),
            "saint" => next.is_some(),
            _ => false,
        }
    }

    /// How well what is left reads as a city.
    fn city(&self, street: Option<&Street>) -> i32 {
        let start = units(self.words, self.street_end, street);
        let city = &self.words[start..];
        let region = self.draft.has(CivicKey::A1);
        let vouched = region || self.draft.has(CivicKey::Pc);
        let with_unit = i32::from(start > self.street_end);
        if city.is_empty() {
            return match (region, vouched) {
                (true, _) => -7,
                (false, true) => -2,
                (false, false) => -with_unit,
            };
        }
        let segment = self.gaps[start + 1..]
            .iter()
            .position(|gap| *gap > Gap::Space)
            .map_or(city.len(), |index| index + 1);
        let length = match segment {
            0..=2 => 0,
            3 => 1,
            4 => 3,
            _ => 6,
        };
        let mut against = length + with_unit;
        if city.iter().take(segment).any(|word| word.has_digit()) {
            against += 6;
        }
        if segment == 1 && Directional::find(&city[0].key).is_some() {
            against += 6;
        }
        // Without a state, a ZIP code or a comma nothing says that there is a city at all.
        if !vouched && self.gaps[start] == Gap::Space {
            against += 2;
        }
        let last = segment == city.len();
        let ending = i32::from(last && segment > 1 && ends_city(&city[segment - 1].key)) * 2;
        ending - against
    }
}

/// What parts each word from the one before it.
fn gaps(draft: &Draft<'_, '_>, free: &[usize]) -> Vec<Gap> {
    let mut gaps = vec![Gap::Space; free.len()];
    for (position, pair) in free.windows(2).enumerate() {
        gaps[position + 1] = draft.gap_between(pair[0], pair[1]);
    }
    gaps
}

/// How much the words for ways inside a name speak against it: `Howard Street Des Plaines` is a
/// street and a city, `Waterfront Pkwy East Dr` a street.
fn inner_ways(name: &[&Word<'_>]) -> i32 {
    let mut against = 0;
    for pair in name.windows(2).skip(1) {
        let core = is_core(&pair[0].key);
        let goes_on = Directional::find(&pair[1].key).is_some() || is_way(&pair[1].key);
        if core && !goes_on {
            return 6;
        }
        against += i32::from(is_way(&pair[0].key));
    }
    against + i32::from(name.len() > 1 && name.last().is_some_and(|word| is_way(&word.key)))
}

/// The suffixes that are hardly ever part of a name.
fn is_core(key: &str) -> bool {
    StreetSuffix::find(key).is_some_and(|suffix| {
        matches!(
            suffix.abbreviation,
            "Ave" | "Blvd" | "Cir" | "Ct" | "Dr" | "Hwy" | "Ln" | "Pkwy" | "Rd" | "St" | "Ter"
        )
    })
}

/// Where the identifiers of a unit that stand right behind the street end: `12 Elm St | 4B |
/// Salem`. A lone letter is one only behind a suffix.
fn units(words: &[&Word<'_>], street_end: usize, street: Option<&Street>) -> usize {
    let mut end = street_end;
    let suffixed = street.is_some_and(|s| matches!(s.form, Form::Way | Form::Numbered));
    while let Some(word) = words.get(end) {
        // `Northshore 1 W`: a direction behind the number, with nothing behind it.
        let direction = Directional::find(&word.key).is_some();
        if direction && end > street_end && end + 1 == words.len() {
            return end + 1;
        }
        let letter = word.is_letter() && Directional::find(&word.key).is_none() && suffixed;
        if !(is_unit(word) || letter) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a direction stands behind the comma that ends the street: `Peachtree Street, NE`. One of
/// the four between the cardinal points may have the city right behind it.
fn is_late_direction(words: &[&Word<'_>], gaps: &[Gap], first_gap: usize) -> bool {
    let Some(word) = words.get(first_gap) else {
        return false;
    };
    let parted = gaps.get(first_gap + 1).is_none_or(|gap| *gap > Gap::Space);
    let between = matches!(&*word.key, "ne" | "nw" | "se" | "sw");
    let comma = word.gap > Gap::Space;
    comma && (between || (parted && Directional::find(&word.key).is_some()))
}

/// Words that begin or continue a name, and never end one.
fn is_link(key: &str) -> bool {
    matches!(
        key,
        "&" | "and" | "at" | "de" | "del" | "el" | "la" | "las" | "los" | "of" | "the"
    )
}

/// `4B`, `1-5`: with a digit, and no ordinal.
fn is_unit(word: &Word<'_>) -> bool {
    word.has_digit() && word.ordinal().is_none()
}

fn is_building(key: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 18] = [
        "apartments", "building", "campus", "center", "centre", "commons", "court", "gardens",
        "hall", "hospital", "hotel", "lofts", "mall", "plaza", "square", "terminal", "tower",
        "towers",
    ];
    WORDS.contains(&key)
}

fn one(index: Option<usize>) -> Range<usize> {
    index.map_or(0..0, |index| index..index + 1)
}
