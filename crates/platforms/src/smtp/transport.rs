use std::{fmt, time::Duration};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        PoolConfig, authentication,
        client::{Certificate, Tls, TlsParameters},
    },
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Mail, Mailer, Security, ServerUrl, fault::fault, mail::written};
use crate::{DeliveryFault, FaultCode};

/// Connections that are kept open between mails.
const KEPT: u32 = 8;
/// How long one of them may idle.
const IDLE: Duration = Duration::from_secs(50);

/// What is needed to hand mail over.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// The mail server.
    pub server: ServerUrl,
    /// The sender: an address, or `Name <address>`.
    pub from: String,
    /// How we sign in; absent when we need not.
    pub credentials: Option<Credentials>,
    /// Certificates (PEM) to trust beside those of the machine.
    pub extra_root: Option<Vec<u8>>,
    /// How long the server may take for each step of handing over one mail. A try is never cut off
    /// in between: a connection that was would mix up the answers to two mails.
    pub timeout: Duration,
}

/// How we sign in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The name.
    pub username: String,
    /// The password.
    pub password: SecretString,
}

/// A mail server, by a pool of connections.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// Prepares; connects only for the first mail. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpError> {
        let from = settings.from.parse().map_err(|_| SmtpError::From)?;
        let ServerUrl {
            host,
            port,
            security,
        } = settings.server;
        let tls = match security {
            Security::Plain => Tls::None,
            Security::StartTls => Tls::Required(parameters(&host, settings.extra_root)?),
            Security::Tls => Tls::Wrapper(parameters(&host, settings.extra_root)?),
        };
        let pool = PoolConfig::new().max_size(KEPT).idle_timeout(IDLE);
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(settings.timeout))
            .pool_config(pool);
        if let Some(Credentials { username, password }) = settings.credentials {
            transport = transport.credentials(authentication::Credentials::new(
                username,
                password.expose_secret().to_owned(),
            ));
        }
        Ok(Self {
            transport: transport.build(),
            from,
        })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryFault> {
        let message = written(mail, &self.from)
            .map_err(|_| DeliveryFault::Permanent(FaultCode::new("unwritable")))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }
}

fn parameters(host: &str, extra_root: Option<Vec<u8>>) -> Result<TlsParameters, SmtpError> {
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(pem) = extra_root {
        let root = Certificate::from_pem(&pem).map_err(|_| SmtpError::Root)?;
        parameters = parameters.add_root_certificate(root);
    }
    parameters.build().map_err(|_| SmtpError::Tls)
}

impl fmt::Debug for Smtp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Smtp(..)")
    }
}

/// Why mail cannot be prepared.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SmtpError {
    /// The sender is no address.
    #[error("the sender is not an e-mail address, such as 911-alerts@example.com")]
    From,
    /// The certificates to trust are none.
    #[error("the certificates to trust are not readable; they are PEM")]
    Root,
    /// The machine has no certificates to trust.
    #[error("TLS cannot be prepared: this machine has no certificates to trust")]
    Tls,
}
