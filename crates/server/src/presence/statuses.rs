use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use api::emergency::{Emergency, Phase, PresenceTrouble};
use emergency::presence::{Shown, Trouble};

use crate::{http::App, store::AgentId};

/// What agents' statuses are during their calls, as the [`super::Keeper`] last knew them.
#[derive(Debug, Default)]
pub struct Statuses(RwLock<HashMap<AgentId, Shown>>);

impl Statuses {
    /// Shows a status from now on, or none. Says whether that is another one than before.
    pub(super) fn show(&self, agent: &AgentId, shown: Option<&Shown>) -> bool {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = match shown {
            Some(shown) => all.insert(agent.clone(), shown.clone()),
            None => all.remove(agent),
        };
        before.as_ref() != shown
    }

    /// The words for an agent's status; absent when they are on no emergency call.
    #[must_use]
    pub fn name(&self, agent: &AgentId) -> Option<String> {
        let shown = self.of(agent)?;
        shown.status.map(|status| status.name().to_owned())
    }

    fn of(&self, agent: &AgentId) -> Option<Shown> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(agent).cloned()
    }
}

impl App {
    /// Adds to a call what the platform has to do with it.
    pub fn dress(&self, agent: Option<&AgentId>, emergency: &mut Emergency) {
        // In a drill nobody is on the phone.
        emergency.can_end_call =
            self.call_control.is_some() && emergency.phase == Phase::Open && !emergency.drill;
        // A test changes nobody's status.
        let shown = agent.filter(|_| !emergency.test);
        let shown = shown.and_then(|agent| self.statuses.of(agent));
        let Some(Shown { status, trouble }) = shown else {
            return;
        };
        emergency.presence = status.map(|status| status.name().to_owned());
        emergency.presence_trouble = trouble.map(|trouble| match trouble {
            Trouble::NotRestored => PresenceTrouble::NotRestored,
            Trouble::NotSet => PresenceTrouble::NotSet,
        });
    }
}
