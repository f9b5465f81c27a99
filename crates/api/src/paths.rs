//! Paths, written once.

/// Open: whether the process lives.
pub const HEALTHZ: &str = "/healthz";
/// Open: whether it can do its work.
pub const READYZ: &str = "/readyz";
/// The security desk's page: signing in, who is signed in, signing out.
pub const DESK_SESSION: &str = "/desk/session";
/// Key of role metrics: Prometheus text.
pub const METRICS: &str = "/metrics";
/// Open: the OpenAPI document.
pub const OPENAPI: &str = "/v1/openapi.json";

/// Enrolment with a code.
pub const ENROLMENTS: &str = "/v1/enrolments";
/// Rotation and sign-out.
pub const TOKENS: &str = "/v1/tokens";
/// The agent's whole state.
pub const ME: &str = "/v1/me";
/// The same, pushed.
pub const ME_EVENTS: &str = "/v1/me/events";
/// Declaring a location.
pub const ME_LOCATION: &str = "/v1/me/location";
/// Declining to say.
pub const ME_LOCATION_DECLINE: &str = "/v1/me/location/decline";
/// The end of a shift.
pub const ME_LOCATION_END: &str = "/v1/me/location/end";
/// Saved addresses.
pub const ME_PLACES: &str = "/v1/me/places";
/// One saved address.
pub const ME_PLACE: &str = "/v1/me/places/{id}";
/// "I have read this."
pub const ME_ACKNOWLEDGEMENTS: &str = "/v1/me/acknowledgements";
/// "The banner is on the screen."
pub const ME_EMERGENCY_SHOWN: &str = "/v1/me/emergency/shown";
/// "The call is over."
pub const ME_EMERGENCY_OVER: &str = "/v1/me/emergency/over";
/// What an agent heard on a test call.
pub const ME_TEST_CALL_RESULT: &str = "/v1/me/test-calls/{call_id}/result";
/// Hanging up through the platform.
pub const ME_EMERGENCY_END_CALL: &str = "/v1/me/emergency/end-call";
/// Reading a written address.
pub const ADDRESSES_INTERPRET: &str = "/v1/addresses/interpret";
/// Checking a fielded address.
pub const ADDRESSES_CHECK: &str = "/v1/addresses/check";
/// All sites.
pub const SITES: &str = "/v1/sites";
/// One site with plans and seats.
pub const SITE: &str = "/v1/sites/{id}";
/// Seats by search.
pub const SEATS: &str = "/v1/seats";

/// The roster.
pub const ROSTER: &str = "/v1/roster";
/// The same, pushed.
pub const ROSTER_EVENTS: &str = "/v1/roster/events";
/// Opening the address of an agent.
pub const ROSTER_BREAK_GLASS: &str = "/v1/roster/{username}/break-glass";
/// Emergencies.
pub const EMERGENCIES: &str = "/v1/emergencies";
/// Somebody is handling one of them.
pub const EMERGENCY_ACKNOWLEDGEMENTS: &str = "/v1/emergencies/{call_id}/acknowledgements";
/// "The call is over", for somebody else's call.
pub const EMERGENCY_OVER: &str = "/v1/emergencies/{call_id}/over";
/// Who is told of them, and what became of it.
pub const NOTIFICATIONS: &str = "/v1/notifications";
/// Drills: the whole path without dialling.
pub const DRILLS: &str = "/v1/drills";
/// One drill.
pub const DRILL: &str = "/v1/drills/{id}";
/// Who was covered at a moment.
pub const REPORTS_COVERAGE: &str = "/v1/reports/coverage";

/// An emergency number was dialled.
pub const TELEPHONY_CALLS: &str = "/v1/telephony/calls";
/// A call ended, named in the body.
pub const TELEPHONY_CALLS_END: &str = "/v1/telephony/calls/end";
/// A call ended, named in the path.
pub const TELEPHONY_CALL_END: &str = "/v1/telephony/calls/{call_id}/end";
/// Where an agent is.
pub const TELEPHONY_LOCATION: &str = "/v1/telephony/locations/{agent}";
/// A callback arrives.
pub const TELEPHONY_CALLBACKS: &str = "/v1/telephony/callbacks";
/// A callback ended.
pub const TELEPHONY_CALLBACKS_END: &str = "/v1/telephony/callbacks/end";
/// Where a callback would go.
pub const TELEPHONY_CALLBACK: &str = "/v1/telephony/callbacks/{number}";
/// Amazon Connect's Lambda.
pub const TELEPHONY_AMAZON_CONNECT: &str = "/v1/telephony/amazon-connect";
