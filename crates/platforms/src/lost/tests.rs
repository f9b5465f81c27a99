//! Against a server on a socket of its own: what it is asked, and what becomes of what it says.

use std::{
    process::{Command, Stdio},
    sync::{Arc, Mutex},
};

use jiff::Timestamp;
use location::{CivicAddress, CivicKey};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

use super::{LostServer, request::find_service};
use crate::{AddressValidator as _, FieldState, Finding, Validation};

/// A LoST server that gives these answers, one after the other and the last for ever.
struct Stub {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Stub {
    async fn answering(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/validate", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        let serving = tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let mut bytes = Vec::new();
                while !is_whole(&bytes) {
                    if socket.read_buf(&mut bytes).await.unwrap() == 0 {
                        break;
                    }
                }
                let count = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(String::from_utf8(bytes).unwrap());
                    seen.len()
                };
                let answer = &answers[count.min(answers.len()) - 1];
                if answer == "SILENCE" {
                    // Keeps the line open and says nothing.
                    tokio::spawn(async move {
                        let mut rest = Vec::new();
                        let _ = socket.read_to_end(&mut rest).await;
                    });
                    continue;
                }
                let head = match answer.strip_prefix("HTTP ") {
                    Some(status) => format!("HTTP/1.1 {status} X\r\n"),
                    None => "HTTP/1.1 200 OK\r\n".to_owned(),
                };
                let whole = format!(
                    "{head}content-type: application/lost+xml\r\ncontent-length: {}\r\n\
                     connection: close\r\n\r\n{answer}",
                    answer.len()
                );
                // A client that has read enough hangs up.
                let _ = socket.write_all(whole.as_bytes()).await;
            }
        });
        Self {
            url,
            asked,
            serving,
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .to_ascii_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    length.is_some_and(|length| body.len() >= length)
}

fn seventh_avenue() -> CivicAddress {
    serde_json::from_str(
        r#"{"country":"US","A1":"WA","A2":"King","A3":"Seattle","PRD":"N","RD":"7th & <Main>",
            "STS":"Ave","HNO":"2121","FLR":"5","SEAT":"WS 181","NAM":"Maria Chen","LOC":"left"}"#,
    )
    .unwrap()
}

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// An answer with these lists; the prefix of the civic namespace is theirs to choose.
fn found(prefix: &str, expires: &str, lists: &str, more: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<l:findServiceResponse xmlns:l="urn:ietf:params:xml:ns:lost1" xmlns:{prefix}="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">
  <l:mapping expires="{expires}" lastUpdated="2026-11-01T01:00:00Z" source="lvf.king.example" sourceId="7e3f">
    <l:displayName xml:lang="en">King County 911</l:displayName>
    <l:service>urn:service:sos</l:service><l:uri>sip:911@king.example</l:uri>
  </l:mapping>
  <l:locationValidation>{lists}</l:locationValidation>{more}
  <l:path><l:via source="lvf.king.example"/></l:path><l:locationUsed id="address"/>
</l:findServiceResponse>"#
    )
}

fn errors(inside: &str) -> String {
    format!(
        r#"<errors xmlns="urn:ietf:params:xml:ns:lost1" source="lvf.example">{inside}</errors>"#
    )
}

async fn ask(answers: &[&str]) -> (Validation, Vec<String>) {
    let stub = Stub::answering(answers.iter().map(ToString::to_string).collect()).await;
    let server = LostServer::new(&stub.url).unwrap();
    let said = server.validate(&seventh_avenue(), now()).await;
    let asked = stub.asked();
    (said, asked)
}

async fn answered(answer: &str) -> Finding {
    match ask(&[answer]).await.0 {
        Validation::Answered(finding) => finding,
        other @ (Validation::NotCovered { .. } | Validation::Silent { .. }) => {
            panic!("{other:?}")
        }
    }
}

async fn because(answer: &str) -> String {
    match ask(&[answer]).await.0 {
        Validation::Silent { because } => because,
        Validation::NotCovered { note, .. } => format!("(not covered) {}", note.unwrap()),
        Validation::Answered(finding) => panic!("{finding:?}"),
    }
}

