use super::street::is_type;
use crate::{
    interpret::line::{Gap, Line, Word},
    pub28::Designator,
};

/// The same line with the keys of Spanish words replaced by those of the English words that they
/// stand for. The text stays as it was written.
pub(super) fn understood<'t>(line: &Line<'t>) -> Line<'t> {
    let mut line = line.clone();
    without_road_signs(&mut line);
    for index in 0..line.words.len() {
        let numbered = line
            .words
            .get(index + 1)
            .is_some_and(|next| next.has_digit() || next.is_letter() || next.key == "#");
        let english = match &*line.words[index].key {
            "apartado" if numbered => "pobox",
            "apartamento" | "apto" | "aptdo" => "apt",
            "edif" | "edificio" if numbered => "bldg",
            "local" if numbered => "unit",
            "ofic" | "oficina" => "ofc",
            "piso" => "fl",
            "c" | "c/" if is_calle(&line, index) => "calle",
            "av" => "ave",
            other => {
                let floor = line.words.get(index + 1).is_some_and(|w| w.key == "piso");
                let spelled_out = || floor.then(|| spelled_out(other)).flatten();
                if let Some(number) = ordinal(other).or_else(spelled_out) {
                    line.words[index].key = number;
                }
                continue;
            }
        };
        english.clone_into(&mut line.words[index].key);
    }
    line
}

/// Whether a `C` is short for `Calle`: with a dot and a name behind it, or where a street begins.
/// `Apt C` and `Calle C` are themselves.
fn is_calle(line: &Line<'_>, index: usize) -> bool {
    let words = &line.words;
    let Some(next) = words.get(index + 1).filter(|next| next.gap == Gap::Space) else {
        return false;
    };
    if words[index].key == "c/" {
        return true;
    }
    let before = index.checked_sub(1).map(|at| &words[at]);
    let joined = before.filter(|_| words[index].gap == Gap::Space);
    let named =
        joined.is_some_and(|word| is_type(&word.key) || Designator::find(&word.key).is_some());
    let begins = joined.is_none_or(Word::has_digit);
    let dotted = line.between(index + 1).starts_with('.');
    let name = !next.has_digit() && !next.is_letter() && !is_type(&next.key);
    !named && !is_type(&next.key) && (dotted && next.key.len() > 1 || begins && name)
}

/// `Carretera Estatal # 2` is `Carretera Estatal 2`: the sign is the road's and no house's.
fn without_road_signs(line: &mut Line<'_>) {
    let mut index = 1;
    while index + 1 < line.words.len() {
        let road = is_road(&line.words[index - 1].key)
            || index > 1
                && is_qualifier(&line.words[index - 1].key)
                && is_road(&line.words[index - 2].key);
        if road && line.words[index].key == "#" && line.words[index + 1].has_digit() {
            let sign = line.words.remove(index);
            line.words[index].gap = sign.gap;
        }
        index += 1;
    }
}

/// Whether a word is that of a road with a number for a name.
pub(super) fn is_road(key: &str) -> bool {
    matches!(key, "carr" | "carretera" | "ramal" | "ruta")
}

/// Whether a word may stand between such a word and the number: `Carr. PR 506`.
pub(super) fn is_qualifier(key: &str) -> bool {
    matches!(key, "estatal" | "municipal" | "pr")
}

/// `1er`, `2do`, `7mo`: as `1th`, which reads as an ordinal.
fn ordinal(key: &str) -> Option<String> {
    let digits = key.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = key.split_at(digits);
    let spanish = matches!(
        ending,
        "er" | "ero"
            | "do"
            | "da"
            | "to"
            | "ta"
            | "mo"
            | "ma"
            | "vo"
            | "va"
            | "no"
            | "na"
            | "ro"
            | "ra"
    );
    (spanish && (1..=2).contains(&digits)).then(|| format!("{number}th"))
}

/// `primer`, `segundo`: as `1th`, before the word for a floor.
fn spelled_out(key: &str) -> Option<String> {
    const NUMBERS: [&str; 6] = ["primer", "segundo", "tercer", "cuarto", "quinto", "sexto"];
    let index = NUMBERS.iter().position(|number| *number == key)?;
    Some(format!("{}th", index + 1))
}
