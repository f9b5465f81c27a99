//! Text that is no address, or hardly any: a named problem, and never a panic. What the fuzzer once
//! found interesting is read again here, on the stable compiler.

use std::{fs, path::Path};

use location::msag::{GuideFile, Layout, StreetGuide};
use location::{Country, Interpretation, ProblemCode, TypedAddress, interpret};

/// Reads a text as of every country and of none, and looks whether the answer holds together.
fn read_everywhere(text: &str) -> Vec<Interpretation> {
    let typed = TypedAddress::from(text);
    let countries = Country::ALL.map(Some).into_iter().chain([None]);
    countries
        .map(|country| {
            let read = interpret(&typed, country);
            let mut end = 0;
            for span in &read.spans {
                assert!(span.bytes.start >= end, "spans stand in order: {text:?}");
                assert!(text.get(span.bytes.clone()).is_some(), "{text:?}");
                end = span.bytes.end;
            }
            read
        })
        .collect()
}

#[test]
fn what_the_fuzzer_found_is_read_without_a_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/interpret");
    let mut read = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        if let Ok(text) = String::from_utf8(bytes) {
            read_everywhere(&text);
            read += 1;
        }
    }
    assert!(read >= 30, "{read} texts");
}

/// Reads a street guide in a layout, and looks whether what is written of it is the same guide again.
fn read_guide(bytes: &[u8], layout: &Layout) {
    let written = |guide: &StreetGuide| {
        let mut bytes = Vec::new();
        guide.write(&mut bytes).expect("memory takes it");
        bytes
    };
    let mut named = 0;
    let file = GuideFile::read(bytes, layout, |_| named += 1).expect("it is in memory");
    assert!(named >= file.bad_rows);
    assert_eq!(file.guide.len() + file.repeated, file.rows);
    let first = written(&file.guide);
    let again = GuideFile::read(&*first, &Layout::auto(), |problem| panic!("{problem}"));
    assert_eq!(written(&again.expect("it is in memory").guide), first);
}

#[test]
fn guides_that_the_fuzzer_found_are_read_without_a_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/street_guide");
    let mut maps = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for name in ["auto", "csv", "intrado", "att-tape"] {
            read_guide(&bytes, &Layout::named(name).unwrap());
        }
        // A layout of one's own stands before the file that it is for.
        if let Some(at) = bytes.windows(5).position(|part| part == b"\n---\n")
            && let Ok(map) = str::from_utf8(&bytes[..at])
            && let Ok(layout) = toml::from_str(map)
        {
            read_guide(&bytes[at + 5..], &layout);
            maps += 1;
        }
    }
    assert!(maps >= 2, "{maps} layouts");
}

#[test]
fn bad_text_has_a_named_problem_in_every_country() {
    let long = "1 Elm St, ".repeat(1_000_000);
    let commas = ",".repeat(1_000);
    let numbers = "7 ".repeat(900);
    #[rustfmt::skip]
    let table = [
        (&*long, ProblemCode::TooLong),
        (&*numbers, ProblemCode::TooLong),
        (&*commas, ProblemCode::NotAnAddress),
        ("\0\0\0", ProblemCode::NotAnAddress),
        ("\u{202E}\u{200F}", ProblemCode::NotAnAddress),
        ("🚒🚑👩‍👩‍👧", ProblemCode::NotAnAddress),
        ("Улица Ленина 12, Москва", ProblemCode::NotAnAddress),
        ("", ProblemCode::Empty),
        (" \r\n\t ", ProblemCode::Empty),
    ];
    for (text, expected) in table {
        for read in read_everywhere(text) {
            let start: String = text.chars().take(20).collect();
            assert_eq!(read.problems.len(), 1, "{start:?}");
            assert_eq!(read.problems[0].code, expected, "{start:?}");
            assert!(read.fields.is_empty(), "{start:?}");
        }
    }
}

#[test]
fn marks_that_nobody_sees_change_nothing() {
    let plain = interpret(&TypedAddress::from("12 Elm St, Ada, OK 74820"), None);
    for text in [
        "\u{FEFF}12 Elm\0St, Ada, OK 74820",
        "\u{202E}12 Elm St\u{200F}, Ada,\u{200B} OK 74820\u{2069}",
        "12 Elm St,,,,,, Ada, OK 74820,,,",
    ] {
        let read = interpret(&TypedAddress::from(text), None);
        assert_eq!(read.fields, plain.fields, "{text:?}");
    }
}

#[test]
fn letters_that_only_look_right_are_a_problem() {
    // The first two letters of the street are Cyrillic.
    let read = interpret(&TypedAddress::from("12 Маin St, Ada, OK 74820"), None);
    assert_eq!(read.problems[0].code, ProblemCode::InvalidValue);
}
