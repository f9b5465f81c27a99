use super::*;
use crate::{
    cli::{ReportFormat, erase, record, report},
    config::Policy,
    store::Decline,
};

impl Installation {
    /// Somebody says something.
    async fn declined(&self, username: &str, minutes: i64) {
        let agent = self.store.find_agent(username).await.unwrap().unwrap().id;
        let at = now() + jiff::SignedDuration::from_mins(minutes);
        let reason = "Planted reason".to_owned();
        let decline = Decline { agent, reason, at };
        self.store.decline(decline).await.unwrap();
    }

    async fn verify(&mut self, heads: &[&str]) -> anyhow::Result<Ended> {
        let folder = self.folder.path().to_owned();
        let given: Vec<_> = heads.iter().map(|name| folder.join(name)).collect();
        self.run(async |store, console| {
            record::verify(&given, &folder.join("kept"), store, console).await
        })
        .await
    }
}

#[tokio::test]
async fn a_record_is_verified_against_the_heads_that_were_kept() {
    let mut here = Installation::new().await;
    here.demo().await.unwrap();
    here.declined("maria.chen", 0).await;
    here.run(async |store, console| record::head(store, console).await)
        .await
        .unwrap();
    let head = here.said().to_owned();
    fs::write(here.folder.path().join("heads"), &head).unwrap();
    here.declined("devon.walsh", 1).await;
    assert_eq!(here.verify(&["heads"]).await.unwrap(), Ended::Done);
    assert!(here.remarked().contains("One head"), "{}", here.remarked());
    assert_eq!(here.verify(&[]).await.unwrap(), Ended::Done);
    assert!(here.remarked().contains("No head"), "{}", here.remarked());

    // One that the server kept, and a line that somebody spoilt.
    let spoilt = format!("{head}{{\"node\":1}}\n");
    fs::write(here.folder.path().join("kept"), spoilt).unwrap();
    assert_eq!(here.verify(&[]).await.unwrap(), Ended::SomeRefused);
    assert!(here.said().contains("line 2"), "{}", here.said());
    assert!(here.remarked().contains("One head"), "{}", here.remarked());
    fs::remove_file(here.folder.path().join("kept")).unwrap();

    // A head of a chain that is not here any more.
    let elsewhere = Installation::new().await;
    elsewhere.store.ready().await.unwrap();
    let mut other = elsewhere;
    other.demo().await.unwrap();
    other.declined("maria.chen", 0).await;
    fs::write(other.folder.path().join("heads"), &head).unwrap();
    assert_eq!(other.verify(&["heads"]).await.unwrap(), Ended::SomeRefused);
    assert!(other.said().contains("cut off"), "{}", other.said());

    let link = head.find("\"link\":\"").unwrap() + 8;
    let mut changed = head.clone().into_bytes();
    changed[link] = if changed[link] == b'0' { b'1' } else { b'0' };
    fs::write(here.folder.path().join("changed"), changed).unwrap();
    let refused = format!("{:#}", here.verify(&["changed"]).await.unwrap_err());
    assert!(refused.contains("did not sign it"), "{refused}");
    let absent = format!("{:#}", here.verify(&["absent"]).await.unwrap_err());
    assert!(absent.contains("no file"), "{absent}");
}

#[tokio::test]
async fn coverage_is_reported_as_csv_and_as_json() {
    let mut here = Installation::new().await;
    here.demo().await.unwrap();
    here.declined("maria.chen", 5).await;
    let at = now() + jiff::SignedDuration::from_mins(6);
    let policy = Policy::default();
    here.run(async |store, console| {
        report::coverage(at, at, ReportFormat::Csv, &policy, store, console).await
    })
    .await
    .unwrap();
    let mut lines = here.said().lines();
    let header = "at,username,team,status,rule,class,seat,site,verdict,checked_by,since,until,received_at,version";
    assert_eq!(lines.next(), Some(header));
    let maria = lines.clone().find(|line| line.contains("maria.chen"));
    let maria = maria.unwrap();
    assert!(maria.contains(",declined,"), "{maria}");
    assert!(maria.ends_with(",2026-11-20T17:03:00Z,1"), "{maria}");
    assert_eq!(lines.count(), 25);

    here.run(async |store, console| {
        report::coverage(now(), at, ReportFormat::Json, &policy, store, console).await
    })
    .await
    .unwrap();
    let before: api::report::CoverageReport = serde_json::from_str(here.said()).unwrap();
    let maria = before
        .rows
        .iter()
        .find(|row| row.username == "maria.chen")
        .unwrap();
    assert_eq!((maria.version, maria.since), (0, None));
    let future = here
        .run(async |store, console| {
            report::coverage(at, now(), ReportFormat::Csv, &policy, store, console).await
        })
        .await;
    assert!(future.is_err());
}

#[tokio::test]
async fn a_person_is_erased_by_username_and_by_no_other_name() {
    let mut here = Installation::new().await;
    here.demo().await.unwrap();
    here.declined("maria.chen", 0).await;
    let maria = here.store.find_agent("maria.chen").await.unwrap().unwrap();
    for other in &maria.aliases {
        let refused = here
            .run(async |store, console| erase::run(other, now(), store, console).await)
            .await;
        assert!(refused.is_err(), "{other}");
    }
    here.run(async |store, console| erase::run("maria.chen", now(), store, console).await)
        .await
        .unwrap();
    assert!(
        here.remarked().contains("1 row of history"),
        "{}",
        here.remarked()
    );
    assert!(here.store.find_agent("maria.chen").await.unwrap().is_none());
    assert_eq!(here.verify(&[]).await.unwrap(), Ended::Done);
    assert!(
        here.remarked().contains("1 were of people"),
        "{}",
        here.remarked()
    );
}
