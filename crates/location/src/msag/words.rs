use std::collections::HashMap;

/// The place of a word in [`Words`]. The empty word is always 0.
pub(super) type WordId = u32;

/// Every different word of a guide once, in order, end to end in one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    text: String,
    ends: Vec<u32>,
}

impl Words {
    /// The word at this place.
    pub(super) fn word(&self, id: WordId) -> &str {
        let at = id as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// The place of a word.
    pub(super) fn find(&self, word: &str) -> Option<WordId> {
        let (mut low, mut high) = (0, WordId::try_from(self.ends.len()).ok()?);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.word(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

/// Words as they come in, before they are put in order.
#[derive(Debug)]
pub(super) struct Gathering {
    places: HashMap<Box<str>, WordId>,
}

impl Default for Gathering {
    fn default() -> Self {
        Self {
            places: HashMap::from([(Box::default(), 0)]),
        }
    }
}

impl Gathering {
    /// The place of a word for now. `None`: there are more words than places.
    pub(super) fn add(&mut self, word: &str) -> Option<WordId> {
        if let Some(id) = self.places.get(word) {
            return Some(*id);
        }
        let id = WordId::try_from(self.places.len()).ok()?;
        self.places.insert(word.into(), id);
        Some(id)
    }

    /// Puts the words in order; the second part says where each went.
    pub(super) fn finish(self) -> (Words, Vec<WordId>) {
        let mut sorted: Vec<(Box<str>, WordId)> = self.places.into_iter().collect();
        sorted.sort_unstable();
        let mut words = Words {
            text: String::with_capacity(sorted.iter().map(|(word, _)| word.len()).sum()),
            ends: Vec::with_capacity(sorted.len()),
        };
        let mut moved = vec![0; sorted.len()];
        for ((word, was), is) in sorted.into_iter().zip(0..) {
            words.text.push_str(&word);
            let end = u32::try_from(words.text.len());
            words.ends.push(end.unwrap_or(u32::MAX));
            moved[was as usize] = is;
        }
        (words, moved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_text_and_by_their_place() {
        let mut gathering = Gathering::default();
        let first = ["PINE", "", "7TH", "PINE"].map(|word| gathering.add(word).unwrap());
        assert_eq!(first, [1, 0, 2, 1]);
        let (words, moved) = gathering.finish();
        assert_eq!(moved, [0, 2, 1]);
        assert_eq!(words.find("PINE"), Some(2));
        assert_eq!(words.word(2), "PINE");
        assert_eq!(words.word(0), "");
        assert_eq!(words.find("OAK"), None);
        assert_eq!(words.find("ZOO"), None);
    }
}
