use std::collections::BTreeMap;

use api::{
    address::{AddressCheck, FieldCheck, Suggestion},
    location::Checked,
};
use jiff::Timestamp;
use location::{CivicAddress, CivicKey, Problem, ProblemCode, Verdict, msag, render::Profile};
use platforms::{FieldState, Finding};

/// What asking around about a complete address came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Check {
    /// The yes or no, if anybody gave one.
    pub finding: Option<Finding>,
    /// Why others did not.
    pub notes: Vec<String>,
    /// What those who do not know the place would say yes to.
    pub suggestions: Vec<msag::Suggestion>,
}

impl Check {
    /// `valid`, `invalid`, or `unchecked` when nobody could say.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match &self.finding {
            None => Verdict::Unchecked,
            Some(finding) if finding.valid => Verdict::Valid,
            Some(_) => Verdict::Invalid,
        }
    }

    /// What is kept with the address: who, when, and each element.
    #[must_use]
    pub fn checked(&self, at: Timestamp) -> Option<Checked> {
        self.finding.as_ref().map(|finding| Checked {
            by: finding.by.clone(),
            at,
            fields: fields(finding),
        })
    }

    /// What is wrong, as problems.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let fields = self.finding.iter().flat_map(|finding| &finding.fields);
        fields
            .filter(|(_, found)| found.state == FieldState::Invalid)
            .map(|(key, found)| Problem {
                code: ProblemCode::InvalidValue,
                field: Some(*key),
                text: found.text.clone(),
            })
            .collect()
    }

    /// Every address that would pass, likeliest first.
    pub fn suggested(&self) -> impl Iterator<Item = &msag::Suggestion> {
        let found = self.finding.iter().flat_map(|found| &found.suggestions);
        found.chain(&self.suggestions)
    }

    /// The answer to somebody who asks about an address: what keeps it from being sent comes first.
    #[must_use]
    pub fn answer(&self, address: &CivicAddress, profile: Profile) -> AddressCheck {
        let mut answer = AddressCheck::unaided(address, profile);
        if !answer.problems.is_empty() {
            return answer;
        }
        answer.verdict = self.verdict();
        answer.notes.clone_from(&self.notes);
        answer.suggestions = self.suggested().map(suggestion).collect();
        if let Some(finding) = &self.finding {
            answer.fields.extend(fields(finding));
            answer.notes.extend(finding.notes.iter().cloned());
            answer.by = Some(finding.by.clone());
        }
        answer
    }
}

fn fields(finding: &Finding) -> BTreeMap<CivicKey, FieldCheck> {
    let fields = finding.fields.iter().map(|(key, found)| {
        let verdict = match found.state {
            FieldState::Invalid => Verdict::Invalid,
            FieldState::Unchecked => Verdict::Unchecked,
            FieldState::Valid => Verdict::Valid,
        };
        let text = found.text.clone();
        (*key, FieldCheck { verdict, text })
    });
    fields.collect()
}

fn suggestion(from: &msag::Suggestion) -> Suggestion {
    Suggestion {
        fields: from.address.clone(),
        differs: from.differs.clone(),
        numbers: from.numbers.clone(),
        text: from.text.clone(),
    }
}
