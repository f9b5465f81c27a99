use std::collections::{HashMap, HashSet, VecDeque};

use crate::store::{Notice, NoticeId, Recipient};

/// How many mails are handed over at a time: all go to one server, which must not take us for a flood.
const MAILS: usize = 16;
/// How many hooks are posted to one machine at a time.
const HOOKS: usize = 6;

/// Who is to be told now and who is being told, each receiver in a lane of its own: one that is slow
/// holds up no other.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    ready: VecDeque<Notice>,
    under_way: HashMap<NoticeId, Lane>,
    used: HashMap<Lane, usize>,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Lane {
    Hooks(String),
    Mail,
    OrganisationHook,
    Tasks,
}

impl Lane {
    fn of(recipient: &Recipient) -> Self {
        match recipient {
            Recipient::Hook(url) => Self::Hooks(url.host().to_owned()),
            Recipient::Mail(_) => Self::Mail,
            Recipient::OrganisationHook => Self::OrganisationHook,
            Recipient::PlatformTask => Self::Tasks,
        }
    }

    const fn width(&self) -> usize {
        match self {
            Self::Hooks(_) | Self::OrganisationHook | Self::Tasks => HOOKS,
            Self::Mail => MAILS,
        }
    }
}

impl Lanes {
    /// Those that need not be read again: they are ready or under way.
    pub(super) fn known(&self) -> HashSet<NoticeId> {
        let ready = self.ready.iter().map(|notice| &notice.id);
        ready.chain(self.under_way.keys()).cloned().collect()
    }

    /// Takes what has come due, behind what is ready. Of the latter only what is `still_due` stays: the
    /// others were taken back, or are gone with their call.
    pub(super) fn line_up(&mut self, still_due: &HashSet<NoticeId>, new: Vec<Notice>) {
        self.ready.retain(|notice| still_due.contains(&notice.id));
        self.ready.extend(new);
    }

    /// Takes out everything that has a place in its lane now.
    pub(super) fn start(&mut self) -> Vec<Notice> {
        let mut started = Vec::new();
        let mut left = VecDeque::with_capacity(self.ready.len());
        for notice in self.ready.drain(..) {
            let lane = Lane::of(&notice.recipient);
            let used = self.used.entry(lane.clone()).or_default();
            if *used < lane.width() {
                *used += 1;
                self.under_way.insert(notice.id.clone(), lane);
                started.push(notice);
            } else {
                left.push_back(notice);
            }
        }
        self.ready = left;
        started
    }

    /// Gives the place of a notice back.
    pub(super) fn leave(&mut self, notice: &NoticeId) {
        let lane = self.under_way.remove(notice);
        if let Some(used) = lane.and_then(|lane| self.used.get_mut(&lane)) {
            *used = used.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{store::NoticeState, testing::journaled};

    fn notice(number: usize, recipient: &str) -> Notice {
        let recipient = match recipient.parse() {
            Ok(address) => Recipient::Mail(address),
            Err(_) => Recipient::Hook(recipient.parse().unwrap()),
        };
        Notice {
            id: NoticeId::from_stored(format!("no_{number}")),
            call: journaled("c").call,
            caller: None,
            recipient,
            tier: 0,
            unhandled_seconds: None,
            edition: 1,
            state: NoticeState::Waiting {
                next_at: Timestamp::UNIX_EPOCH,
                error: None,
            },
            attempts: 0,
            made_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_full_lane_holds_up_no_other_and_goes_on_in_order() {
        let mut lanes = Lanes::default();
        let mails = (0..20).map(|number| notice(number, "a@example.com"));
        let hooks = (20..28).map(|number| notice(number, "https://one.example/x"));
        let other = notice(28, "https://two.example/x");
        let all: Vec<Notice> = mails.chain(hooks).chain([other]).collect();
        let due: HashSet<NoticeId> = all.iter().map(|notice| notice.id.clone()).collect();
        lanes.line_up(&due, all);
        assert_eq!(lanes.known(), due);
        let started: Vec<String> = lanes.start().iter().map(|n| n.id.to_string()).collect();
        assert_eq!(started.len(), MAILS + HOOKS + 1);
        assert!(started.contains(&"no_28".to_owned()));
        assert!(lanes.start().is_empty());
        lanes.leave(&NoticeId::from_stored("no_3".to_owned()));
        let next = lanes.start();
        assert_eq!(next.len(), 1);
        assert_eq!(next[0].id.as_str(), "no_16");
    }

    #[test]
    fn what_was_taken_back_is_not_sent() {
        let mut lanes = Lanes::default();
        let first = notice(1, "a@example.com");
        lanes.line_up(&HashSet::from([first.id.clone()]), vec![first]);
        lanes.line_up(&HashSet::new(), Vec::new());
        assert!(lanes.start().is_empty());
    }
}
