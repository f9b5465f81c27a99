//! The commands over a real store.

mod drill;
mod record;

use std::{fs, path::Path, sync::Arc};

use jiff::Timestamp;
use location::SiteId;

use super::{
    Ended,
    console::Console,
    demo, enrol,
    import::{self, Kind},
    keys,
};
use crate::{
    seal::{CallKeys, Keys},
    secret::{EnrolmentCode, SecretHash},
    store::{
        KeyRole, RosterQuery, Store,
        sqlite::{Location, SqliteStore},
    },
};

struct Installation {
    folder: tempfile::TempDir,
    store: Arc<dyn Store>,
    said: Vec<u8>,
    remarked: Vec<u8>,
}

impl Installation {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(
            Location::file(folder.path().join("store.db")),
            Arc::new(Keys::ephemeral()),
            Arc::new(CallKeys::in_folder(&folder.path().join("calls"))),
        );
        store.ready().await.unwrap();
        Self {
            folder,
            store: Arc::new(store),
            said: Vec::new(),
            remarked: Vec::new(),
        }
    }

    /// Runs a command with a console of its own, and keeps what it said.
    async fn run(
        &mut self,
        command: impl AsyncFnOnce(&dyn Store, &mut Console<'_>) -> anyhow::Result<Ended>,
    ) -> anyhow::Result<Ended> {
        self.said.clear();
        self.remarked.clear();
        let mut console = Console {
            out: &mut self.said,
            aside: &mut self.remarked,
        };
        command(self.store.as_ref(), &mut console).await
    }

    fn said(&self) -> &str {
        str::from_utf8(&self.said).unwrap()
    }

    fn remarked(&self) -> &str {
        str::from_utf8(&self.remarked).unwrap()
    }

    async fn csv(&mut self, kind: Kind, text: &str, dry_run: bool) -> Ended {
        let file = self.folder.path().join("file.csv");
        fs::write(&file, text).unwrap();
        let import = async |store: &dyn Store, console: &mut Console<'_>| {
            import::csv(kind, &file, dry_run, store, console).await
        };
        self.run(import).await.unwrap()
    }

    async fn demo(&mut self) -> anyhow::Result<Ended> {
        self.run(async |store, console| demo::run(now(), store, console).await)
            .await
    }
}

fn now() -> Timestamp {
    "2026-11-20T16:58:00Z".parse().unwrap()
}

const SITE: &str = "site_id,name,country,A1,A3,RD,STS,HNO,PC\n\
                    SEA,Seattle,US,WA,Seattle,Pine,St,200,98101\n";

#[tokio::test]
async fn the_demo_loads_everything_once() {
    let mut here = Installation::new().await;
    assert_eq!(here.demo().await.unwrap(), Ended::Done);
    insta::assert_snapshot!(here.said());
    assert!(here.store.is_sample().await.unwrap());
    let sites = here.store.sites().await.unwrap();
    let floors: usize = sites.iter().map(|site| site.floors.len()).sum();
    assert_eq!((sites.len(), floors), (3, 4));
    let seattle: SiteId = "SEA".parse().unwrap();
    for floor in here.store.floors(&seattle).await.unwrap() {
        assert!(floor.plan_svg.is_some_and(|svg| svg.contains("<svg")));
        assert!(!floor.seats.is_empty());
    }
    let people = here.store.roster(&RosterQuery::default()).await.unwrap();
    assert_eq!(people.len(), 25);
    assert_eq!(here.store.numbers().await.unwrap().len(), 10);
    let devon = here.store.find_agent("devon.walsh").await.unwrap().unwrap();
    assert_eq!(here.store.places(&devon.id).await.unwrap().len(), 1);

    assert_eq!(here.demo().await.unwrap(), Ended::Done);
    let again = here.said().to_owned();
    assert!(!again.contains("1 added") && again.contains("25 people: 0 added, 0 changed, 25"));
}

#[tokio::test]
async fn the_demo_never_mixes_with_an_organisation_that_exists() {
    let mut here = Installation::new().await;
    here.csv(Kind::Sites, SITE, false).await;
    let refused = here.demo().await.unwrap_err();
    assert!(
        refused.to_string().contains("a store of its own"),
        "{refused}"
    );
    assert!(!here.store.is_sample().await.unwrap());
    assert_eq!(here.store.sites().await.unwrap().len(), 1);
}

