use tracing::{debug, info, warn};

use super::StoreError;

/// The store is away for something that is tried again and again: said when it begins and when it is over,
/// and not each time in between.
#[derive(Debug)]
pub(crate) struct Absence {
    waits: &'static str,
    is_said: bool,
}

impl Absence {
    /// Not away, as far as is known. `waits` names what waits for the store when it is.
    pub(crate) const fn of(waits: &'static str) -> Self {
        Self {
            waits,
            is_said: false,
        }
    }

    /// It failed.
    pub(crate) fn began(&mut self, fault: &StoreError) {
        let waits = self.waits;
        if std::mem::replace(&mut self.is_said, true) {
            debug!(store.fault = %fault, "{waits}: still waiting for the store");
        } else {
            warn!(store.fault = %fault, "{waits}: waiting for the store");
        }
    }

    /// It was done.
    pub(crate) fn over(&mut self) {
        if std::mem::take(&mut self.is_said) {
            info!("{}: the store is back", self.waits);
        }
    }
}
