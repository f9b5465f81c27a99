//! What was known last: the copy from which telephony is answered when the store cannot be.
//!
//! In memory, kept up to date from the store's changes ([`follow()`]), and as a sealed file written at
//! intervals ([`SnapshotFile`]), best not beside the store, so that a server that starts without its
//! store can answer too. The file holds no calls: emergency calls leave no history.

mod file;
mod follow;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

pub use file::{SnapshotError, SnapshotFile};
pub use follow::{Follower, follow, start_from_file};
use location::freshness::DeclaredPlace;

use crate::{
    secret::SecretHash,
    store::{
        Agent, AgentId, AgentStanding, Call, KeyRow, KnownAgent, KnownKey, KnownWorld,
        lookup_names, stored_name,
    },
};

/// The copy in memory.
#[derive(Default)]
pub struct LastKnown(RwLock<State>);

#[derive(Default)]
struct State {
    world: Arc<KnownWorld>,
    /// Where an agent stands in `world.agents`.
    places: HashMap<AgentId, usize>,
    /// Whose name it is, in stored form.
    names: HashMap<String, AgentId>,
}

impl LastKnown {
    /// Everything, as of one moment.
    #[must_use]
    pub fn world(&self) -> Arc<KnownWorld> {
        Arc::clone(&self.read().world)
    }

