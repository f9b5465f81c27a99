use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

fn minute(minutes: i64) -> Timestamp {
    let ten: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    ten + SignedDuration::from_mins(minutes)
}

fn agent(name: &str) -> Username {
    name.parse().unwrap()
}

fn number(line: u32) -> PoolNumber {
    PoolNumber {
        number: format!("+1206555{line:04}").parse().unwrap(),
        country: Country::Us,
        site: None,
        platform: None,
        lease: None,
    }
}

fn lent(line: u32, to: &str, until: Option<i64>, test: bool) -> PoolNumber {
    PoolNumber {
        lease: Some(Lease {
            agent: Some(agent(to)),
            test,
            until: until.map(minute),
        }),
        ..number(line)
    }
}

/// `Lent 0101`, `Kept 0102` or `Nothing`, for an agent's call at minute 100.
fn chosen(pool: &[PoolNumber], to: Option<&str>, test_beside: Option<usize>) -> String {
    let name = to.map(agent);
    let wanted = Wanted {
        agent: name.as_ref(),
        test_beside,
        ..ANY
    };
    choice(pool, &wanted)
}

const ANY: Wanted<'static> = Wanted {
    country: Country::Us,
    platform: None,
    site: None,
    agent: None,
    test_beside: None,
};

fn choice(pool: &[PoolNumber], wanted: &Wanted<'_>) -> String {
    let line = |n: &PoolNumber| n.number.as_str()[8..].to_owned();
    match choose(pool, wanted, minute(100)) {
        Choice::Kept(number) => format!("Kept {}", line(number)),
        Choice::Lent(number) => format!("Lent {}", line(number)),
        Choice::Nothing => "Nothing".to_owned(),
    }
}

#[test]
fn longest_idle_first_and_never_lent_before_that() {
    let pool = [
        lent(1, "a", Some(90), false),
        lent(2, "b", Some(30), false),
        lent(3, "c", Some(60), false),
    ];
    assert_eq!(chosen(&pool, Some("d"), None), "Lent 0002");
    let pool = [lent(1, "a", Some(-900), false), number(2), number(3)];
    assert_eq!(chosen(&pool, Some("d"), None), "Lent 0002");
}

#[test]
fn an_open_window_keeps_others_out() {
    let pool = [
        lent(1, "a", None, false),
        lent(2, "b", Some(101), false),
        lent(3, "c", Some(100), false),
    ];
    assert_eq!(chosen(&pool, Some("d"), None), "Lent 0003");
    assert_eq!(chosen(&pool[..2], Some("d"), None), "Nothing");
    assert_eq!(chosen(&[], Some("d"), None), "Nothing");
}

#[test]
fn an_agent_keeps_the_number_of_an_open_window() {
    let pool = [
        number(1),
        lent(2, "a", Some(101), true),
        lent(3, "a", Some(101), false),
    ];
    assert_eq!(chosen(&pool, Some("a"), None), "Kept 0003");
    assert_eq!(chosen(&pool[..2], Some("a"), None), "Kept 0002");
    assert_eq!(chosen(&pool, Some("a"), Some(usize::MAX)), "Kept 0003");
    // An agent nobody knows holds nothing.
    let unknown = PoolNumber {
        lease: Some(Lease {
            agent: None,
            test: false,
            until: None,
        }),
        ..number(1)
    };
    assert_eq!(chosen(&[unknown, number(2)], None, None), "Lent 0002");
}

#[test]
fn a_test_leaves_a_number_for_every_agent_who_may_need_one() {
    let pool = [number(1), number(2), number(3)];
    assert_eq!(chosen(&pool, Some("a"), Some(3)), "Nothing");
    assert_eq!(chosen(&pool, Some("a"), Some(2)), "Lent 0001");
}

#[test]
fn a_number_is_lent_within_its_country() {
    let danish = PoolNumber {
        number: "+4512345678".parse().unwrap(),
        country: Country::Dk,
        ..number(1)
    };
    assert_eq!(
        chosen(&[danish.clone(), number(2)], Some("a"), None),
        "Lent 0002"
    );
    assert_eq!(chosen(&[danish], Some("a"), None), "Nothing");
}

fn at_site(line: u32, site: &str) -> PoolNumber {
    PoolNumber {
        site: Some(site.parse().unwrap()),
        ..number(line)
    }
}

