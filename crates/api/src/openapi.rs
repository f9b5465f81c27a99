//! The part of the OpenAPI document that every implementation shares: its head and its schemas.
//! The server adds the paths from its routes.

use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};

use crate::{
    address, agent, break_glass, desk, drill, emergency, enrolment, error, location, notification,
    place, report, roster, site, telephony, token,
};

/// The head and every schema, without paths.
#[must_use]
pub fn components() -> Document {
    Components::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Whereabouts",
        description = "Makes sure that when an agent dials 911, the right door is on the \
                       dispatcher's screen.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(
        address::AddressCheck,
        address::CheckAddress,
        address::InterpretAddress,
        address::Interpretation,
        agent::Me,
        break_glass::AcknowledgeNotice,
        break_glass::BreakGlass,
        break_glass::NoticeAcknowledged,
        break_glass::OpenedAddress,
        desk::DeskSession,
        desk::OpenDesk,
        drill::DrillReport,
        drill::Drills,
        drill::StartDrill,
        drill::StartedDrill,
        emergency::Emergencies,
        emergency::EmergencyShown,
        enrolment::EnrolDevice,
        enrolment::EnrolledDevice,
        error::ErrorBody,
        location::ConfirmLocation,
        location::DeclineLocation,
        location::ServedLocation,
        notification::Notifications,
        place::Places,
        place::SavePlace,
        report::CoverageReport,
        roster::Roster,
        roster::RosterFrame,
        site::Seats,
        site::SiteDetail,
        site::Sites,
        telephony::AgentLocation,
        telephony::Answer,
        telephony::CallbackDecision,
        telephony::EndCall,
        telephony::OpenCall,
        telephony::OpenCallback,
        token::RotateTokens,
        token::Tokens,
    )),
    modifiers(&Security),
)]
struct Components;

/// How callers say who they are.
struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "bearer",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
        components.add_security_scheme(
            "basic",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Basic)),
        );
        components.add_security_scheme(
            "desk",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
                "__Host-whereabouts-desk",
                "The cookie of the security desk's page. What changes something also needs its token in \
                 `X-CSRF-Token`, and to come from the page itself.",
            ))),
        );
    }
}
