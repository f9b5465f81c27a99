use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use tokio::time::{Instant, timeout_at};
use tracing::error;

/// Gives what `work` gives, or `otherwise` when it is not there by the deadline or a bug makes it panic: a
/// platform gets an answer whatever happens.
pub(super) async fn whatever_happens<T>(
    work: impl Future<Output = T>,
    deadline: Instant,
    otherwise: impl FnOnce() -> T,
) -> T {
    match timeout_at(deadline, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(done)) => done,
        failed => {
            let panicked = failed.is_ok();
            error!(
                alarm = true,
                panicked, "a telephony platform was answered with nothing known"
            );
            metrics::counter!("whereabouts_telephony_last_resorts_total").increment(1);
            otherwise()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn neither_a_panic_nor_a_standstill_costs_the_answer() {
        let deadline = Instant::now() + Duration::from_millis(450);
        let done = whatever_happens(async { "done" }, deadline, || "otherwise").await;
        let stuck = whatever_happens(pending(), deadline, || "otherwise").await;
        let panicked = whatever_happens(
            async {
                assert!(!std::hint::black_box(true), "a bug");
                "done"
            },
            deadline,
            || "otherwise",
        )
        .await;
        assert_eq!([done, stuck, panicked], ["done", "otherwise", "otherwise"]);
    }
}
