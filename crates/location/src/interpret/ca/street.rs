use super::super::us::{Form, Street, is_way};
use crate::{
    interpret::line::Word,
    pub28::{Directional, StreetSuffix},
};

/// Reads words as one street: in French with the type first, or else in English.
pub(super) fn read(words: &[&Word<'_>]) -> Option<Street> {
    french(words).or_else(|| Street::read(words))
}

/// Whether a word makes a street in either language.
pub(super) fn is_street(key: &str) -> bool {
    is_way(key) || is_type(key)
}

/// The generic words that stand before the name in French.
pub(super) fn is_type(key: &str) -> bool {
    #[rustfmt::skip]
    const TYPES: [&str; 41] = [
        "allée", "aut", "autoroute", "av", "ave", "avenue", "boul", "boulevard", "carré",
        "carrefour", "ch", "chemin", "cours", "cr", "crois", "croissant", "côte", "desserte",
        "esplanade", "imp", "impasse", "montée", "passage", "pl", "place", "plateau", "prom",
        "promenade", "quai", "rang", "route", "rte", "rue", "ruelle", "sentier", "square",
        "terrasse", "tsse", "traverse", "voie", "île",
    ];
    TYPES.contains(&key)
}

/// `rue Sherbrooke Ouest`, `boul. René-Lévesque E`, `3e Rang`: the whole name with its type, and a
/// direction behind it.
fn french(words: &[&Word<'_>]) -> Option<Street> {
    let (first, rest) = words.split_first()?;
    let last = rest.last()?;
    // `Avenue Rd`, `Place Concord Dr`: the English type says which language this is.
    let english =
        StreetSuffix::find(&last.key).is_some() && is_way(&last.key) && first.key != "rue";
    if !is_type(&first.key) || english {
        return None;
    }
    let directed = rest.len() > 1 && Directional::find(&last.key).is_some();
    let after = words.len() - usize::from(directed);
    // `rue de la`: the name goes on.
    let unfinished = matches!(
        &*words[after - 1].key,
        "de" | "des" | "du" | "la" | "le" | "les" | "l" | "d" | "et" | "à" | "aux"
    );
    Some(Street {
        before: 0..0,
        name: 0..after,
        suffix: None,
        modifier: None,
        after: after..words.len(),
        form: if unfinished { Form::Bare } else { Form::Known },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    /// `name|suffix|after`.
    fn read_text(text: &str) -> String {
        let line = super::super::french::understood(&Line::new(text));
        let words: Vec<&Word<'_>> = line.words.iter().collect();
        let Some(street) = read(&words) else {
            return "none".to_owned();
        };
        let join = |range: std::ops::Range<usize>| {
            let texts: Vec<&str> = words[range].iter().map(|w| w.text).collect();
            texts.join(" ")
        };
        let suffix = street.suffix.map_or("", |index| words[index].text);
        format!("{}|{suffix}|{}", join(street.name), join(street.after))
    }

    #[test]
    fn streets_in_both_languages() {
        #[rustfmt::skip]
        let table = [
            ("rue Sherbrooke Ouest", "rue Sherbrooke||Ouest"),
            ("boul. René-Lévesque E.", "boul René-Lévesque||E"),
            ("avenue du Parc", "avenue du Parc||"),
            ("12e Avenue", "12e|Avenue|"),
            ("Avenue Road", "Avenue|Road|"),
            ("King St W", "King|St|W"),
            ("rue Est", "rue Est||"),
        ];
        for (text, expected) in table {
            assert_eq!(read_text(text), expected, "{text}");
        }
    }
}
