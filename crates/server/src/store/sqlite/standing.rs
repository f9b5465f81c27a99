use api::location::Checked;
use async_trait::async_trait;
use jiff::Timestamp;
use location::freshness::{Standing, is_believable};
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError, Tx, Write,
    record::{self, Row},
    rows::{KnownAgentRow, select_known_agents, standing_binding},
    words::{from_ms, from_ms_opt, to_count, to_json, to_ms, to_word},
};
use crate::{
    record::Kind,
    seal::{Binding, Keys, SealKey},
    store::{
        AgentId, AgentStanding, Confirm, Confirmation, Decline, EndShift, Entry, KnownAgent,
        LastPlace, PlaceId, PlaceToConfirm, Revision, Standings,
    },
};

const TABLE: &str = "standing";
/// How far back somebody may have said to sit on a seat and still be told who takes it: longer than
/// any seat is fresh, short enough that a shared desk has few.
const TOLD_FOR_MS: i64 = 7 * 24 * 60 * 60 * 1000;

#[async_trait]
impl Standings for SqliteStore {
    async fn standing(&self, agent: &AgentId) -> Result<Option<AgentStanding>, StoreError> {
        let known = known_agent(&mut *self.reader().await?, &self.keys, agent).await?;
        Ok(known.map(|(known, _)| known.standing))
    }

    async fn checked(&self, agent: &AgentId) -> Result<Option<Checked>, StoreError> {
        checked_of(&mut *self.reader().await?, &self.keys, agent).await
    }

    async fn confirm(&self, declaration: Confirm) -> Result<Confirmation, StoreError> {
        self.write(declaration).await
    }

    async fn decline(&self, decline: Decline) -> Result<Option<AgentStanding>, StoreError> {
        self.write(decline).await
    }

    async fn end_shift(&self, end: EndShift) -> Result<Option<AgentStanding>, StoreError> {
        self.write(end).await
    }

    async fn disbelieve(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(Disbelieve { now }).await
    }
}

/// One agent with everything that is served about them.
pub(super) async fn known_agent(
    connection: &mut SqliteConnection,
    keys: &Keys,
    agent: &AgentId,
) -> Result<Option<(KnownAgent, Revision)>, StoreError> {
    sqlx::query_as::<_, KnownAgentRow>(select_known_agents!("WHERE a.agent_id = $1"))
        .bind(agent.as_str())
        .fetch_optional(connection)
        .await?
        .map(|row| row.into_known(keys))
        .transpose()
}

/// Where the verdict on an agent's last place comes from. What cannot be opened any more says nothing.
pub(super) async fn checked_of(
    connection: &mut SqliteConnection,
    keys: &Keys,
    agent: &AgentId,
) -> Result<Option<Checked>, StoreError> {
    let sealed: Option<Option<Vec<u8>>> =
        sqlx::query_scalar("SELECT check_sealed FROM standing WHERE agent_id = $1")
            .bind(agent.as_str())
            .fetch_optional(connection)
            .await?;
    let opened = sealed
        .flatten()
        .and_then(|sealed| keys.open(&check_binding(agent), &sealed).ok());
    opened
        .map(|plain| {
            serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt { table: TABLE })
        })
        .transpose()
}

/// What stands, as far as deciding about a declaration needs it.
#[derive(sqlx::FromRow)]
struct Current {
    version: i64,
    kind: String,
    at: Option<i64>,
    declared_at: Option<i64>,
    seat_id: Option<String>,
    repeated_version: Option<i64>,
    repeated_digest: Option<String>,
    person_key: Option<Vec<u8>>,
}

impl Current {
    async fn read(
        connection: &mut SqliteConnection,
        agent: &AgentId,
        key: Option<&str>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT s.version, s.kind, s.at, s.declared_at, s.seat_id, \
             h.version AS repeated_version, h.request_digest AS repeated_digest, \
             k.key_sealed AS person_key FROM standing s LEFT JOIN standing_history h \
             ON h.agent_id = s.agent_id AND h.idempotency_key = $2 \
             LEFT JOIN person_key k ON k.agent_id = s.agent_id WHERE s.agent_id = $1",
        )
        .bind(agent.as_str())
        .bind(key)
        .fetch_optional(connection)
        .await?)
    }

    /// The key under which the compliance record speaks of the agent.
    async fn person_key(&self, tx: &mut Tx<'_>, agent: &AgentId) -> Option<SealKey> {
        match &self.person_key {
            Some(sealed) => record::open_person_key(tx.keys, agent, sealed),
            None => tx.make_person_key(agent).await,
        }
    }

    /// When what stands was said; absent when nothing stands, or when it was said while the clock ran
    /// ahead: anything that is said now is newer.
    fn said_at(&self, now: Timestamp) -> Option<i64> {
        let said_at = self.at.max(self.declared_at)?;
        let said = Timestamp::from_millisecond(said_at).ok()?;
        is_believable(said, now).then_some(said_at)
    }
}

