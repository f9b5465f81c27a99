//! What is no HTTP, and what telephony platforms send that nobody foresaw. Garbage within HTTP is fed to every
//! path by the server's own tests.

use reqwest::Method;
use serde_json::Value;
use system_tests::Backend;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{Duration, timeout},
};

use crate::{SERVER, telephony::Telephony};

/// Longer than any of these may keep a connection busy.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn what_is_no_http_keeps_nobody_else_from_being_answered() {
    let backend = Backend::start(SERVER).await.unwrap();
    let address = backend.url().replace("http://", "");
    let header = format!(
        "GET /healthz HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "x".repeat(1 << 20)
    );
    let lies = "POST /v1/telephony/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n{";
    let both = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    let garbage: [&[u8]; 6] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not in clear",
        b"\x00\x00\x00\x00\xff\xff\xff\xff\r\n\r\n",
        b"INVITE sip:911@server SIP/2.0\r\nVia: SIP/2.0/TCP x\r\n\r\n",
        header.as_bytes(),
        lies.as_bytes(),
        both.as_bytes(),
    ];
    let pbx = Telephony::new(&backend);
    let mut open = Vec::new();
    for bytes in garbage {
        let mut connection = TcpStream::connect(&address).await.unwrap();
        // It may be cut off half way.
        let _ = timeout(PATIENCE, connection.write_all(bytes))
            .await
            .unwrap();
        open.push(connection);
        pbx.locate("maria.chen").await.in_time();
    }
    // Somebody who asks for a lot and then is gone.
    for _ in 0..50 {
        let mut connection = TcpStream::connect(&address).await.unwrap();
        connection.write_all(lies.as_bytes()).await.unwrap();
    }
    let mut refusal = String::new();
    let sip = &mut open[2];
    timeout(PATIENCE, sip.read_to_string(&mut refusal))
        .await
        .unwrap()
        .unwrap();
    assert!(refusal.starts_with("HTTP/1.1 400"), "{refusal}");
    pbx.dial("still-there", "maria.chen", "911").await.in_time();
    assert!(!backend.log().unwrap().contains("panicked"));
}

#[tokio::test]
async fn whatever_is_dialled_and_by_whomever_telephony_is_answered() {
    let backend = Backend::start(SERVER).await.unwrap();
    let pbx = Telephony::new(&backend);
    let long = "9".repeat(200);
    let agents = [
        "maria.chen",
        "",
        "nobody",
        "sip:@",
        "+",
        "MARIA.CHEN@x",
        "\u{0}",
        &long,
    ];
    let numbers = [
        "911",
        "+1911",
        "9911",
        "sip:911@pbx",
        "tel:911",
        "112",
        "999",
        "urn:service:sos",
        "933",
    ];
    for (call, agent) in agents.iter().enumerate() {
        for number in numbers {
            let call_id = format!("odd-{call}-{number}");
            let answer = pbx.dial(&call_id, agent, number).await;
            assert_eq!(answer.status, 201, "{agent:?} {number}: {}", answer.body);
            let answer = answer.in_time();
            assert_eq!(answer["call_id"], call_id);
            if call > 0 && !agent.starts_with("MARIA") {
                assert_eq!(answer["agent"], Value::Null, "{agent:?}");
            }
        }
    }
    let ordinary = pbx.dial("pizza", "maria.chen", "+12065550123").await;
    assert_eq!(
        (ordinary.status, ordinary.body["code"].as_str()),
        (422, Some("ordinary_number"))
    );
    let ready = backend.ask(Method::GET, "/readyz").send().await.unwrap();
    assert_eq!(ready.status(), 200);
}
