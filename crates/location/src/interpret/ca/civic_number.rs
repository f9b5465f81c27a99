use super::street::is_type;
use crate::interpret::{
    draft::Draft,
    line::Gap,
    us::{in_one_word, is_way},
};
use crate::{
    CivicKey,
    pub28::{Designator, Identifier},
};

/// Understands the civic number where it is written in a Canadian way: a unit before it, or a
/// comma behind it. Returns the index of the first word after it, or 0.
pub(super) fn read(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    let next = unit_first(draft, end);
    if next > 0 {
        next
    } else {
        before_a_comma(draft, end)
    }
}

/// `Édifice Price, 65, rue Sainte-Anne`: the number stands between commas.
fn before_a_comma(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    let words = draft.words();
    let found = (1..end.saturating_sub(2)).find_map(|index| {
        let comma = words[index + 1].gap > Gap::Space;
        let typed = comma && is_type(&words[index + 1].key);
        // `Unit 110 13798, 94A Ave`
        let behind_unit = comma
            && index == 2
            && Designator::find(&words[0].key).is_some()
            && words[index + 1].has_digit()
            && is_way(&words[index + 2].key);
        let number = in_one_word(words[index].text).filter(|_| typed || behind_unit)?;
        (words[index].gap > Gap::Space || behind_unit).then_some((index, number))
    });
    // `13 100, rue Notre-Dame`: thousands apart, as they are written in French.
    let thousands = end > 3
        && words[2].gap > Gap::Space
        && is_type(&words[2].key)
        && words[1].gap == Gap::Space
        && [0, 1].iter().all(|&at| words[at].is_number())
        && words[0].text.len() <= 2
        && words[1].text.len() == 3;
    if thousands {
        let number = format!("{}{}", words[0].text, words[1].text);
        draft.take(CivicKey::Hno, 0..2, number);
        return 2;
    }
    let Some((index, number)) = found else {
        return 0;
    };
    draft.take(CivicKey::Hno, index..index + 1, number.digits);
    if let Some(suffix) = number.suffix {
        draft.put(CivicKey::Hns, &suffix);
    }
    index + 1
}

/// Understands a unit that stands before the civic number: `123-456 Main St`, `Suite 200 - 5050
/// Kingsway`, `#4-155 King`. Returns the index of the first word behind the civic number, or 0 when
/// the line does not begin so.
fn unit_first(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    let words = draft.words();
    let designated = words
        .first()
        .and_then(|first| Designator::find(&first.key))
        .is_some_and(|d| d.key == CivicKey::Unit && d.identifier == Identifier::Required);
    let unit = usize::from(designated);
    if unit + 1 >= end {
        return 0;
    }
    let name = |text: &str| {
        if designated && words[0].text != "#" {
            format!("{} {text}", words[0].text)
        } else {
            text.to_owned()
        }
    };
    // In one word.
    if let Some((first, second)) = words[unit].text.split_once(['-', '–'])
        && is_unit(first)
        && !is_range(first, second)
        && let Some(number) = in_one_word(second)
        && in_one_word(first).is_none_or(|n| n.suffix.is_none() || n.digits.len() < 5)
    {
        draft.take(CivicKey::Unit, 0..unit, name(first));
        draft.take(CivicKey::Hno, unit..unit + 1, number.digits);
        if let Some(suffix) = number.suffix {
            draft.put(CivicKey::Hns, &suffix);
        }
        return unit + 1;
    }
    // With a dash between spaces, which parts words like a comma; or with nothing between them.
    let civic = unit + 1;
    let names_street =
        civic + 1 >= end || is_way(&words[civic + 1].key) || words[civic + 1].gap > Gap::Space;
    // `60 11900 Haney Place`, `B 4833 Southgate Road`; `101 9 Ave` is number 101.
    let plain = !designated
        && words[civic].gap == Gap::Space
        && words[civic].is_number()
        && words[civic].text.len() >= if words[unit].is_letter() { 2 } else { 4 }
        && words[unit].text.len() < words[civic].text.len();
    if (words[civic].gap == Gap::Comma || plain)
        && is_unit(words[unit].text)
        && !names_street
        && words[civic].ordinal().is_none()
        && let Some(number) = in_one_word(words[civic].text)
    {
        draft.take(CivicKey::Unit, 0..civic, name(words[unit].text));
        draft.take(CivicKey::Hno, civic..civic + 1, number.digits);
        if let Some(suffix) = number.suffix {
            draft.put(CivicKey::Hns, &suffix);
        }
        return civic + 1;
    }
    0
}

/// `11200-11216`: two long numbers side by side are a range, and the first is no unit.
fn is_range(first: &str, second: &str) -> bool {
    let (Ok(from), Ok(to)) = (first.parse::<u32>(), second.parse::<u32>()) else {
        return false;
    };
    first.len() >= 4 && from < to && to - from < 100
}

/// `200`, `4B`, `B`, `PH2`: short, and with a digit or of one letter.
fn is_unit(text: &str) -> bool {
    let short = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let word = text.len() == 1 || text.contains(|c: char| c.is_ascii_digit());
    short && word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    fn read_text(text: &str) -> String {
        let line = Line::new(text);
        let mut draft = Draft::new(&line);
        let next = read(&mut draft, line.words.len());
        let value = |key| draft.value(key).unwrap_or("-");
        format!("{} {} {next}", value(CivicKey::Unit), value(CivicKey::Hno))
    }

    #[test]
    fn units_before_the_civic_number() {
        #[rustfmt::skip]
        let table = [
            ("123-456 Main St", "123 456 1"),
            ("4B-456 Main St", "4B 456 1"),
            ("#4-155 King St", "4 155 2"),
            ("Suite 200 - 5050 Kingsway", "Suite 200 5050 3"),
            ("200 - 5050 Kingsway", "200 5050 2"),
            ("60 11900 Haney Place", "60 11900 2"),
            ("B 4833 Southgate Road", "B 4833 2"),
            ("102 16033 108th Ave", "102 16033 2"),
            ("101 9 Ave SW", "- - 0"),
            ("180 1234 Ave", "- - 0"),
            ("11200-11216 8th St", "- - 0"),
            ("1234 - 5 Ave SW", "- - 0"),
            ("155 King St", "- - 0"),
            ("3744, rue Holt", "- - 0"),
            ("13 100, rue Notre-Dame Est", "- 13100 2"),
            ("", "- - 0"),
        ];
        for (text, expected) in table {
            assert_eq!(read_text(text), expected, "{text}");
        }
    }
}
