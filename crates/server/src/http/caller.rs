use api::{agent::Role, error::ErrorCode};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use jiff::Timestamp;

use super::{App, Refusal, desk};
use crate::{
    secret::{KeyName, SecretHash},
    store::{Access, Agent, AgentId, FamilyId, KeyRole},
};

/// With or without padding: some platforms leave it out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Somebody who is signed in: on a desktop, by the access token in `Authorization: Bearer`; where a
/// [`Watcher`] is asked for also on the security desk's page, by its cookie.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub agent: AgentId,
    /// The sign-in.
    pub family: FamilyId,
    /// Until when the credential works.
    pub until: Timestamp,
    pub(super) credential: Credential,
}

/// The hash of what proved who is asking, to ask again what it is worth.
#[derive(Clone, Copy, Debug)]
pub(super) enum Credential {
    /// A cookie of the security desk's page.
    Desk(SecretHash),
    /// An access token.
    Token(SecretHash),
}

impl SignedIn {
    /// Whether the token still works. When that cannot be told, it does: a fault here must not cut
    /// a stream.
    pub async fn may_stay(&self, app: &App) -> bool {
        match self.credential {
            Credential::Desk(cookie) => desk::may_stay(cookie, app).await,
            Credential::Token(token) => match app.store.access(token, app.clock.now()).await {
                Ok(Access::Granted { .. }) | Err(_) => true,
                Ok(Access::Expired | Access::Revoked | Access::Unknown) => false,
            },
        }
    }

    /// By an access token, or where none came along by the cookie of the security desk's page.
    async fn watching(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            return Self::from_request_parts(parts, app).await;
        }
        let (signed_in, _) = desk::by_cookie(parts, app).await?;
        Ok(signed_in)
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let presented = Presented::of(&parts.headers)?;
        let token = presented.hash();
        match app.store.access(token, app.clock.now()).await? {
            Access::Granted {
                agent,
                family,
                until,
            } => Ok(Self {
                agent,
                family,
                until,
                credential: Credential::Token(token),
            }),
            Access::Expired => Err(Refusal::new(
                ErrorCode::TokenExpired,
                "The access token has run out; get the next one.",
            )),
            Access::Revoked => Err(Refusal::new(
                ErrorCode::TokenRevoked,
                "This device was signed out; sign in again with a new code.",
            )),
            Access::Unknown if app.store.api_key(token).await?.is_some() => {
                Err(Refusal::forbidden())
            }
            Access::Unknown => Err(Refusal::unauthenticated()),
        }
    }
}

/// Somebody who watches over others: a supervisor, the security desk, or an administrator, who is the last
/// to hear of a call that nobody takes care of.
#[derive(Clone, Debug)]
pub struct Watcher {
    /// The sign-in.
    pub signed_in: SignedIn,
    /// Who.
    pub agent: Agent,
}

impl Watcher {
    pub(super) async fn of(signed_in: SignedIn, app: &App) -> Result<Self, Refusal> {
        let agent = app
            .store
            .agent(&signed_in.agent)
            .await?
            .ok_or_else(Refusal::unauthenticated)?;
        if Self::may_be(agent.role) {
            Ok(Self { signed_in, agent })
        } else {
            Err(Refusal::forbidden())
        }
    }

    /// Whether they still have the role and the team by which they see what they see. When that cannot be told,
    /// they have.
    pub async fn is_the_same(&self, app: &App) -> bool {
        match app.store.agent(&self.agent.id).await {
            Ok(Some(now)) => (now.role, &now.team) == (self.agent.role, &self.agent.team),
            Ok(None) => false,
            Err(_) => true,
        }
    }

    /// Whether people of this role watch over others.
    #[must_use]
    pub fn may_be(role: Role) -> bool {
        match role {
            Role::Admin | Role::Security | Role::Supervisor => true,
            Role::Agent => false,
        }
    }
}

impl FromRequestParts<App> for Watcher {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        Self::of(SignedIn::watching(parts, app).await?, app).await
    }
}

/// Somebody who sees to it that the server does its work: a supervisor, the security desk, an
/// administrator, or a machine with a key of role admin.
#[derive(Clone, Copy, Debug)]
pub struct Operator;

