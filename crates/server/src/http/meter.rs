use std::{fmt, sync::OnceLock};

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// What is counted in this process, as Prometheus reads it. No label holds anything personal.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// The metrics of this process; the first call starts counting.
    #[must_use]
    pub fn of_process() -> Self {
        static STARTED: OnceLock<PrometheusHandle> = OnceLock::new();
        Self(STARTED.get_or_init(start).clone())
    }

    /// Everything counted so far, as Prometheus text.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Folds what has accumulated; to be called every few seconds.
    pub fn fold(&self) {
        self.0.run_upkeep();
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Metrics(..)")
    }
}

fn start() -> PrometheusHandle {
    // Around the second within which people are told, and what a mail server that is away costs.
    let told = [
        0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 1_800.0,
    ];
    // Around the budget of a telephony answer: half a second.
    let seconds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0, 3.0];
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &seconds)
        .expect("there are buckets")
        .set_buckets_for_metric(
            Matcher::Full("whereabouts_notice_seconds".to_owned()),
            &told,
        )
        .expect("there are buckets")
        .build_recorder();
    let handle = recorder.handle();
    // Another recorder is there already only when this library is used inside something larger, which
    // then counts by itself.
    let _ = metrics::set_global_recorder(recorder);
    describe();
    handle
}

fn describe() {
    use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

    describe_counter!(
        "whereabouts_confirmations_total",
        "Declarations of locations, by outcome"
    );
    describe_counter!(
        "whereabouts_panics_total",
        "Requests that made the server panic; each is a bug"
    );
    describe_counter!(
        "whereabouts_store_faults_total",
        "Times the store could not do what it was asked"
    );
    describe_counter!(
        "whereabouts_telephony_answers_total",
        "Answers to telephony platforms, by what they rest on: store, last_known or nothing"
    );
    describe_counter!(
        "whereabouts_telephony_last_resorts_total",
        "Answers with nothing known, because something was stuck or a bug panicked; each needs a look"
    );
    describe_counter!(
        "whereabouts_journal_faults_total",
        "Calls that could not be written to the journal either; each needs a person"
    );
    describe_counter!(
        "whereabouts_notices_total",
        "Tries to tell somebody of an emergency call, by channel and outcome: accepted, again or dead"
    );
    describe_counter!(
        "whereabouts_notice_faults_total",
        "Calls whose notices could not be queued; each needs a person"
    );
    describe_counter!(
        "whereabouts_calls_nobody_is_told_of_total",
        "Calls for which there is no contact at all"
    );
    describe_gauge!(
        "whereabouts_notices_waiting",
        "Notices that are to be tried"
    );
    describe_gauge!(
        "whereabouts_notices_dead",
        "Notices that were given up, of calls that are not gone yet"
    );
    describe_gauge!(
        "whereabouts_pool_numbers",
        "Callback numbers of a pool, by country and site; no site: everybody's"
    );
    describe_gauge!("whereabouts_pool_free", "Those of them that are free");
    describe_histogram!(
        "whereabouts_notice_seconds",
        Unit::Seconds,
        "How long after an emergency call was asked about somebody's notice was accepted"
    );
    describe_gauge!(
        "whereabouts_agents_connected",
        "Agents with a desktop connected"
    );
    describe_gauge!("whereabouts_streams", "Streams to desktops");
    describe_gauge!(
        "whereabouts_journal_calls",
        "Calls that are in the journal and not yet in the store"
    );
    describe_histogram!(
        "whereabouts_telephony_answer_seconds",
        Unit::Seconds,
        "How long a telephony platform waited for its answer"
    );
}
