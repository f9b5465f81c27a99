use crate::interpret::line::{Line, Word};

/// The same line with the keys of French words replaced by those of the English words that they
/// stand for. The text stays as it was written.
pub(super) fn understood<'t>(line: &Line<'t>) -> Line<'t> {
    let mut line = line.clone();
    for index in 0..line.words.len() {
        if let Some(key) = meaning(&line.words, index) {
            line.words[index].key = key;
        }
    }
    line
}

fn meaning(words: &[Word<'_>], index: usize) -> Option<String> {
    let word = &words[index];
    let key = |at: usize| words.get(at).map_or("", |word| &*word.key);
    let next_is_number = words
        .get(index + 1)
        .is_some_and(|next| next.has_digit() || next.key == "#");
    let english = match &*word.key {
        "appartement" | "app" | "appart" => "apt",
        "bureau" | "bur" if next_is_number || word.gap > crate::interpret::line::Gap::Space => {
            "ste"
        }
        "case" if key(index + 1) == "postale" => "po",
        "postale" if index > 0 && key(index - 1) == "po" => "box",
        "cp" if next_is_number => "pobox",
        "c" if key(index + 1) == "p" => "po",
        "p" if index > 0 && words[index - 1].text.eq_ignore_ascii_case("c.") => "box",
        "est" => "east",
        "étage" | "etage" | "étages" | "ét" => "fl",
        "édifice" | "edifice" | "bâtiment" | "batiment" | "bât" | "immeuble" | "pavillon" => {
            "bldg"
        }
        "local" | "unité" | "unite" | "porte" | "logement" if next_is_number => "unit",
        "niveau" => "level",
        "nord" => "north",
        "nord-est" => "northeast",
        "nord-ouest" => "northwest",
        "o" if index > 1
            && words[..index]
                .iter()
                .any(|w| super::street::is_type(&w.key)) =>
        {
            "w"
        }
        "ouest" => "west",
        "poste" if key(index + 1) == "de" && key(index + 2) == "travail" => "desk",
        "rdc" | "rez-de-chaussée" | "rez-de-chaussee" => "lobby",
        "salle" | "pièce" if next_is_number => "rm",
        "sous-sol" => "bsmt",
        "sud" => "south",
        "sud-est" => "southeast",
        "sud-ouest" => "southwest",
        "tour" if word.gap > crate::interpret::line::Gap::Space => "tower",
        other => return ordinal(other),
    };
    Some(english.to_owned())
}

/// `3e`, `1er`, `2ième`: as `3th`, which reads as an ordinal.
fn ordinal(key: &str) -> Option<String> {
    let digits = key.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = key.split_at(digits);
    let french = matches!(
        ending,
        "e" | "er" | "ère" | "ere" | "re" | "ème" | "eme" | "ième" | "ieme" | "nde" | "è"
    );
    (french && (1..=3).contains(&digits)).then(|| format!("{number}th"))
}
