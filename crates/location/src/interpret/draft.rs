use std::ops::Range;

use super::{
    Span,
    line::{Gap, Line, Word},
};
use crate::{CivicAddress, CivicKey};

/// A reading in the making: which words are understood as what.
#[derive(Clone, Debug)]
pub(super) struct Draft<'l, 't> {
    line: &'l Line<'t>,
    keys: Vec<Option<CivicKey>>,
    ignored: Vec<bool>,
    values: Vec<(CivicKey, String)>,
    notes: Vec<&'static str>,
}

impl<'l, 't> Draft<'l, 't> {
    pub(super) fn new(line: &'l Line<'t>) -> Self {
        Self {
            line,
            keys: vec![None; line.words.len()],
            ignored: vec![false; line.words.len()],
            values: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn words(&self) -> &'l [Word<'t>] {
        &self.line.words
    }

    /// The word as tables are asked for it; empty past the end.
    pub(super) fn key(&self, index: usize) -> &'l str {
        self.line.words.get(index).map_or("", |w| w.key.as_str())
    }

    /// Whether a word is there and not understood yet.
    pub(super) fn is_free(&self, index: usize) -> bool {
        self.keys.get(index).is_some_and(Option::is_none) && !self.ignored[index]
    }

    /// Whether an element has been found.
    pub(super) fn has(&self, key: CivicKey) -> bool {
        self.values.iter().any(|(found, _)| *found == key)
    }

    /// The value of an element, as far as it has been found.
    pub(super) fn value(&self, key: CivicKey) -> Option<&str> {
        let found = self.values.iter().find(|(found, _)| *found == key);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether nothing but white space stands between two neighbours.
    pub(super) fn joined(&self, index: usize) -> bool {
        self.line
            .words
            .get(index)
            .is_some_and(|w| w.gap == Gap::Space)
    }

    /// Understands words as an element with this value.
    pub(super) fn take(&mut self, key: CivicKey, words: Range<usize>, value: impl Into<String>) {
        for index in words {
            self.keys[index] = Some(key);
        }
        self.values.push((key, value.into()));
    }

    /// Understands words as an element, with their text as its value.
    pub(super) fn take_text(&mut self, key: CivicKey, words: Range<usize>) {
        let value = self.text(words.clone());
        self.take(key, words, value);
    }

    /// Marks a word as part of an element that is written elsewhere, such as a filler.
    pub(super) fn mark(&mut self, key: CivicKey, index: usize) {
        self.keys[index] = Some(key);
    }

    /// Leaves words out on purpose, and says why.
    pub(super) fn ignore(&mut self, words: Range<usize>, note: &'static str) {
        for index in words {
            self.ignored[index] = true;
        }
        self.notes.push(note);
    }

    /// Gives an element a value that no word stands for.
    pub(super) fn put(&mut self, key: CivicKey, value: &str) {
        if !self.has(key) {
            self.values.push((key, value.to_owned()));
        }
    }

    /// The text of words, single-spaced.
    pub(super) fn text(&self, words: Range<usize>) -> String {
        self.line.words[words]
            .iter()
            .map(|word| word.text)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The text of words with the punctuation between them, single-spaced.
    pub(super) fn verbatim(&self, words: Range<usize>) -> String {
        self.line.verbatim(words)
    }

    /// What stands between a word and the one before it, as it was written.
    pub(super) fn between(&self, index: usize) -> &'t str {
        self.line.between(index)
    }

    /// The runs of words in a range that are not understood yet and that nothing parts: no comma,
    /// no line end, no understood word.
    pub(super) fn runs(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for index in self.free(range) {
            match runs.last_mut() {
                Some(last) if last.end == index && self.joined(index) => last.end = index + 1,
                Some(_) | None => runs.push(index..index + 1),
            }
        }
        runs
    }

    /// The words of a range that are not understood yet.
    pub(super) fn free(&self, range: Range<usize>) -> Vec<usize> {
        range.filter(|index| self.is_free(*index)).collect()
    }

    /// What separates a free word from the free word before it: understood words between them
    /// part them like a comma.
    pub(super) fn gap_between(&self, before: usize, index: usize) -> Gap {
        let gap = self.line.words[before + 1..=index]
            .iter()
            .map(|word| word.gap)
            .max()
            .unwrap_or(Gap::Space);
        if index > before + 1 {
            gap.max(Gap::Comma)
        } else {
            gap
        }
    }

    pub(super) fn fields(&self) -> CivicAddress {
        let mut fields = CivicAddress::new();
        for (key, value) in &self.values {
            let joined = match fields.get(*key) {
                Some(before) => format!("{before} {value}"),
                None => value.clone(),
            };
            // Words hold no control characters; a value too long to be an element is not one.
            let _ = fields.set(*key, &joined);
        }
        fields
    }

    /// Runs of words that were understood as the same element, and of words that were not.
    pub(super) fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (word, field) in self.line.words.iter().zip(&self.keys) {
            match spans.last_mut() {
                Some(last) if last.field == *field && word.gap == Gap::Space => {
                    last.bytes.end = word.end();
                }
                Some(_) | None => spans.push(Span {
                    field: *field,
                    bytes: word.start..word.end(),
                }),
            }
        }
        // The words may have been put in another order to be read.
        spans.sort_by_key(|span| span.bytes.start);
        spans
    }

    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.notes.iter().map(|note| (*note).to_owned()).collect();
        if (0..self.keys.len()).any(|index| self.is_free(index)) {
            notes.push("Some words were not understood. Check that nothing is missing.".to_owned());
        }
        notes
    }

    /// Whether an element was found that has this property.
    pub(super) fn any(&self, key: CivicKey, property: impl Fn(&str) -> bool) -> bool {
        self.values
            .iter()
            .any(|(found, value)| *found == key && property(value))
    }
}
