//! Two hundred calls at once, against the same two hundred one after another.

use std::{collections::VecDeque, time::Duration};

use anyhow::{Context as _, Result};
use api::telephony::Answer;
use futures_util::future::{join_all, try_join_all};
use system_tests::Arrived;
use tokio::time::{Instant, timeout};

use crate::{
    clock::{between, circumstances, now_us},
    fire::{self, CALLERS, MAILS, Outcome, caller},
    smtp::Sender,
    spread::{Spread, heading},
    world::{Answered, PATIENCE, World, platform},
};

/// How many connections the floor has to the mail server.
const LINES: usize = 16;

/// What was measured, over all fires.
#[derive(Default)]
struct Times {
    alone: Vec<Duration>,
    greeted: Vec<Duration>,
    answers: Vec<Duration>,
    told: Vec<Duration>,
    all_alone: Vec<Duration>,
    all_answered: Vec<Duration>,
    all_told: Vec<Duration>,
    all_sent: Vec<Duration>,
}

/// Measures, and says what came of it.
pub(crate) async fn measure(server: &str, runs: usize) -> Result<()> {
    let mut times = Times::default();
    let mut outcomes = Vec::new();
    for run in 1..=runs {
        one_after_another(server, &mut times).await?;
        let outcome = at_once(server, &mut times).await?;
        println!("    fire {run} of {runs}: {outcome:?}");
        outcomes.push(outcome);
    }
    let of = |times: Vec<Duration>| Spread::of(times);
    let (alone, greeted) = (of(times.alone), of(times.greeted));
    let (answers, told) = (of(times.answers), of(times.told));
    let (all_alone, all_answered) = (of(times.all_alone), of(times.all_answered));
    let (all_told, all_sent) = (of(times.all_told), of(times.all_sent));
    println!(
        "{}",
        heading(&format!("milliseconds, {CALLERS} calls at once"))
    );
    for (name, spread) in [
        ("call -> answer to the platform", &answers),
        ("floor: one after another, each", &alone),
        ("floor: as many requests at once for nothing", &greeted),
        ("first call -> mail accepted", &told),
    ] {
        println!("{name:<46}{spread}");
    }
    println!(
        "{}",
        heading(&format!("milliseconds, a whole fire, {runs} fires"))
    );
    for (name, spread) in [
        ("until the last answer", &all_answered),
        ("floor: the same calls one after another", &all_alone),
        ("until the last mail was accepted", &all_told),
        ("floor: the same mails by 16 open connections", &all_sent),
    ] {
        println!("{name:<46}{spread}");
    }
    println!(
        "storm fires={runs} calls={CALLERS} {} {} {} times_alone_p50={:.2} times_requests_for_nothing_p99={:.2} \
         times_one_after_another={:.2} times_bare_mails={:.2} {} {}",
        answers.keys("answer"),
        told.keys("mail"),
        all_told.keys("all_told"),
        answers.times(&alone, 50),
        answers.times(&greeted, 99),
        all_answered.times(&all_alone, 50),
        all_told.times(&all_sent, 50),
        of_all(&outcomes),
        circumstances()
    );
    Ok(())
}

/// The same calls by a platform that waits for each answer.
async fn one_after_another(server: &str, times: &mut Times) -> Result<()> {
    let mut world = fire::site(server).await?;
    let platform = platform()?;
    world.greet(&platform).await?;
    let began = Instant::now();
    for number in 0..CALLERS {
        let call = format!("call-{number}");
        let answered = world.dial(&platform, &call, &caller(number)).await?;
        times.alone.push(answered.took);
    }
    times.all_alone.push(began.elapsed());
    // Nothing of it runs into what is measured next.
    world.mails.take(MAILS).await?;
    Ok(())
}

async fn at_once(server: &str, times: &mut Times) -> Result<Outcome> {
    let mut world = fire::site(server).await?;
    let nobody = platform()?;
    let greetings = (0..CALLERS).map(|_| world.greet(&nobody));
    times.greeted.extend(try_join_all(greetings).await?);
    drop(nobody);

    let platform = platform()?;
    let (asked, began) = (now_us(), Instant::now());
    let calls = join_all((0..CALLERS).map(|number| {
        let (world, platform) = (&world, &platform);
        async move {
            let call = format!("call-{number}");
            world.dial(platform, &call, &caller(number)).await
        }
    }))
    .await;
    times.all_answered.push(began.elapsed());
    let mut answers: Vec<Answer> = Vec::with_capacity(CALLERS);
    for call in calls {
        let Answered { answer, took } = call.context("a call without an answer")?;
        times.answers.push(took);
        answers.push(answer);
    }

    let mut mails = world.mails.take(MAILS).await?;
    // What was answered without the store may be told once more, when the store knows better.
    settled(&world).await?;
    mails.extend(world.mails.rest());
    let told: Vec<_> = mails
        .iter()
        .map(|mail| between(asked, mail.at_us))
        .collect();
    times.all_told.extend(told.iter().max().copied());
    times.told.extend(told);
    let outcome = fire::judge(&world, &answers, &mails).await?;
    times.all_sent.push(bare(&mut world, mails).await?);
    Ok(outcome)
}

/// Waits until nobody is left to be told.
async fn settled(world: &World) -> Result<()> {
    let rest = async {
        while world.notifications().await?["waiting"] != 0 {}
        anyhow::Ok(())
    };
    timeout(PATIENCE, rest)
        .await
        .context("mails wait for ever")?
}

/// How long the mail server alone takes for these mails.
async fn bare(world: &mut World, mails: Vec<Arrived>) -> Result<Duration> {
    let (port, count) = (world.mails.port(), mails.len());
    let mut shares = vec![VecDeque::new(); LINES];
    for (number, mail) in mails.into_iter().enumerate() {
        shares[number % LINES].push_back(mail);
    }
    let senders = try_join_all(shares.iter().map(|_| Sender::connect(port))).await?;
    let began = now_us();
    let sending = senders
        .into_iter()
        .zip(shares)
        .map(|(mut sender, share)| async move {
            for mail in share {
                sender.send(&mail).await?;
            }
            anyhow::Ok(())
        });
    try_join_all(sending).await?;
    let last = world.mails.take(count).await?;
    let last = last.iter().map(|mail| mail.at_us).max();
    Ok(between(began, last.unwrap_or(began)))
}

/// What became of the calls of all fires, for machines.
fn of_all(outcomes: &[Outcome]) -> String {
    let sum = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    format!(
        "own_number={} shared_number={} open={} degraded={} mails={} warned={}",
        sum(|outcome| outcome.own_number),
        sum(|outcome| outcome.shared_number),
        sum(|outcome| outcome.open),
        sum(|outcome| outcome.degraded),
        sum(|outcome| outcome.mails),
        sum(|outcome| usize::from(outcome.warned)),
    )
}
