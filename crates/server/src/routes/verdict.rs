//! What checking an address comes to for the agent who wrote it.

use location::{CivicAddress, Verdict};

use crate::{
    http::{App, Refusal},
    store::AgentId,
    validation::Check,
};

/// What was found of an address. One that is valid and was offered to the agent before is a
/// correction.
pub(super) fn found(app: &App, agent: &AgentId, address: &CivicAddress, check: &Check) -> Verdict {
    let verdict = check.verdict();
    if verdict == Verdict::Valid && app.offered.was_offered(agent, address) {
        Verdict::Corrected
    } else {
        verdict
    }
}

/// With what verdict an address stands: one that failed its check does only for a reason.
///
/// # Errors
/// 422 with what is wrong, when there is no reason.
pub(super) fn settled(
    verdict: Verdict,
    check: &Check,
    override_reason: Option<&str>,
) -> Result<Verdict, Refusal> {
    match (verdict, override_reason) {
        (Verdict::Invalid, Some(_)) => Ok(Verdict::Overridden),
        (Verdict::Invalid, None) => Err(Refusal::not_acceptable(
            "The address was checked and is not known. Correct it, or say why it is right all the \
             same.",
            check.problems(),
        )),
        (verdict, _) => Ok(verdict),
    }
}
