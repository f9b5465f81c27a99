//! What the record costs the path that confirms. Not a test: it prints figures, and is run by hand, built with
//! optimisation (`cargo test --release -p server --lib record_cost -- --ignored --nocapture`).

use std::sync::atomic::Ordering;

use futures_util::{StreamExt as _, stream};

use super::*;
use crate::store::sqlite::record::OFF;

const AGENTS: usize = 2_000;
const CONFIRMATIONS: usize = 20_000;
const ALONE: usize = 1_500;
const PAIRS: usize = 7;

async fn agents(house: &House) -> Vec<AgentId> {
    let agent = |number: usize| AgentRecord {
        username: format!("agent.{number}").parse().unwrap(),
        display_name: "A".to_owned(),
        team: String::new(),
        role: Role::Agent,
        country: Country::Us,
        aliases: Vec::new(),
        direct_number: None,
        emergency_contacts: Vec::new(),
        default_site: None,
    };
    let all = ImportKind::Agents((0..AGENTS).map(agent).collect());
    house.store.import(all, false).await.unwrap();
    sqlx::query_scalar::<_, String>("SELECT agent_id FROM agent")
        .fetch_all(&mut *house.store.reader().await.unwrap())
        .await
        .unwrap()
        .into_iter()
        .map(AgentId::from_stored)
        .collect()
}

/// Confirmations a second and jobs a commit, so many at once.
#[expect(clippy::cast_precision_loss, reason = "figures are small")]
async fn confirm(
    house: &House,
    agents: &[AgentId],
    round: usize,
    count: usize,
    at_once: usize,
) -> (f64, f64) {
    let before = house.store.figures();
    let started = tokio::time::Instant::now();
    stream::iter(0..count)
        .for_each_concurrent(at_once, |number| async move {
            let agent = &agents[number % agents.len()];
            let minute = i64::try_from(round * count + number).unwrap();
            let said = declaration(agent, &format!("{round}.{number}"), at(minute));
            let done = house.store.confirm(said).await.unwrap();
            assert!(matches!(done, Confirmation::Confirmed { .. }));
        })
        .await;
    let seconds = started.elapsed().as_secs_f64();
    let after = house.store.figures();
    let commits = (after.commits - before.commits) as f64;
    (count as f64 / seconds, count as f64 / commits)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures"]
async fn the_record_beside_none() {
    let house = House::new().await;
    let everybody = agents(&house).await;
    let mut round = 0;
    for (at_once, count) in [(512, CONFIRMATIONS), (64, CONFIRMATIONS), (1, ALONE)] {
        let (mut with, mut without, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for pair in 0..=PAIRS {
            let mut figures = [0.0; 2];
            // In turns, each first as often as second.
            for turn in 0..2 {
                let off = (pair + turn) % 2 == 1;
                OFF.store(off, Ordering::Relaxed);
                round += 1;
                let (rate, batch) = confirm(&house, &everybody, round, count, at_once).await;
                println!(
                    "at_once={at_once} record={} rate={rate:.0} batch={batch:.1}",
                    !off
                );
                figures[usize::from(off)] = rate;
            }
            // The first pair warms up.
            if pair > 0 {
                with.push(figures[0]);
                without.push(figures[1]);
                ratios.push(figures[0] / figures[1]);
            }
        }
        println!(
            "at_once={at_once} with={:.0} without={:.0} ratio={:.3}",
            median(with),
            median(without),
            median(ratios)
        );
    }
    OFF.store(false, Ordering::Relaxed);
}
