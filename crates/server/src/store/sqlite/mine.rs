use async_trait::async_trait;
use jiff::Timestamp;
use location::freshness::{DeclaredPlace, Standing};
use sqlx::Connection as _;

use super::{SqliteStore, StoreError, call_rows, openings, places, roster, standing};
use crate::store::{AgentId, Mine, Mines};

#[async_trait]
impl Mines for SqliteStore {
    async fn mine(
        &self,
        agent: &AgentId,
        fresh_after: Timestamp,
    ) -> Result<Option<Mine>, StoreError> {
        let mut reader = self.reader().await?;
        let mut view = reader.begin().await?;
        let found = standing::known_agent(&mut view, &self.keys, agent).await?;
        let Some((known, revision)) = found else {
            return Ok(None);
        };
        let places = places::places_of(&mut view, &self.keys, agent).await?;
        let calls = call_rows::calls_of(&mut view, &self.keys, &self.call_keys, agent).await?;
        let seat_mates = match &known.standing.standing {
            Standing::Declared {
                place: DeclaredPlace::Seat { seat, .. },
                at,
            } if *at > fresh_after => {
                let mut mates = roster::mates(&mut view, &seat.id, fresh_after).await?;
                mates.retain(|mate| mate.agent != *agent);
                mates
            }
            Standing::Declared { .. }
            | Standing::Declined { .. }
            | Standing::Ended { .. }
            | Standing::Never => Vec::new(),
        };
        let openings = openings::unseen(&mut view, &self.keys, agent).await?;
        let checked = standing::checked_of(&mut view, &self.keys, agent).await?;
        view.commit().await?;
        Ok(Some(Mine {
            agent: known.agent,
            revision,
            standing: known.standing,
            checked,
            default_site: known.default_site,
            places,
            calls,
            openings,
            seat_mates,
        }))
    }
}
