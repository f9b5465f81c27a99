//! Text that somebody says to somebody.

use super::line::Word;

/// Words that people write in sentences and not in addresses.
pub(super) fn is_sentence(words: &[Word<'_>]) -> bool {
    const SPOKEN: [&str; 30] = [
        "am", "are", "be", "cannot", "cant", "dont", "going", "have", "hello", "help", "here",
        "hi", "i", "im", "is", "know", "me", "my", "our", "please", "send", "sitting", "someone",
        "today", "tomorrow", "was", "we", "working", "you", "your",
    ];
    let mut found: Vec<&str> = words
        .iter()
        .map(|w| &*w.key)
        .filter(|key| SPOKEN.binary_search(key).is_ok())
        .collect();
    found.sort_unstable();
    found.dedup();
    found.len() >= 2 && found.len() * 6 >= words.len()
}
