use std::sync::Arc;

use platforms::{
    CallControl, TaskQueue,
    presence::{AgentPresence, BuiltIn},
    webhook::{HookUrlError, PlatformHook, Secrets, SecretsError, WebhookError},
};

use crate::{config, notify::file};

/// The telephony platform as the server asks it.
#[derive(Clone, Debug)]
pub struct Platform {
    /// What keeps agents' status.
    pub presence: Arc<dyn AgentPresence>,
    /// The same, when it is kept here.
    pub built_in: Option<Arc<BuiltIn>>,
    /// What hangs up; absent when no platform can.
    pub call_control: Option<Arc<dyn CallControl>>,
    /// What takes tasks; absent when no platform does.
    pub tasks: Option<Arc<dyn TaskQueue>>,
}

impl Platform {
    /// None at all: presence is kept here.
    #[must_use]
    pub fn none() -> Self {
        let built_in = Arc::new(BuiltIn::default());
        Self {
            presence: built_in.clone(),
            built_in: Some(built_in),
            call_control: None,
            tasks: None,
        }
    }

    /// The one of a configuration. A secret that cannot be read shuts the way to it, loudly, because
    /// telephony has to be answered all the same. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn of(platform: &config::Platform) -> Result<Self, PlatformError> {
        if platform.url.is_empty() {
            return Ok(Self::none());
        }
        let url = platform.url.parse().map_err(PlatformError::Url)?;
        if platform.secret_file.is_empty() {
            return Err(PlatformError::NoSecret);
        }
        let Some(Some(secret)) = file("platform.secret_file", &platform.secret_file) else {
            return Ok(Self::none());
        };
        let hook = Arc::new(PlatformHook::new(url, Secrets::read(&secret)?)?);
        Ok(Self {
            presence: hook.clone(),
            built_in: None,
            call_control: Some(hook.clone()),
            tasks: Some(hook),
        })
    }
}

/// Why the platform cannot be asked as the configuration says.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// What is not signed is not asked.
    #[error("platform.secret_file names no file; it holds the secret that signs what is asked")]
    NoSecret,
    /// The secret.
    #[error("platform.secret_file: {0}")]
    Secret(#[from] SecretsError),
    /// The address.
    #[error("platform.url: {0}")]
    Url(HookUrlError),
    /// TLS.
    #[error("platform: {0}")]
    Web(#[from] WebhookError),
}
