//! Microphones, speakers and headsets, as the operating system names them. They are read and never
//! changed: that is done in the system's own settings, which open from here.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(target_os = "macos", test))]
mod macos;
#[cfg(target_os = "windows")]
mod windows;

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
compile_error!("nobody has said yet how to read the audio devices here");

use std::{process::Stdio, time::Duration};

use companion::view::{AudioDevice, AudioDevices, CommandError, LocalErrorCode};
use tokio::process::Command;

#[cfg(target_os = "linux")]
use self::linux as system;
#[cfg(target_os = "macos")]
use self::macos as system;
#[cfg(target_os = "windows")]
use self::windows as system;

/// How long the system may take to name its devices. A sound server that hangs must not hold up
/// the person who looks for their headset.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long a program takes that will not start on this desktop to say so.
const REFUSAL: Duration = Duration::from_millis(700);

/// What there is to hear and speak with.
///
/// # Errors
/// When the system does not say.
pub(crate) async fn devices() -> Result<AudioDevices, CommandError> {
    tokio::time::timeout(PATIENCE, system::devices())
        .await
        .ok()
        .flatten()
        .ok_or_else(|| LocalErrorCode::AudioUnknown.into())
}

/// Opens the system's own sound settings.
///
/// # Errors
/// When none of the programs that could does.
pub(crate) async fn open_settings() -> Result<(), CommandError> {
    for words in system::settings() {
        if opens(words[0], &words[1..]).await {
            return Ok(());
        }
    }
    Err(LocalErrorCode::SoundSettingsMissing.into())
}

/// Starts a program that stays open, or hands over to one that is; says whether it did.
async fn opens(program: &str, words: &[&str]) -> bool {
    let started = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut running = match started {
        Ok(running) => running,
        Err(error) => {
            tracing::debug!(program, %error, "these are not the sound settings");
            return false;
        }
    };
    if let Ok(Ok(ended)) = tokio::time::timeout(REFUSAL, running.wait()).await {
        return ended.success();
    }
    // So that it does not stay as a zombie once it is closed.
    tokio::spawn(async move { running.wait().await });
    true
}

/// What a program says in English; nothing when it is not there or fails.
#[cfg(not(target_os = "windows"))]
async fn ask(program: &str, words: &[&str]) -> Option<String> {
    let asked = Command::new(program)
        .args(words)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .inspect_err(|error| tracing::debug!(program, %error, "the audio devices were not read"))
        .ok()?;
    asked.status.success().then_some(())?;
    String::from_utf8(asked.stdout).ok()
}

fn device(name: &str, is_default: bool) -> AudioDevice {
    AudioDevice {
        name: name.to_owned(),
        is_default,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_that_is_missing_or_refuses_is_no_settings() {
        assert!(!opens("whereabouts-has-no-such-program", &[]).await);
        assert!(!opens("false", &[]).await);
        assert!(opens("true", &[]).await);
    }

    #[tokio::test]
    async fn what_a_program_says_counts_only_when_it_succeeds() {
        assert_eq!(
            ask("echo", &["Built-in"]).await.as_deref(),
            Some("Built-in\n")
        );
        assert_eq!(ask("false", &[]).await, None);
        assert_eq!(ask("whereabouts-has-no-such-program", &[]).await, None);
    }
}
