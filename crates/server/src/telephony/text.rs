//! Bodies as text: what platforms, proxies and templates make of it on the way is undone here.

use std::io::Read as _;

/// The most that a compressed body may unfold to, in bytes.
const UNFOLDED: u64 = 256 * 1024;

/// The bytes of a body as UTF-8 without a byte order mark, when they are recognisably compressed or in
/// another encoding of Unicode; otherwise as they are.
pub(super) fn plain(bytes: &[u8]) -> Vec<u8> {
    if let [0x1f, 0x8b, ..] = bytes {
        let mut unfolded = Vec::new();
        // What is cut off or damaged is worth what came before.
        let _ = flate2::read::GzDecoder::new(bytes)
            .take(UNFOLDED)
            .read_to_end(&mut unfolded);
        if !unfolded.is_empty() {
            return without_mark(&unfolded);
        }
    }
    without_mark(bytes)
}

fn without_mark(bytes: &[u8]) -> Vec<u8> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return rest.to_vec();
    }
    let big_endian = match bytes {
        [0xfe, 0xff, ..] | [0, 1..=0x7f, ..] => true,
        [0xff, 0xfe, ..] | [1..=0x7f, 0, ..] => false,
        _ => return bytes.to_vec(),
    };
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if big_endian {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }
    });
    let text: String = char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|c| *c != '\u{feff}')
        .collect();
    // What reads as text mostly in ASCII was meant so.
    let ascii = text.chars().filter(|c| (' '..='~').contains(c)).count();
    if ascii > 0 && ascii * 2 >= text.chars().count() {
        text.into_bytes()
    } else {
        bytes.to_vec()
    }
}

/// The members that stand in a text that is nearly JSON, in order: each with its value, when that is a scalar
/// whose end can be seen. One that was cut off may be half of another's name.
pub(super) fn members(text: &str) -> Vec<(&str, Option<String>)> {
    let mut members = Vec::new();
    let mut rest = text;
    while let Some((name, behind)) = rest
        .find(['"', '\''])
        .and_then(|start| quoted(&rest[start..]))
    {
        let Some(value) = behind.trim_start().strip_prefix([':', '=']) else {
            rest = behind;
            continue;
        };
        let (scalar, behind) = scalar_at(value.trim_start());
        members.push((name, scalar));
        rest = behind;
    }
    members
}

/// What stands between the quotes a text begins with, and what comes after them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next()?;
    let inner = &text[quote.len_utf8()..];
    let mut escaped = false;
    let end = inner.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((&inner[..end], &inner[end + quote.len_utf8()..]))
}

/// The scalar a text begins with, and what comes after it.
fn scalar_at(text: &str) -> (Option<String>, &str) {
    match text.chars().next() {
        Some('"' | '\'') => match quoted(text) {
            Some((value, behind)) => (filled(&unescaped(value)), behind),
            None => (None, ""),
        },
        Some('{' | '[') => (None, &text[1..]),
        Some(_) => match text.find([',', '}', ']', '\n', '"', '\'']) {
            Some(end) => {
                let value = filled(&text[..end]).filter(|value| value != "null");
                (value, &text[end..])
            }
            None => (None, ""),
        },
        None => (None, ""),
    }
}

/// What stands between the quotes of a JSON string; as it is where that is no JSON.
fn unescaped(inner: &str) -> String {
    serde_json::from_str(&format!("\"{inner}\"")).unwrap_or_else(|_| inner.to_owned())
}

fn filled(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// A member of a text that is nearly JSON, when its end can be seen.
pub(super) fn member(text: &str, name: &str) -> Option<String> {
    members(text)
        .into_iter()
        .find_map(|(its, value)| value.filter(|_| its == name))
}

/// The same, also when the text ends within the value.
pub(super) fn member_or_part(text: &str, name: &str) -> Option<String> {
    member(text, name).or_else(|| {
        let (_, after) = [format!("\"{name}\""), format!("'{name}'")]
            .iter()
            .find_map(|quoted| text.rsplit_once(quoted.as_str()))?;
        let value = after.trim_start().strip_prefix([':', '='])?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let is_more = value.contains(['"', '\'', ',', '{', '[', '}', ']']);
        filled(&unescaped(value)).filter(|value| !is_more && value != "null")
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const BODY: &str = r#"{"agent":"maria.chen","dialled":"911"}"#;

    #[test]
    fn text_is_the_same_in_every_wrapping() {
        let little: Vec<u8> = BODY.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = BODY.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(BODY.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        for (name, bytes) in [
            ("as it is", BODY.as_bytes().to_vec()),
            ("marked", [b"\xef\xbb\xbf", BODY.as_bytes()].concat()),
            ("UTF-16", little.clone()),
            ("UTF-16, marked", [b"\xff\xfe".to_vec(), little].concat()),
            ("UTF-16BE", big.clone()),
            ("UTF-16BE, marked", [b"\xfe\xff".to_vec(), big].concat()),
            ("gzip", packed.clone()),
        ] {
            assert_eq!(plain(&bytes), BODY.as_bytes(), "{name}");
        }
        let cut = &packed[..packed.len() - 9];
        assert!(BODY.as_bytes().starts_with(&plain(cut)) || plain(cut) == cut);
        for other in [&b"\xff\xfe911"[..], b"\0\x01\x02", b"", b"\x1f\x8b911"] {
            assert_eq!(plain(other), other);
        }
    }

    #[test]
    fn a_value_whose_end_cannot_be_seen_is_none() {
        let text = r#"{"a":"1", "b" : 2,'c':'3',"d":{"e":null,"f":"x \u0022 y"},"g":"cut"#;
        let found = members(text);
        let found: Vec<_> = found
            .iter()
            .map(|(name, value)| (*name, value.as_deref()))
            .collect();
        let expected = [
            ("a", Some("1")),
            ("b", Some("2")),
            ("c", Some("3")),
            ("d", None),
            ("e", None),
            ("f", Some("x \" y")),
            ("g", None),
        ];
        assert_eq!(found, expected);
        assert_eq!(member_or_part(text, "g").as_deref(), Some("cut"));
        assert_eq!(member_or_part(text, "a").as_deref(), Some("1"));
        assert_eq!(member_or_part(r#"{"n":9"#, "n").as_deref(), Some("9"));
        assert_eq!(member_or_part(text, "d"), None);
    }
}
