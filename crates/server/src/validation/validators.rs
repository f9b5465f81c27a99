use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use location::CivicAddress;
use platforms::{AddressValidator, Validation};
use tokio::time::{Instant, timeout_at};

use super::Check;

/// How long all validators together may take.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// Those who are asked, in the order in which they are.
#[derive(Clone, Debug, Default)]
pub struct Validators {
    ordered: Vec<Arc<dyn AddressValidator>>,
}

impl Validators {
    /// Nobody: what is complete is `unchecked`.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One more, who is asked when the others had nothing to say.
    #[must_use]
    pub fn then(mut self, validator: Arc<dyn AddressValidator>) -> Self {
        self.ordered.push(validator);
        self
    }

    /// Asks about an address that is complete, until somebody says yes or no or the time is up.
    pub async fn check(&self, address: &CivicAddress, now: Timestamp) -> Check {
        let deadline = Instant::now() + PATIENCE;
        let mut check = Check::default();
        for validator in &self.ordered {
            match timeout_at(deadline, validator.validate(address, now)).await {
                Ok(Validation::Answered(finding)) => {
                    check.finding = Some(finding);
                    break;
                }
                Ok(Validation::NotCovered { note, suggestions }) => {
                    check.notes.extend(note);
                    check.suggestions.extend(suggestions);
                }
                Ok(Validation::Silent { because }) => check.notes.push(because),
                Err(_) => {
                    check.notes.push(
                        "The address could not be checked in time. It is taken as it is."
                            .to_owned(),
                    );
                    break;
                }
            }
        }
        check
    }
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use location::Verdict;
    use platforms::Finding;

    use super::*;

    /// Says the same to everybody; `None` never answers.
    #[derive(Debug)]
    struct Says(Option<Validation>);

    #[async_trait]
    impl AddressValidator for Says {
        async fn validate(&self, _: &CivicAddress, _: Timestamp) -> Validation {
            match &self.0 {
                Some(said) => said.clone(),
                None => std::future::pending().await,
            }
        }
    }

    fn answered(by: &str, valid: bool) -> Option<Validation> {
        Some(Validation::Answered(Finding {
            by: by.to_owned(),
            valid,
            fields: Default::default(),
            notes: Vec::new(),
            suggestions: Vec::new(),
        }))
    }

    async fn ask(said: impl IntoIterator<Item = Option<Validation>>) -> Check {
        let validators = said.into_iter().fold(Validators::none(), |all, said| {
            all.then(Arc::new(Says(said)))
        });
        validators
            .check(&CivicAddress::new(), Timestamp::UNIX_EPOCH)
            .await
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_yes_or_no_counts_and_silence_is_passed_over() {
        let silent = Some(Validation::Silent {
            because: "It is down.".to_owned(),
        });
        let elsewhere = Some(Validation::NotCovered {
            note: None,
            suggestions: Vec::new(),
        });
        let check = ask([silent, elsewhere, answered("B", false), answered("C", true)]).await;
        assert_eq!(check.verdict(), Verdict::Invalid);
        assert_eq!(
            check.finding.map(|finding| finding.by),
            Some("B".to_owned())
        );
        assert_eq!(check.notes, ["It is down."]);
        assert_eq!(ask([]).await, Check::default());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_longer_than_three_seconds() {
        let started = Instant::now();
        let check = ask([None, None, answered("C", true)]).await;
        assert_eq!(check.verdict(), Verdict::Unchecked);
        assert_eq!(check.notes.len(), 1);
        assert_eq!(started.elapsed(), PATIENCE);
    }
}
