//! Urbanizations, neighbourhoods and condominiums, by the word that they begin with.

use std::ops::Range;

use super::street::is_type;
use crate::{
    CivicKey,
    interpret::{
        draft::Draft,
        line::{Gap, Word},
        us::{Evidence, Known},
    },
    pub28::Designator,
};

/// Understands every community in a range of words.
pub(super) fn read(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    let evidence = Evidence::american(draft);
    let mut index = range.start;
    while index < range.end {
        let end = match kind(draft, index, &range) {
            Some(key) => {
                let end = end_of(draft, &evidence, index, &range);
                // `Cond. Miramar Towers 12-H`: the door stands behind the name.
                let door = key == CivicKey::Bld
                    && end > index + 2
                    && draft.words()[end - 1].has_digit()
                    && !(0..range.end).any(|at| is_door(draft.key(at)));
                let name = index..end - usize::from(door);
                if name.len() > 1 {
                    draft.take_text(key, name.clone());
                }
                if door {
                    draft.take_text(CivicKey::Unit, name.end..end);
                }
                end
            }
            None => index + 1,
        };
        index = end.max(index + 1);
    }
}

/// Whether a word announces the number of a door.
fn is_door(key: &str) -> bool {
    Designator::find(key).is_some_and(|designator| designator.key == CivicKey::Unit)
}

/// What begins with the word at `index`.
fn kind(draft: &Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<CivicKey> {
    let begins = index == range.start || !draft.joined(index);
    let names_street = index > range.start && is_type(draft.key(index - 1));
    match draft.key(index) {
        _ if names_street => None,
        // `4ta Secc Levittown`
        _ if begins
            && draft.words()[index].ordinal().is_some()
            && matches!(draft.key(index + 1), "sec" | "secc" | "seccion" | "sección") =>
        {
            Some(CivicKey::A5)
        }
        "cond" | "condominio" => Some(CivicKey::Bld),
        // `Calle Ricci #40 Esq. Riefkohl`: the corner, not the street.
        "esq" | "esquina" if index > range.start => Some(CivicKey::Loc),
        "edif" | "edificio" if begins => Some(CivicKey::Bld),
        "barriada" | "barrio" | "bda" | "bo" | "com" | "comunidad" | "parc" | "parcelas"
        | "repto" | "reparto" | "res" | "residencial" | "sect" | "sector" | "urb"
        | "urbanizacion" | "urbanización" => Some(CivicKey::A5),
        "alts" | "alturas" | "colinas" | "est" | "estancias" | "ext" | "hacienda" | "jard"
        | "jardines" | "lomas" | "mans" | "mansiones" | "quintas" | "valle" | "villa"
        | "villas" | "vista"
            if begins && !is_the_city(draft, index, range) =>
        {
            Some(CivicKey::A5)
        }
        _ => None,
    }
}

/// Whether a segment is the last one, which is the city (`Vega Alta` aside, `Villalba`).
fn is_the_city(draft: &Draft<'_, '_>, index: usize, range: &Range<usize>) -> bool {
    (index + 1..range.end).all(|next| draft.joined(next))
}

/// Where the community ends: at a comma, the street, the unit or the city.
fn end_of(draft: &Draft<'_, '_>, evidence: &Evidence, index: usize, range: &Range<usize>) -> usize {
    let words = draft.words();
    (index + 1..range.end)
        .find(|&at| {
            let word = &words[at];
            let street = |at: usize| at < range.end && is_type(&words[at].key);
            let rest: Vec<&Word<'_>> = words[at..range.end].iter().collect();
            word.gap > Gap::Space
                || word.key == "#"
                || (street(at) && at > index + 1)
                || (word.has_digit() && street(at + 1))
                || (Designator::find(&word.key).is_some() && at > index + 1)
                || (at > index + 1 && evidence.city(&rest) >= Known::InState)
        })
        .unwrap_or(range.end)
}
