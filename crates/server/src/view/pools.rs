use api::agent::{Notice, Role, Severity};
use emergency::lease::PoolLevel;

use crate::store::Agent;

/// What those who can do something about it are told of pools of callback numbers that run low.
pub(super) fn notices(agent: &Agent, low: &[PoolLevel]) -> Vec<Notice> {
    match agent.role {
        Role::Agent => Vec::new(),
        Role::Admin | Role::Security | Role::Supervisor => low.iter().map(notice).collect(),
    }
}

fn notice(level: &PoolLevel) -> Notice {
    let pool = match &level.site {
        Some(site) => format!("of {site}"),
        None => "of no site".to_owned(),
    };
    let (text, severity) = match level.free {
        0 => (
            format!(
                "No callback number {pool} is free. The next callers show their own number or the \
                 site's, and callbacks to that one reach the security desk."
            ),
            Severity::Alarm,
        ),
        free => (
            format!(
                "{free} of {} callback numbers {pool} are free.",
                level.numbers
            ),
            Severity::Warning,
        ),
    };
    Notice::new("callback_pool_low", text, severity)
}

#[cfg(test)]
mod tests {
    use api::paths;
    use serde_json::Value;

    use crate::{
        store::KeyRole,
        testing::{Ask, TestServer},
    };

    #[tokio::test]
    async fn who_can_do_something_is_told_when_the_pool_runs_dry_and_when_it_does_not_any_more() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let (maria, sam) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.ortiz").await,
        );
        let codes = async |token: &str| -> Vec<String> {
            server.catch_up().await;
            let me: Value = server.ask(Ask::get(paths::ME).bearer(token)).await.good();
            let notices = me["notices"].as_array().unwrap().iter();
            notices
                .map(|notice| format!("{} {}", notice["code"], notice["severity"]))
                .collect()
        };
        assert_eq!(codes(&sam).await, [""; 0]);
        for (call, agent) in [("c-1", "maria.chen"), ("c-2", "devon.walsh")] {
            let body = serde_json::json!({"call_id": call, "agent": agent, "dialled": "911"});
            server
                .ask(Ask::post(paths::TELEPHONY_CALLS).bearer(&key).json(body))
                .await
                .good();
            let body = serde_json::json!({ "call_id": call });
            let ended = Ask::post(paths::TELEPHONY_CALLS_END)
                .bearer(&key)
                .json(body);
            assert!(server.ask(ended).await.status.is_success());
        }
        assert_eq!(codes(&sam).await, ["\"callback_pool_low\" \"alarm\""]);
        assert_eq!(codes(&maria).await, [""; 0]);
        server.clock.advance(3_601);
        let sam = server.sign_in("sam.ortiz").await;
        assert_eq!(codes(&sam).await, [""; 0]);
    }
}
