//! The list of suites. A new one is one block here.

use crate::{machine, process::Invocation, setup::Need, workspace::Workspace};

use super::counts::{self, Reader};

/// Tests that are run and counted together.
pub(super) struct Suite {
    /// What it is called on the command line and in the table.
    pub(super) name: &'static str,
    /// What it shows, for `--list`.
    pub(super) about: &'static str,
    /// The file or folder without which there is nothing to run.
    pub(super) lives_in: &'static str,
    /// What the system must have.
    pub(super) needs: &'static [Need],
    /// What to run, in order.
    pub(super) steps: fn(&Workspace) -> Vec<Step>,
}

/// One program of a suite.
pub(super) enum Step {
    /// Counts as one test that passes when the program succeeds.
    Check(Invocation),
    /// Runs tests; the reader finds their numbers in what it says.
    Count(Invocation, Reader),
    /// cargo-nextest: tests marked `#[ignore]` are counted as skipped by asking for their names.
    Nextest(Invocation, Invocation),
    /// Must succeed for what follows; is no test itself.
    Prepare(Invocation),
}

/// Every suite, in the order in which they run: what is cheap and what others build on first.
pub(super) const SUITES: &[Suite] = &[
    Suite {
        name: "rust",
        about: "unit and integration tests of every crate",
        lives_in: "Cargo.toml",
        needs: &[],
        steps: |_| {
            cargo_tests(
                "not binary(layering)",
                &[
                    "--workspace --exclude xtask --all-targets",
                    "--package xtask --bins",
                ],
            )
        },
    },
    Suite {
        name: "layering",
        about: "who may depend on whom, and how long a file may be",
        lives_in: "crates/xtask/tests/layering",
        needs: &[],
        steps: |_| cargo_tests("binary(layering)", &["--package xtask --test layering"]),
    },
    Suite {
        name: "doctests",
        about: "the examples in the documentation",
        lives_in: "Cargo.toml",
        needs: &[],
        steps: |_| {
            vec![Step::Count(
                Invocation::cargo("test --workspace --doc --no-fail-fast"),
                counts::libtest,
            )]
        },
    },
    Suite {
        name: "system",
        about: "the server as a process, with real files and a clock that can be moved",
        lives_in: "tests/Cargo.toml",
        needs: &[],
        steps: |_| {
            cargo_tests(
                "package(system-tests)",
                &["--package system-tests --all-targets"],
            )
        },
    },
    Suite {
        name: "svelte-check",
        about: "types of the user interface",
        lives_in: "ui/package.json",
        needs: &[],
        steps: |_| vec![Step::Check(Invocation::npm("run check --workspace ui"))],
    },
    Suite {
        name: "vitest",
        about: "state and formatting of the user interface",
        lives_in: "ui/package.json",
        needs: &[],
        steps: |_| {
            vec![Step::Count(
                Invocation::npm("run test --workspace ui"),
                counts::vitest,
            )]
        },
    },
    Suite {
        name: "playwright",
        about: "every view with the fake host: keyboard, accessibility",
        lives_in: "ui/playwright.config.ts",
        needs: &[Need::Browser],
        steps: |_| {
            vec![
                Step::Prepare(Invocation::npm("run build --workspace ui")),
                Step::Count(
                    Invocation::npm("run test:e2e --workspace ui"),
                    counts::playwright,
                ),
            ]
        },
    },
    Suite {
        name: "e2e",
        about: "the real app in a real web view against the real server",
        lives_in: "tests/e2e/package.json",
        needs: &[Need::Build, Need::Display],
        steps: |_| {
            vec![
                Step::Check(Invocation::npm("run check --workspace tests/e2e")),
                Step::Count(
                    Invocation::npm("run test --workspace tests/e2e"),
                    counts::node_test,
                ),
            ]
        },
    },
];

/// The tests that match nextest's `filter`, or with plain cargo (where nextest is not installed) those that
/// the `selections` name, which together are the same.
fn cargo_tests(filter: &str, selections: &[&str]) -> Vec<Step> {
    if machine::program("cargo-nextest").is_none() {
        return selections
            .iter()
            .map(|selection| {
                let test = Invocation::cargo("test --no-fail-fast").args(selection.split(' '));
                Step::Count(test, counts::libtest)
            })
            .collect();
    }
    let run = Invocation::cargo("nextest run --workspace --all-targets --no-fail-fast");
    let ignored = Invocation::cargo(
        "nextest list --workspace --all-targets --run-ignored only --message-format oneline",
    );
    let filtered = |invocation: Invocation| invocation.args(["--filterset", filter]);
    vec![Step::Nextest(filtered(run), filtered(ignored))]
}
