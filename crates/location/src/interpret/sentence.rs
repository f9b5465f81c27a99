//! Text that somebody says to somebody.

use super::line::Word;

/// Words that people write in sentences and not in addresses.
pub(super) fn is_sentence(words: &[Word<'_>]) -> bool {
    const SPOKEN: [&str; 34] = [
        "am", "are", "be", "bonjour", "cannot", "cant", "dont", "going", "have", "hello", "help",
        "here", "hi", "i", "im", "is", "je", "know", "me", "mon", "my", "our", "please", "send",
        "sitting", "someone", "suis", "today", "tomorrow", "was", "we", "working", "you", "your",
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