    /// Whether anything is known at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read().world.agents.is_empty()
    }

    /// The agent a platform means.
    #[must_use]
    pub fn agent(&self, said: &str) -> Option<KnownAgent> {
        let state = self.read();
        lookup_names(said)
            .iter()
            .find_map(|name| state.agent(state.names.get(name)?))
            .map(|known| KnownAgent::clone(known))
    }

    /// The key with this hash.
    #[must_use]
    pub fn key(&self, hash: SecretHash) -> Option<KeyRow> {
        let state = self.read();
        let known = state.world.keys.iter().find(|known| known.hash == hash)?;
        Some(known.row.clone())
    }

    /// Remembers a key that was made since everything was read.
    pub fn learn_key(&self, hash: SecretHash, row: KeyRow) {
        let mut state = self.write();
        let keys = &mut Arc::make_mut(&mut state.world).keys;
        if !keys.iter().any(|known| known.hash == hash) {
            keys.push(KnownKey { hash, row });
        }
    }

    /// Replaces the keys: those that are not among them are worth nothing any more.
    pub fn set_keys(&self, keys: Vec<KnownKey>) {
        let mut state = self.write();
        if state.world.keys != keys {
            Arc::make_mut(&mut state.world).keys = keys;
        }
    }

    /// Replaces everything.
    pub fn set(&self, world: KnownWorld) {
        let mut fresh = State {
            places: HashMap::with_capacity(world.agents.len()),
            names: HashMap::with_capacity(2 * world.agents.len()),
            world: Arc::new(world),
        };
        for (place, known) in fresh.world.agents.iter().enumerate() {
            fresh.places.insert(known.agent.id.clone(), place);
            for name in names_of(&known.agent) {
                fresh.names.insert(name, known.agent.id.clone());
            }
        }
        *self.write() = fresh;
    }

    /// Takes over what an agent just said, so that a store that fails the moment after it was
    /// acknowledged leads nobody to the place before. Of an agent who is not known it says nothing.
    pub fn stands(&self, agent: &AgentId, standing: &AgentStanding) {
        let mut guard = self.write();
        let state = &mut *guard;
        let Some(place) = state.places.get(agent).copied() else {
            return;
        };
        let world = Arc::make_mut(&mut state.world);
        let before = &world.agents[place];
        if before.standing.version >= standing.version {
            return;
        }
        let seat_site = match standing.last_place.as_ref().map(|last| &last.place) {
            Some(DeclaredPlace::Seat { site, .. }) => world
                .sites
                .iter()
                .find(|row| row.site.id == site.id)
                .cloned(),
            Some(DeclaredPlace::Address { .. }) | None => None,
        };
        world.agents[place] = Arc::new(KnownAgent {
            agent: before.agent.clone(),
            standing: standing.clone(),
            seat_site,
            default_site: before.default_site.clone(),
        });
    }

    /// Replaces some agents, and all calls. What an agent has said since stays.
    pub fn update(&self, agents: Vec<KnownAgent>, calls: Vec<Call>) {
        let mut guard = self.write();
        let state = &mut *guard;
        let world = Arc::make_mut(&mut state.world);
        world.calls = calls;
        for known in agents {
            let id = known.agent.id.clone();
            let place = state.places.get(&id).copied();
            let before = place.map(|place| names_of(&world.agents[place].agent));
            let names = names_of(&known.agent);
            if before.as_ref() != Some(&names) {
                for name in before.into_iter().flatten() {
                    if state.names.get(&name) == Some(&id) {
                        state.names.remove(&name);
                    }
                }
                for name in names {
                    state.names.insert(name, id.clone());
                }
            }
            let known = Arc::new(known);
            match place {
                Some(place) if world.agents[place].standing.version > known.standing.version => {}
                Some(place) => world.agents[place] = known,
                None => {
                    state.places.insert(id, world.agents.len());
                    world.agents.push(known);
                }
            }
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn agent(&self, id: &AgentId) -> Option<&Arc<KnownAgent>> {
        self.world.agents.get(*self.places.get(id)?)
    }
}

fn names_of(agent: &Agent) -> Vec<String> {
    let number = agent.direct_number.as_ref().map(ToString::to_string);
    std::iter::once(agent.username.as_str())
        .chain(agent.aliases.iter().map(String::as_str))
        .map(stored_name)
        .chain(number)
        .collect()
}

impl fmt::Debug for LastKnown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "LastKnown({} agents)",
            self.read().world.agents.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use api::agent::Role;
    use location::Country;

    use super::*;
    use crate::store::{KeyRole, KnownKey};

    pub(super) fn known(username: &str, aliases: &[&str]) -> KnownAgent {
        KnownAgent {
            agent: Agent {
                id: AgentId::from_stored(format!("ag_{username}")),
                username: username.parse().unwrap(),
                display_name: username.to_owned(),
                team: String::new(),
                role: Role::Agent,
                country: Country::Us,
                aliases: aliases.iter().map(ToString::to_string).collect(),
                direct_number: None,
                emergency_contacts: Vec::new(),
                default_site: None,
            },
            standing: AgentStanding::never(),
            seat_site: None,
            default_site: None,
        }
    }

    fn world(agents: Vec<KnownAgent>) -> KnownWorld {
        KnownWorld {
            agents: agents.into_iter().map(Arc::new).collect(),
            ..KnownWorld::default()
        }
    }

    #[test]
    fn what_was_acknowledged_is_known_at_once_and_older_news_does_not_undo_it() {
        let copy = LastKnown::default();
        let maria = known("maria", &[]);
        copy.set(world(vec![maria.clone()]));
        let at = |version| AgentStanding {
            version,
            ..AgentStanding::never()
        };
        let version = || copy.agent("maria").unwrap().standing.version;
        copy.stands(&maria.agent.id, &at(2));
        copy.stands(&maria.agent.id, &at(1));
        copy.stands(&AgentId::from_stored("nobody".to_owned()), &at(9));
        assert_eq!(version(), 2);
        // It was read before she said so, and arrives after.
        copy.update(vec![maria.clone()], Vec::new());
        assert_eq!(version(), 2);
        let later = KnownAgent {
            standing: at(3),
            ..maria
        };
        copy.update(vec![later], Vec::new());
        assert_eq!(version(), 3);
    }

    #[test]
    fn an_agent_is_found_by_every_name_they_have_now() {
        let copy = LastKnown::default();
        assert!(copy.is_empty() && copy.agent("maria").is_none());
        copy.set(world(vec![
            known("maria", &["sip:maria@pbx.example.com"]),
            known("devon", &[]),
        ]));
        let found = copy.agent("SIP:Maria@pbx.example.com;user=phone").unwrap();
        assert_eq!(found.agent.username.as_str(), "maria");

        copy.update(
            vec![known("maria", &["m@example.com"]), known("ada", &[])],
            Vec::new(),
        );
        assert!(
            copy.agent("sip:maria@pbx.example.com").is_none(),
            "she gave it up"
        );
        for name in ["m@example.com", "maria", "devon", "ada"] {
            assert!(copy.agent(name).is_some(), "{name}");
        }
        assert_eq!(copy.world().agents.len(), 3);
    }

    #[test]
    fn a_reader_keeps_the_moment_it_reads() {
        let copy = LastKnown::default();
        copy.set(world(vec![known("maria", &[])]));
        let before = copy.world();
        let mut declined = known("maria", &[]);
        declined.standing.version = 7;
        copy.update(vec![declined], Vec::new());
        assert_eq!(before.agents[0].standing.version, 0);
        assert_eq!(copy.world().agents[0].standing.version, 7);
    }

    #[test]
    fn a_key_is_found_by_its_hash() {
        let copy = LastKnown::default();
        let hash = SecretHash::of("wk_connect_1");
        let row = KeyRow {
            name: "connect".to_owned(),
            role: KeyRole::Telephony,
        };
        copy.set(KnownWorld {
            keys: vec![KnownKey {
                hash,
                row: row.clone(),
            }],
            ..KnownWorld::default()
        });
        assert_eq!(copy.key(hash), Some(row));
        assert_eq!(copy.key(SecretHash::of("another")), None);
    }
}
