use std::ops::Range;

/// A text in words, each with where it stands.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    pub(super) words: Vec<Word<'t>>,
    /// The text that the words stand in.
    pub(super) source: &'t str,
}

/// One word.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// As written, without the punctuation around it.
    pub(super) text: &'t str,
    /// In lower case, without dots and apostrophes: what tables are asked for.
    pub(super) key: String,
    /// What stands before it.
    pub(super) gap: Gap,
}

/// What separates a word from the one before it, weakest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Gap {
    /// White space, or nothing.
    Space,
    /// A comma, a semicolon, a bracket, a dash between spaces.
    Comma,
    /// A line end.
    Line,
}

impl<'t> Line<'t> {
    /// Splits a text into words. Control characters and marks of writing direction count as white
    /// space; a word without a letter or digit is dropped, except `#` and `&`, which say something.
    pub(super) fn new(text: &'t str) -> Self {
        let mut line = Self {
            words: Vec::new(),
            source: text,
        };
        let mut gap = Gap::Space;
        let mut start: Option<usize> = None;
        for (index, c) in text.char_indices() {
            let between = separates(c);
            let own_word = matches!(c, '#' | '&' | '@');
            // `Ave.Ithaca`: the dot ends a word.
            if c == '.'
                && let Some(begun) = start
                && ends_abbreviation(&text[begun..index], &text[index + 1..])
            {
                start = None;
                line.push(text, begun, index, &mut gap);
                continue;
            }
            if (between.is_some() || own_word)
                && let Some(begun) = start.take()
            {
                line.push(text, begun, index, &mut gap);
            }
            match between {
                Some(found) => gap = gap.max(found),
                None if own_word => line.push(text, index, index + 1, &mut gap),
                None => start = start.or(Some(index)),
            }
        }
        if let Some(begun) = start {
            line.push(text, begun, text.len(), &mut gap);
        }
        line
    }

    /// The same line with words parted in two where `place` says so, in bytes of the word's text.
    pub(super) fn parted(&self, place: impl Fn(&Word<'t>) -> Option<usize>) -> Self {
        let mut parted = Self {
            words: Vec::with_capacity(self.words.len()),
            source: self.source,
        };
        for word in &self.words {
            let found = place(word).filter(|at| word.text.is_char_boundary(*at));
            let mut gap = word.gap;
            let mut start = word.start;
            for end in found
                .map(|at| word.start + at)
                .into_iter()
                .chain([word.end()])
            {
                parted.push(self.source, start, end, &mut gap);
                start = end;
            }
        }
        parted
    }

    /// The text of words with the punctuation between them, single-spaced.
    pub(super) fn verbatim(&self, words: Range<usize>) -> String {
        let (Some(first), Some(last)) = (self.words.get(words.start), words.end.checked_sub(1))
        else {
            return String::new();
        };
        let text = self
            .words
            .get(last)
            .and_then(|last| self.source.get(first.start..last.end()))
            .unwrap_or_default();
        text.split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// What stands between a word and the one before it, as it was written; for the word past the
    /// last, what follows.
    pub(super) fn between(&self, index: usize) -> &'t str {
        let start = match index.checked_sub(1) {
            Some(before) => self.words.get(before).map_or(self.source.len(), Word::end),
            None => 0,
        };
        let end = self
            .words
            .get(index)
            .map_or(self.source.len(), |word| word.start);
        self.source.get(start..end).unwrap_or_default()
    }

    fn push(&mut self, text: &'t str, start: usize, end: usize, gap: &mut Gap) {
        let raw = &text[start..end];
        let trimmed = raw.trim_start_matches(AROUND);
        let start = start + (raw.len() - trimmed.len());
        let trimmed = trimmed.trim_end_matches(AROUND);
        if !trimmed.contains(|c: char| c.is_alphanumeric()) && !matches!(trimmed, "#" | "&" | "@") {
            // A lone dash or dot between words keeps them apart.
            *gap = (*gap).max(Gap::Comma);
            return;
        }
        let key = trimmed
            .chars()
            .filter(|c| !matches!(c, '.' | '\'' | '’' | '"'))
            .flat_map(char::to_lowercase)
            .collect();
        self.words.push(Word {
            start,
            text: trimmed,
            key,
            gap: *gap,
        });
        // `Monroe- 40th Floor`: a dash that ends a word parts it from the next.
        *gap = if raw.ends_with(['-', '–', '—']) {
            Gap::Comma
        } else {
            Gap::Space
        };
    }
}

/// Punctuation that may stand around a word without being part of it.
const AROUND: [char; 14] = [
    '.', '\'', '"', '“', '”', '‘', '’', '*', '!', '?', '-', '–', '—', '_',
];

/// Whether a dot between these ends a word: two letters or more before it, a capital or digit and
/// something more behind it. `N.W.` and `P.O.Box` are one word, `Ave.Ithaca` is two.
fn ends_abbreviation(before: &str, after: &str) -> bool {
    let mut next = after.chars();
    before.len() >= 2
        && before.bytes().all(|b| b.is_ascii_alphabetic())
        && next
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && next.next().is_some_and(char::is_alphanumeric)
}

fn separates(c: char) -> Option<Gap> {
    match c {
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Gap::Line),
        ',' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '•' | '·' | '，' | '、' => {
            Some(Gap::Comma)
        }
        ':' => Some(Gap::Space),
        _ if c.is_whitespace() || c.is_control() || is_mark(c) => Some(Gap::Space),
        _ => None,
    }
}

