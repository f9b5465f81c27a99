//! Rows as they come from the database, and the way from them into the domain. A row that cannot be
//! what it should be is [`StoreError::Corrupt`].

use emergency::E164;
use location::{
    CivicAddress, Floor, PlaceClass, Seat, Site,
    freshness::{DeclaredPlace, Standing},
};
use sqlx::FromRow;

use super::{
    StoreError,
    words::{from_json, from_ms_opt, from_word, parse},
};
use crate::{
    seal::{Binding, Keys},
    store::{Agent, AgentId, AgentStanding, KnownAgent, LastPlace, PlaceId, Revision, SiteRow},
};

/// The columns of [`AgentColumns`], of table `agent` as `a`.
macro_rules! agent_columns {
    () => {
        "a.agent_id, a.username, a.display_name, a.team, a.role, a.country, a.aliases, \
         a.direct_number, a.emergency_contacts, a.default_site"
    };
}

/// The columns of [`StandingColumns`], of table `standing` as `s`.
macro_rules! standing_columns {
    () => {
        "s.revision, s.version, s.kind, s.at, s.class, s.address_sealed, s.place_id, \
         s.declared_at, s.verdict"
    };
}

/// The columns of [`SeatColumns`] and of its site, of tables `seat` as `e` and `site` as `i`.
macro_rules! seat_columns {
    () => {
        "e.seat_id, e.floor, e.room, e.label, e.x, e.y, i.site_id AS site_id, \
         i.name AS site_name, i.country AS site_country, i.civic_address AS site_address, \
         i.time_zone AS site_time_zone, i.fallback_number AS site_fallback"
    };
}

/// The columns of [`DefaultSiteColumns`], of table `site` as `d`.
macro_rules! default_site_columns {
    () => {
        "d.site_id AS default_id, d.name AS default_name, d.country AS default_country, \
         d.civic_address AS default_address, d.time_zone AS default_time_zone, \
         d.fallback_number AS default_fallback"
    };
}

/// An agent with everything a telephony answer needs: everything before `WHERE`.
macro_rules! select_known_agents {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            $crate::store::sqlite::rows::agent_columns!(),
            ", ",
            $crate::store::sqlite::rows::standing_columns!(),
            ", ",
            $crate::store::sqlite::rows::seat_columns!(),
            ", ",
            $crate::store::sqlite::rows::default_site_columns!(),
            " FROM agent a JOIN standing s ON s.agent_id = a.agent_id \
             LEFT JOIN seat e ON e.seat_id = s.seat_id \
             LEFT JOIN site i ON i.site_id = e.site_id \
             LEFT JOIN site d ON d.site_id = a.default_site ",
            $rest
        )
    };
}

pub(super) use {
    agent_columns, default_site_columns, seat_columns, select_known_agents, standing_columns,
};

#[derive(FromRow)]
pub(super) struct AgentColumns {
    agent_id: String,
    username: String,
    display_name: String,
    team: String,
    role: String,
    country: String,
    aliases: String,
    direct_number: Option<String>,
    emergency_contacts: String,
    default_site: Option<String>,
}

impl AgentColumns {
    pub(super) fn into_agent(self) -> Result<Agent, StoreError> {
        const TABLE: &str = "agent";
        Ok(Agent {
            id: AgentId::from_stored(self.agent_id),
            username: parse(TABLE, &self.username)?,
            display_name: self.display_name,
            team: self.team,
            role: from_word(TABLE, &self.role)?,
            country: parse(TABLE, &self.country)?,
            aliases: from_json(TABLE, &self.aliases)?,
            direct_number: number(TABLE, self.direct_number)?,
            emergency_contacts: from_json(TABLE, &self.emergency_contacts)?,
            default_site: self
                .default_site
                .map(|site| parse(TABLE, &site))
                .transpose()?,
        })
    }
}

#[derive(FromRow)]
pub(super) struct SiteColumns {
    pub(super) site_id: String,
    pub(super) name: String,
    pub(super) country: String,
    pub(super) civic_address: String,
    pub(super) time_zone: String,
    pub(super) fallback_number: Option<String>,
}