#[test]
fn the_pool_of_the_site_comes_first_and_another_site_s_never() {
    let (sea, den): (SiteId, SiteId) = ("SEA".parse().unwrap(), "DEN".parse().unwrap());
    let pool = [number(1), at_site(2, "SEA"), at_site(3, "DEN")];
    let from = |site| Wanted { site, ..ANY };
    assert_eq!(choice(&pool, &from(Some(&sea))), "Lent 0002");
    assert_eq!(choice(&pool, &from(Some(&den))), "Lent 0003");
    assert_eq!(choice(&pool[..2], &from(Some(&den))), "Lent 0001");
    assert_eq!(choice(&pool[1..2], &from(Some(&den))), "Nothing");
    // A call from home has no pool of its own: everybody's, then any.
    assert_eq!(choice(&pool, &from(None)), "Lent 0001");
    assert_eq!(choice(&pool[1..], &from(None)), "Lent 0002");
}

#[test]
fn a_number_is_lent_within_its_platform() {
    let on = |line, platform: &str| PoolNumber {
        platform: Some(platform.to_owned()),
        ..number(line)
    };
    let pool = [on(1, "sip"), on(2, "amazon_connect"), number(3)];
    let by = |platform| Wanted { platform, ..ANY };
    assert_eq!(choice(&pool, &by(Some("amazon_connect"))), "Lent 0002");
    assert_eq!(choice(&pool[..1], &by(Some("amazon_connect"))), "Nothing");
    assert_eq!(choice(&pool[2..], &by(Some("amazon_connect"))), "Lent 0003");
    assert_eq!(choice(&pool, &by(None)), "Lent 0001");
}

#[test]
fn a_real_call_gets_what_only_a_test_holds_when_nothing_else_is_left() {
    let pool = [
        lent(1, "a", None, false),
        lent(2, "b", None, true),
        lent(3, "c", Some(130), true),
    ];
    assert_eq!(chosen(&pool, Some("d"), None), "Lent 0003");
    assert_eq!(chosen(&pool, Some("d"), Some(0)), "Nothing");
    let pool = [pool[2].clone(), number(4)];
    assert_eq!(chosen(&pool, Some("d"), None), "Lent 0004");
}

proptest! {
    /// A day of calls, ends and tests: no number is ever lent to two agents at a time, none is taken
    /// back before its window is over, and a real call is refused only when every number is held.
    #[test]
    fn no_number_is_ever_lent_twice(
        size in 1_usize..6,
        day in prop::collection::vec((0_u8..8, 0_i64..90, any::<bool>(), any::<bool>()), 1..80),
    ) {
        let mut pool: Vec<PoolNumber> = (0..).take(size).map(number).collect();
        let mut holders: BTreeMap<String, (Username, Option<Timestamp>)> = BTreeMap::new();
        let mut now = minute(0);
        for (who, pause, test, end) in day {
            now += SignedDuration::from_mins(pause);
            let who = agent(&format!("agent{who}"));
            if end {
                // The agent's call ends; the window runs for an hour.
                let until = now + SignedDuration::from_hours(1);
                for number in &mut pool {
                    if let Some(lease) = &mut number.lease
                        && lease.agent.as_ref() == Some(&who)
                        && lease.until.is_none()
                    {
                        lease.until = Some(until);
                        holders.insert(number.number.to_string(), (who.clone(), Some(until)));
                    }
                }
                continue;
            }
            let wanted = Wanted {
                agent: Some(&who),
                test_beside: test.then_some(1),
                ..ANY
            };
            let choice = choose(&pool, &wanted, now);
            match choice.number().cloned() {
                Some(given) => {
                    let holder = holders.get(given.as_str());
                    let for_test = |holder: &Username| {
                        let lease = pool.iter().find(|number| number.number == given);
                        let lease = lease.and_then(|number| number.lease.as_ref());
                        lease.is_some_and(|l| l.test && l.agent.as_ref() == Some(holder))
                    };
                    let free = holder.is_none_or(|(holder, until)| {
                        *holder == who
                            || until.is_some_and(|until| until <= now)
                            || (!test && for_test(holder))
                    });
                    prop_assert!(free, "{given} was lent twice");
                    holders.insert(given.to_string(), (who.clone(), None));
                    for number in &mut pool {
                        if number.number == given {
                            number.lease = Some(Lease {
                                agent: Some(who.clone()),
                                test,
                                until: None,
                            });
                        }
                    }
                }
                None if test => {}
                None => prop_assert!(pool.iter().all(|number| number.held(now).is_some())),
            }
        }
    }
}
