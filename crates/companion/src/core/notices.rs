//! What this computer itself has to say, beside the server's notices.

use api::agent::{Notice, Severity};

pub(super) const SUPERSEDED: &str = "superseded";
pub(super) const UNREADABLE: &str = "local_state_unreadable";
pub(super) const UPDATE_NEEDED: &str = "update_needed";

/// Notices of this computer's own.
#[derive(Debug, Default)]
pub(super) struct Notices(Vec<Notice>);

impl Notices {
    pub(super) fn add(&mut self, notice: Notice) {
        self.remove(&notice.code);
        self.0.push(notice);
    }

    pub(super) fn remove(&mut self, code: &str) {
        self.0.retain(|notice| notice.code != code);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// These and the server's, most severe first.
    pub(super) fn beside(&self, server: &[Notice]) -> Vec<Notice> {
        let mut all: Vec<Notice> = server.iter().chain(&self.0).cloned().collect();
        all.sort_by_key(|notice| match notice.severity {
            Severity::Alarm => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        });
        all
    }
}

pub(super) fn superseded() -> Notice {
    warning(
        SUPERSEDED,
        "You said something newer elsewhere. That is what 911 has.",
    )
}

pub(super) fn unreadable() -> Notice {
    warning(
        UNREADABLE,
        "What was saved on this computer cannot be read. Please confirm where you are.",
    )
}

pub(super) fn update_needed() -> Notice {
    warning(
        UPDATE_NEEDED,
        "This app is older than your server. Emergency calls are shown, but it needs an update.",
    )
}

fn warning(code: &str, text: &str) -> Notice {
    Notice::new(code, text, Severity::Warning)
}
