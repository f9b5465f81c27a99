//! A supervisor's drill, from the button to the file.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use api::drill::StartDrill;
use axum::{
    Json, Router,
    extract::{Path, RawQuery},
    http::StatusCode,
    response::IntoResponse as _,
    routing::{get, post},
};
use companion::{
    jiff::Timestamp,
    view::{CommandErrorCode, LocalErrorCode},
};
use serde_json::json;

use crate::{
    desktop::Computer,
    running::{signed_in, signed_out},
    server::{Desk, Server, refusal},
};

/// A server that runs one drill for ever.
pub(crate) fn routes() -> Router<Desk> {
    let running = Arc::new(AtomicBool::new(false));
    let start = move |_: Json<StartDrill>| async move {
        if running.swap(true, Ordering::Relaxed) {
            return refusal(409, "drill_running");
        }
        let agents = ["maria.chen"];
        let started = json!({"drill_id": "dr_1", "started_at": planned(), "agents": agents});
        (StatusCode::CREATED, Json(started)).into_response()
    };
    let list = async || {
        let report = json!({
            "drill_id": "dr_1", "started_at": planned(), "ended_at": null, "rows": [],
        });
        Json(json!({"drills": [report]}))
    };
    let show = async |Path(id): Path<String>, RawQuery(written): RawQuery| match (
        &*id,
        written.as_deref(),
    ) {
        ("dr_1", Some("format=csv")) => {
            "drill_id,username,outcome\ndr_1,maria.chen,running\n".into_response()
        }
        _ => refusal(404, "not_found"),
    };
    Router::new()
        .route("/v1/drills", post(start))
        .route("/v1/drills", get(list))
        .route("/v1/drills/{id}", get(show))
}

fn planned() -> Timestamp {
    "2026-11-20T17:02:00Z".parse().unwrap()
}

#[tokio::test]
async fn a_drill_is_started_and_its_table_is_put_where_downloads_are() {
    let (computer, server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    let whom = StartDrill {
        sample: Some(5),
        ..StartDrill::default()
    };
    let started = app.companion.start_drill(&whom).await.unwrap();
    let drills = app.companion.drills().await.unwrap().drills;
    assert_eq!(drills[0].drill_id, started.drill_id);
    let again = app.companion.start_drill(&whom).await.unwrap_err();
    assert_eq!(
        again.code,
        CommandErrorCode::Server(api::error::ErrorCode::DrillRunning)
    );

    let home = tempfile::tempdir().unwrap();
    let save = async || {
        let folder = Some(home.path().to_owned());
        app.companion
            .save_drill_table(&started.drill_id, planned(), folder)
            .await
            .unwrap()
    };
    let first = save().await;
    let second = save().await;
    let path = |name: &str| home.path().join(name).display().to_string();
    assert_eq!(first, path("drill-2026-11-20T17-02Z.csv"));
    assert_eq!(second, path("drill-2026-11-20T17-02Z (2).csv"));
    let table = fs::read_to_string(first).unwrap();
    assert!(table.ends_with("dr_1,maria.chen,running\n"), "{table}");
}

#[tokio::test]
async fn without_a_server_nothing_is_written() {
    let (computer, mut server) = (Computer::new(), Server::new().await);
    let home = tempfile::tempdir().unwrap();
    let folder = Some(home.path().to_owned());

    let stranger = computer.start();
    stranger.until("the sign-in screen", signed_out).await;
    let save = stranger
        .companion
        .save_drill_table("dr_1", planned(), folder.clone());
    let not_signed_in = CommandErrorCode::Local(LocalErrorCode::NotSignedIn);
    assert_eq!(save.await.unwrap_err().code, not_signed_in);
    stranger.kill().await;

    let app = signed_in(&computer, &server).await;
    let save = app
        .companion
        .save_drill_table("dr_2", planned(), folder.clone());
    let not_found = CommandErrorCode::Server(api::error::ErrorCode::NotFound);
    assert_eq!(save.await.unwrap_err().code, not_found);
    server.stop().await;
    let save = app.companion.save_drill_table("dr_1", planned(), folder);
    let offline = CommandErrorCode::Local(LocalErrorCode::Offline);
    assert_eq!(save.await.unwrap_err().code, offline);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
