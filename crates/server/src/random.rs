//! Where chance enters the server: the operating system's generator, and nothing else.

/// `N` bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness to give. Going on would mean keys that can be
/// guessed, and no Linux, macOS or Windows that has finished booting gets here.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a booted operating system has randomness");
    bytes
}

/// A new identifier: `prefix`, `_`, and 120 random bits in lower-case base 32.
///
/// Identifiers are opaque; nothing about their subject can be read from them.
#[must_use]
pub fn id(prefix: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::with_capacity(prefix.len() + 25);
    text.push_str(prefix);
    text.push('_');
    for byte in bytes::<24>() {
        text.push(char::from(ALPHABET[usize::from(byte & 31)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_differ_and_are_plain_text() {
        let (one, other) = (id("ag"), id("ag"));
        assert_ne!(one, other);
        assert_eq!(one.len(), 27);
        assert!(
            one.strip_prefix("ag_")
                .unwrap()
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        );
    }
}