impl SiteColumns {
    pub(super) fn into_site(self) -> Result<SiteRow, StoreError> {
        const TABLE: &str = "site";
        Ok(SiteRow {
            site: Site {
                id: parse(TABLE, &self.site_id)?,
                name: self.name,
                civic_address: from_json(TABLE, &self.civic_address)?,
            },
            country: parse(TABLE, &self.country)?,
            time_zone: self.time_zone,
            fallback_number: number(TABLE, self.fallback_number)?,
        })
    }
}

/// A seat and its site, of an outer join: all of it or nothing.
#[derive(FromRow)]
pub(super) struct SeatColumns {
    seat_id: Option<String>,
    floor: Option<String>,
    room: Option<String>,
    label: Option<String>,
    x: Option<f64>,
    y: Option<f64>,
    site_id: Option<String>,
    site_name: Option<String>,
    site_country: Option<String>,
    site_address: Option<String>,
    site_time_zone: Option<String>,
    site_fallback: Option<String>,
}

impl SeatColumns {
    pub(super) fn into_seat(self) -> Result<Option<(Seat, SiteRow)>, StoreError> {
        let Some(seat_id) = self.seat_id else {
            return Ok(None);
        };
        const CORRUPT: StoreError = StoreError::Corrupt { table: "seat" };
        let site = SiteColumns {
            site_id: self.site_id.ok_or(CORRUPT)?,
            name: self.site_name.ok_or(CORRUPT)?,
            country: self.site_country.ok_or(CORRUPT)?,
            civic_address: self.site_address.ok_or(CORRUPT)?,
            time_zone: self.site_time_zone.ok_or(CORRUPT)?,
            fallback_number: self.site_fallback,
        }
        .into_site()?;
        let seat = Seat {
            id: parse("seat", &seat_id)?,
            site: site.site.id.clone(),
            floor: Floor(self.floor.ok_or(CORRUPT)?),
            room: self.room,
            label: self.label.ok_or(CORRUPT)?,
            position: self.x.zip(self.y),
        };
        Ok(Some((seat, site)))
    }
}

#[derive(FromRow)]
pub(super) struct DefaultSiteColumns {
    default_id: Option<String>,
    default_name: Option<String>,
    default_country: Option<String>,
    default_address: Option<String>,
    default_time_zone: Option<String>,
    default_fallback: Option<String>,
}

impl DefaultSiteColumns {
    fn into_site(self) -> Result<Option<SiteRow>, StoreError> {
        let Some(site_id) = self.default_id else {
            return Ok(None);
        };
        const CORRUPT: StoreError = StoreError::Corrupt { table: "site" };
        SiteColumns {
            site_id,
            name: self.default_name.ok_or(CORRUPT)?,
            country: self.default_country.ok_or(CORRUPT)?,
            civic_address: self.default_address.ok_or(CORRUPT)?,
            time_zone: self.default_time_zone.ok_or(CORRUPT)?,
            fallback_number: self.default_fallback,
        }
        .into_site()
        .map(Some)
    }
}

#[derive(FromRow)]
pub(super) struct StandingColumns {
    pub(super) revision: i64,
    pub(super) version: i64,
    pub(super) kind: String,
    pub(super) at: Option<i64>,
    pub(super) class: Option<String>,
    pub(super) address_sealed: Option<Vec<u8>>,
    pub(super) place_id: Option<String>,
    pub(super) declared_at: Option<i64>,
    pub(super) verdict: String,
}

