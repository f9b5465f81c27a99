//! The running companion: the real driver, files and connections, with a desktop, a keychain and
//! a server of the test's own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod desktop;
mod discretion;
mod drilling;
mod keeping;
mod running;
mod server;
mod speaking;
