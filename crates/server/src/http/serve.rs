use std::{io, net::SocketAddr, time::Duration};

use axum::{Router, serve::ListenerExt as _};
use tokio::net::{TcpListener, TcpSocket};
use tracing::warn;

use super::{App, layers};
use crate::routes;

/// Connections that may wait to be accepted. A whole floor comes back at once after a power cut.
const BACKLOG: u32 = 4_096;
/// How long answers may still take once the server closes.
const CLOSING: Duration = Duration::from_secs(10);

/// Everything this server answers, over HTTP.
pub fn router(app: &App) -> Router {
    layers::around(routes::all().0.with_state(app.clone()))
}

/// Listens on an address.
///
/// # Errors
/// When the operating system refuses.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Answers until `shutdown` is over. Then nothing new is accepted, streams end, and answers under
/// way, telephony's first among them, are finished for at most ten seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            warn!(%error, "a connection stays slow");
        }
    });
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let closing = app.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        shutdown.await;
        closing.close();
    });
    let overdue = async {
        app.closed().await;
        tokio::time::sleep(CLOSING).await;
    };
    tokio::select! {
        served = serving => served,
        () = overdue => {
            warn!("some answers were not finished when the server closed");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use api::paths;
    use serde_json::json;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        sync::oneshot,
    };

    use super::*;
    use crate::{secret::SecretHash, store::KeyRole, testing::TestServer};

    async fn read_until(connection: &mut TcpStream, text: &str) -> String {
        let mut read = Vec::new();
        while !String::from_utf8_lossy(&read).contains(text) {
            let mut more = [0; 4_096];
            let count = connection.read(&mut more).await.unwrap();
            assert!(
                count > 0,
                "closed before {text:?}: {}",
                String::from_utf8_lossy(&read)
            );
            read.extend_from_slice(&more[..count]);
        }
        String::from_utf8(read).unwrap()
    }

    #[tokio::test]
    async fn closing_finishes_the_answer_to_a_call_and_ends_the_streams() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, server.app.clone(), async {
            let _ = stopped.await;
        }));

        let mut stream = TcpStream::connect(address).await.unwrap();
        let path = paths::ME_EVENTS;
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {maria}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        read_until(&mut stream, "event: state").await;

        // A call whose body is still on its way when the server is told to stop.
        let body = json!({"call_id": "c", "agent": "maria.chen", "dialled": "911"}).to_string();
        let (first, rest) = body.split_at(10);
        let mut call = TcpStream::connect(address).await.unwrap();
        let path = paths::TELEPHONY_CALLS;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Length: {}\r\n\r\n{first}",
            body.len()
        );
        call.write_all(head.as_bytes()).await.unwrap();
        // The request has been taken once its key was looked at.
        while server
            .app
            .telephony
            .last_known()
            .key(SecretHash::of(&key))
            .is_none()
        {
            tokio::task::yield_now().await;
        }
        stop.send(()).unwrap();
        read_until(&mut stream, "0\r\n\r\n").await;
        call.write_all(rest.as_bytes()).await.unwrap();
        let answer = read_until(&mut call, "callback_number").await;
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        serving.await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