impl StandingColumns {
    /// Where the agent stands. An address whose key is lost leaves what can be said without it.
    pub(super) fn into_standing(
        self,
        agent: &AgentId,
        seat: Option<(Seat, Site)>,
        keys: &Keys,
    ) -> Result<AgentStanding, StoreError> {
        const TABLE: &str = "standing";
        const CORRUPT: StoreError = StoreError::Corrupt { table: TABLE };
        let mut unreadable = false;
        let place = match (self.class.as_deref(), seat, &self.address_sealed) {
            (None, ..) => None,
            (Some(_), Some((seat, site)), None) => Some(DeclaredPlace::Seat { site, seat }),
            (Some(class), None, Some(sealed)) => {
                let class: PlaceClass = from_word(TABLE, class)?;
                match open_address(keys, agent, sealed) {
                    Some(civic_address) => Some(DeclaredPlace::Address {
                        class,
                        civic_address,
                    }),
                    None => {
                        unreadable = true;
                        None
                    }
                }
            }
            (Some(_), ..) => return Err(CORRUPT),
        };
        let declared_at = from_ms_opt(TABLE, self.declared_at)?;
        let at = from_ms_opt(TABLE, self.at)?;
        let standing = match (self.kind.as_str(), &place) {
            ("never", _) => Standing::Never,
            ("declined", _) => Standing::Declined {
                at: at.ok_or(CORRUPT)?,
            },
            ("declared", Some(place)) => Standing::Declared {
                place: place.clone(),
                at: declared_at.ok_or(CORRUPT)?,
            },
            ("ended", Some(place)) => Standing::Ended {
                place: place.clone(),
                at: at.ok_or(CORRUPT)?,
            },
            // The key is lost: without the place the agent counts as one who said nothing, and the
            // default site stands in.
            ("declared" | "ended", None) if unreadable => Standing::Never,
            _ => return Err(CORRUPT),
        };
        let last_place = match (place, declared_at) {
            (Some(place), Some(declared_at)) => Some(LastPlace {
                place,
                declared_at,
                saved: self.place_id.map(PlaceId::from_stored),
            }),
            (None, _) => None,
            (Some(_), None) => return Err(CORRUPT),
        };
        Ok(AgentStanding {
            version: self.version.unsigned_abs(),
            standing,
            last_place,
            verdict: from_word(TABLE, &self.verdict)?,
            unreadable,
        })
    }
}

/// See [`select_known_agents`].
#[derive(FromRow)]
pub(super) struct KnownAgentRow {
    #[sqlx(flatten)]
    pub(super) agent: AgentColumns,
    #[sqlx(flatten)]
    pub(super) standing: StandingColumns,
    #[sqlx(flatten)]
    seat: SeatColumns,
    #[sqlx(flatten)]
    default_site: DefaultSiteColumns,
}

impl KnownAgentRow {
    pub(super) fn into_known(self, keys: &Keys) -> Result<(KnownAgent, Revision), StoreError> {
        let agent = self.agent.into_agent()?;
        let revision = self.standing.revision.unsigned_abs();
        let (seat, seat_site) = match self.seat.into_seat()? {
            Some((seat, row)) => (Some((seat, row.site.clone())), Some(row)),
            None => (None, None),
        };
        let standing = self.standing.into_standing(&agent.id, seat, keys)?;
        let known = KnownAgent {
            agent,
            standing,
            seat_site,
            default_site: self.default_site.into_site()?,
        };
        Ok((known, revision))
    }
}

/// Where the address of an agent's standing is sealed for.
pub(super) fn standing_binding(agent: &AgentId) -> Binding<'_> {
    Binding {
        table: "standing",
        owner: agent.as_str(),
        version: 1,
    }
}

fn open_address(keys: &Keys, agent: &AgentId, sealed: &[u8]) -> Option<CivicAddress> {
    match keys.open(&standing_binding(agent), sealed) {
        Ok(plain) => serde_json::from_slice(&plain).ok(),
        Err(error) => {
            tracing::error!(agent.id = %agent, %error, "an agent's address cannot be opened");
            None
        }
    }
}

/// What can be read of a list. A row that is damaged is reported and left out: it must not take
/// everybody else's with it.
pub(super) fn readable<T>(
    rows: impl IntoIterator<Item = Result<T, StoreError>>,
) -> Result<Vec<T>, StoreError> {
    let mut readable = Vec::new();
    for row in rows {
        match row {
            Ok(row) => readable.push(row),
            Err(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(%error, alarm = true, "a damaged row is left out");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(readable)
}

pub(super) fn number(
    table: &'static str,
    text: Option<String>,
) -> Result<Option<E164>, StoreError> {
    text.map(|text| parse(table, &text)).transpose()
}
