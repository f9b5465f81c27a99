use std::collections::BTreeMap;

use api::{
    address::{AddressCheck, CheckAddress, FieldCheck},
    paths,
};
use axum::{Json, extract::State};
use location::{CivicAddress, CivicKey, DispatchableLocation, Problem, Verdict};

use crate::{
    config::Policy,
    http::{App, Refusal, SignedIn, Strict},
    view,
};

/// Says what keeps an address from being sent, and what would survive of it on the 911 centre's
/// screen. No address book is asked yet: what is complete is `unchecked`.
#[utoipa::path(
    post,
    path = paths::ADDRESSES_CHECK,
    operation_id = "check_address",
    tag = "agent",
    security(("bearer" = [])),
    request_body = CheckAddress,
    responses((status = 200, description = "What was found.", body = AddressCheck)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: SignedIn,
    Strict(request): Strict<CheckAddress>,
) -> Result<Json<AddressCheck>, Refusal> {
    Ok(Json(check(&request.address, &app.policy)))
}

fn check(address: &CivicAddress, policy: &Policy) -> AddressCheck {
    let problems = DispatchableLocation::assess(address)
        .err()
        .unwrap_or_default();
    AddressCheck {
        verdict: if problems.is_empty() {
            Verdict::Unchecked
        } else {
            Verdict::Invalid
        },
        fields: fields(address, &problems),
        suggestions: Vec::new(),
        lines: view::lines(Some(address)),
        responder_view: view::responder_view(address, policy),
        problems,
    }
}

fn fields(address: &CivicAddress, problems: &[Problem]) -> BTreeMap<CivicKey, FieldCheck> {
    let unchecked = address.iter().map(|(key, _)| {
        let text = "Taken as it is; nothing was there to check it against.".to_owned();
        let verdict = Verdict::Unchecked;
        (key, FieldCheck { verdict, text })
    });
    let invalid = problems.iter().filter_map(|problem| {
        let verdict = Verdict::Invalid;
        let text = problem.text.clone();
        Some((problem.field?, FieldCheck { verdict, text }))
    });
    unchecked.chain(invalid).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_missing_and_what_is_there_are_both_named() {
        let address = serde_json::from_value(json!({
            "country": "US", "A1": "WA", "A3": "Seattle", "RD": "7th", "STS": "Ave", "PC": "98121",
        }))
        .unwrap();
        let found = check(&address, &Policy::default());
        assert_eq!(found.verdict, Verdict::Invalid);
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.fields[&CivicKey::Hno].verdict, Verdict::Invalid);
        assert_eq!(found.fields[&CivicKey::Rd].verdict, Verdict::Unchecked);
        let whole = check(
            &address.with(CivicKey::Hno, "2121").unwrap(),
            &Policy::default(),
        );
        assert_eq!(whole.verdict, Verdict::Unchecked);
        assert!(whole.problems.is_empty());
        assert!(whole.responder_view.text.contains("2121"));
    }
}
