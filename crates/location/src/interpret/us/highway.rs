use crate::{
    interpret::line::Word,
    pub28::{Directional, StreetSuffix, state},
};

/// Words before a highway's type that say whose it is, or what kind; `country` is how many write
/// `county`.
#[rustfmt::skip]
const OWNERS: [&str; 28] = [
    "city", "cnty", "co", "concession", "country", "county", "cty", "farm", "federal", "forest", "indian",
    "interstate", "market", "new", "nys", "old", "parish", "ranch", "range", "regional", "scenic", "state", "to", "township", "twp",
    "u", "us", "usa",
];

/// Abbreviations that are owner and type in one, and need a number after them.
#[rustfmt::skip]
const WITH_NUMBER: [&str; 19] = [
    "business", "cr", "cth", "fm", "hwy", "i", "ih", "interstate", "pr", "rm", "rr", "rt", "rte", "sh", "sr",
    "sth", "us", "ush", "wv",
];

/// What may follow the number and belong to the name.
#[rustfmt::skip]
const AFTER: [&str; 9] = [
    "alt", "alternate", "bus", "business", "byp", "bypass", "loop", "spur", "truck",
];

/// How many words from the first on are the designation of a numbered road: `US Highway 431`,
/// `State Rt 159`, `County Road GV`, `FM 1960`, `I-35`, `Route Z`, `F 41`. None when they are no
/// such road.
pub(super) fn designation(words: &[&Word<'_>]) -> Option<usize> {
    let first = words.first()?;
    if is_one_word(&first.key) {
        return Some(1 + modifier(words, 1));
    }
    let owners = owners(words);
    let rest = &words[owners..];
    let kind = rest.first()?;
    // `Highway No 202`, `Route # A`, `Route US 9`.
    let between = rest
        .get(1)
        .is_some_and(|w| matches!(&*w.key, "#" | "no" | "us"));
    let sign = usize::from(between && rest.len() > 2);
    let id = rest.get(1 + sign);
    let typed = is_highway_type(&kind.key)
        && id.is_some_and(|id| names_highway(id, owners > 0))
        // `Mill Road 5` is a street and a unit, `County Road 5` a highway; so is `Road 5`.
        && (!needs_number(&kind.key, owners) || id.is_some_and(|id| id.has_digit()));
    let short = WITH_NUMBER.contains(&&*kind.key) && id.is_some_and(|id| is_route_number(id));
    // `Interstate 35`, `US 431`: the owner is the type.
    let owner_is_type = owners > 0
        && is_route_number(kind)
        && matches!(
            &*words[owners - 1].key,
            "us" | "interstate" | "usa" | "state"
        );
    // Michigan's and Kansas's letters: `F 41`.
    let lettered = owners == 0
        && kind.is_letter()
        && Directional::find(&kind.key).is_none()
        && id.is_some_and(|id| id.is_number());
    // `C R 850`, apart.
    let apart = owners == 0
        && kind.key == "c"
        && rest.get(1).is_some_and(|w| w.key == "r")
        && rest.get(2).is_some_and(|w| is_route_number(w));
    let used = if apart {
        3
    } else if typed || short || lettered {
        owners + 2 + sign
    } else if owner_is_type {
        owners + 1
    } else {
        return None;
    };
    // Wyoming's `Lane 8 1/2`.
    let half = words
        .get(used)
        .is_some_and(|word| matches!(word.text, "1/2" | "½"));
    let used = used + usize::from(half);
    Some(used + modifier(words, used))
}

/// Whether a word before a highway's type only says whose it is.
pub(super) fn is_owner(key: &str) -> bool {
    OWNERS.contains(&key) || Directional::find(key).is_some() || state(key).is_some()
}

fn owners(words: &[&Word<'_>]) -> usize {
    let mut count = 0;
    while count < 5 && count + 1 < words.len() {
        let key = &*words[count].key;
        let next = &*words[count + 1].key;
        // `Old West State Route 21`, `Anderson County Rd 312`.
        let within = count > 0 && Directional::find(key).is_some();
        let county = count == 0
            && matches!(next, "county" | "cnty" | "co" | "parish")
            && words.get(2).is_some_and(|word| is_highway_type(&word.key));
        // `Southgate Sideroad 41`
        let township = count == 0
            && next == "sideroad"
            && words.get(2).is_some_and(|word| is_route_number(word));
        let own = OWNERS.contains(&key)
            || within
            || county
            || township
            || (state(key).is_some() && is_highway_type(next) && Directional::find(key).is_none());
        if !own {
            break;
        }
        count += 1;
    }
    count
}

/// Whether a word is a road's type only before a number, and not before letters as in `County Road
/// GV`. Ontario's townships number their lines, concessions and sideroads.
fn needs_number(key: &str, owners: usize) -> bool {
    match key {
        "concession" | "lane" | "line" | "sideroad" => true,
        "rd" | "road" => owners == 0,
        _ => false,
    }
}

fn is_highway_type(key: &str) -> bool {
    let typed = matches!(
        key,
        "concession"
            | "lane"
            | "line"
            | "loop"
            | "rd"
            | "road"
            | "rt"
            | "sideroad"
            | "spur"
            | "trunk"
    );
    typed || StreetSuffix::find(key).is_some_and(|s| matches!(s.abbreviation, "Hwy" | "Rte"))
}

/// A number, or one or two letters that are no direction: `41`, `A1A`, `GV`.
fn names_highway(word: &Word<'_>, owned: bool) -> bool {
    is_route_number(word)
        || (word.key.len() <= 2
            && word.key.bytes().all(|b| b.is_ascii_alphabetic())
            && Directional::find(&word.key).is_none()
            && (owned || StreetSuffix::find(&word.key).is_none()))
}

fn is_route_number(word: &Word<'_>) -> bool {
    word.has_digit() && word.ordinal().is_none() && word.text.len() <= 6
}

/// `us-431`, `i-35`, `sr20`.
fn is_one_word(key: &str) -> bool {
    let letters = key
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(key.len());
    let (kind, rest) = key.split_at(letters);
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    let number = digits.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (WITH_NUMBER.contains(&kind))
        && !number.is_empty()
        && number.len() <= 4
        && number.bytes().all(|b| b.is_ascii_digit())
        && digits.len() <= number.len() + 1
}

fn modifier(words: &[&Word<'_>], index: usize) -> usize {
    usize::from(
        words
            .get(index)
            .is_some_and(|word| AFTER.contains(&&*word.key)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    #[test]
    fn numbered_roads_and_what_only_looks_like_one() {
        #[rustfmt::skip]
        let table = [
            ("US Highway 431", Some(3)), ("State Rt. 159", Some(3)), ("COUNTY ROAD GV", Some(3)),
            ("Old State Route 3", Some(4)), ("Route 309 Wilkes", Some(2)), ("Route Z", Some(2)),
            ("Highway A1A ALT", Some(3)), ("FM 1960", Some(2)), ("I-35 Frontage", Some(1)),
            ("I 35", Some(2)), ("US 431 Bypass", Some(3)), ("SR20", Some(1)), ("F 41 Oscoda", Some(2)),
            ("Business 190", Some(2)), ("Business Center", None),
            ("Old West State Route 21", Some(5)), ("Anderson County Rd 312", Some(4)),
            ("Loop 410", Some(2)), ("Scenic Hwy 98", Some(3)), ("Country Road 183", Some(3)),
            ("Interstate 35", Some(2)), ("Farm to Market Road 20", Some(5)), ("rd 32 north", Some(2)),
            ("CA Hwy 1", Some(3)), ("state road 7", Some(3)), ("CITY HIGHWAY 16 WEST", Some(3)),
            ("Old Mill Rd", None), ("Gravenstein Hwy", None), ("State Street", None),
            ("County Line Rd", None), ("N 400", None), ("Hwy", None), ("Road", None),
            ("US Highway No 202", Some(4)), ("Route # A", Some(3)),
            ("Line 5 N", Some(2)), ("Lane 8 1/2", Some(3)), ("Lane Ave", None), ("Line A", None), ("Southgate Sideroad 41", Some(3)), ("Route US 9 South", Some(3)), ("5th Ave", None), ("Route N", None),
        ];
        for (text, expected) in table {
            let line = Line::new(text);
            let words: Vec<&Word<'_>> = line.words.iter().collect();
            assert_eq!(designation(&words), expected, "{text}");
        }
    }
}
