//! The guide as a whole: files of every layout in, letters and suggestions out.

use super::*;
use crate::{CivicAddress, CivicKey};

const HEADER: &str = "PRD,RD,STS,POD,LOW,HIGH,OE,COMMUNITY,STATE,ESN,COUNTYID,EXCHANGE\n";

fn read(text: &str, layout: &Layout) -> (GuideFile, String) {
    let mut said = String::new();
    let file = GuideFile::read(text.as_bytes(), layout, |problem| {
        said.push_str(&format!("{problem}\n"));
    });
    (file.unwrap(), said)
}

fn guide(rows: &str) -> StreetGuide {
    let (file, said) = read(&format!("{HEADER}{rows}"), &Layout::auto());
    assert_eq!(said, "");
    file.guide
}

/// `HNO|PRD|RD|STS|POD|A3|A1`
fn address(parts: &str) -> CivicAddress {
    use CivicKey::{A1, A3, Hno, Pod, Prd, Rd, Sts};
    let mut address = CivicAddress::new();
    for (key, value) in [Hno, Prd, Rd, Sts, Pod, A3, A1]
        .into_iter()
        .zip(parts.split('|'))
    {
        address.set(key, value).unwrap();
    }
    address
}

/// The letter, the field, the ESN, and each suggestion with its sentence.
fn said(guide: &StreetGuide, parts: &str) -> String {
    let address = address(parts);
    let checked = guide.check(&Question::of(&address));
    let mut said = checked.outcome.letter().to_string();
    if let Some(field) = checked.field {
        said.push_str(&format!(" {field}"));
    }
    if let Some(esn) = checked.esn {
        said.push_str(&format!(" {esn}"));
    }
    for suggestion in checked.suggestions {
        said.push_str(&format!("\n{}", suggestion.text));
        assert_eq!(
            guide.outcome(&Question::of(&suggestion.address)),
            Outcome::V
        );
    }
    said
}

const PINE: &str = "\
E,PINE,ST,,200,298,E,SEATTLE,WA,00101,0001,XXXX
E,PINE,ST,,201,299,O,SEATTLE,WA,00101,0001,XXXX
W,PINE,ST,,1,99,B,SEATTLE,WA,00102,0001,XXXX
,PINE,AVE,,500,598,E,SEATTLE,WA,00103,0001,XXXX
,PINE,ST,,700,798,E,ST MARYS,WA,00104,0001,XXXX
,OAK,ST,,1,99,B,BALLARD,WA,00105,0001,XXXX
,HARBOR,WAY,NE,1,99,B,SEATTLE,WA,00106,0001,XXXX
";

#[test]
fn each_letter_has_its_case_and_leads_to_v() {
    let guide = guide(PINE);
    let cases = [
        "204|E|Pine|St||Seattle|WA",
        "|E|Pine|St||Seattle|WA",
        "204|E|||| Seattle|WA",
        "204|E|Pine|St|||WA",
        "204|E|Pine|Street||Ballard|WA",
        "204|E|Pine|Ave||Seattle|WA",
        "204||Pine|St||Seattle|WA",
        "204|West|Pine|St||Seattle|WA",
        "305|E|Pine|St||Seattle|WA",
        "502||Pine|St||Seattle|WA",
        "503||Pine|Ave||Seattle|WA",
        "702||Pine|St||Saint Mary's|WA",
        "204|E|Pnie|St||Seattle|WA",
        "4|NE|Harbor|Way||Seattle|WA",
        "4||Elm|St||Seattle|WA",
        "204|E|PINE|AVE||SEATTLE|WA",
        "204|E|Pine|St||Seattle|OR",
    ];
    let all = cases.map(|case| format!("{case}: {}\n", said(&guide, case)));
    insta::assert_snapshot!(all.concat());
}

#[test]
fn a_suffix_or_a_direction_is_the_same_however_it_is_written() {
    let guide = guide("N,MAIN,AVENUE,NORTHWEST,1,99,B,A,WA,1,,\n");
    for parts in ["5|N|Main|Ave|NW|a|WA", "5|North|MAIN|av|N W|A|washington"] {
        assert_eq!(said(&guide, parts), "V 1", "{parts}");
    }
}

#[test]
fn ranges_that_overlap_are_a_multiple_match_and_the_same_row_twice_is_not() {
    let rows = "E,10TH,AVE,,55,401,B,EUGENE,OR,1,,\nE,10TH,AVE,,55,401,B,EUGENE,OR,1,,\n";
    let (file, _) = read(&format!("{HEADER}{rows}"), &Layout::csv());
    assert_eq!((file.rows, file.repeated, file.guide.len()), (2, 1, 1));
    let overlapping = "E,10TH,AVE,,121,285,O,EUGENE,OR,2,,\n";
    let guide = guide(&format!("{rows}{overlapping}"));
    assert_eq!(said(&guide, "121|E|10th|Ave||Eugene|OR"), "M");
    assert_eq!(said(&guide, "122|E|10th|Ave||Eugene|OR"), "V 1");
}

