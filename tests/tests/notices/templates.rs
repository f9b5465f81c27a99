//! The organisation's own words.

use std::fs;

use system_tests::MailServer;

use crate::world::World;

const GOOD: &str = "{% if call.test %}TEST {% endif %}Llame al {{ callback.e164 }}: {{ call.dialled }} {{ call.at }} \
                    {% for line in location.lines %}[{{ line }}]{% endfor %}";

#[tokio::test]
async fn an_own_template_is_used_and_a_broken_one_gives_way_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let spanish = folder.path().join("es");
    fs::create_dir(&spanish).unwrap();
    fs::write(spanish.join("body.txt"), GOOD).unwrap();
    fs::write(spanish.join("subject.txt"), "{{ call.dialed }}").unwrap();
    let mut server = MailServer::start().unwrap();
    let settings = [
        (
            "WHEREABOUTS_NOTIFICATION_TEMPLATES_DIR",
            folder.path().to_str().unwrap(),
        ),
        ("WHEREABOUTS_NOTIFICATION_LANGUAGE", "es"),
    ];
    let world = World::start(&server, &settings).await;
    let answer = world.dial("c-1", "maria.chen", "911").await;
    let mail = server.next().await.unwrap();
    let text = mail.unfolded();
    let number = answer["callback_number"].as_str().unwrap();
    assert!(text.contains(&format!("Llame al {number}")), "{text}");
    assert!(text.contains("no se pudo usar una plantilla"), "{text}");
    assert!(
        mail.header("subject")
            .unwrap()
            .contains("Llamada de emergencia al 911"),
        "{mail:?}"
    );
    let log = world.backend.log().unwrap();
    assert!(
        log.contains("es/subject.txt") && log.contains("undefined value"),
        "{log}"
    );

    // The command says the same before anybody has to read it in earnest.
    let refused = world
        .backend
        .run(&["templates", "check"])
        .unwrap_err()
        .to_string();
    assert!(refused.contains("templates check"), "{refused}");
    let shown = world
        .backend
        .run(&["templates", "preview", "--case", "test"])
        .unwrap();
    assert!(shown.contains("TEST Llame al +12065550123"), "{shown}");
}
