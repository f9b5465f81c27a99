use emergency::escalation::{Timetable, Until};
use jiff::SignedDuration;
use location::freshness::Validity;
use serde::{Deserialize, Serialize};

/// What the organisation decided. Durations are whole seconds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Policy {
    /// How long a seat stays confirmed.
    pub seat_validity_seconds: u32,
    /// How long a home address stays confirmed.
    pub home_validity_seconds: u32,
    /// How long any other address stays confirmed.
    pub other_validity_seconds: u32,
    /// How long a callback number stays lent after the call ended; 3600 to 10800, see
    /// [`Policy::callback_window`].
    pub callback_window_seconds: u32,
    /// When a call that nobody ended counts as ended.
    pub max_open_seconds: u32,
    /// How hard the desktop asks.
    pub confirm: ConfirmMode,
    /// Whether test calls notify people.
    pub notify_on_test_calls: bool,
    /// How many seconds after a call that nobody handles each further tier of people is told.
    pub escalate_after_seconds: Vec<u32>,
    /// Who has to say that they are handling a call before it counts as in hand.
    pub acknowledge: Acknowledge,
    /// The rendering that agents are shown and platforms get.
    pub civic_profile: CivicProfile,
    /// Which number responders are given.
    pub callback: CallbackOrder,
}

impl Policy {
    /// The validities as the freshness ladder takes them.
    #[must_use]
    pub fn validity(&self) -> Validity {
        Validity {
            seat: seconds(self.seat_validity_seconds),
            home: seconds(self.home_validity_seconds),
            other: seconds(self.other_validity_seconds),
        }
    }

    /// How long a number stays lent after the call. Never less than an hour: a shorter setting is
    /// refused when the configuration is read.
    #[must_use]
    pub fn callback_window(&self) -> SignedDuration {
        seconds(self.callback_window_seconds)
    }

    /// How long a call may be open before it counts as ended.
    #[must_use]
    pub fn max_open(&self) -> SignedDuration {
        seconds(self.max_open_seconds)
    }
}

impl Policy {
    /// Who is told after whom, and what ends it.
    #[must_use]
    pub fn escalation(&self) -> Escalation {
        let until = match self.acknowledge {
            Acknowledge::AnyOne => Until::AnyOne,
            Acknowledge::EveryOne => Until::EveryOne,
        };
        Escalation {
            timetable: Timetable::after_seconds(&self.escalate_after_seconds, until),
            test_calls: self.notify_on_test_calls,
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            seat_validity_seconds: 43_200,
            home_validity_seconds: 604_800,
            other_validity_seconds: 43_200,
            callback_window_seconds: 3_600,
            max_open_seconds: 14_400,
            confirm: ConfirmMode::default(),
            notify_on_test_calls: false,
            escalate_after_seconds: vec![60, 180],
            acknowledge: Acknowledge::default(),
            civic_profile: CivicProfile::default(),
            callback: CallbackOrder::default(),
        }
    }
}

fn seconds(count: u32) -> SignedDuration {
    SignedDuration::from_secs(i64::from(count))
}

/// Who is told after whom as long as a call is not in hand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Escalation {
    /// When each tier is told, and what ends it.
    pub timetable: Timetable,
    /// Whether test calls count.
    pub test_calls: bool,
}

/// Who has to say that they are handling a call before it counts as in hand.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Acknowledge {
    /// One person is enough.
    #[default]
    AnyOne,
    /// Everybody who was told so far, each for themselves.
    EveryOne,
}

/// How hard the desktop asks for a location.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmMode {
    /// Not at all.
    Off,
    /// With a reminder.
    Remind,
    /// At every start of a shift.
    #[default]
    Require,
}

/// The rendering that agents are shown and platforms get.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CivicProfile {
    /// All thirty keys.
    #[default]
    AmazonConnect,
    /// The twelve keys older flows take.
    #[serde(rename = "amazon-connect-12")]
    AmazonConnect12,
}

/// Which number responders are given.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackOrder {
    /// The agent's own number, where it is a valid one; the pool otherwise.
    DirectFirst,
    /// A number from the pool; the agent's own when none is free.
    #[default]
    PoolFirst,
}
