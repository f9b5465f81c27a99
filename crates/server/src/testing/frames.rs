use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tokio::time::timeout;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The frames of a stream of server-sent events, as they come.
pub(crate) struct Frames {
    body: Body,
    text: String,
}

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) event: String,
    pub(crate) id: Option<u64>,
    pub(crate) data: Value,
}

impl Frames {
    pub(crate) fn of(body: Body) -> Self {
        Self {
            body,
            text: String::new(),
        }
    }

    /// The next frame that is no comment.
    pub(crate) async fn next(&mut self) -> Frame {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let frame = frame.to_owned();
                self.text = rest.to_owned();
                let field = |name: &str| {
                    let mut lines = frame.lines();
                    lines.find_map(|line| line.strip_prefix(name).map(str::trim))
                };
                if let Some(data) = field("data:") {
                    return Frame {
                        event: field("event:").unwrap_or_default().to_owned(),
                        id: field("id:").map(|id| id.parse().unwrap()),
                        data: serde_json::from_str(data).unwrap(),
                    };
                }
                continue;
            }
            assert!(self.more().await, "the stream ended");
        }
    }

    /// Waits until the stream is over.
    pub(crate) async fn end(mut self) {
        while self.more().await {}
    }

    async fn more(&mut self) -> bool {
        let frame = timeout(PATIENCE, self.body.frame()).await;
        match frame.expect("nothing came") {
            Some(frame) => {
                let bytes = frame.unwrap().into_data().unwrap();
                self.text.push_str(std::str::from_utf8(&bytes).unwrap());
                true
            }
            None => false,
        }
    }
}
