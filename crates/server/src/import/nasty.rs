//! What a file can do to the import, whole: one hostile file of each kind, and what is said about it.

use std::{fs, path::Path};

use super::{Organisation, Parsed, Problem, agents, contacts, numbers, plan, seats, sites};

fn said<R>(parsed: &Parsed<R>, name: impl Fn(&R) -> String) -> String {
    let taken: Vec<String> = parsed
        .rows
        .iter()
        .map(|(line, row)| format!("line {line} taken: {}\n", name(row)))
        .collect();
    let problems: Vec<String> = parsed.problems.iter().map(|p| format!("{p}\n")).collect();
    format!("{}{}", taken.concat(), problems.concat())
}

#[test]
fn agents_as_spreadsheets_and_enemies_write_them() {
    let mut file = Vec::new();
    file.extend_from_slice(
        b"\xef\xbb\xbf Display_Name ,USERNAME,country,role,aliasses,direct_number,default_site,team,\r\n",
    );
    let rows: &[&[u8]] = &[
        b"Maria Chen,maria.chen,us,,sip:x,+1 (206) 441-0141,SEA,Care,",
        b"",
        b",,,,,,,,",
        b"Sam,sam,US,boss,,2064410142,S EA,,",
        b"NUL\0Person,nul,US,,,,,,",
        b"Latin,\xe9lan,US,,,,,,",
        b"Short,short,US",
        b"\"Open,open,US,,,,,,",
        b"\"Two\r\nlines\",two.lines,US,,,,,,",
        b"Twice,Maria.Chen,US,,,,,,",
        b",no.name,SE,,,+12065550123,,,",
        b"Canadian,canadian,US,,,+14165550123,,,",
        b"Fine,fine,GB,agent,,+442079460123,,,",
    ];
    for row in rows {
        file.extend_from_slice(row);
        file.extend_from_slice(b"\r\n");
    }
    file.extend_from_slice(b"Long,");
    file.extend_from_slice(&vec![b'x'; 10 << 20]);
    file.extend_from_slice(b",US,,,,,,\nLast,last,US,,,,,,");
    let parsed = agents(&file, Organisation::Real);
    insta::assert_snapshot!(said(&parsed, |agent| format!(
        "{} {:?} {} {:?}",
        agent.username, agent.display_name, agent.country, agent.direct_number
    )));
}

#[test]
fn sites_need_an_address_that_help_can_be_sent_to() {
    let file = "site_id,name,country,A1,A3,HNO,PRD,RD,STS,PC,time_zone,fallback_number,zip\n\
        SEA,Seattle,US,WA,Seattle,2121,,7th,Ave,98121,america/los_angeles,+12064410100,\n\
        NONE,No street,US,WA,Seattle,,,,,98121,,,\n\
        ZONE,Bad zone,US,WA,Seattle,1,,Pine,St,98121,America/Los_Angles,+12065550100,\n\
        a/b,Bad name,XX,WA,Seattle,1,,Pine,St,98121,,,\n\
        ,,,,,,,,,,,,\n";
    let parsed = sites(file.as_bytes(), Organisation::Real);
    insta::assert_snapshot!(said(&parsed, |record| format!(
        "{} {}",
        record.site.id, record.time_zone
    )));
}

#[test]
fn seats_stand_on_the_plan_or_nowhere() {
    let file = "y,x,seat_id,site_id,floor,label\n\
        0.5,0.25,SEA-5-181,SEA,5,WS  181\n\
        ,,SEA-5-182,SEA,5,WS 182\n\
        0.5,,SEA-5-183,SEA,5,WS 183\n\
        1.01,NaN,SEA-5-184,SEA,5,WS 184\n\
        \"0,5\",-0,SEA-5-185,SEA,5,WS 185\n\
        0,1,SEA-5-186,SEA,,\n\
        0,1,SEA-5-181,SEA,5,Again\n";
    let parsed = seats(file.as_bytes());
    insta::assert_snapshot!(said(&parsed, |seat| format!(
        "{} {:?} {:?}",
        seat.id, seat.label, seat.position
    )));
}

