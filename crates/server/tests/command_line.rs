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
fn another_folder_is_not_taken_for_a_new_installation() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let create = ["keys", "create", "--role", "telephony", "--name", "pbx"];
    for words in [
        ["enrol", "maria.chen"].as_slice(),
        &create,
        &["keys", "list"],
        &["keys", "revoke", "pbx"],
        &["agents", "sign-out", "maria.chen"],
    ] {
        let lost = run(here, words, "");
        assert_eq!(lost.status.code(), Some(1), "{words:?}");
        let said = text(&lost.stderr);
        let store = here.join("whereabouts.db");
        assert!(
            said.contains(&format!("there is no store at {}", store.display())),
            "{said}"
        );
        assert!(said.contains("--database"), "{said}");
    }
    fs::write(
        here.join("numbers.csv"),
        "number\n+12064410141\n+12065550141\n",
    )
    .unwrap();
    let tried = run(here, &["numbers", "import", "numbers.csv", "--dry-run"], "");
    assert_eq!(tried.status.code(), Some(2));
    assert!(text(&tried.stdout).contains("1 added, 0 changed, 0 unchanged, 1 bad (dry run"));
    assert_eq!(
        fs::read_dir(here).unwrap().count(),
        1,
        "what is only tried makes no store"
    );

    // What is imported makes one, and says so; --database leads every command to it.
    let elsewhere = ["--database", "sqlite:elsewhere/w.db"];
    let mut import = vec!["numbers", "import", "numbers.csv"];
    import.extend(elsewhere);
    let imported = run(here, &import, "");
    assert_eq!(imported.status.code(), Some(2));
    let said = text(&imported.stderr);
    assert!(said.contains("a new store is made"), "{said}");
    assert!(said.contains("keep a copy"), "{said}");
    let mut keys = create.to_vec();
    keys.extend(elsewhere);
    assert_eq!(run(here, &keys, "").status.code(), Some(0));
    assert!(!here.join("whereabouts.db").exists());
}

#[test]
fn what_is_given_can_be_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    assert!(run(here, &["demo"], "").status.success());
    let create = ["keys", "create", "--role", "telephony", "--name", "pbx"];
    assert!(run(here, &create, "").status.success());
    let listed = run(here, &["keys", "list"], "");
    assert!(
        text(&listed.stdout).starts_with("pbx\ttelephony\t20"),
        "{listed:?}"
    );
    assert!(run(here, &["keys", "revoke", "pbx"], "").status.success());
    assert_eq!(
        run(here, &["keys", "revoke", "pbx"], "").status.code(),
        Some(1)
    );
    assert_eq!(text(&run(here, &["keys", "list"], "").stdout), "");
    let out = run(here, &["agents", "sign-out", "maria.chen"], "");
    assert_eq!(out.status.code(), Some(0));
    assert!(
        text(&out.stderr).contains("on 0 devices"),
        "{}",
        text(&out.stderr)
    );
    let nobody = run(here, &["agents", "sign-out", "nobody"], "");
    assert_eq!(nobody.status.code(), Some(1));
}

#[test]
fn the_printed_configuration_can_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let config = run(folder.path(), &["config"], "");
    fs::write(folder.path().join("w.toml"), &config.stdout).unwrap();
    let demo = run(folder.path(), &["demo", "--config", "w.toml"], "");
    assert!(demo.status.success(), "{}", text(&demo.stderr));
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
