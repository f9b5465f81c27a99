//! Its life as a process.

use api::{
    location::ConfirmLocation,
    place::{PlaceReference, SeatReference},
};
use futures_util::{StreamExt as _, stream};
use location::Status;
use system_tests::{Backend, key, sign_in};

use crate::SERVER;

pub(crate) fn at(seat: &str) -> ConfirmLocation {
    ConfirmLocation {
        place: PlaceReference::Seat(SeatReference { seat: seat.into() }),
        declared_age_seconds: Some(0),
        based_on: None,
        override_reason: None,
    }
}

#[tokio::test]
async fn it_ends_when_asked_although_desktops_are_connected() {
    let mut backend = Backend::start(SERVER).await.unwrap();
    let session = sign_in(&backend, "maria.chen").await.unwrap();
    let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
    let watch = tokio::spawn(async move {
        session
            .watch_me(|event| {
                sender
                    .send(matches!(event, client::Watched::Lost { .. }))
                    .ok();
            })
            .await
    });
    assert_eq!(events.recv().await, Some(false), "the stream is open");
    let status = backend.shut_down().await.unwrap();
    assert!(status.success(), "{status}\n{}", backend.log().unwrap());
    while events.recv().await == Some(false) {}
    watch.abort();
    backend.restart().await.unwrap();
}

#[tokio::test]
async fn what_was_confirmed_survives_a_power_cut_right_after_the_answer() {
    let mut backend = Backend::start(SERVER).await.unwrap();
    let session = sign_in(&backend, "maria.chen").await.unwrap();
    for (round, seat) in (1..).zip(["SEA-5-181", "SEA-5-182", "SEA-5-181"]) {
        let served = session.confirm(&at(seat), &key(round)).await.unwrap();
        backend.kill().unwrap();
        backend.restart().await.unwrap();
        let after = session.me().await.unwrap().served.unwrap();
        assert_eq!(after.version, served.version);
        assert_eq!(after.lines, served.lines);
        assert_eq!(after.status, Status::Confirmed);
        // The answer was lost, the app says it again: nothing is said twice.
        let again = session.confirm(&at(seat), &key(round)).await.unwrap();
        assert_eq!(again.version, served.version);
    }
}

#[tokio::test]
async fn concurrent_confirmations_of_one_agent_end_in_one_order() {
    let backend = Backend::start(SERVER).await.unwrap();
    let session = sign_in(&backend, "maria.chen").await.unwrap();
    let seats = ["SEA-5-181", "SEA-5-182"];
    let said: Vec<_> = stream::iter(0..40_u8)
        .map(|number| {
            let session = &session;
            let seat = seats[usize::from(number) % 2];
            async move { session.confirm(&at(seat), &key(number)).await }
        })
        .buffer_unordered(10)
        .collect()
        .await;
    let mut versions: Vec<_> = said
        .into_iter()
        .filter_map(|said| Some(said.ok()?.version))
        .collect();
    versions.sort_unstable();
    let last = *versions.last().unwrap();
    versions.dedup();
    assert!(
        versions.len() > 1,
        "at least some of them counted: {versions:?}"
    );
    let served = session.me().await.unwrap().served.unwrap();
    assert_eq!(served.version, last, "what is served is the last of them");
}
