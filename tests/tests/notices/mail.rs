//! What arrives, how soon, and for whom.

use system_tests::MailServer;

use crate::world::World;

#[tokio::test]
async fn within_a_second_of_the_answer_everybody_is_told_all_three_things() {
    let mut server = MailServer::start().unwrap();
    let world = World::start(&server, &[]).await;
    world.import(
        "contacts",
        "scope,id,email,webhook\n\
         organisation,,desk@example.com;911@example.com,\n\
         site,SEA,desk@example.com,\n\
         site,DEN,denver@example.com,\n\
         team,customer care,care@example.com,\n\
         agent,maria.chen,maria.warden@example.com,\n\
         agent,devon.walsh,devon.warden@example.com,\n",
    );
    world.sit("maria.chen", "SEA-5-181").await;
    let answer = world.dial("c-1", "maria.chen", "911").await;
    let mut mails = server.take(5).await.unwrap();
    mails.sort_by(|one, other| one.recipient().cmp(other.recipient()));
    let recipients: Vec<&str> = mails.iter().map(system_tests::Arrived::recipient).collect();
    assert_eq!(
        recipients,
        [
            "911@example.com",
            "care@example.com",
            "desk@example.com",
            "maria.warden@example.com",
            "wardens.seattle@example.com"
        ],
        "everybody once, and nobody else's"
    );
    let number = answer["callback_number"].as_str().unwrap();
    let lines: Vec<&str> = answer["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line.as_str())
        .collect();
    assert!(lines.len() >= 2, "{lines:?}");
    for mail in &mails {
        let text = mail.unfolded();
        assert!(
            text.contains("Maria Chen (maria.chen)") && text.contains("911"),
            "{text}"
        );
        assert!(text.contains(number), "{text}");
        for line in &lines {
            assert!(text.contains(line), "{line} is not in {text}");
        }
        assert_eq!(mail.header("from"), Some("911-alerts@example.com"));
        assert_eq!(mail.header("auto-submitted"), Some("auto-generated"));
        assert!(
            mail.header("subject")
                .unwrap()
                .starts_with("Emergency call to 911")
        );
    }
    let mut names: Vec<&str> = mails
        .iter()
        .filter_map(|mail| mail.header("message-id"))
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 5, "every mail has a name of its own");

    let told = world.notified(|told| told["sent"] == 5).await;
    assert_eq!(told["dead"], 0);
    assert!(
        told["notifications"][0]["username"] == "maria.chen",
        "{told}"
    );
    // The law's word is contemporaneous; ours is a second.
    let log = world.backend.log().unwrap();
    let after = accepted_after_ms(&log);
    println!("answer -> mail accepted: {after:?} ms");
    assert_eq!(after.len(), 5, "{log}");
    assert!(after.iter().all(|ms| *ms <= 1_000), "{after:?}");
    assert!(!log.contains("181") && !log.contains(number), "{log}");
}

/// How long after the call mails were accepted, from the log.
pub(crate) fn accepted_after_ms(log: &str) -> Vec<i64> {
    log.split("notice.after_ms")
        .skip(1)
        .filter_map(|rest| {
            let digits: String = rest
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse().ok()
        })
        .collect()
}

#[tokio::test]
async fn what_is_not_known_reads_not_available() {
    let mut server = MailServer::start().unwrap();
    let world = World::start(&server, &[]).await;
    world.import(
        "contacts",
        "scope,id,email,webhook\norganisation,,desk@example.com,\n",
    );
    world.dial("c-1", "nobody.at.all", "911").await;
    let text = server.next().await.unwrap().unfolded();
    assert!(text.contains("By:         not available"), "{text}");
    assert!(
        text.contains("Location as it was sent:\n    not available"),
        "{text}"
    );
}

#[tokio::test]
async fn the_mail_says_where_the_call_came_from_and_not_where_the_agent_went() {
    let mut server = MailServer::start().unwrap();
    let world = World::start(&server, &[]).await;
    world.sit("maria.chen", "SEA-5-181").await;
    // The mail server is slow to answer: meanwhile she moves.
    server.answer(Some("451 later")).unwrap();
    world.dial("c-1", "maria.chen", "911").await;
    world
        .notified(|told| told["notifications"][0]["attempts"] == 1)
        .await;
    world.sit("maria.chen", "SEA-5-182").await;
    server.answer(None).unwrap();
    let text = server.next().await.unwrap().unfolded();
    assert!(
        text.contains("WS 181") && !text.contains("WS 182"),
        "{text}"
    );
}

#[tokio::test]
async fn a_test_call_tells_people_only_where_policy_says_so() {
    let mut server = MailServer::start().unwrap();
    let world = World::start(&server, &[]).await;
    world.dial("t-1", "maria.chen", "933").await;
    world.dial("c-1", "maria.chen", "911").await;
    let told = world.notified(|told| told["sent"] == 1).await;
    assert_eq!(told["notifications"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(server.take(1).await.unwrap().len(), 1);
    drop(world);

    let policy = [("WHEREABOUTS_POLICY_NOTIFY_ON_TEST_CALLS", "true")];
    let world = World::start(&server, &policy).await;
    world.dial("t-1", "maria.chen", "933").await;
    let mail = server.next().await.unwrap();
    assert!(
        mail.header("subject")
            .unwrap()
            .starts_with("TEST, no emergency:"),
        "{mail:?}"
    );
    assert!(mail.unfolded().contains("Nobody was sent"));
}

#[tokio::test]
async fn without_a_mail_server_the_call_is_answered_and_the_dead_letter_is_there_to_see() {
    let world = World::start_as(&[]).await;
    world.dial("c-1", "maria.chen", "911").await;
    let told = world.notified(|told| told["dead"] == 1).await;
    assert_eq!(told["notifications"][0]["error"], "not_configured");
    assert_eq!(
        told["notifications"][0]["recipient"],
        "wardens.seattle@example.com"
    );
}
