//! Text that is no address to send anybody to, by name.

use crate::{
    Country, Problem, ProblemCode,
    interpret::{
        line::{Line, Word},
        sentence::is_sentence,
    },
};

/// The reason not to read a text at all. `is_street` says which words make a street.
pub(in crate::interpret) fn refused(
    line: &Line<'_>,
    country: Country,
    is_street: fn(&str) -> bool,
) -> Option<Problem> {
    let words = &line.words;
    let numbered = words
        .first()
        .is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit()) && w.ordinal().is_none());
    let (code, text) = if words.is_empty() {
        (
            ProblemCode::NotAnAddress,
            "There are no words in this. Write the address.",
        )
    } else if is_po_box(words, is_street) {
        (
            ProblemCode::PoBox,
            "Nobody can be sent to a PO box. Write the street address.",
        )
    } else if is_abroad(words, country) {
        (
            ProblemCode::UnsupportedCountry,
            "This names another country. Choose the country first.",
        )
    } else if !numbered && is_intersection(words, is_street) {
        (
            ProblemCode::Intersection,
            "These are two streets. Write the house number of the nearest door and one street.",
        )
    } else if is_sentence(words) {
        (
            ProblemCode::NotAnAddress,
            "This does not read as an address. Write the house number, street, city, state and \
             ZIP code.",
        )
    } else {
        return None;
    };
    Some(Problem {
        code,
        field: None,
        text: text.to_owned(),
    })
}

/// A box and no street: where a street is written too, the box is only how mail gets there.
fn is_po_box(words: &[Word<'_>], is_street: fn(&str) -> bool) -> bool {
    let key = |index: usize| words.get(index).map_or("", |w| &*w.key);
    let boxed = (0..words.len()).find(|&i| {
        matches!(key(i), "pobox" | "pob" | "postbox")
            || (key(i) == "box"
                && i > 0
                && (matches!(key(i - 1), "po" | "office")
                    || (i > 1 && key(i - 2) == "p" && key(i - 1) == "o")))
    });
    let rural = (0..words.len()).find(|&i| {
        matches!(key(i), "rr" | "hc")
            && words
                .get(i + 1)
                .is_some_and(|w| w.has_digit() || w.key == "#")
            && (i == 0 || words[i..].iter().any(|w| w.key == "box"))
    });
    let called_for = (0..words.len()).find(|&i| {
        matches!(
            (key(i), key(i + 1)),
            ("general", "delivery") | ("poste", "restante")
        )
    });
    let Some(at) = boxed.or(rural).or(called_for) else {
        return false;
    };
    // `100 Main St RR 2`, `Carr 190 RR 2 Box 327`
    let numbered = words[0].has_digit()
        || matches!(key(0), "ave" | "avenida" | "calle" | "carr" | "carretera")
            && words[..at].iter().any(Word::has_digit);
    let street_before = words[..at].iter().any(|w| is_street(&w.key)) && numbered;
    let street_after = words.iter().enumerate().skip(at + 2).any(|(i, w)| {
        let around = &words[at + 2..(i + 2).min(words.len())];
        is_street(&w.key) && around.iter().any(Word::is_number)
    });
    !(street_before || street_after)
}

fn is_abroad(words: &[Word<'_>], country: Country) -> bool {
    const NAMES: [&str; 10] = [
        "canada", "danmark", "denmark", "england", "uk", "scotland", "wales", "mexico", "germany",
        "france",
    ];
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    let kingdom = last.key == "kingdom" && before.last().is_some_and(|w| w.key == "united");
    if country == Country::Ca && last.key == "canada" {
        return false;
    }
    // A town may bear the name of a country, but hardly behind a comma and at the end.
    kingdom
        || (NAMES.contains(&&*last.key)
            && (last.gap > crate::interpret::line::Gap::Space || last.key == "uk")
            && words.len() > 1)
}

/// `5th Ave & Pine St`, `corner of Main and 2nd`: two streets and no house number.
fn is_intersection(words: &[Word<'_>], is_street: fn(&str) -> bool) -> bool {
    let keys: Vec<&str> = words.iter().map(|w| &*w.key).collect();
    let Some(at) = keys
        .iter()
        .position(|key| matches!(*key, "&" | "and" | "@" | "at" | "et" | "x"))
    else {
        return matches!(&*keys, ["angle" | "coin" | "corner" | "intersection", ..]);
    };
    if at == 0 || at + 1 >= keys.len() {
        return false;
    }
    // A house number before or after the connection: the words around it are a name.
    let numbered = words.iter().any(|w| {
        w.text.starts_with(|c: char| c.is_ascii_digit())
            && w.ordinal().is_none()
            && w.text.len() < 5
    });
    let street = |side: &[Word<'_>]| {
        side.iter()
            .any(|w| is_street(&w.key) || w.ordinal().is_some())
    };
    let corner = matches!(keys[0], "angle" | "coin" | "corner" | "intersection");
    corner || (!numbered && (street(&words[..at]) || street(&words[at + 1..])))
}

#[cfg(test)]
mod tests {
    use super::{super::is_way, *};

    fn code(text: &str) -> Option<ProblemCode> {
        refused(&Line::new(text), Country::Us, is_way).map(|problem| problem.code)
    }

    #[test]
    fn each_kind_of_text_has_its_name() {
        #[rustfmt::skip]
        let table = [
            ("PO Box 45, Seattle, WA 98121", Some(ProblemCode::PoBox)),
            ("P.O. Box 45", Some(ProblemCode::PoBox)),
            ("P O BOX 1", Some(ProblemCode::PoBox)),
            ("Post Office Box 1200, Ada OK", Some(ProblemCode::PoBox)),
            ("RR 2 Box 152, Ada OK 74820", Some(ProblemCode::PoBox)),
            ("RR 2, Ada OK 74820", Some(ProblemCode::PoBox)),
            ("General Delivery, Ada OK 74820", Some(ProblemCode::PoBox)),
            ("RR 2, 100 Main St, Ada OK 74820", None),
            ("100 Main St, PO Box 45, Ada OK", None),
            ("PO Box 45, 100 Main St, Ada OK", None),
            ("176-214 Box Elder St", None),
            ("16510 strong box, San Antonio, Texas 78247", None),
            ("5th Ave & Pine St, Seattle", Some(ProblemCode::Intersection)),
            ("4th and Pine, Seattle WA 98101", Some(ProblemCode::Intersection)),
            ("Corner of Main and Oak", Some(ProblemCode::Intersection)),
            ("Broadway @ 2nd", Some(ProblemCode::Intersection)),
            ("514 PEACE & PLENTY LANE", None),
            ("John Stevens and Mary sue 1320 west Webster chicago il 60622", None),
            ("I am at home today", Some(ProblemCode::NotAnAddress)),
            ("please send someone to my desk", Some(ProblemCode::NotAnAddress)),
            ("🚒🚒🚒", Some(ProblemCode::NotAnAddress)),
            ("10 Downing St, London, UK", Some(ProblemCode::UnsupportedCountry)),
            ("1 Main St, Toronto, Canada", Some(ProblemCode::UnsupportedCountry)),
            ("12 Canada Rd, Woodside, CA 94062", None),
            ("100 Main St, Mexico, MO 65265", None),
        ];
        for (text, expected) in table {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn the_spoken_words_are_in_order() {
        // Searched by halves.
        assert_eq!(code("is you"), Some(ProblemCode::NotAnAddress));
        assert_eq!(code("your am"), Some(ProblemCode::NotAnAddress));
    }
}
