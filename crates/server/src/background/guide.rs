use std::sync::Arc;

use super::{EVERY, every, tick};
use crate::{
    http::App,
    validation::{LocalGuide, Watch},
};

/// Looks after the file of the street guide until the server closes.
pub async fn watch_guide(app: App, guide: Arc<LocalGuide>) {
    let mut watch = Some(Watch::of(guide));
    let mut ticks = every(EVERY);
    while let Some(mut looking) = watch.take()
        && tick(&app, &mut ticks).await
    {
        // A large guide is read for a second or two.
        let looked = tokio::task::spawn_blocking(move || {
            looking.look();
            looking
        });
        watch = looked.await.ok();
    }
}