#[test]
fn numbers_with_letters_hyphens_and_grids_are_in_ranges_of_their_own_shape() {
    let guide = guide(
        "\
,GRID,RD,,N6W23001,N6W23099,O,A,WI,1,,
,QUEENS,BLVD,,92-02,92-98,E,A,WI,2,,
,ALLEY,,,1A,1H,B,A,WI,3,,
,PLAIN,ST,,100,198,E,A,WI,4,,
,BARE,LN,,,,B,A,WI,5,,
,ZERO,LN,,00000000,00000000,B,A,WI,6,,
",
    );
    for (parts, expected) in [
        ("N6W23045||Grid|Rd||A|WI", "V 1"),
        ("92-10||Queens|Blvd||A|WI", "V 2"),
        ("1c||Alley|||A|WI", "V 3"),
        ("102B||Plain|St||A|WI", "V 4"),
        ("7||Bare|Ln||A|WI", "V 5"),
        ("||Bare|Ln||A|WI", "V 5"),
        ("7||Zero|Ln||A|WI", "V 6"),
    ] {
        assert_eq!(said(&guide, parts), expected, "{parts}");
    }
    for parts in [
        "N6W23046||Grid|Rd||A|WI",
        "9210||Queens|Blvd||A|WI",
        "92-11||Queens|Blvd||A|WI",
        "198A||Plain|St||A|WI",
        "#?||Plain|St||A|WI",
    ] {
        assert!(said(&guide, parts).starts_with("A HNO"), "{parts}");
    }
}

#[test]
fn the_exchange_counts_when_it_is_asked_for_and_known() {
    let guide = guide(",OAK,ST,,1,99,B,A,WA,1,,206441\n,ELM,ST,,1,99,B,A,WA,1,,XXXX\n");
    let ask = |parts, exchange| {
        let address = address(parts);
        let exchange = Some(exchange);
        let address = &address;
        guide.outcome(&Question { address, exchange })
    };
    assert_eq!(ask("5||Oak|St||A|WA", "206441"), Outcome::V);
    assert_eq!(ask("5||Oak|St||A|WA", "206999"), Outcome::E);
    assert_eq!(ask("5||Oak|Ave||A|WA", "206999"), Outcome::O);
    assert_eq!(ask("5||Elm|St||A|WA", "206999"), Outcome::V);
}

#[test]
fn intrado_and_kansas_write_the_street_whole() {
    let intrado = "DI,STREET,LOW,HIGH,COMM,ST,O_E,ESN,DATE MODIFIED,EXCHANGE,ENTITY,MSAG\n\
        E,10TH AVE,55,401,EUGENE,OR,B,1,2002-04-02,,41,LANEOR\n\
        ,AVENUE A,1,99,EUGENE,OR,O,1,2002-04-02,,41,LANEOR\n\
        ,CRESCENT AVE SW,1,99,EUG,OR,B,1,2002-04-02,,41,LANEOR\n";
    for layout in [Layout::auto(), Layout::intrado()] {
        let (file, problems) = read(intrado, &layout);
        assert_eq!(problems, "");
        assert_eq!(file.unread, ["DATE MODIFIED", "ENTITY", "MSAG"]);
        assert_eq!(said(&file.guide, "60|E|10th|Avenue||Eugene|OR"), "V 1");
        assert_eq!(said(&file.guide, "61||Avenue A|||Eugene|OR"), "V 1");
        assert!(said(&file.guide, "61||Crescent|Ave||Eug|OR").starts_with("P POD"));
        assert!(said(&file.guide, "60|E|10th|St||Eugene|OR").starts_with("T STS"));
    }
    let kansas = "DIR,STREET,COMMUNITY,ESN,L_Low,L_High\nN,MAIN ST,TOPEKA,12,1,99\n";
    let (file, problems) = read(kansas, &Layout::auto());
    assert_eq!(problems, "");
    assert_eq!(said(&file.guide, "5|N|Main|St||Topeka|KS"), "V 12");
}

#[test]
fn the_tape_has_its_values_at_their_places() {
    let row = |prefix: &str, street: &str, low: &str, high: &str, community: &str| {
        let blank = " ".repeat(8);
        let zeros = "0".repeat(8);
        format!(
            "{prefix:<2}{street:<48}{blank}{low:>8}{blank}{zeros}{blank}{high:>8}{blank}{zeros}\
             {community:<32}WA0001\n"
        )
    };
    let text = [
        row("E", "PINE ST", "00000200", "00000298", "SEATTLE"),
        row("", "OLD RIVER RD NW", "", "", "BALLARD"),
        row("N", "", "00000001", "00000009", "BALLARD"),
    ]
    .concat();
    for layout in [Layout::auto(), Layout::att_tape()] {
        let (file, problems) = read(&text, &layout);
        assert_eq!(problems, "line 3, column 3-50 (street): it is empty\n");
        assert_eq!(said(&file.guide, "205|E|Pine|St||Seattle|WA"), "V");
        assert_eq!(said(&file.guide, "||Old River|Rd|NW|Ballard|WA"), "V");
    }
}

