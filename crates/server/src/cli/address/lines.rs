use std::io::{self, BufRead as _, BufReader, Read, Write};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The longest line, in bytes. Longer ones are refused without being kept.
const LINE_LIMIT: usize = 1024 * 1024;

/// An answer, and what it says when the line could not be read.
pub(super) trait Answer: Serialize {
    /// The answer to a line that could not be read.
    fn refused(id: Value, reason: String) -> Self;
}

/// Answers every line of `input` with one line, in order, and says how many could not be read. Holds
/// one line at a time. What is written goes out before waiting for more, so that it can be talked to.
pub(super) fn transform<T: DeserializeOwned, A: Answer>(
    mut input: BufReader<impl Read>,
    mut output: impl Write,
    answer: impl Fn(T) -> A,
) -> io::Result<usize> {
    let mut refused = 0;
    let mut line = Vec::new();
    let mut first = true;
    loop {
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
        let limit = LINE_LIMIT as u64 + 1;
        if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let too_long = line.len() > LINE_LIMIT && !line.ends_with(b"\n");
        if too_long {
            input.skip_until(b'\n')?;
        }
        let mut text = line.as_slice();
        if std::mem::take(&mut first) {
            text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        }
        let answer = if too_long {
            refused += 1;
            A::refused(
                Value::Null,
                format!("The line is longer than {LINE_LIMIT} bytes."),
            )
        } else if text.trim_ascii().is_empty() {
            continue;
        } else {
            read(text).map_or_else(
                |(id, reason)| {
                    refused += 1;
                    A::refused(id, reason)
                },
                &answer,
            )
        };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(refused)
}

/// The object on a line; or its id, as far as there is one, and what is wrong.
fn read<T: DeserializeOwned>(line: &[u8]) -> Result<T, (Value, String)> {
    // Serde would take an array for an object.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err((
            Value::Null,
            "The line is no JSON object; --help shows one.".to_owned(),
        ));
    }
    serde_json::from_slice(line).map_err(|error| {
        if error.is_data() {
            let reason = format!("The line is not what this command takes: {error}.");
            (id_of(line), reason)
        } else {
            (
                Value::Null,
                "The line is no JSON object; --help shows one.".to_owned(),
            )
        }
    })
}

/// The id of an object that holds something else that cannot be read.
fn id_of(line: &[u8]) -> Value {
    #[derive(Deserialize)]
    struct Id {
        #[serde(default)]
        id: Value,
    }
    serde_json::from_slice::<Id>(line).map_or(Value::Null, |object| object.id)
}
