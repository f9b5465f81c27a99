use location::{CivicAddress, CivicKey};

use crate::{
    http::App,
    store::{AgentId, StoreError},
};

const DOORS: [CivicKey; 3] = [CivicKey::Unit, CivicKey::Flr, CivicKey::Room];

/// Whether the building is known to have several units, floors or rooms: a site of the organisation
/// with more than one floor, or a saved address of the same agent that names a door there. What
/// others saved says nothing here, for it would tell where they live.
pub(super) async fn several_units(
    app: &App,
    agent: &AgentId,
    address: &CivicAddress,
) -> Result<bool, StoreError> {
    let sites = app.store.sites().await?;
    if sites
        .iter()
        .any(|site| site.floors.len() > 1 && site.row.site.civic_address.is_in_building_of(address))
    {
        return Ok(true);
    }
    let places = app.store.places(agent).await?;
    Ok(places.iter().any(|place| {
        let saved = &place.civic_address;
        DOORS.iter().any(|key| saved.get(*key).is_some()) && saved.is_in_building_of(address)
    }))
}

#[cfg(test)]
mod tests {
    use api::paths;
    use serde_json::{Value, json};

    use crate::testing::{Ask, TestServer};

    fn tower(unit: Option<&str>) -> Value {
        let mut address = json!({"country": "US", "A1": "WA", "A3": "Seattle", "HNO": "300",
            "RD": "Pine", "STS": "St", "PC": "98101"});
        if let Some(unit) = unit {
            address["UNIT"] = json!(unit);
        }
        address
    }

    async fn known(server: &TestServer, token: &str) -> Value {
        let ask = Ask::post(paths::ADDRESSES_CHECK).bearer(token);
        let found = server
            .ask(ask.json(json!({ "address": tower(None) })))
            .await;
        found.good()["several_units"].clone()
    }

    #[tokio::test]
    async fn a_door_that_was_saved_tells_of_the_building_to_nobody_else() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let devon = server.sign_in("devon.walsh").await;
        assert_eq!(known(&server, &devon).await, false);
        for unit in [None, Some("Apt 4B")] {
            let place = json!({"label": "Home", "class": "home", "civic_address": tower(unit)});
            let save = Ask::post(paths::ME_PLACES).bearer(&devon).json(place);
            server.ask(save).await.good();
            assert_eq!(known(&server, &devon).await, unit.is_some());
        }
        assert_eq!(known(&server, &maria).await, false);
    }
}
