use api::location::ResponderView;
use location::{
    CivicAddress,
    render::{self, Profile},
};

use crate::config::{CivicProfile, Policy};

/// The rendering that the organisation chose.
#[must_use]
pub fn profile(policy: &Policy) -> Profile {
    match policy.civic_profile {
        CivicProfile::AmazonConnect => Profile::AmazonConnect,
        CivicProfile::AmazonConnect12 => Profile::AmazonConnect12,
    }
}

/// What survives of an address on the 911 centre's screen.
#[must_use]
pub fn responder_view(address: &CivicAddress, policy: &Policy) -> ResponderView {
    ResponderView::of(address, profile(policy))
}

/// An address to read aloud, seat and floor first.
#[must_use]
pub fn lines(address: Option<&CivicAddress>) -> Vec<String> {
    address.map(render::lines).unwrap_or_default()
}

/// An address on one line.
#[must_use]
pub fn one_line(address: &CivicAddress) -> String {
    render::one_line(address)
}
