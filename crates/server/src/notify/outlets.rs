use std::{fs, sync::Arc, time::Duration};

use platforms::{
    TaskQueue,
    smtp::{Credentials, Mailer, Smtp, SmtpError, SmtpSettings},
    webhook::{HookUrl, HookUrlError, Hooks, Secrets, SecretsError, Webhook, WebhookError},
};
use secrecy::SecretString;
use tracing::error;

use super::templates::Templates;
use crate::{
    config::{self, Config},
    presence::Platform,
};

/// How long a mail server may take for one step of taking a mail. Some take half a minute on purpose.
const MAIL_STEP: Duration = Duration::from_secs(120);

/// The ways out: what notices are written with and handed to.
#[derive(Clone, Debug)]
pub struct Outlets {
    /// The mail server; absent when none is configured or it cannot be used.
    pub mail: Option<Arc<dyn Mailer>>,
    /// What posts web hooks; absent when there is no secret to sign them with.
    pub hooks: Option<Arc<dyn Hooks>>,
    /// The organisation's own web hook.
    pub organisation_hook: Option<HookUrl>,
    /// The people of the telephony platform; absent when none is configured or it cannot be used.
    pub tasks: Option<Arc<dyn TaskQueue>>,
    /// What the names of mails end with.
    pub mail_domain: String,
    /// What mails say.
    pub templates: Arc<Templates>,
}

impl Outlets {
    /// None at all: notices are given up as `not_configured`.
    #[must_use]
    pub fn none() -> Self {
        Self {
            mail: None,
            hooks: None,
            organisation_hook: None,
            tasks: None,
            mail_domain: "localhost".to_owned(),
            templates: Arc::new(Templates::built_in()),
        }
    }

    /// The ones of a configuration. A setting that cannot be read is an error; a file that is not
    /// there only shuts its way, loudly, because telephony has to be answered all the same. Must be
    /// called inside a tokio runtime, which keeps the connections.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn of(config: &Config, platform: &Platform) -> Result<Self, OutletsError> {
        let templates = Templates::of(&config.notification)?;
        templates.tell();
        let organisation_hook = match config.webhook.url.as_str() {
            "" => None,
            url => Some(url.parse().map_err(OutletsError::HookUrl)?),
        };
        Ok(Self {
            mail: mail(&config.smtp)?,
            hooks: hooks(&config.webhook)?,
            organisation_hook,
            tasks: platform.tasks.clone(),
            mail_domain: mail_domain(&config.smtp.from),
            templates: Arc::new(templates),
        })
    }
}

fn mail(smtp: &config::Smtp) -> Result<Option<Arc<dyn Mailer>>, OutletsError> {
    if smtp.url.is_empty() {
        return Ok(None);
    }
    let server = smtp.url.parse().map_err(OutletsError::MailServer)?;
    if smtp.username.is_empty() != smtp.password_file.is_empty() {
        return Err(OutletsError::HalfCredentials);
    }
    let Some(password) = file("smtp.password_file", &smtp.password_file) else {
        return Ok(None);
    };
    let Some(extra_root) = file("smtp.ca_file", &smtp.ca_file) else {
        return Ok(None);
    };
    let settings = SmtpSettings {
        server,
        from: smtp.from.clone(),
        credentials: password.map(|password| Credentials {
            username: smtp.username.clone(),
            password: SecretString::from(password.trim_end_matches(['\r', '\n'])),
        }),
        extra_root: extra_root.map(String::into_bytes),
        timeout: MAIL_STEP,
    };
    Ok(Some(Arc::new(Smtp::new(settings)?)))
}

fn hooks(webhook: &config::Webhook) -> Result<Option<Arc<dyn Hooks>>, OutletsError> {
    let Some(Some(text)) = file("webhook.secret_file", &webhook.secret_file) else {
        return Ok(None);
    };
    Ok(Some(Arc::new(Webhook::new(Secrets::read(&text)?)?)))
}

/// The text of a file: `Some(None)` when none is named, `None` when it cannot be read.
pub(crate) fn file(setting: &'static str, path: &str) -> Option<Option<String>> {
    if path.is_empty() {
        return Some(None);
    }
    match fs::read_to_string(path) {
        Ok(text) => Some(Some(text)),
        Err(fault) => {
            error!(
                alarm = true,
                setting,
                %fault,
                "a file that the server sends with cannot be read: put it right and start again"
            );
            None
        }
    }
}

/// The domain of the sender.
fn mail_domain(from: &str) -> String {
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let domain: String = domain
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-.".contains(*c))
        .collect();
    if domain.is_empty() {
        "localhost".to_owned()
    } else {
        domain
    }
}

/// Why notices cannot be sent as the configuration says.
#[derive(Debug, thiserror::Error)]
pub enum OutletsError {
    /// One half of a sign-in.
    #[error("smtp.username and smtp.password_file go together; set both or neither")]
    HalfCredentials,
    /// The web hook.
    #[error("webhook.url: {0}")]
    HookUrl(HookUrlError),
    /// The language.
    #[error("notification.language: {0}")]
    Language(#[from] emergency::notification::UnknownLanguage),
    /// The mail server.
    #[error("smtp.url: {0}")]
    MailServer(platforms::smtp::ServerUrlError),
    /// The sender, or a certificate.
    #[error("smtp: {0}")]
    Mail(#[from] SmtpError),
    /// The secret.
    #[error("webhook.secret_file: {0}")]
    Secrets(#[from] SecretsError),
    /// TLS.
    #[error("webhook: {0}")]
    Web(#[from] WebhookError),
}
