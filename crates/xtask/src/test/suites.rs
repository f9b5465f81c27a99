//! The list of suites. A new one is one block here.

use crate::{
    machine,
    process::Invocation,
    setup::{self, Need},
    workspace::Workspace,
};

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
    pub(super) steps: fn(&Setting<'_>) -> Vec<Step>,
}

/// Where the suites run.
pub(super) struct Setting<'a> {
    /// The repository.
    pub(super) workspace: &'a Workspace,
    /// What the system has, or was given.
    pub(super) has: Vec<Need>,
}

impl Setting<'_> {
    /// Whether everything for this is installed.
    pub(super) fn has(&self, need: Need) -> bool {
        self.has.contains(&need)
    }
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
        steps: |setting| {
            let mut steps = setting.screens();
            steps.extend(setting.cargo_tests(
                "not (package(system-tests) or package(whereabouts) or binary(layering))",
                &[
                    "--workspace --exclude xtask --exclude system-tests --exclude whereabouts \
                     --exclude server --all-targets",
                    "--package xtask --bins",
                    "--package server --all-targets -- --skip telephony",
                    "--package server --all-targets -- --test-threads=1 telephony",
                ],
            ));
            steps
        },
    },
    Suite {
        name: "layering",
        about: "who may depend on whom, and how long a file may be",
        lives_in: "crates/xtask/tests/layering",
        needs: &[],
        steps: |setting| {
            setting.cargo_tests("binary(layering)", &["--package xtask --test layering"])
        },
    },
    Suite {
        name: "doctests",
        about: "the examples in the documentation",
        lives_in: "Cargo.toml",
        needs: &[],
        steps: |setting| {
            let test = setting.whole("test").args(["--doc", "--no-fail-fast"]);
            vec![Step::Count(test, counts::libtest)]
        },
    },
    Suite {
        name: "shell",
        about: "the desktop shell: builds with its screens inside, and its unit tests",
        lives_in: "src-tauri",
        needs: &[Need::Build],
        steps: |setting| {
            let mut steps = vec![Step::Check(setting.whole("build").arg("--all-targets"))];
            steps.extend(setting.cargo_tests(
                "package(whereabouts)",
                &["--package whereabouts --all-targets"],
            ));
            steps
        },
    },
    Suite {
        name: "system",
        about: "the server as a process, with real files and a clock that can be moved",
        lives_in: "tests/Cargo.toml",
        needs: &[],
        steps: |setting| {
            setting.cargo_tests(
                "package(system-tests) and not binary(notices)",
                &["--package system-tests --lib --bins --test companion --test it -- --test-threads=1"],
            )
        },
    },
    Suite {
        name: "notices",
        about: "who is told of a call: a real mail server, faults, storms, and what is left afterwards",
        lives_in: "tests/tests/notices",
        needs: &[Need::Mail],
        steps: |setting| {
            setting.cargo_tests(
                "package(system-tests) and binary(notices)",
                &["--package system-tests --test notices -- --test-threads=1"],
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
            let test = in_browser(Invocation::npm("run test:e2e --workspace ui"));
            vec![Step::Count(test, counts::playwright)]
        },
    },
    Suite {
        name: "desk",
        about: "the security desk's page in a real browser, from the real server",
        lives_in: "tests/e2e/desk",
        needs: &[Need::Browser],
        steps: |setting| {
            vec![
                Step::Prepare(Invocation::npm("run build:desk --workspace ui")),
                Step::Prepare(setting.whole("build").arg("--all-targets")),
                Step::Count(
                    in_browser(Invocation::npm("run test:desk --workspace tests/e2e")),
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
        steps: |setting| {
            vec![
                Step::Check(Invocation::npm("run check --workspace tests/e2e")),
                Step::Prepare(setting.whole("build").arg("--all-targets")),
                Step::Count(
                    Invocation::npm("run test --workspace tests/e2e"),
                    counts::node_test,
                ),
            ]
        },
    },
];

/// With the browser that this machine has.
fn in_browser(test: Invocation) -> Invocation {
    match setup::browser() {
        Some(browser) => test.variable("CHROMIUM", browser),
        None => test,
    }
}

impl Setting<'_> {
    /// The windows' content, which the shell is compiled with.
    fn screens(&self) -> Vec<Step> {
        if !self.workspace.has("ui/package.json") {
            return Vec::new();
        }
        vec![Step::Prepare(Invocation::npm("run build --workspace ui"))]
    }

    /// A cargo command over every target of the workspace: always the same choice of packages and features,
    /// so that one build serves them all.
    fn whole(&self, command: &str) -> Invocation {
        let cargo = Invocation::cargo(command).arg("--workspace");
        if !self.has(Need::Build) {
            cargo.args(["--exclude", "whereabouts"])
        } else if self.workspace.has("ui/package.json") {
            cargo.args(["--features", "whereabouts/custom-protocol"])
        } else {
            cargo
        }
    }

    /// The tests that match nextest's `filter`, or with plain cargo (where nextest is not installed) those
    /// that the `selections` name, which together are the same. What .config/nextest.toml gives the
    /// machine to itself runs there with one thread.
    fn cargo_tests(&self, filter: &str, selections: &[&str]) -> Vec<Step> {
        if machine::program("cargo-nextest").is_none() {
            return selections
                .iter()
                .map(|selection| {
                    let test = Invocation::cargo("test --no-fail-fast").args(selection.split(' '));
                    Step::Count(test, counts::libtest)
                })
                .collect();
        }
        let narrowed = |command, filter: &str| {
            self.whole(command)
                .args(["--all-targets", "--filterset", filter])
        };
        let run = narrowed("nextest run", filter).arg("--no-fail-fast");
        // Parts of other tests are ignored by themselves, and are not skipped.
        let own = format!("({filter}) and not test(/::run_by_another_test::/)");
        let ignored = narrowed("nextest list", &own).args([
            "--run-ignored",
            "only",
            "--message-format",
            "oneline",
        ]);
        vec![Step::Nextest(run, ignored)]
    }
}
