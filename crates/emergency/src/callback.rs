//! To whom a callback goes.

use jiff::Timestamp;

use crate::{Username, lease::Lease};

/// What is known of the number that responders call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberKind {
    /// An agent's own number.
    Direct,
    /// A number that sites show when there is nothing better.
    Fallback,
    /// Not a number of ours.
    Foreign,
    /// A number of a pool.
    Pool,
}

/// Where a callback goes, before every other contact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Decision {
    /// To the agent who made the call.
    Agent {
        /// The agent.
        agent: Username,
        /// Until when the number reaches them; absent as long as that is not settled.
        until: Option<Timestamp>,
    },
    /// To the security desk: the number is ours, and nobody's now.
    SecurityDesk,
    /// The number is not ours, or is an agent's own without a call.
    Unknown,
}

/// Decides to whom a callback goes.
///
/// `leases` are those that were made of this number, in any order; only those held now count. Real
/// calls outrank tests. When they point to more than one agent (a number shown by several calls)
/// or to an agent nobody knows, a person at the security desk can find out and the caller is not
/// sent to the wrong door.
#[must_use]
pub fn decide<'a>(
    kind: NumberKind,
    leases: impl IntoIterator<Item = &'a Lease>,
    now: Timestamp,
) -> Decision {
    let held: Vec<&Lease> = leases.into_iter().filter(|l| l.is_held(now)).collect();
    let real = held.iter().any(|lease| !lease.test);
    let mut outranking = held.iter().filter(|lease| lease.test != real);
    let Some(first) = outranking.next() else {
        return match kind {
            NumberKind::Fallback | NumberKind::Pool => Decision::SecurityDesk,
            NumberKind::Direct | NumberKind::Foreign => Decision::Unknown,
        };
    };
    let mut until = first.until;
    for other in outranking {
        if other.agent != first.agent {
            return Decision::SecurityDesk;
        }
        // Two calls of one agent: the later window counts, and an unsettled one is the latest.
        until = until.zip(other.until).map(|(one, two)| one.max(two));
    }
    match &first.agent {
        Some(agent) => Decision::Agent {
            agent: agent.clone(),
            until,
        },
        None => Decision::SecurityDesk,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn minute(minutes: i64) -> Timestamp {
        let ten: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        ten + SignedDuration::from_mins(minutes)
    }

    fn lease(agent: &str, until: Option<i64>, test: bool) -> Lease {
        Lease {
            agent: (!agent.is_empty()).then(|| agent.parse().unwrap()),
            test,
            until: until.map(minute),
        }
    }

    fn word(kind: NumberKind, leases: &[Lease]) -> String {
        match decide(kind, leases, minute(0)) {
            Decision::Agent { agent, until } => match until {
                Some(until) => format!("{agent} {}", until.duration_since(minute(0)).as_mins()),
                None => agent.to_string(),
            },
            Decision::SecurityDesk => "desk".to_owned(),
            Decision::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn the_table_of_decisions() {
        use NumberKind::{Direct, Fallback, Foreign, Pool};
        let open = lease("a", None, false);
        let window = lease("a", Some(1), false);
        let expired = lease("a", Some(0), false);
        let test = lease("b", Some(30), true);
        let nobody = lease("", None, false);
        #[rustfmt::skip]
        let table: Vec<(NumberKind, Vec<Lease>, &str)> = vec![
            (Pool, vec![open.clone()], "a"),
            (Pool, vec![window.clone()], "a 1"),
            (Pool, vec![expired.clone()], "desk"),
            (Pool, vec![], "desk"),
            (Pool, vec![nobody.clone()], "desk"),
            (Pool, vec![expired.clone(), lease("b", Some(9), false)], "b 9"),
            (Direct, vec![window.clone()], "a 1"),
            (Direct, vec![expired.clone()], "unknown"),
            (Direct, vec![], "unknown"),
            (Fallback, vec![], "desk"),
            (Fallback, vec![window.clone()], "a 1"),
            (Fallback, vec![window.clone(), lease("b", None, false)], "desk"),
            (Fallback, vec![window.clone(), nobody], "desk"),
            (Foreign, vec![], "unknown"),
            // A number we lent is ours, whatever the directory says.
            (Foreign, vec![window.clone()], "a 1"),
            // A real call outranks a test; a test alone still reaches its agent.
            (Pool, vec![test.clone(), window.clone()], "a 1"),
            (Pool, vec![window.clone(), test.clone()], "a 1"),
            (Pool, vec![test.clone()], "b 30"),
            (Pool, vec![test, expired], "b 30"),
            // Two calls of one agent: the later window, or the open call.
            (Pool, vec![window.clone(), lease("a", Some(7), false)], "a 7"),
            (Pool, vec![window, open], "a"),
        ];
        for (kind, leases, expected) in table {
            assert_eq!(word(kind, &leases), expected, "{kind:?} {leases:?}");
        }
    }
}
