//! The binary as scripts see it: what goes to which stream, and with what it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

fn run(folder: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_whereabouts-server"))
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

#[test]
fn a_fresh_folder_and_four_commands() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for _ in 0..2 {
        let demo = run(here, &["demo"], "");
        assert_eq!(demo.status.code(), Some(0), "{}", text(&demo.stderr));
    }
    let enrol = run(here, &["enrol", "maria.chen"], "");
    assert_eq!(enrol.status.code(), Some(0));
    let code = text(&enrol.stdout).trim_end();
    assert_eq!((code.len(), code.matches('-').count()), (14, 2));
    assert!(text(&enrol.stderr).contains("Maria Chen"));
    let words = ["keys", "create", "--role", "telephony", "--name", "demo"];
    let key = run(here, &words, "");
    assert!(text(&key.stdout).starts_with("wk_demo_"));
    assert_eq!(
        run(here, &words, "").status.code(),
        Some(1),
        "the name is taken"
    );
    assert_eq!(run(here, &["enrol", "nobody"], "").status.code(), Some(1));

    fs::write(
        here.join("seats.csv"),
        "seat_id,site_id,floor,label\nSEA-5-192,SEA,5,WS 192\nX,NOWHERE,5,X\n",
    )
    .unwrap();
    let seats = run(here, &["seats", "import", "seats.csv"], "");
    assert_eq!(seats.status.code(), Some(2));
    assert_eq!(
        text(&seats.stdout),
        "seats.csv: 1 added, 0 changed, 0 unchanged, 1 bad\n"
    );
    assert!(text(&seats.stderr).contains("line 3, column site_id"));
    let missing = run(here, &["seats", "import", "missing.csv"], "");
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn addresses_are_rendered_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"{"id":1,"civic":{"HNO":"2121","RD":"7th","STS":"Ave","A3":"Seattle","A1":"WA","PC":"98121"}}"#;
    let words = ["address", "render", "--profile", "one-line"];
    let good = run(folder.path(), &words, line);
    assert_eq!(good.status.code(), Some(0));
    assert_eq!(
        text(&good.stdout),
        "{\"id\":1,\"text\":\"2121 7th Ave, Seattle, WA 98121\",\"notes\":[]}\n"
    );
    let bad = run(folder.path(), &words, &format!("nonsense\n{line}\n"));
    assert_eq!(bad.status.code(), Some(2));
    assert_eq!(text(&bad.stdout).lines().count(), 2);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "no store is made for this"
    );
}
