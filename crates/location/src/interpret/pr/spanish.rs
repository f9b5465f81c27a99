use crate::interpret::line::Line;

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
            other => {
                if let Some(number) = ordinal(other) {
                    line.words[index].key = number;
                }
                continue;
            }
        };
        english.clone_into(&mut line.words[index].key);
    }
    line
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
        "er" | "ero" | "do" | "to" | "mo" | "vo" | "no" | "ro" | "ra"
    );
    (spanish && (1..=2).contains(&digits)).then(|| format!("{number}th"))
}
