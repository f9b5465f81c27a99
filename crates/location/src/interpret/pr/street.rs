use crate::{
    interpret::{
        line::Word,
        us::{Form, Street, is_way},
    },
    pub28::Directional,
};

/// Reads words as one street: with the type first, or else as an American one.
pub(super) fn read(words: &[&Word<'_>]) -> Option<Street> {
    spanish(words).or_else(|| Street::read(words))
}

/// Whether a word makes a street in either language.
pub(super) fn is_street(key: &str) -> bool {
    is_way(key) || is_type(key)
}

/// The words for ways that stand before the name.
pub(super) fn is_type(key: &str) -> bool {
    #[rustfmt::skip]
    const TYPES: [&str; 27] = [
        "av", "ave", "avenida", "avda", "blvd", "bulevar", "calle", "callejon", "callejón", "cam",
        "camino", "carr", "carretera", "cll", "corredor", "expreso", "marginal", "pasaje", "paseo", "plaza",
        "pso", "ramal", "ruta", "sendero", "vereda", "via", "vía",
    ];
    TYPES.contains(&key)
}

/// `Calle 54 SE`, `Ave Ponce de León`: the whole name with its type, and a direction in letters
/// behind it.
fn spanish(words: &[&Word<'_>]) -> Option<Street> {
    let (first, rest) = words.split_first()?;
    let last = rest.last()?;
    if !is_type(&first.key) {
        return None;
    }
    let directed = rest.len() > 1 && last.key.len() <= 2 && Directional::find(&last.key).is_some();
    let after = words.len() - usize::from(directed);
    // `Calle 34 Mirador de Bairoa`: a number is the whole name, unless it is a date.
    let more = first.key == "calle"
        && after > 2
        && rest[0].has_digit()
        && !matches!(
            &*rest[1].key,
            "de" | "infantería" | "infanteria" | "norte" | "sur"
        );
    let unfinished = more
        || matches!(
            &*words[after - 1].key,
            "de" | "del" | "el" | "la" | "las" | "los" | "san" | "santa" | "y"
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