const YES: &str = "<l:valid>ca:country ca:A1 ca:A2 ca:A3 ca:PRD ca:RD ca:STS ca:HNO</l:valid>\
                   <l:unchecked>ca:FLR</l:unchecked>";

#[tokio::test]
async fn the_request_is_what_the_rfc_wants_and_names_nobody() {
    let answer = found("ca", "NO-CACHE", YES, "");
    let (_, asked) = ask(&[&answer]).await;
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /validate HTTP/1.1"));
    assert!(
        head.to_ascii_lowercase()
            .contains("content-type: application/lost+xml")
    );
    insta::assert_snapshot!(body);
    for private in ["Maria", "WS 181", "left"] {
        assert!(!asked[0].contains(private));
    }
}

/// The schema of RFC 5222 stands with whoever checks out its facts, not here.
#[tokio::test]
async fn the_request_is_well_formed_to_somebody_else_too() {
    let checker = Command::new("xmllint")
        .args(["--nonet", "--noout", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut checker) = checker else {
        return;
    };
    let request = find_service(&seventh_avenue());
    std::io::Write::write_all(&mut checker.stdin.take().unwrap(), request.as_bytes()).unwrap();
    let done = checker.wait_with_output().unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[tokio::test]
async fn each_element_is_what_the_answers_own_namespaces_say() {
    let lists = "<l:valid>q:country q:A1 q:A2 q:A3 q:PRD q:RD</l:valid>\
                 <l:invalid> q:STS </l:invalid><l:unchecked>q:HNO ca:RD nobody:A1</l:unchecked>";
    let finding = answered(&found("q", "NO-CACHE", lists, "")).await;
    assert!(!finding.valid);
    assert_eq!(finding.by, "LoST lvf.king.example of 2026-11-01");
    let state = |key| finding.fields[&key].state;
    assert_eq!(state(CivicKey::Sts), FieldState::Invalid);
    assert_eq!(
        state(CivicKey::Rd),
        FieldState::Valid,
        "ca means nothing here"
    );
    assert_eq!(state(CivicKey::Hno), FieldState::Unchecked);
    assert_eq!(
        state(CivicKey::Seat),
        FieldState::Unchecked,
        "never asked about"
    );
}

#[tokio::test]
async fn a_house_number_that_is_not_checked_is_a_pass_with_a_note() {
    let lists = "<l:valid>ca:country ca:A1 ca:A2 ca:A3 ca:RD ca:STS</l:valid>\
                 <l:unchecked>ca:HNO</l:unchecked>";
    let warnings = "<l:warnings source=\"a\"><l:defaultMappingReturned/>\
                    <l:strange message=\"so &amp; so\"/></l:warnings>";
    let finding = answered(&found("ca", "NO-CACHE", lists, warnings)).await;
    assert!(finding.valid);
    insta::assert_snapshot!(finding.notes.join("\n"));
    let finding = answered(&found("ca", "NO-CACHE", YES, "")).await;
    assert!(finding.valid && finding.notes.is_empty());
}

#[tokio::test]
async fn errors_are_explained_by_name() {
    let mut all = String::new();
    for inside in [
        r#"<locationInvalid message="Required element ca:A2 is absent" xml:lang="en"/>"#,
        r#"<locationInvalid message="no such thing"/>"#,
        "<badRequest/>",
        "<forbidden message=\"&#x1B;[31mred\"/>",
        "<internalError/><serverTimeout/>",
        "<locationProfileUnrecognized/>",
        "<SRSInvalid/>",
        "<loop/>",
        "<notFound/>",
        "<serverError/>",
        "<serviceNotImplemented/>",
        "<whatever xmlns=\"urn:x\"/><newer/>",
        "",
    ] {
        all.push_str(&because(&errors(inside)).await);
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn an_answer_is_kept_until_it_expires_and_no_longer() {
    let until = |expires: &str| found("ca", expires, YES, "");
    for (expires, later, times) in [
        ("2026-11-20T10:00:00Z", "2026-11-20T09:59:59Z", 1),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", 2),
        ("2026-11-20T04:00:00-06:00", "2026-11-20T09:59:59Z", 1),
        ("NO-CACHE", "2026-11-20T09:00:00Z", 2),
        ("NO-EXPIRATION", "2026-11-26T09:00:00Z", 1),
        ("NO-EXPIRATION", "2027-11-26T09:00:00Z", 2),
        ("soon", "2026-11-20T09:00:00Z", 2),
    ] {
        let stub = Stub::answering(vec![until(expires)]).await;
        let server = LostServer::new(&stub.url).unwrap();
        for at in [now(), later.parse().unwrap()] {
            let said = server.validate(&seventh_avenue(), at).await;
            assert!(matches!(said, Validation::Answered(_)), "{said:?}");
        }
        assert_eq!(stub.asked().len(), times, "{expires} {later}");
    }
}

#[tokio::test]
async fn a_redirect_is_followed_once() {
    let to = |target: &str| {
        format!(
            r#"<redirect xmlns="urn:ietf:params:xml:ns:lost1" target="{target}" source="a" message="x"/>"#
        )
    };
    let there = Stub::answering(vec![found("ca", "NO-CACHE", YES, "")]).await;
    let host = there
        .url
        .trim_start_matches("http://")
        .trim_end_matches("/validate");
    for target in [host, &there.url] {
        let (said, _) = ask(&[&to(target)]).await;
        assert!(
            matches!(said, Validation::Answered(_)),
            "{target}: {said:?}"
        );
    }
    assert!(there.asked()[0].starts_with("POST /validate "));
    let onward = Stub::answering(vec![to(host)]).await;
    let said = because(&to(&onward.url)).await;
    assert!(said.contains("from one server to the next"), "{said}");
    for target in [
        "",
        "a b",
        "file:///etc/passwd",
        "u:p@host",
        "host/else",
        "host?x",
    ] {
        let said = because(&to(target)).await;
        assert!(
            said.contains("from one server to the next"),
            "{target}: {said}"
        );
    }
}

#[tokio::test]
async fn hostile_answers_are_refused() {
    let mut all = String::new();
    let deep = "<a>".repeat(100_000);
    let huge = " ".repeat(2 << 20);
    let many = "<a/>".repeat(20_000);
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>"#;
    for answer in [
        "",
        "hello",
        "<html><body/></html>",
        "<findServiceResponse/>",
        &found("ca", "NO-CACHE", YES, "")[..400],
        &format!("{bomb}{}", errors("<badRequest message=\"&b;\"/>")),
        &errors("<badRequest message=\"&b;\"/>"),
        &found("ca", "NO-CACHE", "<l:valid>&xxe;</l:valid>", ""),
        &errors(&deep),
        &errors(&many),
        &errors(&huge),
        "HTTP 500",
        "HTTP 302",
    ] {
        all.push_str(&because(answer).await);
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn silence_and_absence_end_within_three_seconds_and_say_so() {
    let started = tokio::time::Instant::now();
    let said = because("SILENCE").await;
    assert!(said.contains("did not answer in time"), "{said}");
    assert!(started.elapsed() < std::time::Duration::from_secs(3));
    let stub = Stub::answering(vec![String::new()]).await;
    let server = LostServer::new(&stub.url).unwrap();
    drop(stub);
    tokio::task::yield_now().await;
    let said = server.validate(&seventh_avenue(), now()).await;
    assert!(matches!(said, Validation::Silent { .. }), "{said:?}");
}

#[test]
fn only_the_web_can_be_asked_and_debug_says_only_whom() {
    for url in ["", "lvf.example", "ftp://lvf.example/", "file:///x"] {
        assert!(LostServer::new(url).is_err(), "{url}");
    }
    let server = LostServer::new("https://user:secret@lvf.example/validate?key=planted").unwrap();
    let shown = format!("{server:?}");
    assert!(
        shown.contains("lvf.example") && !shown.contains("secret") && !shown.contains("planted")
    );
}