#[async_trait]
impl Write for Confirm {
    type Output = Confirmation;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Confirmation, StoreError> {
        let found = Current::read(tx.connection, &self.agent, Some(&self.key)).await?;
        let Some(current) = found else {
            return Ok(Confirmation::Unknown);
        };
        if let Some(repeated) = current.repeated_version {
            if current.repeated_digest.as_deref() != Some(self.request_digest.as_str()) {
                return Ok(Confirmation::KeyReused);
            }
            return match known_agent(tx.connection, tx.keys, &self.agent).await? {
                Some((known, revision)) if repeated == current.version => {
                    Ok(Confirmation::Repeated {
                        standing: known.standing,
                        revision,
                    })
                }
                Some((known, _)) => Ok(Confirmation::Superseded {
                    standing: known.standing,
                }),
                None => Ok(Confirmation::Unknown),
            };
        }
        let Some(declared_at) = self.accepted_at(&current) else {
            return Ok(
                match known_agent(tx.connection, tx.keys, &self.agent).await? {
                    Some((known, _)) => Confirmation::Superseded {
                        standing: known.standing,
                    },
                    None => Confirmation::Unknown,
                },
            );
        };
        self.keep(tx, &current, declared_at).await
    }
}

impl Confirm {
    /// When it counts as said, in milliseconds; `None` when something newer stands.
    fn accepted_at(&self, current: &Current) -> Option<i64> {
        let declared_at = to_ms(self.declared_at.min(self.received_at));
        let said_at = current.said_at(self.received_at);
        match self.based_on.map(to_count) {
            // The agent has seen what stands, so this is later, whatever rounding says.
            Some(seen) if seen == current.version => {
                Some(said_at.unwrap_or(declared_at).max(declared_at))
            }
            Some(_) => None,
            None => said_at
                .is_none_or(|said_at| said_at <= declared_at)
                .then_some(declared_at),
        }
    }

    /// The place, as its digest is made of it: the seat's id, or the address as JSON.
    fn place_in_words(&self, seat: Option<&str>) -> String {
        match &self.place {
            PlaceToConfirm::Seat { .. } => seat.unwrap_or_default().to_owned(),
            PlaceToConfirm::Address { civic_address, .. } => to_json(civic_address),
        }
    }

