use proptest::prelude::*;

use super::*;

fn second(seconds: i64) -> Timestamp {
    let ten: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    ten + SignedDuration::from_secs(seconds)
}

fn told(people: &[(&'static str, usize)]) -> Vec<Told<&'static str>> {
    let people = people.iter();
    people
        .map(|(person, tier)| Told {
            person: *person,
            tier: *tier,
        })
        .collect()
}

/// `tier 1, next 180` or `settled at 30 in tier 0`, with tiers after one and three minutes.
fn standing(until: Until, acknowledged: &[(&'static str, i64)], now: i64) -> String {
    let everybody = told(&[("desk", 0), ("warden", 0), ("sam", 1), ("chief", 2)]);
    let acknowledged: Vec<_> = acknowledged
        .iter()
        .map(|(person, at)| Acknowledged {
            person: *person,
            at: second(*at),
        })
        .collect();
    let since = |at: Timestamp| at.duration_since(second(0)).as_secs();
    match Timetable::after_seconds(&[180, 60, 60], until).standing(
        second(0),
        &everybody,
        &acknowledged,
        second(now),
    ) {
        Standing::Settled { tier, at } => format!("settled at {} in tier {tier}", since(at)),
        Standing::Waiting { tier, next } => match next {
            Some(next) => format!("tier {tier}, next {}", since(next)),
            None => format!("tier {tier}, last"),
        },
    }
}

#[test]
fn tier_after_tier_is_told_as_long_as_nobody_acknowledges() {
    let table = [
        (-5, "tier 0, next 60"),
        (0, "tier 0, next 60"),
        (59, "tier 0, next 60"),
        (60, "tier 1, next 180"),
        (179, "tier 1, next 180"),
        (180, "tier 2, last"),
        (9_000, "tier 2, last"),
    ];
    for (now, expected) in table {
        assert_eq!(standing(Until::AnyOne, &[], now), expected, "at {now}");
        assert_eq!(standing(Until::EveryOne, &[], now), expected, "at {now}");
    }
}

#[test]
fn any_one_is_enough_and_stays_enough() {
    let said = [("desk", 30)];
    assert_eq!(standing(Until::AnyOne, &said, 29), "tier 0, next 60");
    assert_eq!(
        standing(Until::AnyOne, &said, 30),
        "settled at 30 in tier 0"
    );
    assert_eq!(
        standing(Until::AnyOne, &said, 500),
        "settled at 30 in tier 0"
    );
    let late = [("desk", 61), ("warden", 200)];
    assert_eq!(
        standing(Until::AnyOne, &late, 300),
        "settled at 61 in tier 1"
    );
    // Somebody whom nobody had to tell counts too.
    assert_eq!(
        standing(Until::AnyOne, &[("visitor", 5)], 9),
        "settled at 5 in tier 0"
    );
}

#[test]
fn every_one_means_all_who_were_told_so_far() {
    let one = [("desk", 30)];
    assert_eq!(standing(Until::EveryOne, &one, 59), "tier 0, next 60");
    let both = [("warden", 50), ("desk", 30), ("desk", 40)];
    assert_eq!(
        standing(Until::EveryOne, &both, 55),
        "settled at 50 in tier 0"
    );
    assert_eq!(
        standing(Until::EveryOne, &both, 600),
        "settled at 50 in tier 0"
    );
    // Too late for the first tier: the second was told, and has to acknowledge as well.
    let late = [("desk", 30), ("warden", 70)];
    assert_eq!(standing(Until::EveryOne, &late, 80), "tier 1, next 180");
    let all = [("desk", 30), ("warden", 70), ("sam", 90)];
    assert_eq!(
        standing(Until::EveryOne, &all, 100),
        "settled at 90 in tier 1"
    );
}

#[test]
fn nobody_to_tell_is_not_everybody() {
    let table = Timetable::after_seconds(&[], Until::EveryOne);
    let nobody: [Told<&str>; 0] = [];
    assert_eq!(
        table.standing(second(0), &nobody, &[], second(9)),
        Standing::Waiting {
            tier: 0,
            next: None
        }
    );
}

proptest! {
    /// What is settled stays settled, and nobody is untold.
    #[test]
    fn it_only_moves_forward(
        every_one in any::<bool>(),
        after in proptest::collection::vec(0_u32..300, 0..4),
        acknowledged in proptest::collection::vec((0..4_usize, 0_i64..400), 0..6),
        moments in (0_i64..400, 0_i64..400),
    ) {
        let until = if every_one { Until::EveryOne } else { Until::AnyOne };
        let table = Timetable::after_seconds(&after, until);
        let people = told(&[("a", 0), ("b", 0), ("c", 1), ("d", 2)]);
        let acknowledged: Vec<_> = acknowledged
            .into_iter()
            .map(|(who, at)| Acknowledged { person: people[who].person, at: second(at) })
            .collect();
        let at = |now| table.standing(second(0), &people, &acknowledged, second(now));
        let (early, late) = (moments.0.min(moments.1), moments.0.max(moments.1));
        prop_assert!(at(early).tier() <= at(late).tier());
        if matches!(at(early), Standing::Settled { .. }) {
            prop_assert_eq!(at(early), at(late));
        }
    }
}
