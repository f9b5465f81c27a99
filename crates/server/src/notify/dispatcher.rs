use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt as _;
use jiff::Timestamp;
use tokio::{
    sync::broadcast::{
        self,
        error::{RecvError, TryRecvError},
    },
    task::JoinSet,
    time::{Interval, MissedTickBehavior, interval},
};
use tracing::{error, info, warn};

use super::{
    Outlets,
    backoff::next_try,
    deliver::{Tried, deliver},
    lanes::Lanes,
};
use crate::{
    http::App,
    random,
    store::{Absence, Change, Delivery, Notice, NoticeFigures, NoticeState},
};

/// How often the time is looked at: the wall clock decides what is due.
const EVERY: Duration = Duration::from_secs(1);
/// The most notices that are read at once.
const READ: usize = 512;

/// Hands over what waits in the outbox.
#[derive(Debug)]
pub struct Dispatcher {
    app: App,
    outlets: Arc<Outlets>,
    changes: broadcast::Receiver<Change>,
    ticks: Interval,
    tries: JoinSet<(Notice, Tried)>,
    lanes: Lanes,
    /// What became of notices, until the store has taken it.
    unnoted: Vec<(Notice, Delivery)>,
    /// When something waits next; absent when nothing does.
    due: Option<Timestamp>,
    /// How many there were when they were last counted.
    figures: NoticeFigures,
    absence: Absence,
}

impl Dispatcher {
    /// One that has sent nothing yet, and begins with what an earlier process left behind.
    #[must_use]
    pub fn new(app: App, outlets: Outlets) -> Self {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            changes: app.store.subscribe(),
            app,
            outlets: Arc::new(outlets),
            ticks,
            tries: JoinSet::new(),
            lanes: Lanes::default(),
            unnoted: Vec::new(),
            due: Some(Timestamp::MIN),
            figures: NoticeFigures::default(),
            absence: Absence::of("notices"),
        }
    }

    /// Sends until the server closes; then lets end what is under way.
    pub async fn run(mut self) {
        let app = self.app.clone();
        let mut closed = std::pin::pin!(app.closed());
        loop {
            tokio::select! {
                () = &mut closed => break,
                change = self.changes.recv() => match change {
                    Ok(Change::NoticesWaiting) | Err(RecvError::Lagged(_)) => self.woken(),
                    Ok(Change::Agent { .. } | Change::UnknownAgentsCall) => continue,
                    Err(RecvError::Closed) => break,
                },
                Some(done) = self.tries.join_next(), if !self.tries.is_empty() => self.take(done),
                _ = self.ticks.tick() => if self.figures != NoticeFigures::default() {
                    // Calls go, and their notices with them.
                    self.count().await;
                },
            }
            while let Some(done) = self.tries.try_join_next() {
                self.take(done);
            }
            self.note().await;
            self.read().await;
            for notice in self.lanes.start() {
                self.begin(notice);
            }
        }
        while let Some(done) = self.tries.join_next().await {
            self.take(done);
            self.note().await;
        }
    }

    /// Something was queued. Whatever else was at the same moment is read with it.
    fn woken(&mut self) {
        while matches!(
            self.changes.try_recv(),
            Ok(_) | Err(TryRecvError::Lagged(_))
        ) {}
        self.due = Some(Timestamp::MIN);
    }

    /// Reads what has come due.
    async fn read(&mut self) {
        let now = self.app.clock.now();
        if self.due.is_none_or(|due| due > now) {
            return;
        }
        let known = self.lanes.known();
        let due = match self.app.store.due_notices(now, &known, READ).await {
            Ok(due) => due,
            Err(fault) => return self.absence.began(&fault),
        };
        self.absence.over();
        self.due = due.next;
        self.lanes.line_up(&due.ids, due.notices);
        self.count().await;
    }

    fn begin(&mut self, notice: Notice) {
        let now = self.app.clock.now();
        let outlets = self.outlets.clone();
        self.tries.spawn(async move {
            let tried = AssertUnwindSafe(deliver(&notice, &outlets, now)).catch_unwind();
            let tried = tried.await.unwrap_or_else(|_| {
                error!(alarm = true, notice.id = %notice.id, "a bug keeps a notice from being sent");
                Tried::NotNow("bug".to_owned())
            });
            (notice, tried)
        });
    }

    /// Takes what became of a try.
    fn take(&mut self, done: Result<(Notice, Tried), tokio::task::JoinError>) {
        // Panics are caught inside, and nobody cancels a try.
        let Ok((notice, tried)) = done else {
            return;
        };
        let now = self.app.clock.now();
        let delivery = judge(&notice, tried, now);
        tell(&notice, &delivery, now);
        self.unnoted.push((notice, delivery));
    }

    /// Has the store note what became of tries. Until it has, the notices stay under way, so that
    /// none is sent again and again while the store is away.
    async fn note(&mut self) {
        if self.unnoted.is_empty() {
            return;
        }
        let now = self.app.clock.now();
        let store = &self.app.store;
        let noting = std::mem::take(&mut self.unnoted).into_iter();
        let noting = noting.map(|(notice, delivery)| async move {
            let noted = store.note_delivery(&notice.id, now, delivery.clone()).await;
            (notice, delivery, noted)
        });
        for (notice, delivery, noted) in futures_util::future::join_all(noting).await {
            match noted {
                Ok(()) => {
                    self.lanes.leave(&notice.id);
                    if let Delivery::Retry { at, .. } = delivery {
                        self.due = Some(self.due.map_or(at, |due| due.min(at)));
                    }
                }
                Err(fault) => {
                    warn!(store.fault = %fault, notice.id = %notice.id, "what became of a notice waits for the store");
                    self.unnoted.push((notice, delivery));
                }
            }
        }
        self.count().await;
    }

    async fn count(&mut self) {
        if let Ok(figures) = self.app.store.notice_figures().await {
            self.figures = figures;
            #[expect(clippy::cast_precision_loss, reason = "no outbox holds 2^52 notices")]
            let gauge = |count: u64| count as f64;
            metrics::gauge!("whereabouts_notices_waiting").set(gauge(figures.waiting));
            metrics::gauge!("whereabouts_notices_dead").set(gauge(figures.dead));
        }
    }
}

