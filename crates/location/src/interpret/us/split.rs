//! Where the street ends and the city begins.

use std::ops::Range;

use super::{
    Dialect, Draft,
    city_words::{begins_city, ends_city, is_saint},
    evidence::{Evidence, Known},
    highway::designation,
    is_way,
    layout::{Layout, Rest, is_unit},
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
    street: Option<Street>,
    /// What the words behind the street are.
    layout: Layout,
}

/// Every way to divide what is not understood yet, likeliest first. Ties keep the shorter street
/// first, so that the order is always the same.
pub(super) fn ranked(draft: &Draft<'_, '_>, range: Range<usize>, dialect: &Dialect) -> Vec<Split> {
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
    let evidence = (dialect.evidence)(draft);
    let longest = first_gap + usize::from(is_late_direction(&words, &gaps, first_gap, &evidence));
    let shortest = usize::from(draft.has(CivicKey::Hno));
    let rest = Rest {
        words: &words,
        gaps: &gaps,
        evidence: &evidence,
        vouched: draft.has(CivicKey::A1) || draft.has(CivicKey::Pc),
    };
    for street_end in shortest..=longest {
        let street = (dialect.street)(&words[..street_end]);
        if street_end > 0 && street.is_none() {
            continue;
        }
        let layout = Layout::read(rest, street_end, street.as_ref());
        let weighing = Weighing {
            draft,
            words: &words,
            gaps: &gaps,
            first_gap,
            street_end,
            layout: &layout,
        };
        splits.push(Split {
            score: weighing.score(street.as_ref()),
            words: free.clone(),
            street,
            layout,
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
        for (key, part) in &self.layout.parts {
            self.take(draft, *key, part.clone());
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
    layout: &'a Layout,
}

impl Weighing<'_, '_, '_> {
    fn score(&self, street: Option<&Street>) -> i32 {
        self.street(street) + self.boundary() + self.city()
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
        // `SW Lane | St Portland`.
        let goes_on = self
            .words
            .get(self.street_end)
            .is_some_and(|next| self.street_end < self.first_gap && is_way(&next.key));
        if street.suffix.is_some() && goes_on && count == 1 && Directional::find(last).is_some() {
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
        } else if begins_city(&next.key) && next.key != "st" && self.layout.known < Known::InState {
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
        let begins_known = self.layout.known >= Known::InState && self.layout.city.start == end;
        if Directional::find(&next.key).is_some() && !parted && !begins_known {
            score -= if written_out(&next.key) { 1 } else { 5 };
        }
        if written_out(last) && !parted && end > 1 && self.layout.known < Known::InState {
            score -= 3;
        }
        score
    }

    /// Whether `St` at `index` is a saint: one after whom cities are named follows, or the street's
    /// suffix stands before it already.
    fn begins_saint(&self, index: usize) -> bool {
        let next = self.words.get(index + 1);
        let named = next.is_some_and(|next| is_saint(&next.key));
        // `SW Lane St` is a street; what has a direction alone for a name is none.
        let bare = index == 2 && Directional::find(&self.words[0].key).is_some();
        let second = index > 1 && !bare && is_way(&self.words[index - 1].key) && next.is_some();
        match &*self.words[index].key {
            "st" => (named || second) && self.gaps.get(index + 1) == Some(&Gap::Space),
            "saint" => next.is_some(),
            _ => false,
        }
    }

    /// How well what is left reads as a city.
    fn city(&self) -> i32 {
        let region = self.draft.has(CivicKey::A1);
        let vouched = region || self.draft.has(CivicKey::Pc);
        let unit = self
            .layout
            .parts
            .iter()
            .find(|(key, _)| *key == CivicKey::Unit);
        let with_unit = i32::from(unit.is_some());
        let start = unit.map_or(self.street_end, |(_, unit)| unit.end);
        let rest = &self.words[start..];
        if rest.is_empty() {
            return match (region, vouched) {
                (true, _) => -7,
                (false, true) => -2,
                (false, false) => -with_unit,
            };
        }
        if self.layout.city.is_empty() {
            // A building and no city: as good as nothing.
            return -1 - with_unit;
        }
        let known = match self.layout.known {
            Known::ByZip => 10,
            Known::InState => 7,
            Known::Large => 6,
            // Without a comma the name is more often the rest of the street.
            Known::Somewhere if self.gaps[start] == Gap::Space => 0,
            Known::Somewhere => 3,
            Known::Nowhere => 0,
        };
        // Without a state, a ZIP code or a comma nothing says that there is a city at all.
        let unasked = i32::from(!vouched && self.gaps[start] == Gap::Space) * 2;
        if self.layout.known >= Known::InState {
            let district = i32::try_from(self.layout.district).unwrap_or(i32::MAX / 4);
            let apart = if district > 0 { 4 + district } else { 0 };
            return known - with_unit - unasked - apart;
        }
        let segment = self.gaps[start + 1..]
            .iter()
            .position(|gap| *gap > Gap::Space)
            .map_or(rest.len(), |index| index + 1);
        let length = match segment {
            0..=2 => 0,
            3 => 1,
            4 => 3,
            _ => 6,
        };
        let mut against = length + with_unit + unasked;
        if rest.iter().take(segment).any(|word| word.has_digit()) {
            against += 6;
        }
        if segment == 1 && Directional::find(&rest[0].key).is_some() {
            against += 6;
        }
        // `I 49 | Service Rd`: a city does not end like a street.
        let last = segment == rest.len();
        if last && segment > 1 && known == 0 && is_way(&rest[segment - 1].key) {
            against += 4;
        }
        let ending = i32::from(last && segment > 1 && ends_city(&rest[segment - 1].key)) * 2;
        known + ending - against
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
    for (index, pair) in name.windows(2).enumerate().skip(1) {
        let core = is_core(&pair[0].key);
        let goes_on = Directional::find(&pair[1].key).is_some() || is_way(&pair[1].key);
        if core && !goes_on {
            return 6;
        }
        // `Peachtree Rd NE Tower Pl`, but `Waterfront Pkwy East Dr`.
        let beyond = name.get(index + 2);
        if core && !is_way(&pair[1].key) && beyond.is_some() {
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

/// Whether a direction stands behind the comma that ends the street: `Peachtree Street, NE`. One of
/// the four between the cardinal points may have the city right behind it, and so may any behind a
/// numbered road (`US Hwy 1, South`) that begins no city's name (`Route 9, South Seaville`).
fn is_late_direction(
    words: &[&Word<'_>],
    gaps: &[Gap],
    first_gap: usize,
    evidence: &Evidence,
) -> bool {
    let Some(word) = words.get(first_gap) else {
        return false;
    };
    let parted = gaps.get(first_gap + 1).is_none_or(|gap| *gap > Gap::Space);
    let between = matches!(&*word.key, "ne" | "nw" | "se" | "sw");
    let comma = word.gap > Gap::Space;
    let segment = gaps[first_gap + 1..]
        .iter()
        .position(|gap| *gap > Gap::Space)
        .map_or(words.len(), |index| first_gap + 1 + index);
    let numbered = || {
        designation(&words[..first_gap]) == Some(first_gap)
            && evidence.city(&words[first_gap..segment]) < Known::InState
    };
    let direction = Directional::find(&word.key).is_some();
    comma && (between || (direction && (parted || numbered())))
}

/// Words that begin or continue a name, and never end one.
fn is_link(key: &str) -> bool {
    matches!(
        key,
        "&" | "and" | "at" | "de" | "del" | "el" | "la" | "las" | "los" | "of" | "the"
    )
}

fn one(index: Option<usize>) -> Range<usize> {
    index.map_or(0..0, |index| index..index + 1)
}
