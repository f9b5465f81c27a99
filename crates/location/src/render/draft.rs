use super::{Cut, Rendering};
use crate::{CivicAddress, CivicKey};

/// A rendering in the making.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) fields: CivicAddress,
    pub(super) cut: Vec<Cut>,
}

impl Draft {
    /// Puts a value.
    pub(super) fn put(&mut self, key: CivicKey, value: &str) {
        // Values come from an address, or are parts of such values, so each can be an element.
        let _ = self.fields.set(key, value);
    }

    /// Reports what does not arrive as it was written.
    pub(super) fn report(&mut self, field: CivicKey, from: &str, to: &str, why: &str) {
        self.cut.push(Cut {
            field,
            from: from.to_owned(),
            to: to.to_owned(),
            why: why.to_owned(),
        });
    }

    /// Puts a value, at a word's end where it is too long, and reports what that took.
    pub(super) fn put_clipped(&mut self, key: CivicKey, value: &str, limit: usize) {
        let clipped = clip(value, limit);
        if clipped != value {
            let why = format!("There is room for {limit} characters.");
            self.report(key, value, &clipped, &why);
        }
        self.put(key, &clipped);
    }

    /// Reports what does not arrive at all.
    pub(super) fn leave_out(&mut self, key: CivicKey, value: &str, why: &str) {
        self.report(key, value, "", why);
    }

    /// The elements as compact JSON.
    pub(super) fn into_json(self) -> Rendering {
        let text = serde_json::to_string(&self.fields)
            .expect("a map of texts by unit variants is always JSON");
        Rendering {
            fields: self.fields,
            text,
            cut: self.cut,
        }
    }
}

/// The longest beginning that ends with a word and fits; a single word that does not fit is cut.
pub(super) fn clip(value: &str, limit: usize) -> String {
    if value.chars().count() <= limit {
        return value.to_owned();
    }
    let end = value
        .char_indices()
        .nth(limit)
        .map_or(value.len(), |(index, _)| index);
    let beginning = &value[..end];
    let whole_word = value[end..].starts_with(' ');
    let kept = match beginning.rsplit_once(' ') {
        Some((words, _)) if !whole_word => words,
        Some(_) | None => beginning,
    };
    kept.trim_end().to_owned()
}