#[tokio::test]
async fn good_rows_go_in_and_bad_ones_are_told() {
    let mut here = Installation::new().await;
    here.csv(Kind::Sites, SITE, false).await;
    let file = "username,display_name,country,default_site,direct_number\n\
                maria.chen,Maria Chen,US,SEA,+12064410141\n\
                sam.lee,Sam Lee,US,PDX,\n\
                who,,US,,\n\
                fake,Fake Number,US,,+12065550141\n\
                twin,Twin,US,,+1 206 441 0141\n";
    assert_eq!(here.csv(Kind::Agents, file, true).await, Ended::SomeRefused);
    let rows = here.store.roster(&RosterQuery::default()).await.unwrap();
    assert!(rows.is_empty(), "a dry run changes nothing");
    insta::assert_snapshot!(format!("{}{}", here.remarked(), here.said()), @r"
    file.csv: line 3, column default_site: there is no site PDX; import its sites first
    file.csv: line 4, column display_name: it is empty
    file.csv: line 5, column direct_number: the numbers 555-0100 to 555-0199 are fictional and reach nobody; write the real number, or leave the column empty
    file.csv: line 6, column direct_number: maria.chen is known by that name already
    file.csv: 1 added, 0 changed, 0 unchanged, 4 bad (dry run: nothing was changed)
    ");
    assert_eq!(
        here.csv(Kind::Agents, file, false).await,
        Ended::SomeRefused
    );
    assert!(
        here.said()
            .starts_with("file.csv: 1 added, 0 changed, 0 unchanged, 4 bad")
    );
    let changed = "username,display_name,country,default_site,direct_number\n\
                   maria.chen,Maria C. Chen,US,SEA,+12064410141\n";
    assert_eq!(here.csv(Kind::Agents, changed, false).await, Ended::Done);
    assert!(
        here.said()
            .starts_with("file.csv: 0 added, 1 changed, 0 unchanged, 0 bad")
    );
    assert_eq!(here.csv(Kind::Agents, changed, false).await, Ended::Done);
    assert!(
        here.said()
            .starts_with("file.csv: 0 added, 0 changed, 1 unchanged, 0 bad")
    );
}

#[tokio::test]
async fn what_was_removed_is_not_called_changed() {
    let mut here = Installation::new().await;
    let file = "scope,id,email,webhook\norganisation,,desk@example.com,\n";
    assert_eq!(here.csv(Kind::Contacts, file, false).await, Ended::Done);
    for expected in ["1 removed, 0 were not there", "0 removed, 1 were not there"] {
        here.csv(Kind::ContactsToRemove, file, false).await;
        assert!(here.said().contains(expected), "{}", here.said());
    }
}

#[tokio::test]
async fn plans_come_from_a_folder() {
    let mut here = Installation::new().await;
    here.csv(Kind::Sites, SITE, false).await;
    let folder = here.folder.path().join("plans");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, inside: &str| {
        let svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>");
        fs::write(folder.join(name), svg).unwrap();
    };
    write("SEA-5.svg", "");
    write("SEA-6.svg", "<script/>");
    write("PDX-1.svg", "");
    fs::write(folder.join("readme.txt"), "").unwrap();
    let plans = async |store: &dyn Store, console: &mut Console<'_>| {
        import::plans(&folder, false, store, console).await
    };
    assert_eq!(here.run(plans).await.unwrap(), Ended::SomeRefused);
    insta::assert_snapshot!(format!("{}{}", here.remarked(), here.said()), @r"
    PDX-1.svg: the name begins with no site that is known; import the sites first, and name the plan SITE-FLOOR.svg, such as SEA-5.svg
    SEA-6.svg: line 1: the element <script> does more than draw; remove it
    PDX-1.svg: 0 added, 0 changed, 0 unchanged, 1 bad
    SEA-5.svg: 1 added, 0 changed, 0 unchanged, 0 bad
    SEA-6.svg: 0 added, 0 changed, 0 unchanged, 1 bad
    ");
    let seattle: SiteId = "SEA".parse().unwrap();
    assert_eq!(here.store.floors(&seattle).await.unwrap().len(), 1);
    let nowhere = async |store: &dyn Store, console: &mut Console<'_>| {
        import::plans(Path::new("/nonexistent"), false, store, console).await
    };
    assert!(here.run(nowhere).await.is_err());
}

#[tokio::test]
async fn a_code_is_all_that_enrol_prints_and_it_signs_in_whom_it_should() {
    let mut here = Installation::new().await;
    here.demo().await.unwrap();
    let enrol = async |store: &dyn Store, console: &mut Console<'_>| {
        enrol::run("maria.chen", now(), store, console).await
    };
    here.run(enrol).await.unwrap();
    let code: EnrolmentCode = here.said().trim_end().parse().unwrap();
    assert_eq!(here.said(), format!("{}\n", code.expose()));
    let kept = here.store.code(code.lookup()).await.unwrap().unwrap();
    assert!(code.proves(Some(kept.hash)).await.unwrap());
    let maria = here.store.find_agent("maria.chen").await.unwrap().unwrap();
    assert_eq!(kept.agent, maria.id);
    let nobody = async |store: &dyn Store, console: &mut Console<'_>| {
        enrol::run("maria.chan", now(), store, console).await
    };
    assert!(
        here.run(nobody)
            .await
            .unwrap_err()
            .to_string()
            .contains("no agent maria.chan")
    );
    assert_eq!(here.said(), "");
}

#[tokio::test]
async fn a_key_is_all_that_keys_create_prints_and_it_works() {
    let mut here = Installation::new().await;
    let create = async |store: &dyn Store, console: &mut Console<'_>| {
        let name = "connect-prod".parse().unwrap();
        keys::create(KeyRole::Telephony, name, now(), store, console).await
    };
    here.run(create).await.unwrap();
    let key = here.said().trim_end().to_owned();
    assert_eq!(here.said().lines().count(), 1);
    let row = here
        .store
        .api_key(SecretHash::of(&key))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.name.as_str(), row.role),
        ("connect-prod", KeyRole::Telephony)
    );
    let refused = here.run(create).await.unwrap_err();
    assert!(
        refused.to_string().contains("choose another name"),
        "{refused}"
    );
    assert_eq!(here.said(), "");
}