/// Marks of writing direction, joiners and the byte-order mark: seen by nobody.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

impl Word<'_> {
    /// Where it ends, in bytes.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it has a digit in it.
    pub(super) fn has_digit(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether it is digits and nothing else.
    pub(super) fn is_number(&self) -> bool {
        !self.text.is_empty() && self.text.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether it is one letter of A to Z.
    pub(super) fn is_letter(&self) -> bool {
        self.key.len() == 1 && self.key.as_bytes()[0].is_ascii_alphabetic()
    }

    /// The number of an ordinal in digits or letters: `3rd`, `third`.
    pub(super) fn ordinal(&self) -> Option<u32> {
        ordinal(&self.key)
    }
}

pub(super) fn ordinal(key: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th", "d"]
        .iter()
        .find_map(|ending| key.strip_suffix(ending));
    if let Some(digits) = digits
        && !digits.is_empty()
        && digits.len() <= 4
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return digits.parse().ok();
    }
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let index = WORDS.iter().position(|word| *word == key)?;
    u32::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        Line::new(text)
            .words
            .iter()
            .map(|word| {
                let gap = match word.gap {
                    Gap::Space => "",
                    Gap::Comma => ", ",
                    Gap::Line => "/ ",
                };
                assert_eq!(&text[word.start..word.end()], word.text);
                format!("{gap}{}", word.key)
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn words_and_what_stands_between_them() {
        #[rustfmt::skip]
        let table = [
            ("550 S. 400 E #3206, Salt", "550 s 400 e # 3206 , salt"),
            ("Apt#4\nN.W.", "apt # 4 / nw"),
            ("(m/c 525) rm. 128", ", m/c 525 , rm 128"),
            ("Monroe- 40th - x", "monroe , 40th , x"),
            ("N6W23001 O'Hare 1/2", "n6w23001 ohare 1/2"),
            ("attn:bob", "attn bob"),
            ("Ave.Ithaca Ste.210 N.W. st.tv", "ave ithaca ste 210 nw sttv"),
            ("a\u{200F}b\u{0}c", "a b c"),
            ("\"tag's\" ... 🚒 &", "tags , &"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn ordinals() {
        for (key, expected) in [
            ("3rd", Some(3)),
            ("22d", Some(22)),
            ("second", Some(2)),
            ("th", None),
            ("3", None),
            ("99999th", None),
        ] {
            assert_eq!(ordinal(key), expected, "{key}");
        }
    }
}
