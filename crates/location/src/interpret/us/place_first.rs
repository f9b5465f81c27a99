//! Lines that begin with the city and end with the street.

use crate::{
    gazetteer::{self, Name},
    interpret::line::{Gap, Line, Word},
    pub28::state,
};

use super::{head::in_one_word, is_way};

/// The most words that stand before the house number in such a line.
const PLACE_LIMIT: usize = 8;

/// The same line with the place behind the street: `Ithaca, NY 14850, 418 Maple Ave`. None where it
/// does not begin with a city that is known in the state or at the ZIP code beside it.
pub(super) fn turned<'t>(line: &Line<'t>) -> Option<Line<'t>> {
    let words = &line.words;
    let start = (2..words.len().min(PLACE_LIMIT)).find(|&at| {
        let follows = |later: &Word<'_>| is_way(&later.key);
        in_one_word(words[at].text).is_some()
            && !is_code(&words[at])
            && words.iter().skip(at + 2).take(4).any(follows)
    })?;
    let (place, street) = words.split_at(start);
    let last = street.last()?;
    // The place stands at the end after all.
    if is_code(last) || state(&last.key).is_some() && street.len() > 3 {
        return None;
    }
    let place = Place::read(place)?;
    let mut turned = Line {
        words: street.to_vec(),
        source: line.source,
    };
    turned.words[0].gap = Gap::Space;
    for (part, gap) in [
        (place.city, Gap::Line),
        (place.state, Gap::Comma),
        (place.code, Gap::Comma),
    ] {
        let begun = turned.words.len();
        turned.words.extend_from_slice(part);
        if let Some(first) = turned.words.get_mut(begun) {
            first.gap = gap;
        }
    }
    Some(turned)
}

/// A city with its state, its ZIP code, or both.
struct Place<'a, 't> {
    city: &'a [Word<'t>],
    state: &'a [Word<'t>],
    code: &'a [Word<'t>],
}

impl<'a, 't> Place<'a, 't> {
    /// Reads all of these words as a place: the ZIP code and the state stand on either side of the
    /// city.
    fn read(words: &'a [Word<'t>]) -> Option<Self> {
        let (mut city, mut code) = (words, &words[..0]);
        for _ in 0..2 {
            match city {
                [first, rest @ ..] if code.is_empty() && is_code(first) => {
                    (code, city) = (&city[..1], rest);
                }
                [rest @ .., last] if code.is_empty() && is_code(last) => {
                    (code, city) = (&city[rest.len()..], rest);
                }
                _ => {}
            }
        }
        let splits = (0..=city.len()).flat_map(|at| {
            let (before, behind) = city.split_at(at);
            [(before, behind), (behind, before)]
        });
        let mut places = splits
            .filter(|(_, state)| state.len() <= 3)
            .map(|(city, state)| Self { city, state, code });
        places.find(Self::is_known)
    }

    fn is_known(&self) -> bool {
        if self.city.is_empty() || self.city.iter().any(Word::has_digit) {
            return false;
        }
        let letters = state(&text(self.state));
        if letters.is_none() != self.state.is_empty() {
            return false;
        }
        let city = text(self.city);
        let name = Name::of(&city);
        let in_state = letters.is_some_and(|letters| {
            gazetteer::us_place(name).is_some_and(|place| place.is_in(letters))
        });
        in_state || zip(self.code).is_some_and(|zip| zip.serves(name))
    }
}

fn zip(code: &[Word<'_>]) -> Option<gazetteer::Zip> {
    gazetteer::zip(code.first()?.text.split('-').next()?)
}

/// Whether a word is a ZIP code that exists.
fn is_code(word: &Word<'_>) -> bool {
    let five = word.text.split('-').next().unwrap_or_default();
    five.len() == 5 && gazetteer::zip(five).is_some()
}

fn text(words: &[Word<'_>]) -> String {
    let keys: Vec<&str> = words.iter().map(|word| &*word.key).collect();
    keys.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_goes_behind_the_street() {
        #[rustfmt::skip]
        let table = [
            ("Ithaca, NY 14850, 418 Maple Ave", "418 Maple Ave Ithaca NY 14850"),
            ("14850 NY Ithaca, 418 Maple Ave Apt 2", "418 Maple Ave Apt 2 Ithaca NY 14850"),
            ("Salt Lake City Utah 136 E South Temple St", "136 E South Temple St Salt Lake City Utah"),
            ("14850 Ithaca, 418 Maple Ave", "418 Maple Ave Ithaca 14850"),
            ("New York, NY, 10 Main St, Albany, NY 12203", "-"),
            ("Georgia Tech, 225 North Ave NW, Atlanta, GA 30332", "-"),
            ("Acme Books, 418 Maple Ave", "-"),
            ("14850 Maple Ave", "-"),
            ("Ithaca, NY 14850", "-"),
            ("", "-"),
        ];
        for (text, expected) in table {
            let read = turned(&Line::new(text)).map_or_else(
                || "-".to_owned(),
                |line| {
                    let words: Vec<&str> = line.words.iter().map(|word| word.text).collect();
                    words.join(" ")
                },
            );
            assert_eq!(read, expected, "{text}");
        }
    }
}