impl FromRequestParts<App> for Operator {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        if let Ok(presented) = Presented::of(&parts.headers) {
            match app.store.api_key(presented.hash()).await? {
                Some(key) if key.role == KeyRole::Admin => return Ok(Self),
                Some(_) => return Err(Refusal::forbidden()),
                None => {}
            }
        }
        Watcher::from_request_parts(parts, app).await.map(|_| Self)
    }
}

/// A machine that reads the metrics, by its key.
#[derive(Clone, Copy, Debug)]
pub struct Monitor;

impl FromRequestParts<App> for Monitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let hash = Presented::of(&parts.headers)?.hash();
        match app.store.api_key(hash).await? {
            Some(key) if key.role == KeyRole::Metrics => Ok(Self),
            Some(_) => Err(Refusal::forbidden()),
            None => match app.store.access(hash, app.clock.now()).await? {
                Access::Unknown => Err(Refusal::unauthenticated()),
                Access::Expired | Access::Granted { .. } | Access::Revoked => {
                    Err(Refusal::forbidden())
                }
            },
        }
    }
}

/// What a caller presented in `Authorization`: a bearer token, or the password of `name:key`. The
/// name of Basic is not compared: the key alone proves, and a misspelt name must cost no call its
/// location.
pub(super) struct Presented(String);

impl Presented {
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        headers
            .get(header::AUTHORIZATION)
            .and_then(|value| Self::read(value.to_str().ok()?))
            .ok_or_else(Refusal::unauthenticated)
    }

    pub(super) fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }

    /// The name inside a key that is written as ours are: `wk_NAME_` and 43 characters.
    pub(super) fn key_name(&self) -> Option<String> {
        let rest = self.0.strip_prefix("wk_")?;
        let (name, secret) = rest.split_at_checked(rest.len().checked_sub(44)?)?;
        let ours = secret.starts_with('_') && secret.is_ascii();
        (ours && name.parse::<KeyName>().is_ok()).then(|| name.to_owned())
    }

    fn read(value: &str) -> Option<Self> {
        let (scheme, rest) = value.trim().split_once(' ')?;
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(Self(rest.to_owned())).filter(|presented| !presented.0.is_empty());
        }
        if scheme.eq_ignore_ascii_case("basic") {
            let pair = BASE64.decode(rest).ok()?;
            let colon = pair.iter().position(|byte| *byte == b':')?;
            // The name may be in any encoding; a key is ASCII.
            let key = String::from_utf8(pair[colon + 1..].to_vec()).ok()?;
            return Some(Self(key));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::ApiKey;

    #[test]
    fn a_key_of_ours_is_known_by_its_form() {
        let name = |text: &str| Presented(text.to_owned()).key_name();
        let key = ApiKey::random(&"connect_prod-1".parse().unwrap());
        assert_eq!(name(key.expose()).as_deref(), Some("connect_prod-1"));
        for other in [
            "",
            "wk_",
            "wk_a_b",
            "Token",
            &"x".repeat(60),
            &format!("wk_é_{}", "x".repeat(43)),
        ] {
            assert_eq!(name(other), None, "{other:?}");
        }
    }

    #[test]
    fn reads_both_schemes_and_nothing_else() {
        let read = |value: &str| Presented::read(value).map(|presented| presented.0);
        assert_eq!(read("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(read("bearer  abc ").as_deref(), Some("abc"));
        let basic = format!("Basic {}", BASE64.encode("any name:wk_a_b"));
        assert_eq!(read(&basic).as_deref(), Some("wk_a_b"));
        let unpadded = format!("Basic {}", BASE64.encode("n:wk_a_b").trim_end_matches('='));
        assert_eq!(read(&unpadded).as_deref(), Some("wk_a_b"));
        let latin = format!("Basic {}", BASE64.encode(b"J\xfcrgen:wk_a_b"));
        assert_eq!(read(&latin).as_deref(), Some("wk_a_b"));
        for bad in [
            "",
            "Bearer",
            "Bearer ",
            "Basic !",
            "Basic YQ==",
            "Digest x",
            "abc",
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