    async fn keep(
        &self,
        tx: &mut Tx<'_>,
        current: &Current,
        declared_at: i64,
    ) -> Result<Confirmation, StoreError> {
        let version = current.version + 1;
        let declared = self.place.declared();
        let (seat, address, saved) = match &self.place {
            PlaceToConfirm::Seat { seat, .. } => (Some(seat.id.as_str()), None, None),
            PlaceToConfirm::Address {
                civic_address,
                saved,
                ..
            } => {
                let plain = to_json(civic_address);
                let sealed = tx
                    .keys
                    .seal(&standing_binding(&self.agent), plain.as_bytes());
                (None, Some(sealed), saved.as_ref())
            }
        };
        let class = to_word(&declared.class());
        let verdict = to_word(&self.verdict);
        let check = self.checked.as_ref().map(|checked| {
            let plain = to_json(checked);
            tx.keys.seal(&check_binding(&self.agent), plain.as_bytes())
        });
        let revision: i64 = sqlx::query_scalar(
            "UPDATE standing SET revision = revision + 1, version = $2, kind = 'declared', \
             at = $3, class = $4, seat_id = $5, address_sealed = $6, \
             place_id = (SELECT place_id FROM place WHERE place_id = $7 AND agent_id = $1), \
             declared_at = $3, verdict = $8, check_sealed = $9 WHERE agent_id = $1 \
             RETURNING revision",
        )
        .bind(self.agent.as_str())
        .bind(version)
        .bind(declared_at)
        .bind(&class)
        .bind(seat)
        .bind(address)
        .bind(saved.map(PlaceId::as_str))
        .bind(&verdict)
        .bind(check)
        .fetch_one(&mut *tx.connection)
        .await?;
        let revision = tx.touched(self.agent.clone(), revision);
        let reason = seal_reason(tx.keys, &self.agent, self.override_reason.as_deref());
        let based_on = self.based_on.map(to_count);
        let checked_by = self.checked.as_ref().map(|checked| checked.by.as_str());
        sqlx::query(
            "INSERT INTO standing_history (agent_id, version, kind, at, received_at, class, \
             seat_id, verdict, based_on, reason_sealed, idempotency_key, request_digest, \
             checked_by, recorded) \
             VALUES ($1, $2, 'declared', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
        )
        .bind(self.agent.as_str())
        .bind(version)
        .bind(declared_at)
        .bind(to_ms(self.received_at))
        .bind(&class)
        .bind(seat)
        .bind(&verdict)
        .bind(based_on)
        .bind(reason.as_deref())
        .bind(&self.key)
        .bind(&self.request_digest)
        .bind(checked_by)
        .execute(&mut *tx.connection)
        .await?;
        let row = Row {
            version,
            kind: "declared",
            at: declared_at,
            received_at: to_ms(self.received_at),
            class: Some(&class),
            seat_id: seat,
            verdict: &verdict,
            based_on,
            checked_by,
            reason_sealed: reason.as_deref(),
        };
        let mut entry = Entry::new(Kind::Confirmed, self.received_at)
            .count("version", version)
            .word("class", class.as_str())
            .word("verdict", verdict.as_str())
            .keyed("row", row.written(&self.agent))
            .keyed("place", self.place_in_words(seat));
        if let Some(reason) = &self.override_reason {
            entry = entry.keyed("reason", reason.as_str());
        }
        let person = current.person_key(tx, &self.agent).await;
        tx.record_of(entry, person.as_ref()).await;
        if let Some(place) = saved {
            sqlx::query(
                "UPDATE place SET confirmed_at = $3, verdict = $4 \
                 WHERE place_id = $1 AND agent_id = $2",
            )
            .bind(place.as_str())
            .bind(self.agent.as_str())
            .bind(declared_at)
            .bind(&verdict)
            .execute(&mut *tx.connection)
            .await?;
        }
        tell_seat_mates(
            tx,
            &self.agent,
            current.seat_id.as_deref(),
            seat,
            declared_at,
        )
        .await?;
        let at = from_ms_opt(TABLE, Some(declared_at))?.unwrap_or(self.declared_at);
        Ok(Confirmation::Confirmed {
            standing: AgentStanding {
                version: version.unsigned_abs(),
                standing: Standing::Declared {
                    place: declared.clone(),
                    at,
                },
                last_place: Some(LastPlace {
                    place: declared,
                    declared_at: at,
                    saved: saved.cloned(),
                }),
                verdict: self.verdict,
                unreadable: false,
            },
            revision,
        })
    }
}

#[async_trait]
impl Write for Decline {
    type Output = Option<AgentStanding>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<AgentStanding>, StoreError> {
        let Some(current) = Current::read(tx.connection, &self.agent, None).await? else {
            return Ok(None);
        };
        let at = to_ms(self.at).max(current.said_at(self.at).unwrap_or(i64::MIN));
        let change = Change {
            agent: &self.agent,
            kind: "declined",
            entry: Kind::Declined,
            at,
            reason: Some(&self.reason),
        };
        change.keep(tx, &current, to_ms(self.at)).await
    }
}

#[async_trait]
impl Write for EndShift {
    type Output = Option<AgentStanding>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<AgentStanding>, StoreError> {
        let Some(current) = Current::read(tx.connection, &self.agent, None).await? else {
            return Ok(None);
        };
        if current.kind != "declared" {
            let known = known_agent(tx.connection, tx.keys, &self.agent).await?;
            return Ok(known.map(|(known, _)| known.standing));
        }
        let at = to_ms(self.at).max(current.said_at(self.at).unwrap_or(i64::MIN));
        let change = Change {
            agent: &self.agent,
            kind: "ended",
            entry: Kind::ShiftEnded,
            at,
            reason: None,
        };
        change.keep(tx, &current, to_ms(self.at)).await
    }
}

struct Disbelieve {
    now: Timestamp,
}