#[test]
fn numbers_are_those_that_carriers_take() {
    let file = "number,site_id,platform\n\
        +12064410123,SEA,SIP\n\
        +1 206-441-0123,SEA,sip\n\
        +12065550123,SEA,sip\n\
        +17874410123,,\n\
        +14164410123,,\n\
        +442079460123,,\n\
        +4512345678,,\n\
        +33123456789,,\n\
        +18764410123,,\n\
        911,,\n\
        ,SEA,\n";
    let parsed = numbers(file.as_bytes(), Organisation::Real);
    let name = |record: &crate::store::NumberRecord| {
        format!("{} {} {:?}", record.number, record.country, record.platform)
    };
    insta::assert_snapshot!(said(&parsed, name));
    let parsed = numbers(file.as_bytes(), Organisation::Sample);
    assert_eq!(parsed.rows.len(), 6, "the sample may have 555-0123");
}

#[test]
fn a_header_that_cannot_be_understood_stops_everything_and_says_why() {
    let files: [&[u8]; 8] = [
        b"",
        b"\r\n\r\n",
        b"\xff\xfen\0u\0m\0",
        b"username,display_name\nmaria,Maria\n",
        b"username,country,username,display_name\nm,US,m,Maria\n",
        b"username;display_name;country\nm;Maria;US\n",
        b"user_name,display_name,country\nm,Maria,US\n",
        b"\"username,display_name,country\nm,Maria,US\n",
    ];
    let mut all = String::new();
    for file in files {
        let parsed = agents(file, Organisation::Real);
        assert!(parsed.rows.is_empty());
        all.push_str(&said(&parsed, |_| String::new()));
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

/// Reads bytes as every file that there is, and looks whether the answers hold together.
fn read_as_everything(bytes: &[u8]) {
    fn look<R>(parsed: &Parsed<R>) {
        assert!(parsed.rows.is_sorted_by(|one, next| one.0 < next.0));
        assert!(parsed.problems.is_sorted_by_key(|problem| problem.line));
        // Somebody who cannot be told is left out of a row that is good otherwise.
        let left_out = |problem: &&Problem| {
            matches!(
                problem.column.as_deref(),
                Some("email" | "emergency_contacts" | "webhook")
            )
        };
        for problem in parsed.problems.iter().filter(|p| !left_out(p)) {
            let good = |row: &(u64, R)| Some(row.0) == problem.line;
            assert!(!parsed.rows.iter().any(good), "{problem}");
        }
    }
    for organisation in [Organisation::Real, Organisation::Sample] {
        look(&agents(bytes, organisation));
        look(&numbers(bytes, organisation));
        look(&sites(bytes, organisation));
    }
    look(&seats(bytes));
    look(&contacts(bytes));
    if let Ok(taken) = plan(bytes) {
        assert_eq!(plan(taken.as_bytes()), Ok(taken.clone()));
    }
}

#[test]
fn what_the_fuzzer_found_is_read_without_a_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/import");
    let mut read = 0;
    for entry in fs::read_dir(folder).unwrap() {
        read_as_everything(&fs::read(entry.unwrap().path()).unwrap());
        read += 1;
    }
    assert!(read >= 10, "{read} files");
}

proptest::proptest! {
    #[test]
    fn any_file_behind_a_header_is_read(
        header in proptest::sample::select(&[
            "username,display_name,country,direct_number,aliases",
            "site_id,name,country,A1,A3,HNO,RD,PC,time_zone,fallback_number",
            "seat_id,site_id,floor,label,x,y",
            "number,site_id,platform",
            "",
        ][..]),
        rows in "(?s)([a-zA-Z0-9+., \"\\n\\r]|[\"\\n,]|.){0,300}",
    ) {
        read_as_everything(format!("{header}\n{rows}").as_bytes());
    }
}
