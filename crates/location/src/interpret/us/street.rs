use std::ops::Range;

use super::highway::designation;
use crate::{
    interpret::line::Word,
    pub28::{Directional, OTHER_STREET_TYPES, StreetSuffix, SuffixKind, misspelled},
};

/// The words of a street, in parts. The ranges count from the street's first word.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::interpret) struct Street {
    pub(in crate::interpret) before: Range<usize>,
    pub(in crate::interpret) name: Range<usize>,
    pub(in crate::interpret) suffix: Option<usize>,
    pub(in crate::interpret) modifier: Option<usize>,
    pub(in crate::interpret) after: Range<usize>,
    pub(in crate::interpret) form: Form,
}

/// What makes these words a street.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::interpret) enum Form {
    /// Nothing but their place.
    Bare,
    /// It ends with a word for landscape.
    Land,
    /// A name that is complete without a suffix: `Broadway`, `Avenue H`, `5th`.
    Known,
    /// A numbered road.
    Numbered,
    /// It ends with a word for a way.
    Way,
}

impl Street {
    /// Reads words as one street. None when they leave no name.
    pub(in crate::interpret) fn read(words: &[&Word<'_>]) -> Option<Self> {
        let length = words.len();
        if length == 0 {
            return None;
        }
        let lead = leading_directions(words);
        let rest = &words[lead..];
        if let Some(used) = designation(rest) {
            let end = lead + used;
            let after = trailing_directions(words, end);
            if after.end == length && after.start == end {
                return Some(Self {
                    before: 0..lead,
                    name: lead..end,
                    suffix: None,
                    modifier: None,
                    after,
                    form: Form::Numbered,
                });
            }
        }
        let compass = lead == 0 && rest.len() == 2 && rest[1].is_letter() && is_avenue(rest[0]);
        if compass || is_avenue_with_letter(rest) || is_numbered_calle(rest) {
            return Some(Self::whole(lead, length, Form::Known));
        }
        Self::suffixed(words, lead).or_else(|| Self::unsuffixed(words, lead))
    }

    fn suffixed(words: &[&Word<'_>], lead: usize) -> Option<Self> {
        let length = words.len();
        // Directions and a modifier may follow the suffix.
        for after in [length - ending_directions(words, lead), length] {
            let mut last = after.checked_sub(1)?;
            let modifier = (last > lead + 1
                && is_modifier(&words[last].key)
                && suffix(&words[last - 1].key).is_some())
            .then_some(last);
            if modifier.is_some() {
                last -= 1;
            }
            let Some(form) = suffix(&words[last].key) else {
                continue;
            };
            // `The Green` has no other name.
            let article = last == lead + 1 && words[lead].key == "the";
            if last <= lead || article {
                continue;
            }
            return Some(Self {
                before: 0..lead,
                name: lead..last,
                suffix: Some(last),
                modifier,
                after: after..length,
                form,
            });
        }
        None
    }

    fn unsuffixed(words: &[&Word<'_>], lead: usize) -> Option<Self> {
        let length = words.len();
        let directions = ending_directions(words, lead);
        let name_end = length - directions;
        if directions > 0 && name_end > lead {
            // `550 S 400 E`, `Peachtree NE`, but `Coventry Park West` is a name.
            let grid = name_end == lead + 1 && words[lead].has_digit();
            let letters = words[name_end..].iter().all(|word| word.key.len() <= 2);
            if grid || letters {
                return Some(Self {
                    before: 0..lead,
                    name: lead..name_end,
                    suffix: None,
                    modifier: None,
                    after: name_end..length,
                    form: if grid { Form::Known } else { Form::Bare },
                });
            }
        }
        if lead == length {
            return None;
        }
        let name = &words[lead..];
        let known = match name {
            [only] => is_known_alone(only),
            [first, second] if first.key == "the" => suffix(&second.key).is_some(),
            [first, second, ..] => second.key == "of" && suffix(&first.key).is_some(),
            _ => false,
        };
        Some(Self::whole(
            lead,
            length,
            if known { Form::Known } else { Form::Bare },
        ))
    }

    fn whole(lead: usize, length: usize, form: Form) -> Self {
        Self {
            before: 0..lead,
            name: lead..length,
            suffix: None,
            modifier: None,
            after: length..length,
            form,
        }
    }
}

/// How many words at the front are a direction. A direction that is itself the name (`South St`,
/// `N Ave`) is none.
fn leading_directions(words: &[&Word<'_>]) -> usize {
    let direction = |index: usize| words.get(index).and_then(|w| Directional::find(&w.key));
    let Some(first) = direction(0) else {
        return 0;
    };
    // `East West Hwy`: two that face each other are a name.
    if direction(1).is_some_and(|second| first.faces(second)) && names_street(words, 2) {
        return 0;
    }
    if let Some(second) = direction(1)
        && Directional::joined(first, second).is_some()
        && words.len() > 2
        && !names_street(words, 2)
    {
        return 2;
    }
    usize::from(words.len() > 1 && !names_street(words, 1))
}

/// Whether the word at `index` is a suffix that needs the word before it as its name.
fn names_street(words: &[&Word<'_>], index: usize) -> bool {
    let rest = &words[index..];
    let Some(word) = rest.first() else {
        return true;
    };
    suffix(&word.key) == Some(Form::Way)
        && designation(rest).is_none()
        && !is_avenue_with_letter(rest)
        && rest[1..]
            .iter()
            .all(|w| Directional::find(&w.key).is_some() || is_modifier(&w.key))
}

/// How many words at the end are a direction, one or two that join.
fn ending_directions(words: &[&Word<'_>], lead: usize) -> usize {
    let direction = |index: usize| words.get(index).and_then(|w| Directional::find(&w.key));
    let length = words.len();
    if length < lead + 2 || direction(length - 1).is_none() {
        return 0;
    }
    let joined = length >= lead + 3
        && direction(length - 2)
            .zip(direction(length - 1))
            .is_some_and(|(first, second)| Directional::joined(first, second).is_some());
    if joined { 2 } else { 1 }
}

fn trailing_directions(words: &[&Word<'_>], start: usize) -> Range<usize> {
    let mut end = start;
    while end < words.len() && end < start + 2 && Directional::find(&words[end].key).is_some() {
        end += 1;
    }
    start..end
}

fn suffix(key: &str) -> Option<Form> {
    match StreetSuffix::find(key) {
        Some(found) => Some(match found.kind {
            SuffixKind::Land => Form::Land,
            SuffixKind::Way => Form::Way,
        }),
        None if OTHER_STREET_TYPES.contains(&key) => Some(Form::Way),
        None => misspelled(key).map(|_| Form::Way),
    }
}

/// `Avon St Ext`, `A1A Alt`.
fn is_modifier(key: &str) -> bool {
    matches!(
        key,
        "ext" | "extension" | "extn" | "alt" | "alternate" | "byp" | "bypass" | "spur" | "loop"
    )
}

fn is_avenue(word: &Word<'_>) -> bool {
    StreetSuffix::find(&word.key).is_some_and(|s| s.abbreviation == "Ave")
}

/// `Avenue H`, `Ave 64`: the type before the name.
fn is_avenue_with_letter(words: &[&Word<'_>]) -> bool {
    match words {
        [first, second] => {
            is_avenue(first)
                && (second.is_number()
                    || (second.is_letter() && Directional::find(&second.key).is_none()))
        }
        _ => false,
    }
}

/// `Calle 191`, `Carr 2`: Spanish puts the type before the name.
fn is_numbered_calle(words: &[&Word<'_>]) -> bool {
    match words {
        [first, second] => {
            matches!(
                &*first.key,
                "avenida" | "calle" | "camino" | "carr" | "carretera" | "paseo"
            ) && second.has_digit()
        }
        _ => false,
    }
}

/// Streets that need no suffix.
fn is_known_alone(word: &Word<'_>) -> bool {
    word.ordinal().is_some()
        || matches!(
            &*word.key,
            "boardwalk"
                | "bowery"
                | "broadway"
                | "concourse"
                | "embarcadero"
                | "esplanade"
                | "promenade"
                | "strand"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    /// `before|name|suffix|modifier|after form`.
    fn read(text: &str) -> String {
        let line = Line::new(text);
        let words: Vec<&Word<'_>> = line.words.iter().collect();
        let Some(street) = Street::read(&words) else {
            return "none".to_owned();
        };
        let join = |range: Range<usize>| {
            words[range]
                .iter()
                .map(|w| w.key.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let one = |index: Option<usize>| index.map_or("", |i| words[i].key.as_str());
        format!(
            "{}|{}|{}|{}|{} {:?}",
            join(street.before),
            join(street.name),
            one(street.suffix),
            one(street.modifier),
            join(street.after),
            street.form
        )
    }

    #[test]
    fn streets_in_parts() {
        #[rustfmt::skip]
        let table = [
            ("7th Ave", "|7th|ave|| Way"),
            ("N Michigan Ave", "n|michigan|ave|| Way"),
            ("South Street", "|south|street|| Way"),
            ("West North Avenue", "west|north|avenue|| Way"),
            ("S.E. Washington Ave", "se|washington|ave|| Way"),
            ("S E Washington Ave", "s e|washington|ave|| Way"),
            ("E St NW", "|e|st||nw Way"),
            ("K Street Northwest", "|k|street||northwest Way"),
            ("Metro Parkway South East", "|metro|parkway||south east Way"),
            ("Avon St Ext", "|avon|st|ext| Way"),
            ("Avenue E", "|avenue e||| Known"),
            ("East West Hwy", "|east west|hwy|| Way"),
            ("N State Steet", "n|state|steet|| Way"),
            ("S Avenue H", "s|avenue h||| Known"),
            ("Calle 191", "|calle 191||| Known"),
            ("Ave of the Americas", "|ave of the americas||| Known"),
            ("S 400 E", "s|400|||e Known"),
            ("East 3300 South", "east|3300|||south Known"),
            ("Broadway", "|broadway||| Known"),
            ("W 65th", "w|65th||| Known"),
            ("Route 9 N", "|route 9|||n Numbered"),
            ("W Old US Highway 90", "w|old us highway 90||| Numbered"),
            ("Sequoia Fall", "|sequoia|fall|| Land"),
            ("Cottage Grove", "|cottage|grove|| Land"),
            ("The Green", "|the green||| Known"),
            ("Peachtree NE", "|peachtree|||ne Bare"),
            ("S Wabash", "s|wabash||| Bare"),
            ("Ave", "|ave||| Bare"),
            ("North", "|north||| Bare"),
            ("Waterfront Pkwy East Dr", "|waterfront pkwy east|dr|| Way"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read(""), "none");
    }
}
