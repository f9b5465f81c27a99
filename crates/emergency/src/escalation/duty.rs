/// What somebody has to do with a call, and so how soon the desktop alerts them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Duty {
    /// Runs the backend: the last who is left to hear.
    Administrator,
    /// Watches for emergencies.
    Security,
    /// Leads agents.
    Supervisor {
        /// Whether the agent who calls is one of theirs, or nobody knows whose they are.
        of_the_caller: bool,
    },
}

impl Duty {
    /// The tier in which they are told: the desk and the caller's own supervisors at once, then every
    /// supervisor, then the administrators.
    #[must_use]
    pub const fn tier(self) -> usize {
        match self {
            Self::Security
            | Self::Supervisor {
                of_the_caller: true,
            } => 0,
            Self::Supervisor {
                of_the_caller: false,
            } => 1,
            Self::Administrator => 2,
        }
    }
}

/// The tier in which each of these people is told. Where nobody is in the first, those of the next
/// stand in for it: a call that is heard by nobody for a minute helps nobody.
#[must_use]
pub fn tiers(duties: &[Duty]) -> Vec<usize> {
    let first = duties.iter().map(|duty| duty.tier()).min().unwrap_or(0);
    duties.iter().map(|duty| duty.tier() - first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECURITY: Duty = Duty::Security;
    const OWN: Duty = Duty::Supervisor {
        of_the_caller: true,
    };
    const OTHER: Duty = Duty::Supervisor {
        of_the_caller: false,
    };
    const ADMIN: Duty = Duty::Administrator;

    #[test]
    fn the_desk_and_the_own_supervisor_hear_first() {
        assert_eq!(tiers(&[ADMIN, OTHER, OWN, SECURITY]), [2, 1, 0, 0]);
        assert_eq!(tiers(&[OTHER, SECURITY]), [1, 0]);
    }

    #[test]
    fn without_anybody_in_the_first_tier_the_next_ones_move_up() {
        assert_eq!(tiers(&[ADMIN, OTHER]), [1, 0]);
        assert_eq!(tiers(&[ADMIN]), [0]);
        assert_eq!(tiers(&[]), [0_usize; 0]);
    }
}