#[test]
fn a_map_of_ones_own_names_places_and_aliases() {
    let map = serde_json::json!({"format": "csv", "delimiter": ";", "state": "OR",
        "columns": {"street": "Calle", "low": "de", "high": "a", "community": "lugar"},
        "community_aliases": {"Eug.": "Eugene"}});
    let layout: Layout = serde_json::from_value(map).unwrap();
    let (file, problems) = read("Calle;de;a;lugar\nMain St;1;99;EUG\n", &layout);
    assert_eq!(problems, "");
    assert_eq!(said(&file.guide, "5||Main|St||Eugene|OR"), "V");
    assert_eq!(said(&file.guide, "5||Main|St||eug|OR"), "V");
}

#[test]
fn a_bad_row_is_named_by_line_column_and_reason_and_spoils_nothing() {
    let rows = "\
,GOOD,ST,,1,99,B,A,WA,1,,
,,ST,,1,99,B,A,WA,1,,
,LOW,ST,,,99,B,A,WA,1,,
,BACKWARDS,ST,,99,1,B,A,WA,1,,
,WORDS,ST,,one,99,X,,WA,1,,
,SHORT,ST
,OPEN,\"ST,,1,99,B,A,WA,1,,
,CONTROL\u{7},ST,,1,99,B,A,WA,1,,
,SHAPES,ST,,1,9A,B,A,WA,1,,
,,,,,,,,,,,
,LONG,ST,,1,1234567890,B,A,WA,1,,
,LAST,ST,,1,99,B,A,WA,1,,";
    let (file, problems) = read(&format!("{HEADER}{rows}"), &Layout::auto());
    assert_eq!((file.rows, file.bad_rows), (2, 9));
    insta::assert_snapshot!(problems);
}

#[test]
fn a_header_that_cannot_be_understood_stops_everything_and_says_why() {
    let mut all = String::new();
    for text in [
        "",
        "\u{feff}\n\n",
        "hello\nworld\n",
        "RD,STREET,LOW,HIGH,COMMUNITY\nA,A,1,2,B\n",
        "\"RD,LOW\n",
        "PK\u{3}\u{4}\n",
    ] {
        let (file, problems) = read(text, &Layout::auto());
        assert!(file.guide.is_empty());
        all.push_str(&format!("{problems}\n"));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_is_written_reads_back_as_the_same_guide() {
    let map = serde_json::json!({"format": "csv", "columns": {}, "whole_street": true,
        "community_aliases": {"EUG": "EUGENE"}});
    let whole: Layout = serde_json::from_value(map).unwrap();
    let rows = format!(
        "{PINE},92-10,,,92-02,92-98,O,\"A, B\",WI,\"1,\"\"2\"\"\",,\n,ZERO,,,,,,EUGENE,OR,,,503\n"
    );
    for layout in [Layout::auto(), whole] {
        let (file, _) = read(&format!("{HEADER}{rows}"), &layout);
        let written = |guide: &StreetGuide| {
            let mut bytes = Vec::new();
            guide.write(&mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let first = written(&file.guide);
        let (again, problems) = read(&first, &Layout::auto());
        assert_eq!(problems, "");
        assert_eq!(written(&again.guide), first);
        assert_eq!(again.guide.len(), 9);
        for parts in [
            "204|E|Pine|St||Seattle|WA",
            "92-11||92-10|||A B|WI",
            "||Zero|||eug|OR",
        ] {
            assert_eq!(
                said(&again.guide, parts),
                said(&file.guide, parts),
                "{parts}"
            );
        }
    }
}

#[test]
fn a_guide_covers_the_places_it_has_streets_in() {
    let guide = guide(PINE);
    assert!(guide.covers(&address("1||Elm|||seattle|WA")));
    assert!(!guide.covers(&address("204|E|Pine|St||Seattle|OR")));
    assert!(!guide.covers(&address("204|E|Pine|St||Portland|WA")));
}

#[test]
fn nothing_makes_it_stumble() {
    let guide = guide(PINE);
    for nasty in [
        "🏢",
        "\u{202e}",
        "x\u{301}",
        &"9".repeat(256),
        "-",
        "½",
        "1/",
        "Ǆ",
    ] {
        for key in CivicKey::ALL {
            let mut address = address("204|E|Pine|St||Seattle|WA");
            address.set(key, nasty).unwrap();
            let _ = guide.check(&Question::of(&address));
        }
        let _ = read(
            &format!("{HEADER}{nasty},{nasty},{nasty}\n"),
            &Layout::auto(),
        );
        let _ = read(&nasty.repeat(200), &Layout::att_tape());
    }
}

proptest::proptest! {
    #[test]
    fn any_file_is_read_and_any_address_is_answered(text in "(?s).{0,400}", name in ".{0,40}") {
        for layout in [Layout::auto(), Layout::csv(), Layout::intrado(), Layout::att_tape()] {
            let file = GuideFile::read(text.as_bytes(), &layout, |_| ()).unwrap();
            let mut address = CivicAddress::new();
            for key in [CivicKey::Hno, CivicKey::Rd, CivicKey::A3] {
                let _ = address.set(key, &name);
            }
            let _ = file.guide.check(&Question::of(&address));
        }
    }
}
