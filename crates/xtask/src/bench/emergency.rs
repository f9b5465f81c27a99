//! `cargo xtask bench emergency`: the real app in a real web view, the real server, a real mail server.

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::{
    process::Invocation,
    product::{self, Profile},
    setup::{self, Need},
    workspace::Workspace,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  cargo xtask bench emergency                          everything, as docs/BENCHMARKS.md has it
  cargo xtask bench emergency --only storm --runs 20   twenty fires
  cargo xtask bench emergency --profile debug          quickly, to see that it works; not for figures

Leave the machine alone meanwhile: every figure stands beside a floor of the same run, but the tails are the machine's.";

/// What to measure of an emergency call.
#[derive(clap::Args, Debug)]
pub(super) struct Options {
    /// Only these
    #[arg(long, value_enum, num_args = 1.., value_name = "PART")]
    only: Vec<Part>,
    /// How often: calls from the tray and again with the main window open [default: 40], calls for the mail
    /// [default: 100], fires [default: 5]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    runs: Option<u32>,
    /// How everything is built
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    profile: Profile,
}

/// In the order in which they are measured.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Part {
    /// From the call until the emergency window is painted
    Banner,
    /// From the call until the mail server has taken the mail
    Mail,
    /// Two hundred calls at once from one site with fifty numbers
    Storm,
}

/// Builds, measures one part after another, and closes with the last line of each.
pub(super) fn bench(workspace: &Workspace, options: &Options) -> Result<()> {
    let wanted = |part: &Part| options.only.is_empty() || options.only.contains(part);
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(wanted)
        .collect();
    setup::ensure(&[Need::Build, Need::Mail])?;
    if parts.contains(&Part::Banner) {
        setup::ensure(&[Need::Display, Need::Floor])?;
    }
    product::build(workspace, options.profile)?;
    let mut lines = Vec::new();
    for part in parts {
        let measure = part.measure(workspace, options.profile, options.runs);
        println!("\n==> {}", part.about());
        println!("$ {measure}");
        let finished = measure.watch()?;
        ensure!(
            finished.status.success(),
            "`{measure}` failed ({})",
            finished.status
        );
        lines.extend(finished.lines.last().cloned());
    }
    println!();
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

impl Part {
    const fn about(self) -> &'static str {
        match self {
            Self::Banner => "from the call until the emergency window is painted",
            Self::Mail => "from the call until the mail server has taken the mail",
            Self::Storm => "two hundred calls at once from one site with fifty numbers",
        }
    }

    fn measure(self, workspace: &Workspace, profile: Profile, runs: Option<u32>) -> Invocation {
        let program = match self {
            Self::Banner => Invocation::new("node")
                .args(["--import", "tsx", "paint.ts", "--profile"])
                .arg(profile.name())
                .within(&workspace.path("tests/e2e")),
            Self::Mail | Self::Storm => {
                let server = profile.built("whereabouts-test-server");
                Invocation::new(profile.built("examples/bench_emergency"))
                    .arg("--server")
                    .arg(server)
                    .arg(if self == Self::Mail { "mail" } else { "storm" })
            }
        };
        match runs {
            Some(runs) => program.args(["--runs".to_owned(), runs.to_string()]),
            None => program,
        }
    }
}
