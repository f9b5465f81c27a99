//! The postcode: an outward and an inward half, `SW1A 1AA`.

use super::Draft;
use crate::{CivicKey, gazetteer::gb::is_postcode_area, interpret::line::Gap};

/// The letters that no inward half has.
const NOT_INWARD: [u8; 6] = *b"CIKMOV";

/// Understands the last postcode of the text; returns its area, such as `SW`.
pub(super) fn read(draft: &mut Draft<'_, '_>) -> Option<String> {
    let words = draft.words();
    for index in (0..words.len()).rev() {
        let written = words[index].key.to_ascii_uppercase();
        let key = with_zero(&written);
        let joined = index > 0 && words[index].gap < Gap::Line;
        if joined && is_inward(&key) {
            let outward = words[index - 1].key.to_ascii_uppercase();
            if is_outward(&outward) {
                draft.take(
                    CivicKey::Pc,
                    index - 1..index + 1,
                    format!("{outward} {key}"),
                );
                return Some(area(&outward));
            }
        }
        let whole = key.replace('-', "");
        if (5..=7).contains(&whole.len()) && whole.is_ascii() {
            let (outward, inward) = whole.split_at(whole.len() - 3);
            if is_inward(inward) && is_outward(outward) {
                draft.take(
                    CivicKey::Pc,
                    index..index + 1,
                    format!("{outward} {inward}"),
                );
                return Some(area(outward));
            }
        }
    }
    None
}

/// The inward half with the digit zero where the letter O was written.
fn with_zero(written: &str) -> String {
    let inward = written.len().saturating_sub(3);
    match written.get(inward..) {
        Some(half) if half.starts_with('O') && written.len() != 4 => {
            format!("{}0{}", &written[..inward], &half[1..])
        }
        Some(_) | None => written.to_owned(),
    }
}

/// `London SW1` at the end: half a postcode, which is understood as such and is no postcode yet.
pub(super) fn outward_alone(draft: &mut Draft<'_, '_>) -> Option<String> {
    let last = draft.free(0..draft.words().len()).pop()?;
    let key = draft.key(last).to_ascii_uppercase();
    let town = last >= 2 && !draft.words()[last - 1].has_digit();
    if !town || !is_outward(&key) {
        return None;
    }
    let area = area(&key);
    draft.take(CivicKey::Pc, last..last + 1, key);
    Some(area)
}

/// One or two letters that are an area, then a digit, then perhaps one more digit or letter.
fn is_outward(half: &str) -> bool {
    let letters = half.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (area, rest) = half.split_at(letters);
    let shape = match rest.as_bytes() {
        [first] => first.is_ascii_digit(),
        [first, second] => first.is_ascii_digit() && second.is_ascii_alphanumeric(),
        _ => false,
    };
    shape && is_postcode_area(area)
}

/// A digit and two letters.
fn is_inward(half: &str) -> bool {
    matches!(half.as_bytes(), [digit, letters @ ..]
        if letters.len() == 2
            && digit.is_ascii_digit()
            && letters.iter().all(|l| l.is_ascii_uppercase() && !NOT_INWARD.contains(l)))
}

fn area(outward: &str) -> String {
    outward
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    #[test]
    fn every_way_to_write_it() {
        for (text, expected) in [
            ("London SW1A 1AA", Some("SW1A 1AA")),
            ("London sw1a1aa, UK", Some("SW1A 1AA")),
            ("M1 1AE Manchester", Some("M1 1AE")),
            ("Leeds, LS1-4AP", Some("LS1 4AP")),
            ("Stirling FK15 9PX.", Some("FK15 9PX")),
            ("10 High Street, London SW1", Some("SW1")),
            ("Flat B2 3 High Street", None),
            ("London EC2Y ODP", Some("EC2Y 0DP")),
            ("London XX1 1AA", None),
            ("London SW1A 1CA", None),
        ] {
            let line = Line::new(text);
            let mut draft = Draft::new(&line);
            if read(&mut draft).is_none() {
                outward_alone(&mut draft);
            }
            assert_eq!(draft.fields().get(CivicKey::Pc), expected, "{text}");
        }
    }
}
