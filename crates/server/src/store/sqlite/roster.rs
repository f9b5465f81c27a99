use std::collections::HashSet;

use async_trait::async_trait;
use jiff::Timestamp;
use location::SeatId;
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError,
    rows::{KnownAgentRow, readable, select_known_agents},
    words::{from_ms, to_ms},
};
use crate::store::{AgentId, RosterQuery, RosterRow, Rosters, SeatMate};

#[async_trait]
impl Rosters for SqliteStore {
    async fn roster(&self, query: &RosterQuery) -> Result<Vec<RosterRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows = match &query.agents {
            // A few: each by its key.
            Some(agents) => {
                let wanted: HashSet<&AgentId> = agents.iter().collect();
                let mut rows = Vec::with_capacity(wanted.len());
                for agent in wanted {
                    rows.extend(
                        sqlx::query_as::<_, KnownAgentRow>(select_known_agents!(
                            "WHERE a.agent_id = $1"
                        ))
                        .bind(agent.as_str())
                        .fetch_optional(&mut *reader)
                        .await?,
                    );
                }
                rows
            }
            None => {
                sqlx::query_as::<_, KnownAgentRow>(select_known_agents!(
                    "WHERE $1 IS NULL OR a.team = $1"
                ))
                .bind(query.team.as_deref())
                .fetch_all(&mut *reader)
                .await?
            }
        };
        let mut roster = readable(rows.into_iter().map(|row| {
            let (known, revision) = row.into_known(&self.keys)?;
            Ok(RosterRow {
                agent: known.agent,
                standing: known.standing,
                revision,
            })
        }))?;
        if let Some(team) = &query.team {
            roster.retain(|row| row.agent.team == *team);
        }
        roster.sort_by(|one, other| {
            (&one.agent.display_name, &one.agent.username)
                .cmp(&(&other.agent.display_name, &other.agent.username))
        });
        Ok(roster)
    }

    async fn seat_mates(
        &self,
        seat: &SeatId,
        fresh_after: Timestamp,
    ) -> Result<Vec<SeatMate>, StoreError> {
        mates(&mut *self.reader().await?, seat, fresh_after).await
    }

    async fn taken_seats(
        &self,
        seats: &[SeatId],
        fresh_after: Timestamp,
    ) -> Result<Vec<(SeatId, SeatMate)>, StoreError> {
        let mut reader = self.reader().await?;
        let mut taken = Vec::new();
        for seat in seats.iter().collect::<HashSet<_>>() {
            let mates = mates(&mut reader, seat, fresh_after).await?;
            taken.extend(mates.into_iter().map(|mate| (seat.clone(), mate)));
        }
        Ok(taken)
    }
}

/// Who says to sit on a seat and said so after `fresh_after`, the first first.
pub(super) async fn mates(
    connection: &mut SqliteConnection,
    seat: &SeatId,
    fresh_after: Timestamp,
) -> Result<Vec<SeatMate>, StoreError> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT s.agent_id, a.display_name, s.declared_at \
         FROM standing s JOIN agent a ON a.agent_id = s.agent_id \
         WHERE s.seat_id = $1 AND s.declared_at > $2 AND s.kind = 'declared' \
         ORDER BY s.declared_at, a.username",
    )
    .bind(seat.as_str())
    .bind(to_ms(fresh_after))
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(agent, display_name, since)| {
            Ok(SeatMate {
                agent: AgentId::from_stored(agent),
                display_name,
                since: from_ms("standing", since)?,
            })
        })
        .collect()
}
