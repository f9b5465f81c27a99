use crate::store;

/// A person as everybody who may know them sees them.
#[must_use]
pub fn agent(agent: &store::Agent) -> api::agent::Agent {
    api::agent::Agent {
        username: agent.username.to_string(),
        display_name: agent.display_name.clone(),
        team: agent.team.clone(),
        role: agent.role,
        country: agent.country.to_string(),
    }
}
