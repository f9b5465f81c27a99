use api::agent::Role;
use location::{CivicAddress, Country, Floor, Seat};
use serde_json::json;

use crate::store::{
    AgentRecord, FloorPlan, ImportKind, NumberRecord, RowOutcome, SiteRecord, Store,
};

/// One site with a floor of three seats, three agents, a supervisor, a security desk, two numbers.
pub(super) async fn import(store: &dyn Store) {
    store.mark_sample().await.unwrap();
    for what in [
        ImportKind::Sites(vec![seattle()]),
        ImportKind::Seats(vec![seat("181"), seat("182"), seat("183")]),
        ImportKind::FloorPlans(vec![FloorPlan {
            site: "SEA".parse().unwrap(),
            floor: Floor("5".to_owned()),
            plan_svg: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned(),
        }]),
        ImportKind::Agents(vec![
            agent(
                "maria.chen",
                "Maria Chen",
                Role::Agent,
                &["sip:maria.chen@example.com"],
            ),
            agent("devon.walsh", "Devon Walsh", Role::Agent, &["+12065550142"]),
            agent("sam.lee", "Sam Lee", Role::Agent, &[]),
            agent("sam.ortiz", "Sam Ortiz", Role::Supervisor, &[]),
            agent(
                "desk.one",
                "Security Desk",
                Role::Security,
                &["sip:desk@example.com"],
            ),
        ]),
        ImportKind::Numbers(vec![number("+12065550101"), number("+12065550102")]),
    ] {
        for outcome in store.import(what, false).await.unwrap() {
            let fine = matches!(outcome, RowOutcome::Added | RowOutcome::Changed);
            assert!(fine, "{outcome:?}");
        }
    }
}

/// That many more agents.
pub(super) async fn hire(store: &dyn Store, count: usize) {
    let newcomers = (0..count).map(|number| {
        let username = format!("newcomer.{number:04}");
        agent(&username, "Newcomer", Role::Agent, &[])
    });
    let newcomers = ImportKind::Agents(newcomers.collect());
    store.import(newcomers, false).await.unwrap();
}

/// Makes somebody an agent like others.
pub(super) async fn demote(store: &dyn Store, username: &str) {
    let demoted = agent(username, username, Role::Agent, &[]);
    let demoted = ImportKind::Agents(vec![demoted]);
    store.import(demoted, false).await.unwrap();
}

/// The address of the site.
pub(super) fn seventh_avenue() -> CivicAddress {
    serde_json::from_value(json!({
        "country": "US", "A1": "WA", "A3": "Seattle", "RD": "7th", "STS": "Ave", "HNO": "2121",
        "PC": "98121",
    }))
    .unwrap()
}

fn seattle() -> SiteRecord {
    SiteRecord {
        site: location::Site {
            id: "SEA".parse().unwrap(),
            name: "Seattle 7th Ave".to_owned(),
            civic_address: seventh_avenue(),
        },
        country: Country::Us,
        time_zone: "America/Los_Angeles".to_owned(),
        fallback_number: Some("+12065550199".parse().unwrap()),
    }
}

fn seat(number: &str) -> Seat {
    Seat {
        id: format!("SEA-5-{number}").parse().unwrap(),
        site: "SEA".parse().unwrap(),
        floor: Floor("5".to_owned()),
        room: None,
        label: format!("WS {number}"),
        position: Some((0.5, 0.25)),
    }
}

fn agent(username: &str, display_name: &str, role: Role, aliases: &[&str]) -> AgentRecord {
    AgentRecord {
        username: username.parse().unwrap(),
        display_name: display_name.to_owned(),
        team: "Support".to_owned(),
        role,
        country: Country::Us,
        aliases: aliases.iter().map(ToString::to_string).collect(),
        direct_number: None,
        emergency_contacts: Vec::new(),
        default_site: None,
    }
}

fn number(number: &str) -> NumberRecord {
    NumberRecord {
        number: number.parse().unwrap(),
        site: None,
        platform: String::new(),
        country: Country::Us,
    }
}
