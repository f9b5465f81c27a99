use proptest::prelude::*;

use super::*;
use crate::{CivicAddress, CivicKey, render::one_line};

fn read(text: &str) -> Interpretation {
    interpret(&TypedAddress::from(text), Some(Country::Us))
}

/// `HNO=12 RD=Main ...` in the order of people, without the country and the county.
fn fields(address: &CivicAddress) -> String {
    const ORDER: [CivicKey; 16] = [
        CivicKey::Nam,
        CivicKey::Hno,
        CivicKey::Hns,
        CivicKey::Prd,
        CivicKey::Rd,
        CivicKey::Sts,
        CivicKey::Pom,
        CivicKey::Pod,
        CivicKey::Bld,
        CivicKey::Flr,
        CivicKey::Room,
        CivicKey::Unit,
        CivicKey::Seat,
        CivicKey::A4,
        CivicKey::A3,
        CivicKey::A1,
    ];
    ORDER
        .into_iter()
        .chain([CivicKey::Pc, CivicKey::A5, CivicKey::Loc])
        .filter_map(|key| address.get(key).map(|value| format!("{key}={value}")))
        .collect::<Vec<_>>()
        .join(" ")
}

fn codes(read: &Interpretation) -> String {
    read.problems
        .iter()
        .map(|problem| match problem.field {
            Some(field) => format!("{:?} {field}", problem.code),
            None => format!("{:?}", problem.code),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn addresses_as_people_write_them() {
    #[rustfmt::skip]
    let table = [
        // The journey: a seat, in either order.
        ("2121 7th Ave, Floor 5, WS 181, Seattle, WA 98121",
         "HNO=2121 RD=7th STS=Ave FLR=5 SEAT=WS 181 A3=Seattle A1=WA PC=98121"),
        ("Desk 12, 3rd floor, 2121 7th Ave, Seattle WA 98121",
         "HNO=2121 RD=7th STS=Ave FLR=3 SEAT=Desk 12 A3=Seattle A1=WA PC=98121"),
        // Lines, commas, neither.
        ("500 Pine St Apt 4B\nSeattle WA 98101", "HNO=500 RD=Pine STS=St UNIT=Apt 4B A3=Seattle A1=WA PC=98101"),
        ("500 pine st apt 4b seattle wa 98101-1234", "HNO=500 RD=pine STS=st UNIT=apt 4b A3=seattle A1=WA PC=98101-1234"),
        ("Maria Chen\n12 Elm Ct\nAda, OK 74820\nUSA", "NAM=Maria Chen HNO=12 RD=Elm STS=Ct A3=Ada A1=OK PC=74820"),
        // House numbers.
        ("12A Elm Ct, Ada, OK 74820", "HNO=12 HNS=A RD=Elm STS=Ct A3=Ada A1=OK PC=74820"),
        ("12 1/2 Elm Ct, Ada, OK 74820", "HNO=12 HNS=1/2 RD=Elm STS=Ct A3=Ada A1=OK PC=74820"),
        ("12½ Elm Ct, Ada, OK 74820", "HNO=12 HNS=1/2 RD=Elm STS=Ct A3=Ada A1=OK PC=74820"),
        ("41-20 Main St, Flushing, NY 11355", "HNO=41-20 RD=Main STS=St A3=Flushing A1=NY PC=11355"),
        ("N6W23001 Bluemound Rd, Waukesha, WI 53188", "HNO=N6W23001 RD=Bluemound STS=Rd A3=Waukesha A1=WI PC=53188"),
        ("One Harbor Way, Ada, OK 74820", "HNO=1 RD=Harbor STS=Way A3=Ada A1=OK PC=74820"),
        // Directions.
        ("100 N. Main St., Ada, OK 74820", "HNO=100 PRD=N RD=Main STS=St A3=Ada A1=OK PC=74820"),
        ("100 Main St, NW, Ada, OK 74820", "HNO=100 RD=Main STS=St POD=NW A3=Ada A1=OK PC=74820"),
        ("1201 F St NW Washington DC 20004", "HNO=1201 RD=F STS=St POD=NW A3=Washington A1=DC PC=20004"),
        ("100 South St, Ada, OK 74820", "HNO=100 RD=South STS=St A3=Ada A1=OK PC=74820"),
        ("550 S 400 E, Salt Lake City, UT 84111", "HNO=550 PRD=S RD=400 POD=E A3=Salt Lake City A1=UT PC=84111"),
        // Roads that are numbered or lettered stay whole.
        ("6500 US Highway 431, Albertville, AL 35950", "HNO=6500 RD=US Highway 431 A3=Albertville A1=AL PC=35950"),
        ("1224 County Road GV Ada OK 74820", "HNO=1224 RD=County Road GV A3=Ada A1=OK PC=74820"),
        ("9912 S Avenue H, Chicago, IL 60617", "HNO=9912 PRD=S RD=Avenue H A3=Chicago A1=IL PC=60617"),
        ("1500 Broadway, New York, NY 10036", "HNO=1500 RD=Broadway A3=New York A1=NY PC=10036"),
        // Inside.
        ("1 Elm Ct Bldg 2 Ste 100, Ada, OK 74820", "HNO=1 RD=Elm STS=Ct BLD=Bldg 2 UNIT=Ste 100 A3=Ada A1=OK PC=74820"),
        ("1 Elm Ct #303, Ada, OK 74820", "HNO=1 RD=Elm STS=Ct UNIT=303 A3=Ada A1=OK PC=74820"),
        ("1 Elm Ct Suite550 Ada OK 74820", "HNO=1 RD=Elm STS=Ct UNIT=Suite550 A3=Ada A1=OK PC=74820"),
        ("1 Elm Ct, 4B, Ada, OK 74820", "HNO=1 RD=Elm STS=Ct UNIT=4B A3=Ada A1=OK PC=74820"),
        ("1 Elm Ct 2nd Fl Rm 27B Ada OK 74820", "HNO=1 RD=Elm STS=Ct FLR=2 ROOM=27B A3=Ada A1=OK PC=74820"),
        ("1 Elm Ct Penthouse, Ada, OK 74820", "HNO=1 RD=Elm STS=Ct UNIT=Penthouse A3=Ada A1=OK PC=74820"),
        ("9 Front St, Ada, OK 74820", "HNO=9 RD=Front STS=St A3=Ada A1=OK PC=74820"),
        // Towns: none, no suffix, no comma, saints, counties, neighbourhoods.
        ("12 Elm Ct, 74820", "HNO=12 RD=Elm STS=Ct PC=74820"),
        ("12 Lakeview Salem OR 97301", "HNO=12 RD=Lakeview A3=Salem A1=OR PC=97301"),
        ("12 Marsielle St Louis MO 63129", "HNO=12 RD=Marsielle A3=St Louis A1=MO PC=63129"),
        ("12 Ocean Boulevard St Simons Island GA 31522", "HNO=12 RD=Ocean STS=Boulevard A3=St Simons Island A1=GA PC=31522"),
        ("12 Elm Ct, Ada, Pontotoc County, OK 74820", "HNO=12 RD=Elm STS=Ct A3=Ada A1=OK PC=74820"),
        ("12 Elm Ct, Fremont, Seattle, WA 98103", "HNO=12 RD=Elm STS=Ct A4=Fremont A3=Seattle A1=WA PC=98103"),
        ("12 Elm Ct, Roswell, Georgia, GA 30075", "HNO=12 RD=Elm STS=Ct A3=Roswell A1=GA PC=30075"),
        ("12 Dixie Hwy # 312 Miami Beach FL 33160", "HNO=12 RD=Dixie STS=Hwy UNIT=312 A3=Miami Beach A1=FL PC=33160"),
        ("1750 Tysons Blvd Fourth Fl", "HNO=1750 RD=Tysons STS=Blvd FLR=4"),
        // A box beside a street is only how mail gets there.
        ("12 Elm Ct PO Box 45 Ada OK 74820", "HNO=12 RD=Elm STS=Ct A3=Ada A1=OK PC=74820"),
    ];
    for (text, expected) in table {
        assert_eq!(fields(&read(text).fields), expected, "{text}");
    }
}

#[test]
fn text_that_is_no_dispatchable_address_has_a_named_problem_and_no_invented_field() {
    #[rustfmt::skip]
    let table = [
        ("", "Empty"), (" \n\t", "Empty"),
        ("PO Box 45, Seattle, WA 98121", "PoBox"),
        ("5th Ave & Pine St, Seattle, WA", "Intersection"),
        ("hello, are you there", "NotAnAddress"),
        ("the big house on the hill", "NotAnAddress"),
        ("asdf qwer", "NotAnAddress"), ("🚑 🚑", "NotAnAddress"), ("\0\0", "NotAnAddress"),
        ("10 Downing Street, London, UK", "UnsupportedCountry"),
    ];
    for (text, expected) in table {
        let read = read(text);
        assert_eq!(codes(&read), expected, "{text:?}");
        assert!(read.fields.is_empty(), "{text:?}");
    }
}

#[test]
fn what_is_missing_is_said_field_by_field() {
    #[rustfmt::skip]
    let table = [
        ("2121 7th Ave, Seattle, WA 98121", ""),
        ("2121 7th Ave, Seattle, WA", "Missing PC"),
        ("2121 7th Ave", "Missing A3, Missing A1, Missing PC"),
        ("7th Ave, Seattle, WA 98121", "Missing HNO"),
        ("Seattle, WA 98121", "Missing HNO, Missing RD"),
        ("12 Elm Ct, Cambridge, MA 1241", "InvalidValue PC"),
    ];
    for (text, expected) in table {
        assert_eq!(codes(&read(text)), expected, "{text}");
    }
}

#[test]
fn another_likely_reading_is_offered_with_what_differs() {
    let read = read("100 Main St W Chicago IL");
    assert_eq!(read.fields.get(CivicKey::A3), Some("W Chicago"));
    let differs: Vec<&[CivicKey]> = read.candidates.iter().map(|c| &*c.differs).collect();
    assert_eq!(
        differs,
        [[CivicKey::A3, CivicKey::Pod]],
        "both towns are in Illinois"
    );
    assert!(self::read("12 Elm Ct, Ada, OK 74820").candidates.is_empty());
}

#[test]
fn the_county_is_filled_in_and_what_the_tables_do_not_know_is_said() {
    let notes = |text: &str| read(text).notes.join(" ");
    let seattle = read("2121 7th Ave, Fl 5, Seattle, WA 98121");
    assert_eq!(seattle.fields.get(CivicKey::A2), Some("King County"));
    assert_eq!(
        seattle.notes,
        ["The county was filled in from the ZIP code."]
    );
    let written = read("12 Elm Ct, Ada, Johnston County, OK 74820");
    assert_eq!(written.fields.get(CivicKey::A2), Some("Johnston County"));
    #[rustfmt::skip]
    let table = [
        ("2121 7th Ave, Seattle, OR 98121", "This ZIP code is known in WA"),
        ("2121 7th Ave, Tacoma, WA 98121", "This ZIP code is known for Seattle"),
        ("2121 7th Ave, Seattle, OR", "No place of this name is known in this state"),
    ];
    for (text, expected) in table {
        assert!(notes(text).contains(expected), "{text}: {}", notes(text));
        assert!(
            read(text)
                .problems
                .iter()
                .all(|p| p.code == ProblemCode::Missing)
        );
    }
    assert!(!notes("2121 7th Ave, Seattle, WA").contains("known"));
    let doubtful = read("2121 7th Ave, Tacoma, WA 98121");
    assert_eq!(doubtful.fields.get(CivicKey::A2), None);
}

#[test]
fn spans_say_what_was_understood_and_what_was_not() {
    let text = "12 Elm Ct, Ada, OK 74820 ";
    let spans: Vec<String> = read(text).spans.iter().map(ToString::to_string).collect();
    assert_eq!(
        spans,
        [
            "HNO 0..2",
            "RD 3..6",
            "STS 7..9",
            "A3 11..14",
            "A1 16..18",
            "PC 19..24"
        ]
    );
    let read = read("12 Elm Ct PO Box 45 Ada OK 74820");
    assert!(read.spans.iter().any(|span| span.field.is_none()));
    assert!(read.notes.iter().any(|note| note.contains("PO box")));
}

#[test]
fn what_is_still_being_typed_is_read_as_far_as_it_goes() {
    #[rustfmt::skip]
    let table = [
        ("2121", "HNO=2121"),
        ("2121 7", "HNO=2121 RD=7"),
        ("2121 7th", "HNO=2121 RD=7th"),
        ("2121 7th Av", "HNO=2121 RD=7th STS=Av"),
        ("2121 7th Ave,", "HNO=2121 RD=7th STS=Ave"),
        ("2121 7th Ave, S", "HNO=2121 RD=7th STS=Ave POD=S"),
        ("2121 7th Ave, Sea", "HNO=2121 RD=7th STS=Ave A3=Sea"),
        ("2121 7th Ave, Seattle, W", "HNO=2121 RD=7th STS=Ave A3=Seattle"),
        ("2121 7th Ave, Seattle, WA", "HNO=2121 RD=7th STS=Ave A3=Seattle A1=WA"),
        ("2121 7th Ave, Seattle, WA 9", "HNO=2121 RD=7th STS=Ave A3=Seattle A1=WA PC=9"),
        ("2121 7th Ave, Seattle, WA 9812", "HNO=2121 RD=7th STS=Ave A3=Seattle A1=WA PC=9812"),
        ("2121 7th Ave, Seattle, WA 98121-", "HNO=2121 RD=7th STS=Ave A3=Seattle A1=WA PC=98121"),
    ];
    for (text, expected) in table {
        assert_eq!(fields(&read(text).fields), expected, "{text}");
    }
}

#[test]
fn puerto_rico_is_a_state_of_its_address_and_needs_no_telling() {
    let read = interpret(
        &TypedAddress::from("B40 Calle 1, Urb Las Lomas, San Juan 00921"),
        Some(Country::Pr),
    );
    assert_eq!(
        fields(&read.fields),
        "HNO=B40 RD=Calle 1 A3=San Juan A1=PR PC=00921 A5=Urb Las Lomas"
    );
    assert_eq!(codes(&read), "");
}

#[test]
fn a_text_of_any_length_is_refused_at_once() {
    for text in ["x".repeat(10_000_000), "é".repeat(2_001), "1 ".repeat(900)] {
        assert_eq!(codes(&read(&text)), "TooLong");
    }
    assert_eq!(codes(&read(&",".repeat(1_000))), "NotAnAddress");
    assert_eq!(
        codes(&read(&format!("{}12 Elm Ct", ",".repeat(1_000)))).len(),
        34
    );
}

#[test]
fn debug_never_shows_what_was_typed() {
    let typed = TypedAddress::from("12 Planted St");
    assert_eq!(format!("{typed:?}"), "TypedAddress(13 bytes)");
    assert!(!format!("{:?}", read(typed.as_str())).contains("Planted"));
}

/// Words that exercise the tables, in any order.
fn wordy() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "12",
        "rue",
        "boul",
        "Québec",
        "M5V",
        "2T6",
        "bureau",
        "étage",
        "URB",
        "CALLE",
        "Km",
        "4-155",
        "NY14850",
        "48S",
        "5th",
        "N",
        "NW",
        "Main",
        "St",
        "Ave",
        "Apt",
        "4B",
        "#",
        "Floor",
        "3rd",
        "Ste",
        "St.",
        "Louis",
        "Hwy",
        "US",
        "County",
        "Road",
        "GV",
        "attn:",
        "PO",
        "Box",
        "WA",
        "98121",
        "98121-1234",
        "New",
        "York",
        "one",
        "½",
        "1/2",
        "W148",
        "N9748",
        "de",
        "la",
        "&",
        "Unit",
        "Bldg",
        "of",
        "the",
        "USA",
        "no",
        "zip",
        "Calle",
        "é",
        "🚑",
        "Suite550",
        "Lobby",
        "Ext",
    ]);
    let gap = prop::sample::select(vec![" ", ", ", "\n", "  ", "-", " - ", " ("]);
    prop::collection::vec((word, gap), 0..24).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect()
    })
}

