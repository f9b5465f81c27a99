//! House numbers: `12`, `12A`, `10-14`, `12 A`, `No. 12`.

use std::ops::Range;

use super::{Draft, inside::is_dash, words::is_ordinal};
use crate::CivicKey;

/// A house number that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Number {
    pub(super) words: Range<usize>,
    number: String,
    suffix: Option<String>,
}

impl Number {
    /// The number that begins at a word, looking no further than `limit`.
    pub(super) fn at(draft: &Draft<'_, '_>, index: usize, limit: usize) -> Option<Self> {
        let free = |at: usize| at < limit && draft.is_free(at);
        let mut first = index;
        if matches!(
            draft.key(first),
            "no" | "nos" | "number" | "numbers" | "num" | "#"
        ) && free(first + 1)
            && draft.joined(first + 1)
        {
            first += 1;
        }
        if !free(first) {
            return None;
        }
        let word = &draft.words()[first];
        // `One London Wall`, but `One Tree Hill`.
        let begins = first == 0 || !draft.joined(first) || !draft.is_free(first - 1);
        if word.key == "one" && begins && free(first + 2) && draft.key(first + 1) != "tree" {
            return Some(Self {
                words: index..first + 1,
                number: word.text.to_owned(),
                suffix: None,
            });
        }
        if is_ordinal(word) {
            return None;
        }
        let (number, mut suffix) = parts(without_no(word.text))?;
        let mut number = number.to_owned();
        let mut end = first + 1;
        if suffix.is_none() {
            if free(end) && is_dash(draft.between(end)) && parts(draft.words()[end].text).is_some()
            {
                number = format!("{number}-{}", draft.words()[end].text);
                end += 1;
            } else if free(end + 1)
                && draft.joined(end)
                && draft.joined(end + 1)
                && matches!(draft.key(end), "&" | "and" | "to")
                && parts(draft.words()[end + 1].text).is_some()
                && !is_ordinal(&draft.words()[end + 1])
            {
                number = draft.verbatim(first..end + 2);
                end += 2;
            } else if free(end) && draft.joined(end) && is_suffix(draft, end, limit) {
                suffix = Some(draft.words()[end].text.to_owned());
                end += 1;
            }
        }
        Some(Self {
            words: index..end,
            number,
            suffix,
        })
    }

    /// Understands it as the house number.
    pub(super) fn take(&self, draft: &mut Draft<'_, '_>) {
        draft.take(CivicKey::Hno, self.words.clone(), self.number.clone());
        if let Some(suffix) = &self.suffix {
            draft.put(CivicKey::Hns, suffix);
        }
    }

    /// Understands it as the number of a flat.
    pub(super) fn take_as_flat(&self, draft: &mut Draft<'_, '_>) {
        let suffix = self.suffix.as_deref().unwrap_or_default();
        draft.take(
            CivicKey::Unit,
            self.words.clone(),
            format!("{}{suffix}", self.number),
        );
    }
}

/// A letter of its own behind the number, with a street's name behind it: `12 A High Street`; or
/// `1/2`.
fn is_suffix(draft: &Draft<'_, '_>, index: usize, limit: usize) -> bool {
    let word = &draft.words()[index];
    let more = index + 1 < limit && draft.is_free(index + 1);
    // `12 Y Maes`: the Welsh article.
    let letter = word.is_letter() && word.key != "y";
    matches!(&*word.key, "1/2" | "½") || (letter && more)
}

/// `No.3` is `3`.
fn without_no(text: &str) -> &str {
    let glued = text
        .get(..2)
        .filter(|no| no.eq_ignore_ascii_case("no"))
        .map(|_| text[2..].trim_start_matches('.'));
    glued.unwrap_or(text)
}

/// `12`, `12A`, `10-14`, `12a-14b`, `15/3`, `12½`: the number and its suffix.
fn parts(text: &str) -> Option<(&str, Option<String>)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if !(1..=5).contains(&digits) {
        return None;
    }
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Some((number, None)),
        (Some('½'), None) => Some((number, Some("1/2".to_owned()))),
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            Some((number, Some(letter.to_string())))
        }
        // A range or a flat behind a stroke is one number.
        _ => (rest.contains(['-', '–', '/', '&', '+'])
            && rest.len() <= 12
            && rest.ends_with(|c: char| c.is_ascii_alphanumeric())
            && rest
                .split(['-', '–', '/', '&', '+'])
                .enumerate()
                .all(|(at, part)| is_short(part, at == 0)))
        .then_some((text, None)),
    }
}

/// `14`, `14b`, `B`; the part that ends the first number may be empty.
fn is_short(part: &str, first: bool) -> bool {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let letters = part.len() - digits;
    digits <= 5
        && letters <= 1
        && part.bytes().all(|b| b.is_ascii_alphanumeric())
        && (first || !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    #[test]
    fn numbers_as_they_are_written() {
        #[rustfmt::skip]
        let table = [
            ("12 High Street", Some("HNO 12 ")),
            ("12A High Street", Some("HNO 12 HNS A ")),
            ("12 a High Street", Some("HNO 12 HNS a ")),
            ("10-14 High Street", Some("HNO 10-14 ")),
            ("10 - 14 High Street", Some("HNO 10-14 ")),
            ("10A-14B High Street", Some("HNO 10A-14B ")),
            ("12 & 14 High Street", Some("HNO 12 & 14 ")),
            ("15/3 Marchmont Road", Some("HNO 15/3 ")),
            ("No. 12 High Street", Some("HNO 12 ")),
            ("no.12a High Street", Some("HNO 12 HNS a ")),
            ("November 5", None),
            ("12½ High Street", Some("HNO 12 HNS 1/2 ")),
            ("1st Avenue", None),
            ("3rd", None),
            ("High Street", None),
        ];
        for (text, expected) in table {
            let line = Line::new(text);
            let mut draft = Draft::new(&line);
            let number = Number::at(&draft, 0, line.words.len());
            let shown = number.map(|number| {
                number.take(&mut draft);
                let fields = draft.fields();
                fields
                    .iter()
                    .map(|(k, v)| format!("{k} {v} "))
                    .collect::<String>()
            });
            assert_eq!(shown.as_deref(), expected, "{text}");
        }
    }
}
