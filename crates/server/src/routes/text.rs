use crate::{http::Refusal, legible::turns_direction};

/// Takes a text that a person wrote: trimmed, of 1 to `limit` characters, without control
/// characters and without those that turn the direction of writing, which let a text say something else than it
/// holds.
///
/// # Errors
/// 422 with a sentence that names the field and never repeats the text.
pub(super) fn written(field: &str, text: &str, limit: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    let refused = if length == 0 {
        format!("{field} is empty; write something.")
    } else if length > limit {
        format!("{field} has {length} characters; the most allowed is {limit}.")
    } else if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t' || turns_direction(c))
    {
        format!("{field} holds a control character; write it again.")
    } else {
        return Ok(text.to_owned());
    };
    Err(Refusal::not_acceptable(refused, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_to_change() {
        assert_eq!(written("label", " Home ", 60).unwrap(), "Home");
        for (text, expected) in [
            (" ", "label is empty; write something."),
            ("abcd", "label has 4 characters; the most allowed is 3."),
            ("a\0", "label holds a control character; write it again."),
            (
                "a\u{202e}b",
                "label holds a control character; write it again.",
            ),
        ] {
            let refusal = written("label", text, 3).unwrap_err();
            assert_eq!(refusal.into_body("req").detail, expected);
        }
    }
}