proptest! {
    #[test]
    fn never_panics_and_spans_are_whole(text in prop_oneof![any::<String>(), wordy()]) {
        for country in Country::ALL.map(Some).into_iter().chain([None]) {
            let read = interpret(&TypedAddress::from(&*text), country);
            let mut end = 0;
            for span in &read.spans {
                prop_assert!(span.bytes.start >= end && span.bytes.end > span.bytes.start);
                prop_assert!(text.get(span.bytes.clone()).is_some());
                let units = span.utf16(&text);
                prop_assert!(units.end <= text.encode_utf16().count());
                end = span.bytes.end;
            }
        }
    }

    #[test]
    fn the_same_text_is_always_read_the_same(text in wordy()) {
        prop_assert_eq!(read(&text), read(&text));
    }

    /// Nothing is invented: every word of a value stands in the text, apart from what has a
    /// standard form.
    #[test]
    fn every_value_comes_from_the_text(text in wordy()) {
        let plain = text.replace(['.', '-', '/', '½', ',', '('], " ").to_lowercase();
        for (key, value) in read(&text).fields.iter() {
            if matches!(key, CivicKey::Country | CivicKey::A1 | CivicKey::A2 | CivicKey::Hno | CivicKey::Hns | CivicKey::Pc) {
                continue;
            }
            for word in value.to_lowercase().replace(['.', '-', '/', '½'], " ").split_whitespace() {
                let found = plain.contains(word) || key == CivicKey::Flr;
                prop_assert!(found, "{} holds a word that was not written", key);
            }
        }
    }

    /// What is rendered on one line for people is read back as it was.
    #[test]
    fn one_line_reads_back(
        number in 1_u32..99_999,
        before in prop::sample::select(vec!["", "N", "SW"]),
        name in prop::sample::select(vec!["Main", "7th", "Martin Luther King", "Oak Hill", "K"]),
        suffix in prop::sample::select(vec!["St", "Ave", "Boulevard", "Ln", "Pkwy"]),
        after in prop::sample::select(vec!["", "NE", "S"]),
        floor in prop::sample::select(vec!["", "5", "12"]),
        unit in prop::sample::select(vec!["", "apartment 4B", "suite 100"]),
        seat in prop::sample::select(vec!["", "WS 181", "Desk 7"]),
        city in prop::sample::select(vec!["Seattle", "Salt Lake City", "St Louis", "West Palm Beach"]),
        code in prop::sample::select(vec!["98121", "84111-1234"]),
    ) {
        let mut address = CivicAddress::new();
        for (key, value) in [
            (CivicKey::Country, "US"), (CivicKey::Hno, &*number.to_string()),
            (CivicKey::Prd, before), (CivicKey::Rd, name), (CivicKey::Sts, suffix),
            (CivicKey::Pod, after), (CivicKey::Flr, floor), (CivicKey::Unit, unit),
            (CivicKey::Seat, seat), (CivicKey::A3, city), (CivicKey::A1, "WA"),
            (CivicKey::Pc, code),
        ] {
            address.set(key, value).unwrap();
        }
        let line = one_line(&address);
        prop_assert_eq!(fields(&read(&line).fields), fields(&address), "{}", line);
    }
}
