use std::{collections::HashMap, sync::LazyLock};

use super::slip::is_slip;

/// The two letters of a state, territory or armed-forces region of the United States, by its
/// letters, its name or an older abbreviation. `words` is in lower case, without dots and
/// single-spaced.
pub(crate) fn state(words: &str) -> Option<&'static str> {
    static BY_WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| index(STATES));
    BY_WORDS.get(words).copied()
}

/// Whether words are the name of this state with one slip in it: `Pensylvania`.
pub(crate) fn misspelled_state(words: &str, letters: &str) -> bool {
    let likely = words.is_ascii() && words.len() >= 6;
    let names = STATES.iter().filter(|(code, _)| likely && *code == letters);
    names.flat_map(|(_, names)| names.split('|')).any(|name| {
        name.len() >= 6 && name.as_bytes()[0] == words.as_bytes()[0] && is_slip(words, name)
    })
}

/// The two letters of a Canadian province or territory; as [`state`].
pub(crate) fn province(words: &str) -> Option<&'static str> {
    static BY_WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| index(PROVINCES));
    BY_WORDS.get(words).copied()
}

/// One bit for each state, by its two letters in capitals; zero for what is none.
pub(crate) const fn state_bit(letters: &str) -> u64 {
    let letters = letters.as_bytes();
    let mut index = 0;
    while index < STATES.len() {
        let code = STATES[index].0.as_bytes();
        if letters.len() == 2 && code[0] == letters[0] && code[1] == letters[1] {
            return 1 << index;
        }
        index += 1;
    }
    0
}

/// Each state has a bit of its own.
const _: () = assert!(STATES.len() <= 64);

fn index(table: &[(&'static str, &'static str)]) -> HashMap<&'static str, &'static str> {
    table
        .iter()
        .flat_map(|(code, words)| words.split('|').map(|word| (word, *code)))
        .collect()
}

/// Publication 28, appendix B; the spellings of a row are separated by `|`.
#[rustfmt::skip]
const STATES: &[(&str, &str)] = &[
    ("AA", "aa"),
    ("AE", "ae"),
    ("AK", "ak|alaska"),
    ("AL", "al|alabama|ala"),
    ("AP", "ap"),
    ("AR", "ar|arkansas|ark"),
    ("AS", "as|american samoa"),
    ("AZ", "az|arizona|ariz"),
    ("CA", "ca|california|calif|cal"),
    ("CO", "co|colorado|colo"),
    ("CT", "ct|connecticut|conn"),
    ("DC", "dc|d c|district of columbia"),
    ("DE", "de|delaware"),
    ("FL", "fl|florida|fla"),
    ("FM", "fm|federated states of micronesia"),
    ("GA", "ga|georgia"),
    ("GU", "gu|guam"),
    ("HI", "hi|hawaii"),
    ("IA", "ia|iowa"),
    ("ID", "id|idaho"),
    ("IL", "il|illinois|ill"),
    ("IN", "in|indiana|ind"),
    ("KS", "ks|kansas|kans"),
    ("KY", "ky|kentucky"),
    ("LA", "la|louisiana"),
    ("MA", "ma|massachusetts|mass"),
    ("MD", "md|maryland"),
    ("ME", "me|maine"),
    ("MH", "mh|marshall islands"),
    ("MI", "mi|michigan|mich"),
    ("MN", "mn|minnesota|minn"),
    ("MO", "mo|missouri"),
    ("MP", "mp|northern mariana islands"),
    ("MS", "ms|mississippi|miss"),
    ("MT", "mt|montana|mont"),
    ("NC", "nc|n c|north carolina|n carolina|no carolina"),
    ("ND", "nd|n d|north dakota|n dakota|no dakota|n dak"),
    ("NE", "ne|nebraska|nebr|neb"),
    ("NH", "nh|n h|new hampshire"),
    ("NJ", "nj|n j|new jersey"),
    ("NM", "nm|n m|new mexico|n mex|n mexico"),
    ("NV", "nv|nevada|nev"),
    ("NY", "ny|n y|new york"),
    ("OH", "oh|ohio"),
    ("OK", "ok|oklahoma|okla"),
    ("OR", "or|oregon|ore|oreg"),
    ("PA", "pa|pennsylvania|penn|penna"),
    ("PR", "pr|puerto rico"),
    ("PW", "pw|palau"),
    ("RI", "ri|r i|rhode island"),
    ("SC", "sc|s c|south carolina|s carolina|so carolina"),
    ("SD", "sd|s d|south dakota|s dakota|so dakota|s dak"),
    ("TN", "tn|tennessee|tenn"),
    ("TX", "tx|texas|tex"),
    ("UT", "ut|utah"),
    ("VA", "va|virginia"),
    ("VI", "vi|virgin islands|us virgin islands"),
    ("VT", "vt|vermont"),
    ("WA", "wa|washington|wash"),
    ("WI", "wi|wisconsin|wis|wisc"),
    ("WV", "wv|w v|west virginia|w virginia|w va|wva"),
    ("WY", "wy|wyoming|wyo"),
];

/// Canada Post's symbols, with the names in both languages.
#[rustfmt::skip]
const PROVINCES: &[(&str, &str)] = &[
    ("AB", "ab|alberta|alta"),
    ("BC", "bc|b c|british columbia|colombie-britannique|colombie britannique|c-b"),
    ("MB", "mb|manitoba|man"),
    ("NB", "nb|n b|n-b|new brunswick|nouveau-brunswick|nouveau brunswick"),
    ("NL", "nl|newfoundland and labrador|newfoundland & labrador|newfoundland|nfld|terre-neuve-et-labrador|terre-neuve|t-n-l"),
    ("NS", "ns|n s|n-é|nova scotia|nouvelle-écosse|nouvelle-ecosse|nouvelle écosse|nouvelle ecosse"),
    ("NT", "nt|nwt|northwest territories|territoires du nord-ouest|t n-o"),
    ("NU", "nu|nunavut"),
    ("ON", "on|ontario|ont"),
    ("PE", "pe|pei|p e i|prince edward island|île-du-prince-édouard|ile-du-prince-edouard|î-p-é"),
    ("QC", "qc|pq|p q|quebec|québec|que|qué"),
    ("SK", "sk|saskatchewan|sask"),
    ("YT", "yt|yk|yukon|yukon territory"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_letters_and_names() {
        assert_eq!(state("washington"), Some("WA"));
        assert_eq!(state("wa"), Some("WA"));
        assert_eq!(state("new york"), Some("NY"));
        assert_eq!(state("xx"), None);
        assert_eq!(province("québec"), Some("QC"));
        assert_eq!(province("wa"), None);
    }

    #[test]
    fn every_row_begins_with_its_own_letters_and_none_repeats_another() {
        for table in [STATES, PROVINCES] {
            let count: usize = table
                .iter()
                .map(|(_, words)| words.split('|').count())
                .sum();
            assert_eq!(index(table).len(), count);
            for (code, words) in table {
                assert_eq!(words.split('|').next(), Some(&*code.to_ascii_lowercase()));
            }
        }
    }
}
