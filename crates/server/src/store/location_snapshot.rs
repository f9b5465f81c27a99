use jiff::Timestamp;
use location::{
    CivicAddress, PlaceClass, Rule, SiteId, Status, Verdict,
    freshness::{DeclaredPlace, Sighting, Validity, serve},
};
use serde::{Deserialize, Serialize};

use super::KnownAgent;

/// What is served about an agent at one moment: the answer to a platform, kept with the call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct LocationSnapshot {
    /// By age.
    pub status: Status,
    /// What checking found; `None` without an address.
    pub verdict: Option<Verdict>,
    /// The row of the table "What is served" that applied.
    pub rule: Rule,
    /// The kind of place the agent said.
    pub class: Option<PlaceClass>,
    /// The site it is at, where it is one.
    pub site: Option<SiteId>,
    /// The address; `None` when there is none.
    pub civic_address: Option<CivicAddress>,
    /// When the agent said so.
    pub since: Option<Timestamp>,
    /// Until when it is confirmed.
    pub until: Option<Timestamp>,
    /// Whether a fault made this the best known rather than the truth.
    pub degraded: bool,
}

impl LocationSnapshot {
    /// What is served when nothing at all is known.
    #[must_use]
    pub const fn nothing_known(degraded: bool) -> Self {
        Self {
            status: Status::Unknown,
            verdict: None,
            rule: Rule::None,
            class: None,
            site: None,
            civic_address: None,
            since: None,
            until: None,
            degraded,
        }
    }

    /// What is served about an agent now.
    #[must_use]
    pub fn of(known: &KnownAgent, validity: &Validity, now: Timestamp) -> Self {
        let default_site = known.default_site.as_ref().map(|row| &row.site);
        let standing = &known.standing;
        let serving = serve(
            &standing.standing,
            &Sighting::Nothing,
            default_site,
            validity,
            now,
        );
        let (site, checked) = match serving.rule {
            Rule::DefaultSite => (default_site.map(|site| site.id.clone()), Verdict::Unchecked),
            Rule::Floor
            | Rule::Home
            | Rule::HomeStale
            | Rule::None
            | Rule::Other
            | Rule::OtherStale
            | Rule::Seat
            | Rule::Site => (
                standing
                    .last_place
                    .as_ref()
                    .and_then(|last| match &last.place {
                        DeclaredPlace::Address { .. } => None,
                        DeclaredPlace::Seat { site, .. } => Some(site.id.clone()),
                    }),
                standing.verdict,
            ),
        };
        Self {
            status: serving.status,
            verdict: serving.civic_address.as_ref().map(|_| checked),
            rule: serving.rule,
            class: serving.class,
            site,
            civic_address: serving.civic_address,
            since: serving.since,
            until: serving.until,
            degraded: standing.unreadable,
        }
    }
}
