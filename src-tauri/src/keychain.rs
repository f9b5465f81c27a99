//! The operating system's keychain, behind the verbs of the companion.
//!
//! The store is opened when it is first needed and opened again after a fault: at login the
//! desktop's keychain may start later than the app.

use std::sync::Arc;

use companion::shell::{Keychain, KeychainError};
use keyring::{Entry, Error};
use keyring_core::CredentialStore;
use secrecy::{ExposeSecret, SecretString};

/// What the entries are filed under.
const SERVICE: &str = "org.whereabouts.desktop";

/// The keychain of the user who is logged in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn read(&self, name: &str) -> Result<Option<SecretString>, KeychainError> {
        match entry(name).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), KeychainError> {
        entry(name)
            .and_then(|entry| entry.set_password(secret.expose_secret()))
            .map_err(|error| fault(&error))
    }

    fn erase(&self, name: &str) -> Result<(), KeychainError> {
        match entry(name).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }
}

/// The entry of this name. `keyring::Entry::new` would remember for ever that the keychain was
/// late once; this asks again.
fn entry(name: &str) -> Result<Entry, Error> {
    if keyring_core::get_default_store().is_none() {
        keyring_core::set_default_store(open()?);
    }
    let inner = keyring_core::Entry::new(SERVICE, name)?;
    Ok(Entry { inner })
}

#[cfg(target_os = "linux")]
fn open() -> Result<Arc<CredentialStore>, Error> {
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn open() -> Result<Arc<CredentialStore>, Error> {
    let store = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "windows")]
fn open() -> Result<Arc<CredentialStore>, Error> {
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

fn fault(error: &Error) -> KeychainError {
    // The connection may have been lost with the service behind it: start afresh next time.
    keyring_core::unset_default_store();
    KeychainError(reason(error))
}

/// The reason for the log, without what some kinds carry: the secret itself.
fn reason(error: &Error) -> String {
    if let Error::NoStorageAccess(why) = error {
        format!("it is locked or refuses: {why}")
    } else if let Error::PlatformFailure(why) = error {
        format!("it failed or is not there: {why}")
    } else if let Error::BadEncoding(_) | Error::BadDataFormat(..) = error {
        "what it holds is unreadable".to_owned()
    } else {
        "it did not do what was asked".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_never_holds_what_was_stored() {
        let error = Error::BadEncoding(b"refresh-token".to_vec());
        assert_eq!(reason(&error), "what it holds is unreadable");
    }

    #[cfg(target_os = "linux")]
    mod with_a_bus_of_its_own {
        use std::process::Command;

        use super::*;

        const UNLOCK: &str =
            "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;";

        #[test]
        fn a_real_keychain_keeps_replaces_and_forgets() {
            session(UNLOCK, "keeps");
        }

        #[test]
        fn a_keychain_that_starts_late_is_found() {
            session("", "finds_late");
        }

        /// Parts of the tests above. `cargo xtask test` knows the module by its name, and does not count
        /// them as skipped.
        mod run_by_another_test {
            use super::*;

            #[test]
            #[ignore = "runs in the session that another test makes"]
            fn keeps() {
                let keychain = SystemKeychain;
                assert_eq!(first_answer(), Some(None));
                assert_eq!(keychain.erase("token"), Ok(()));
                assert_eq!(keychain.write("token", &SecretString::from("one")), Ok(()));
                assert_eq!(keychain.write("token", &SecretString::from("two")), Ok(()));
                assert_eq!(read(), Ok(Some("two".to_owned())));
                assert_eq!(keychain.erase("token"), Ok(()));
                assert_eq!(read(), Ok(None));
            }

            #[test]
            #[ignore = "runs in the session that another test makes"]
            fn finds_late() {
                assert!(read().is_err(), "nobody unlocked a keychain yet");
                let unlocked = Command::new("sh").args(["-c", UNLOCK]).status();
                assert!(unlocked.unwrap().success());
                assert_eq!(first_answer(), Some(None));
            }
        }

        /// The daemon returns before it is on the bus.
        fn first_answer() -> Option<Option<String>> {
            (0..1_000).find_map(|_| read().ok())
        }

        fn read() -> Result<Option<String>, KeychainError> {
            let secret = SystemKeychain.read("token")?;
            Ok(secret.map(|secret| secret.expose_secret().to_owned()))
        }

        /// Runs the ignored test of this name on a bus without a service but those `before`
        /// starts, in a home of its own.
        fn session(before: &str, test: &str) {
            let home = tempfile::tempdir().unwrap();
            let bus = home.path().join("bus.conf");
            std::fs::write(&bus, BUS.replace("DIR", &home.path().to_string_lossy())).unwrap();
            let this = std::env::current_exe().unwrap();
            let (_, module) = module_path!().split_once("::").unwrap();
            let ran = Command::new("dbus-run-session")
                .arg(format!("--config-file={}", bus.display()))
                .args(["--", "sh", "-c", &format!("{before} exec \"$0\" \"$@\"")])
                .arg(this)
                .args([
                    "--exact",
                    "--ignored",
                    &format!("{module}::run_by_another_test::{test}"),
                ])
                .env("HOME", home.path())
                .env("XDG_RUNTIME_DIR", home.path())
                .env_remove("XDG_DATA_HOME")
                .env_remove("XDG_CONFIG_HOME")
                .output()
                .expect("dbus-run-session and gnome-keyring are installed");
            // A name that matches nothing would succeed, too.
            let said = String::from_utf8_lossy(&ran.stdout);
            assert!(ran.status.success() && said.contains("1 passed"), "{ran:?}");
        }

        /// A session bus that starts nothing by itself.
        const BUS: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=DIR</listen>
            <auth>EXTERNAL</auth><policy context="default"><allow send_destination="*"
            eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;
    }
}
