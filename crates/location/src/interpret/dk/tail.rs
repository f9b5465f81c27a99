//! The end of the address: postal code, city and country.

use std::ops::Range;

use super::Draft;
use crate::{
    CivicKey,
    gazetteer::dk::{city, fold, is_city},
};

/// Understands country, postal code and city.
pub(super) fn read(draft: &mut Draft<'_, '_>) {
    country(draft);
    if let Some((words, code)) = code(draft) {
        draft.take(CivicKey::Pc, words.clone(), code);
        city_beside(draft, &words);
    } else if let Some(last) = draft.runs(0..draft.words().len()).pop() {
        take_city_at_end(draft, last);
    }
}

/// `Danmark` at the end.
fn country(draft: &mut Draft<'_, '_>) {
    let Some(last) = draft.words().len().checked_sub(1) else {
        return;
    };
    if last > 0
        && matches!(
            draft.key(last),
            "danmark" | "denmark" | "dk" | "dnk" | "dänemark"
        )
    {
        draft.mark(CivicKey::Country, last);
    }
}

/// The last word of four digits, one that is a postal code before all others; with `DK-` and
/// whatever else marks it.
fn code(draft: &Draft<'_, '_>) -> Option<(Range<usize>, String)> {
    let found: Vec<(Range<usize>, String)> = (0..draft.words().len())
        .filter(|index| draft.is_free(*index))
        .filter_map(|index| {
            let key = draft.key(index);
            let digits = ["dk-", "dk", "d-"]
                .iter()
                .find_map(|mark| key.strip_prefix(mark))
                .unwrap_or(key);
            let marked = index > 0 && matches!(draft.key(index - 1), "dk" | "postnr");
            (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| {
                let start = index - usize::from(marked);
                (start..index + 1, digits.to_owned())
            })
        })
        .collect();
    let known = found.iter().rev().find(|(_, code)| city(code).is_some());
    known.or_else(|| found.last()).cloned()
}

/// The city stands behind its code on the same line; or alone on the next; or before it.
fn city_beside(draft: &mut Draft<'_, '_>, code: &Range<usize>) {
    let runs = draft.runs(0..draft.words().len());
    let plain = |run: &Range<usize>| !run.clone().any(|i| draft.words()[i].has_digit());
    if let Some(behind) = runs.iter().find(|run| run.start == code.end) {
        let joined = draft.joined(code.end);
        if (joined || plain(behind)) && !behind.is_empty() {
            let run = behind.clone();
            take(draft, run);
            return;
        }
    }
    if let Some(before) = runs.iter().find(|run| run.end == code.start) {
        let run = before.clone();
        take_city_at_end(draft, run);
    }
}

/// Understands the longest city at the end of a run.
fn take_city_at_end(draft: &mut Draft<'_, '_>, run: Range<usize>) {
    let start = (run.start..run.end).find(|start| is_city(&fold(&draft.text(*start..run.end))));
    if let Some(start) = start
        && start > 0
    {
        take(draft, start..run.end);
    }
}

fn take(draft: &mut Draft<'_, '_>, words: Range<usize>) {
    let name = draft.verbatim(words.clone());
    draft.take(CivicKey::A3, words, name);
}
