//! Programs that must not outlive this one, also when it is interrupted.

use std::{
    process::ExitStatus,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Context, Result};

use crate::{machine, process::Invocation};

static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C, or being asked to end, ends the children first; waiting for them then returns.
pub(super) fn end_with_this_program() -> Result<()> {
    ctrlc::set_handler(|| {
        INTERRUPTED.store(true, Ordering::SeqCst);
        for pid in running().iter() {
            machine::ask_to_end(*pid);
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// Whether somebody pressed Ctrl-C or asked this program to end.
pub(super) fn were_asked_to_end() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// A program that runs beside this one.
#[derive(Debug)]
pub(super) struct Child(std::process::Child);

impl Child {
    /// Starts it on this terminal.
    pub(super) fn start(invocation: &Invocation) -> Result<Self> {
        let mut running = running();
        let child = invocation.spawn()?;
        running.push(child.id());
        drop(running);
        Ok(Self(child))
    }

    /// Waits until it ends by itself or is interrupted.
    pub(super) fn wait(mut self) -> Result<ExitStatus> {
        let status = self.0.wait().context("lost a child")?;
        self.forget();
        Ok(status)
    }

    /// Whether it has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }

    /// Asks it to end, and waits until it has.
    pub(super) fn end(self) -> Result<ExitStatus> {
        machine::ask_to_end(self.0.id());
        self.wait()
    }

    fn forget(&self) {
        running().retain(|pid| *pid != self.0.id());
    }
}

impl Drop for Child {
    /// An error on the way out must leave nothing behind.
    fn drop(&mut self) {
        if !self.has_ended() && self.0.kill().is_ok() {
            // It cannot refuse; this only reaps it.
            let _ = self.0.wait();
        }
        self.forget();
    }
}

fn running() -> std::sync::MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_ends_when_asked_and_is_forgotten() {
        let child = Child::start(&Invocation::new("sleep").arg("600")).unwrap();
        let pid = child.0.id();
        assert!(running().contains(&pid));
        assert!(!child.end().unwrap().success());
        assert!(!running().contains(&pid));
    }

    #[test]
    fn a_child_that_is_dropped_does_not_stay_behind() {
        let child = Child::start(&Invocation::new("sleep").arg("600")).unwrap();
        let pid = child.0.id();
        drop(child);
        assert!(!running().contains(&pid));
        assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists());
    }
}
