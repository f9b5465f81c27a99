//! From the call until the mail server has taken the mail, one call after another.

use anyhow::{Result, ensure};
use system_tests::Arrived;

use crate::{
    clock::{between, circumstances, now_us},
    smtp::Sender,
    spread::{Spread, heading},
    world::{World, platform},
};

const AGENT: &str = "maria.chen";
/// Calls that nobody looks at: connections are made, pages are read.
const WARM: usize = 3;
/// How often it is said how far it is.
const SAY: usize = 25;

/// Measures, and says what came of it.
pub(crate) async fn measure(server: &str, runs: usize) -> Result<()> {
    let mut world = World::start(server, |_| Ok(())).await?;
    let platform = platform()?;
    let mut kept = Sender::connect(world.mails.port()).await?;
    let (mut answers, mut mails, mut direct, mut pooled) = (vec![], vec![], vec![], vec![]);
    for run in 0..WARM + runs {
        let call = format!("call-{run}");
        let asked = now_us();
        let answered = world.dial(&platform, &call, AGENT).await?;
        let mail = world.mails.next().await?;
        let told = between(asked, mail.at_us);
        says_all_three(&mail, &answered.answer)?;
        world.hang_up(&platform, &call).await?;

        let began = now_us();
        Sender::connect(world.mails.port())
            .await?
            .send(&mail)
            .await?;
        let by_new = between(began, world.mails.next().await?.at_us);
        let began = now_us();
        kept.send(&mail).await?;
        let by_kept = between(began, world.mails.next().await?.at_us);
        if run < WARM {
            continue;
        }
        answers.push(answered.took);
        mails.push(told);
        direct.push(by_new);
        pooled.push(by_kept);
        if (run + 1 - WARM).is_multiple_of(SAY) {
            println!("    {} of {runs} calls", run + 1 - WARM);
        }
    }
    let sent = world.notifications().await?["sent"].as_u64();
    ensure!(
        sent == u64::try_from(WARM + runs).ok() && world.mails.rest().is_empty(),
        "one mail for each call, and no more"
    );

    let [answers, mails, direct, pooled] = [answers, mails, direct, pooled].map(Spread::of);
    println!("{}", heading("milliseconds, one call at a time"));
    for (name, spread) in [
        ("call -> answer to the platform", &answers),
        ("call -> mail accepted", &mails),
        ("floor: the same mail, a connection of its own", &direct),
        ("floor: the same mail, a connection kept open", &pooled),
    ] {
        println!("{name:<46}{spread}");
    }
    println!(
        "mail runs={runs} {} {} {} times_own_connection_p50={:.2} times_own_connection_p99={:.2} \
         times_kept_connection_p50={:.2} times_kept_connection_p99={:.2} {}",
        mails.keys("mail"),
        answers.keys("answer"),
        direct.keys("floor"),
        mails.times(&direct, 50),
        mails.times(&direct, 99),
        mails.times(&pooled, 50),
        mails.times(&pooled, 99),
        circumstances()
    );
    Ok(())
}

/// A mail that says less is no notice.
fn says_all_three(mail: &Arrived, answer: &api::telephony::Answer) -> Result<()> {
    let text = mail.unfolded();
    let number = answer.callback_number.as_deref().unwrap_or_default();
    ensure!(
        !number.is_empty() && text.contains(number),
        "the number to call back is not in {text}"
    );
    ensure!(
        text.contains("911") && answer.lines.iter().all(|line| text.contains(line)),
        "the call or the location is not in {text}"
    );
    Ok(())
}
