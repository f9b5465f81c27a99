//! The adapter alone, over a real connection.

use async_trait::async_trait;
use emergency::{Username, presence::Status};
use jiff::{SignedDuration, Timestamp};
use platforms::{
    presence::{
        AgentPresence,
        conformance::{self, Subject},
    },
    webhook::{PlatformHook, Secrets},
};
use system_tests::{PLATFORM_SECRET, Platform};

#[derive(Debug)]
struct Hook {
    adapter: PlatformHook,
    platform: Platform,
    tells_marks: bool,
}

impl Hook {
    async fn new(tells_marks: bool) -> Self {
        let platform = Platform::start().await.unwrap();
        if !tells_marks {
            platform.tell_no_marks();
        }
        let secrets = Secrets::read(PLATFORM_SECRET).unwrap();
        Self {
            adapter: PlatformHook::new(platform.url().parse().unwrap(), secrets).unwrap(),
            platform,
            tells_marks,
        }
    }
}

#[async_trait]
impl Subject for Hook {
    fn adapter(&self) -> &dyn AgentPresence {
        &self.adapter
    }

    fn now(&self) -> Timestamp {
        self.platform.now()
    }

    async fn pass(&self, time: SignedDuration) {
        self.platform.pass(time);
    }

    async fn choose(&self, agent: &Username, status: &Status) {
        let quiet = status.is_do_not_disturb();
        self.platform
            .choose(agent.as_str(), status.id(), status.name(), quiet);
    }

    fn tells_marks(&self) -> bool {
        self.tells_marks
    }
}

#[tokio::test]
async fn the_web_hook_does_what_every_platform_has_to() {
    let hook = Hook::new(true).await;
    conformance::check(&hook).await;
    assert_eq!(hook.platform.forged(), 0);
}

#[tokio::test]
async fn so_does_one_that_cannot_tell_what_we_set() {
    conformance::check(&Hook::new(false).await).await;
}
