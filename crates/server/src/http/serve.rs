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
