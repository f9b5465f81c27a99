use api::agent::Role;
use async_trait::async_trait;
use emergency::{E164, Username};
use location::{Country, SiteId};
use serde::{Deserialize, Serialize};

use super::{StoreError, opaque_id::opaque_id};

opaque_id! {
    /// Names an agent here, for good: usernames may change hands, this never does. Opaque, so it
    /// may stand in logs.
    AgentId "ag"
}

/// A person with a username on the telephony platform.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Agent {
    /// Who this is, for good.
    pub id: AgentId,
    /// The username, as it was imported.
    pub username: Username,
    /// What colleagues call them.
    pub display_name: String,
    /// Their team; empty for none.
    pub team: String,
    /// What they may see and do.
    pub role: Role,
    /// The country they work in.
    pub country: Country,
    /// Other names by which platforms know them, as they were imported: SIP URIs, UPNs, numbers,
    /// `connect:USER_ID`.
    pub aliases: Vec<String>,
    /// Their own number.
    pub direct_number: Option<E164>,
    /// Whom to tell when they make an emergency call, as it was imported.
    pub emergency_contacts: Vec<String>,
    /// The site that stands in when they said nothing.
    pub default_site: Option<SiteId>,
}

impl Agent {
    /// Where a callback reaches them: `connect:…` for Amazon Connect, otherwise `sip:…`, otherwise
    /// a number as `tel:…`. `None` when nothing is known but the username.
    #[must_use]
    pub fn contact(&self, platform: Option<&str>) -> Option<String> {
        let with = |scheme: &str| {
            self.aliases
                .iter()
                .find(|alias| alias.to_ascii_lowercase().starts_with(scheme))
                .cloned()
        };
        let number = || {
            let direct = self.direct_number.as_ref().map(ToString::to_string);
            direct
                .or_else(|| with("+"))
                .map(|number| format!("tel:{number}"))
        };
        let connect = || with("connect:");
        let sip = || with("sip:").or_else(|| with("sips:"));
        if platform == Some("amazon_connect") {
            connect().or_else(sip).or_else(number)
        } else {
            sip().or_else(number).or_else(connect)
        }
    }
}

/// Finding agents.
#[async_trait]
pub trait Agents: Send + Sync {
    /// Finds an agent by whatever a platform or a person calls them: username, SIP URI, UPN,
    /// number alias or direct number. See [`super::lookup_names`].
    async fn find_agent(&self, said: &str) -> Result<Option<Agent>, StoreError>;

    /// One agent.
    async fn agent(&self, agent: &AgentId) -> Result<Option<Agent>, StoreError>;

    /// Every agent with a role, by username.
    async fn agents_with_role(&self, role: Role) -> Result<Vec<Agent>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(aliases: &[&str], direct_number: Option<&str>) -> Agent {
        Agent {
            id: AgentId::random(),
            username: "maria.chen".parse().unwrap(),
            display_name: "Maria Chen".to_owned(),
            team: String::new(),
            role: Role::Agent,
            country: Country::Us,
            aliases: aliases.iter().map(ToString::to_string).collect(),
            direct_number: direct_number.map(|number| number.parse().unwrap()),
            emergency_contacts: Vec::new(),
            default_site: None,
        }
    }

    #[test]
    fn a_contact_is_where_the_platform_can_reach() {
        let maria = agent(
            &["connect:7f3c", "sip:maria.chen@example.com", "+12065550142"],
            Some("+12065550141"),
        );
        assert_eq!(
            maria.contact(Some("amazon_connect")).as_deref(),
            Some("connect:7f3c")
        );
        assert_eq!(
            maria.contact(Some("sip")).as_deref(),
            Some("sip:maria.chen@example.com")
        );
        assert_eq!(
            agent(&["+12065550142"], None).contact(None).as_deref(),
            Some("tel:+12065550142")
        );
        assert_eq!(agent(&[], None).contact(None), None);
    }
}