fn judge(notice: &Notice, tried: Tried, now: Timestamp) -> Delivery {
    match tried {
        Tried::Accepted => Delivery::Accepted,
        Tried::Refused(error) => Delivery::Dead { error },
        Tried::NotNow(error) => {
            let [chance] = random::bytes();
            match next_try(notice.attempts + 1, notice.made_at, now, chance) {
                Some(at) => Delivery::Retry { at, error },
                None => Delivery::Dead { error },
            }
        }
    }
}

/// Counts and logs, with identifiers and codes only.
fn tell(notice: &Notice, delivery: &Delivery, now: Timestamp) {
    let channel = notice.recipient.channel().as_str();
    let (id, call) = (&notice.id, &notice.call.reference);
    let count = |outcome: &'static str| {
        metrics::counter!("whereabouts_notices_total", "channel" => channel, "outcome" => outcome)
            .increment(1);
    };
    match delivery {
        Delivery::Accepted => {
            count("accepted");
            let began = notice.call.started_at().unwrap_or(notice.made_at);
            let after = now.duration_since(began);
            metrics::histogram!("whereabouts_notice_seconds", "channel" => channel)
                .record(after.as_secs_f64());
            info!(
                notice.id = %id,
                call.reference = %call,
                notice.channel = channel,
                notice.try = notice.attempts + 1,
                notice.after_ms = i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
                "a notice of an emergency call was accepted"
            );
        }
        Delivery::Dead { error } => {
            count("dead");
            error!(
                alarm = true,
                notice.id = %id,
                call.reference = %call,
                call.drill = notice.call.drill.is_some(),
                call.test = notice.call.test,
                notice.channel = channel,
                notice.error = error,
                "somebody is not told of a call: the notice was given up"
            );
        }
        Delivery::Retry { error, .. } => {
            count("again");
            let first = matches!(notice.state, NoticeState::Waiting { error: None, .. });
            // Once, not every minute.
            if first {
                warn!(
                    notice.id = %id,
                    call.reference = %call,
                    notice.channel = channel,
                    notice.error = error,
                    "a notice of an emergency call was not delivered and is tried again"
                );
            }
        }
    }
}
