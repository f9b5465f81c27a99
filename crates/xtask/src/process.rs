//! Running other programs: output passed on as it comes, and kept for counting.

use std::{
    ffi::{OsStr, OsString},
    fmt,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result, ensure};

use crate::machine;

/// A program with its arguments, the folder it runs in, and what its environment has besides ours.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    program: OsString,
    arguments: Vec<OsString>,
    variables: Vec<(&'static str, OsString)>,
    folder: Option<PathBuf>,
}

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    /// How it ended.
    pub(crate) status: ExitStatus,
    /// Everything it said on both streams, line by line, without colour codes.
    pub(crate) lines: Vec<String>,
}

impl Invocation {
    /// A program found on `PATH` or by its path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            variables: Vec::new(),
            folder: None,
        }
    }

    /// `cargo` with these arguments separated by spaces.
    pub(crate) fn cargo(arguments: &str) -> Self {
        Self::new("cargo").args(arguments.split_whitespace())
    }

    /// `npm` with these arguments separated by spaces.
    pub(crate) fn npm(arguments: &str) -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).args(arguments.split_whitespace())
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub(crate) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(
            arguments
                .into_iter()
                .map(|argument| argument.as_ref().to_owned()),
        );
        self
    }

    /// Sets a variable of its environment.
    pub(crate) fn variable(mut self, name: &'static str, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name, value.as_ref().to_owned()));
        self
    }

    /// Runs in this folder.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// Runs with the terminal passed through; an exit other than success is an error.
    pub(crate) fn run(&self) -> Result<()> {
        let status = self
            .command()
            .status()
            .with_context(|| format!("cannot start `{self}`"))?;
        ensure!(status.success(), "`{self}` failed ({status})");
        Ok(())
    }

    /// Starts it on this terminal and does not wait.
    pub(crate) fn spawn(&self) -> Result<Child> {
        self.command()
            .spawn()
            .with_context(|| format!("cannot start `{self}`"))
    }

    /// Runs, passes both streams on to standard output line by line, in the order they come, and keeps
    /// the lines.
    pub(crate) fn watch(&self) -> Result<Finished> {
        let mut command = self.command();
        if machine::wants_colour() {
            command
                .env("CARGO_TERM_COLOR", "always")
                .env("FORCE_COLOR", "1");
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{self}`"))?;
        let out = child.stdout.take().expect("stdout was piped above");
        let err = child.stderr.take().expect("stderr was piped above");
        let lines = Mutex::new(Vec::new());
        let passed_on = thread::scope(|scope| {
            let other = scope.spawn(|| pass_on(err, &lines));
            let this = pass_on(out, &lines);
            this.and(other.join().expect("reading a pipe does not panic"))
        });
        let status = child.wait().with_context(|| format!("lost `{self}`"))?;
        passed_on.with_context(|| format!("cannot pass on the output of `{self}`"))?;
        Ok(Finished {
            status,
            lines: lines.into_inner().expect("no reader panicked"),
        })
    }

    /// Runs silently and returns standard output, or `None` when it failed or is not there.
    pub(crate) fn output(&self) -> Option<String> {
        let output = self.command().stdin(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// As a person would type it.
impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.program.display())?;
        for argument in &self.arguments {
            let argument = argument.to_string_lossy();
            if argument.is_empty() || argument.contains([' ', '&', '(', '$', '*', '|']) {
                write!(f, " '{argument}'")?;
            } else {
                write!(f, " {argument}")?;
            }
        }
        Ok(())
    }
}

fn pass_on(from: impl Read, lines: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        let mut lines = lines.lock().expect("no reader panicked");
        let mut to = std::io::stdout().lock();
        to.write_all(&line)?;
        to.flush()?;
        lines.push(without_colour(String::from_utf8_lossy(&line).trim_end()));
        line.clear();
    }
    Ok(())
}

/// Removes terminal control sequences (ECMA-48 CSI: ESC `[` ... final byte `@` to `~`).
fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            plain.push(character);
        } else if characters.next() == Some('[') {
            characters.by_ref().find(|last| ('@'..='~').contains(last));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_removed_and_text_is_kept() {
        assert_eq!(
            without_colour("\u{1b}[1;32m     Summary\u{1b}[0m [ 1s] 3 tests"),
            "     Summary [ 1s] 3 tests"
        );
        assert_eq!(without_colour("déjà \u{1b}"), "déjà ");
    }

    #[test]
    fn watch_keeps_both_streams_and_the_exit() {
        let finished = Invocation::new("sh")
            .args(["-c", "echo out; echo err >&2; exit 3"])
            .watch()
            .unwrap();
        let mut lines = finished.lines;
        lines.sort();
        assert_eq!(lines, ["err", "out"]);
        assert_eq!(finished.status.code(), Some(3));
    }

    #[test]
    fn arguments_that_a_shell_would_take_apart_are_quoted_when_shown() {
        let shown = Invocation::cargo("nextest run")
            .args(["-E", "binary(layering)"])
            .to_string();
        assert_eq!(shown, "cargo nextest run -E 'binary(layering)'");
    }
}
