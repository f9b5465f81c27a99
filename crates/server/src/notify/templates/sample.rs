use emergency::notification::{
    CallMade, Caller, LocationAsSent, Notification, Particulars, Phrases, Slot,
};
use jiff::Timestamp;
use location::Status;

/// A made-up call, to try templates on and to show what they make of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub enum Case {
    /// A drill: nobody dialled anything.
    Drill,
    /// A 911 call of which everything is known.
    Full,
    /// A 911 call of which nothing is known.
    Empty,
    /// A 933 test call.
    Test,
    /// A corrected notice, from a fault.
    Correction,
    /// One that is told further people, because nobody handles the call.
    Unhandled,
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Drill,
        Self::Full,
        Self::Empty,
        Self::Test,
        Self::Correction,
        Self::Unhandled,
    ];

    /// The call in words.
    #[must_use]
    pub fn particulars(self, phrases: &Phrases) -> Particulars {
        let known = self != Self::Empty;
        let notification = Notification {
            call: CallMade {
                at: moment(10),
                dialled: match self {
                    Self::Drill => "drill",
                    Self::Test => "933",
                    Self::Correction | Self::Empty | Self::Full | Self::Unhandled => "911",
                }
                .to_owned(),
                test: matches!(self, Self::Drill | Self::Test),
                drill: self == Self::Drill,
                caller: known
                    .then(|| Caller {
                        username: "maria.chen".to_owned(),
                        display_name: "Maria <Mia> Chen & \"Co\"".to_owned(),
                        team: "Customer Care".to_owned(),
                    })
                    .into(),
            },
            callback: match "+12065550123".parse() {
                Ok(number) if known && self != Self::Drill => Slot::Available(number),
                Ok(_) | Err(_) => Slot::NotAvailable,
            },
            location: known
                .then(|| LocationAsSent {
                    lines: vec![
                        "WS 181, floor 5".to_owned(),
                        "2121 7th Ave".to_owned(),
                        "Seattle, WA 98121".to_owned(),
                    ],
                    status: Status::Confirmed,
                    since: Some(moment(8)),
                    degraded: self == Self::Correction,
                })
                .into(),
            unhandled_seconds: (self == Self::Unhandled).then_some(60),
        };
        Particulars::of(&notification, self == Self::Correction, phrases)
    }
}

fn moment(hour: i64) -> Timestamp {
    // A Monday in January 2026.
    Timestamp::from_second(1_767_571_200 + hour * 3_600).unwrap_or_default()
}