#[async_trait]
impl Write for Disbelieve {
    type Output = usize;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize, StoreError> {
        let ahead: Vec<(String, i64)> = sqlx::query_as(
            "SELECT agent_id, declared_at FROM standing WHERE kind = 'declared' AND declared_at > $1",
        )
        .bind(to_ms(self.now))
        .fetch_all(&mut *tx.connection)
        .await?;
        let mut ended = 0;
        for (agent, declared_at) in ahead {
            let said = from_ms(TABLE, declared_at)?;
            let agent = AgentId::from_stored(agent);
            if is_believable(said, self.now) {
                continue;
            }
            if let Some(current) = Current::read(tx.connection, &agent, None).await? {
                let at = to_ms(self.now);
                let change = Change {
                    agent: &agent,
                    kind: "ended",
                    entry: Kind::ShiftEnded,
                    at,
                    reason: None,
                };
                change.keep(tx, &current, at).await?;
                ended += 1;
            }
        }
        Ok(ended)
    }
}

/// Something an agent said that names no place. The last place stays on file.
struct Change<'a> {
    agent: &'a AgentId,
    kind: &'static str,
    entry: Kind,
    at: i64,
    reason: Option<&'a str>,
}

impl Change<'_> {
    async fn keep(
        &self,
        tx: &mut Tx<'_>,
        current: &Current,
        received_at: i64,
    ) -> Result<Option<AgentStanding>, StoreError> {
        let version = current.version + 1;
        let (revision, class, verdict): (i64, Option<String>, String) = sqlx::query_as(
            "UPDATE standing SET revision = revision + 1, version = $2, kind = $3, at = $4 \
             WHERE agent_id = $1 RETURNING revision, class, verdict",
        )
        .bind(self.agent.as_str())
        .bind(version)
        .bind(self.kind)
        .bind(self.at)
        .fetch_one(&mut *tx.connection)
        .await?;
        tx.touched(self.agent.clone(), revision);
        let reason = seal_reason(tx.keys, self.agent, self.reason);
        sqlx::query(
            "INSERT INTO standing_history (agent_id, version, kind, at, received_at, class, \
             seat_id, verdict, reason_sealed, recorded) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        )
        .bind(self.agent.as_str())
        .bind(version)
        .bind(self.kind)
        .bind(self.at)
        .bind(received_at)
        .bind(class.as_deref())
        .bind(current.seat_id.as_deref())
        .bind(&verdict)
        .bind(reason.as_deref())
        .execute(&mut *tx.connection)
        .await?;
        let row = Row {
            version,
            kind: self.kind,
            at: self.at,
            received_at,
            class: class.as_deref(),
            seat_id: current.seat_id.as_deref(),
            verdict: &verdict,
            based_on: None,
            checked_by: None,
            reason_sealed: reason.as_deref(),
        };
        let mut entry = Entry::new(self.entry, from_ms(TABLE, received_at)?)
            .count("version", version)
            .keyed("row", row.written(self.agent));
        if let Some(reason) = self.reason {
            entry = entry.keyed("reason", reason);
        }
        let person = current.person_key(tx, self.agent).await;
        tx.record_of(entry, person.as_ref()).await;
        tell_seat_mates(tx, self.agent, current.seat_id.as_deref(), None, self.at).await?;
        let known = known_agent(tx.connection, tx.keys, self.agent).await?;
        Ok(known.map(|(known, _)| known.standing))
    }
}

/// Raises the revision of everybody else who says to sit on the seat that is left or taken.
async fn tell_seat_mates(
    tx: &mut Tx<'_>,
    agent: &AgentId,
    left: Option<&str>,
    taken: Option<&str>,
    at: i64,
) -> Result<(), StoreError> {
    if left.is_none() && taken.is_none() {
        return Ok(());
    }
    let told: Vec<(String, i64)> = sqlx::query_as(
        "UPDATE standing SET revision = revision + 1 \
         WHERE seat_id IN ($1, $2) AND declared_at > $3 AND agent_id <> $4 AND kind = 'declared' \
         RETURNING agent_id, revision",
    )
    .bind(left)
    .bind(taken)
    .bind(at.saturating_sub(TOLD_FOR_MS))
    .bind(agent.as_str())
    .fetch_all(&mut *tx.connection)
    .await?;
    for (mate, revision) in told {
        tx.touched(AgentId::from_stored(mate), revision);
    }
    Ok(())
}

fn check_binding(agent: &AgentId) -> Binding<'_> {
    Binding {
        table: "standing_check",
        owner: agent.as_str(),
        version: 1,
    }
}

fn seal_reason(keys: &Keys, agent: &AgentId, reason: Option<&str>) -> Option<Vec<u8>> {
    let binding = Binding {
        table: "standing_history",
        owner: agent.as_str(),
        version: 1,
    };
    reason.map(|reason| keys.seal(&binding, reason.as_bytes()))
}
