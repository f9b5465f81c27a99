//! `cargo xtask run`: from a checkout to the app on the screen, or, where there is no screen, to a journey
//! through it that nobody needs to attend.

mod backend;
mod children;

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result};

use crate::{
    machine,
    process::Invocation,
    product::{self, Profile},
    setup::{self, Need},
    workspace::Workspace,
};

use self::{backend::Backend, children::Child};

/// Showing things wants them soon.
const PROFILE: Profile = Profile::Debug;

/// The agent of the sample organisation who is shown.
const AGENT: &str = "maria.chen";

/// Her supervisor, whose screen is shown too when nobody attends.
const SUPERVISOR: &str = "sam.ortiz";

/// Who watches over everybody in a browser.
const SECURITY: &str = "desk.one";

/// Where the security desk's page is built.
const PAGE: &str = "ui/dist-desk";

/// What `cargo xtask run` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Run the unattended journey on a virtual display even though there is a real one.
    #[arg(long)]
    unattended: bool,
}

/// Builds everything, starts the backend with the sample organisation, and the app with a code filled in.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    if options.unattended || !machine::has_display() {
        journey(workspace)
    } else {
        by_hand(workspace)
    }
}

/// On the person's own screen, until they quit the app.
fn by_hand(workspace: &Workspace) -> Result<ExitCode> {
    setup::ensure(&[Need::Build])?;
    product::build(workspace, PROFILE)?;
    children::end_with_this_program()?;
    let folder = workspace.path("target/run");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let backend = Backend::start(&folder, &workspace.path(PAGE))?;
    println!(
        "==> the security desk's page: {} with the code {}",
        backend.page(),
        backend.enrol(SECURITY)?
    );
    let code = backend.enrol(AGENT)?;
    println!(
        "==> the app: signing in as {AGENT} at {} with the code {code}",
        backend.url()
    );
    let app = Invocation::new(PROFILE.built("whereabouts")).args([
        "--server",
        backend.url(),
        "--code",
        &code,
    ]);
    let status = Child::start(&app)?.wait()?;
    backend.stop()?;
    println!(
        "==> the app was closed, the backend has stopped; its data stays in {}",
        folder.display()
    );
    Ok(if status.success() || children::were_asked_to_end() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// On a virtual screen: one agent's day with an emergency in it, each step shown and photographed.
fn journey(workspace: &Workspace) -> Result<ExitCode> {
    println!("==> no display: running the journey unattended on a virtual one");
    setup::ensure(&[Need::Build, Need::Display])?;
    let browser = setup::ensure(&[Need::Browser])
        .map_err(|error| println!("the security desk is not shown: {error:#}"))
        .ok()
        .and_then(|()| setup::browser());
    product::build(workspace, PROFILE)?;
    children::end_with_this_program()?;
    let pictures = workspace.path("target/demo");
    let folder = pictures.join("backend");
    empty(&pictures)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let backend = Backend::start(&folder, &workspace.path(PAGE))?;
    println!("==> the security desk's page: {}", backend.page());
    let mut demo = Invocation::new("node")
        .args(["--import", "tsx", "demo.ts"])
        .args(["--app".as_ref(), PROFILE.built("whereabouts").as_os_str()])
        .args(["--server", backend.url()])
        .args(["--code", &backend.enrol(AGENT)?])
        .args(["--supervisor-code", &backend.enrol(SUPERVISOR)?])
        .args(["--telephony-key", &backend.telephony_key()?])
        .args(["--pictures".as_ref(), pictures.as_os_str()])
        .within(&workspace.path("tests/e2e"));
    if let Some(browser) = browser {
        demo = demo
            .args(["--browser".as_ref(), browser.as_os_str()])
            .args(["--desk-code", &backend.enrol(SECURITY)?]);
    }
    let status = Child::start(&demo)?.wait()?;
    backend.stop()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn empty(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot empty {}", folder.display()))
        }
        _ => Ok(()),
    }
}
