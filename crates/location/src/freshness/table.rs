use jiff::{SignedDuration, Timestamp};

use super::{DeclaredPlace, Sighting, Standing, Validity};
use crate::{CivicAddress, CivicKey, Floor, PlaceClass, Rule, Seat, Site, Status};

/// The `LOC` of a site that is served because the seat is no longer certain and nothing says which
/// floor.
pub const SEAT_UNCONFIRMED: &str = "SEAT UNCONFIRMED";

/// How far ahead of the clock a declaration may be and still be believed: clocks are put right by
/// small steps all the time.
const AHEAD: SignedDuration = SignedDuration::from_mins(2);

/// Whether something can have been said at `at`, as far as a clock that shows `now` can tell. What
/// cannot was said while the clock ran ahead, and nobody knows when: it is never fresh, and anything
/// that is said now is newer.
#[must_use]
pub fn is_believable(at: Timestamp, now: Timestamp) -> bool {
    at.duration_since(now) <= AHEAD
}

/// What may be served now, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Serving {
    /// How old it is, in a word.
    pub status: Status,
    /// The row of the table that applied.
    pub rule: Rule,
    /// The kind of place the agent said, where they said one.
    pub class: Option<PlaceClass>,
    /// The address to serve; absent when there is none.
    pub civic_address: Option<CivicAddress>,
    /// When the agent said what this rests on.
    pub since: Option<Timestamp>,
    /// When it stops being confirmed. Absent for everything that is not confirmed.
    pub until: Option<Timestamp>,
}

/// Decides what may be served.
///
/// A declaration from the near future is treated as made now; one from further ahead is stale, see
/// [`is_believable`]. At the very moment its validity is over a declaration is stale. Total: no
/// combination of arguments panics.
#[must_use]
pub fn serve(
    standing: &Standing,
    sighting: &Sighting,
    default_site: Option<&Site>,
    validity: &Validity,
    now: Timestamp,
) -> Serving {
    match standing {
        Standing::Declared { place, at } if !is_believable(*at, now) => {
            stale(place, sighting, None)
        }
        Standing::Declared { place, at } => {
            let since = (*at).min(now);
            let until = end_of(since, validity.of(place.class()));
            if now < until && agrees(place, sighting) {
                confirmed(place, since, until)
            } else {
                stale(place, sighting, Some(since))
            }
        }
        Standing::Declined { at } => stand_in(Status::Declined, default_site, said(*at, now)),
        Standing::Ended { place, at } => stale(place, sighting, said(*at, now)),
        Standing::Never => stand_in(Status::Unknown, default_site, None),
    }
}

/// When something was said; absent when nobody knows.
fn said(at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    is_believable(at, now).then(|| at.min(now))
}

/// Whether the evidence leaves the declared place standing.
fn agrees(place: &DeclaredPlace, sighting: &Sighting) -> bool {
    match (place, sighting) {
        (_, Sighting::Nothing) => true,
        (DeclaredPlace::Seat { site, .. }, Sighting::SiteOnly(seen)) => *seen == site.id,
        (DeclaredPlace::Seat { site, seat }, Sighting::Floor(seen, floor)) => {
            *seen == site.id && same_floor(floor, &seat.floor)
        }
        // Contradicted, or seen at a site and said to be elsewhere.
        (_, Sighting::Contradicts)
        | (DeclaredPlace::Address { .. }, Sighting::SiteOnly(_) | Sighting::Floor(..)) => false,
    }
}

fn same_floor(one: &Floor, other: &Floor) -> bool {
    one.0.trim().eq_ignore_ascii_case(other.0.trim())
}

fn confirmed(place: &DeclaredPlace, since: Timestamp, until: Timestamp) -> Serving {
    let (rule, civic_address) = match place {
        DeclaredPlace::Address { civic_address, .. } => {
            let rule = match place.class() {
                PlaceClass::Home => Rule::Home,
                PlaceClass::Other | PlaceClass::Seat => Rule::Other,
            };
            (rule, civic_address.clone())
        }
        DeclaredPlace::Seat { site, seat } => (Rule::Seat, at_seat(site, seat)),
    };
    Serving {
        status: Status::Confirmed,
        rule,
        class: Some(place.class()),
        civic_address: present(civic_address),
        since: Some(since),
        until: Some(until),
    }
}

fn stale(place: &DeclaredPlace, sighting: &Sighting, since: Option<Timestamp>) -> Serving {
    let (rule, civic_address) = match place {
        DeclaredPlace::Address { civic_address, .. } => {
            let rule = match place.class() {
                PlaceClass::Home => Rule::HomeStale,
                PlaceClass::Other | PlaceClass::Seat => Rule::OtherStale,
            };
            (rule, civic_address.clone())
        }
        DeclaredPlace::Seat { site, .. } => coarser(site, sighting),
    };
    Serving {
        status: Status::Stale,
        rule,
        class: Some(place.class()),
        civic_address: present(civic_address),
        since,
        until: None,
    }
}

/// What remains of a seat that is no longer certain. Only evidence about the same site counts.
fn coarser(site: &Site, sighting: &Sighting) -> (Rule, CivicAddress) {
    let address = site.civic_address.clone();
    match sighting {
        Sighting::Floor(seen, floor) if *seen == site.id && !floor.0.trim().is_empty() => {
            (Rule::Floor, with(address, CivicKey::Flr, &floor.0))
        }
        Sighting::Floor(seen, _) | Sighting::SiteOnly(seen) if *seen == site.id => {
            (Rule::Site, address)
        }
        Sighting::Contradicts | Sighting::Floor(..) | Sighting::Nothing | Sighting::SiteOnly(_) => {
            (Rule::Site, with(address, CivicKey::Loc, SEAT_UNCONFIRMED))
        }
    }
}

fn stand_in(status: Status, site: Option<&Site>, since: Option<Timestamp>) -> Serving {
    let civic_address = site.and_then(|site| present(site.civic_address.clone()));
    Serving {
        status,
        rule: if civic_address.is_some() {
            Rule::DefaultSite
        } else {
            Rule::None
        },
        class: None,
        civic_address,
        since,
        until: None,
    }
}

fn at_seat(site: &Site, seat: &Seat) -> CivicAddress {
    let address = with(site.civic_address.clone(), CivicKey::Flr, &seat.floor.0);
    let address = with(
        address,
        CivicKey::Room,
        seat.room.as_deref().unwrap_or_default(),
    );
    with(address, CivicKey::Seat, &seat.label)
}

/// Sets an element, and what cannot be an element is cut to what can: a call is answered with the
/// seat as far as it can be written, never with an error.
fn with(mut address: CivicAddress, key: CivicKey, value: &str) -> CivicAddress {
    if value.trim().is_empty() {
        return address;
    }
    if address.set(key, value).is_err() {
        let readable: String = value
            .chars()
            .filter(|c| !c.is_control())
            .take(128)
            .collect();
        // 128 characters without controls are always an element.
        let _ = address.set(key, &readable);
    }
    address
}

fn present(address: CivicAddress) -> Option<CivicAddress> {
    (!address.is_empty()).then_some(address)
}

fn end_of(since: Timestamp, validity: SignedDuration) -> Timestamp {
    since
        .checked_add(validity)
        .unwrap_or(if validity.is_negative() {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SiteId;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-20T{text}Z").parse().unwrap()
    }

    fn site(id: &str, number: &str) -> Site {
        let civic_address = serde_json::from_value(serde_json::json!({
            "country": "US", "A1": "WA", "A3": "Seattle", "RD": "7th", "STS": "Ave",
            "HNO": number, "PC": "98121",
        }))
        .unwrap();
        Site {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            civic_address,
        }
    }

    fn seat() -> DeclaredPlace {
        DeclaredPlace::Seat {
            site: site("SEA", "2121"),
            seat: Seat {
                id: "SEA-5-181".parse().unwrap(),
                site: "SEA".parse().unwrap(),
                floor: Floor("5".to_owned()),
                room: None,
                label: "WS 181".to_owned(),
                position: None,
            },
        }
    }

    fn address(class: PlaceClass) -> DeclaredPlace {
        DeclaredPlace::Address {
            class,
            civic_address: site("HOME", "12").civic_address,
        }
    }

    fn declared(place: DeclaredPlace) -> Standing {
        Standing::Declared {
            place,
            at: at("09:00:00"),
        }
    }

    fn floor(site: &str, floor: &str) -> Sighting {
        Sighting::Floor(site.parse().unwrap(), Floor(floor.to_owned()))
    }

    fn only(site: &str) -> Sighting {
        Sighting::SiteOnly(site.parse::<SiteId>().unwrap())
    }

    fn hours() -> Validity {
        Validity {
            seat: SignedDuration::from_hours(1),
            home: SignedDuration::from_hours(2),
            other: SignedDuration::from_hours(3),
        }
    }

    /// `status rule | number LOC FLR SEAT | since until`, a dash for what is absent.
    fn row(serving: &Serving) -> String {
        let value = |key| {
            serving
                .civic_address
                .as_ref()
                .and_then(|address| address.get(key))
                .unwrap_or("-")
                .to_owned()
        };
        let clock = |time: Option<Timestamp>| {
            time.map_or_else(|| "-".to_owned(), |t| t.strftime("%d %H:%M:%S").to_string())
        };
        format!(
            "{:?} {:?} | {} {} {} {} | {} {}",
            serving.status,
            serving.rule,
            value(CivicKey::Hno),
            value(CivicKey::Loc),
            value(CivicKey::Flr),
            value(CivicKey::Seat),
            clock(serving.since),
            clock(serving.until),
        )
    }

    #[test]
    fn the_table_of_what_is_served() {
        let default = site("DEF", "77");
        let ended = |place| Standing::Ended {
            place,
            at: at("09:00:00"),
        };
        let declined = Standing::Declined { at: at("09:00:00") };
        let fresh = "Confirmed Seat | 2121 - 5 WS 181 | 20 09:00:00 20 10:00:00";
        let unconfirmed = "Stale Site | 2121 SEAT UNCONFIRMED - - | 20 09:00:00 -";
        let site_only = "Stale Site | 2121 - - - | 20 09:00:00 -";
        let on_floor_5 = "Stale Floor | 2121 - 5 - | 20 09:00:00 -";
        let on_floor_3 = "Stale Floor | 2121 - 3 - | 20 09:00:00 -";
        let home = "Confirmed Home | 12 - - - | 20 09:00:00 20 11:00:00";
        let home_stale = "Stale HomeStale | 12 - - - | 20 09:00:00 -";
        let other = "Confirmed Other | 12 - - - | 20 09:00:00 20 12:00:00";
        let other_stale = "Stale OtherStale | 12 - - - | 20 09:00:00 -";
        let nothing = Sighting::Nothing;
        let against = Sighting::Contradicts;

        #[rustfmt::skip]
        let table = [
            // A seat: fresh up to, and not including, the end of its validity.
            (declared(seat()), nothing.clone(), "09:00:00", fresh),
            (declared(seat()), nothing.clone(), "09:59:59", fresh),
            (declared(seat()), only("SEA"),     "09:30:00", fresh),
            (declared(seat()), floor("SEA", " 5"), "09:30:00", fresh),
            (declared(seat()), nothing.clone(), "10:00:00", unconfirmed),
            (declared(seat()), nothing.clone(), "10:00:01", unconfirmed),
            (declared(seat()), only("SEA"),     "10:00:00", site_only),
            (declared(seat()), floor("SEA", "5"), "10:00:00", on_floor_5),
            // Evidence against it counts at once; evidence of another site says only that.
            (declared(seat()), against.clone(), "09:30:00", unconfirmed),
            (declared(seat()), only("DEF"),     "09:30:00", unconfirmed),
            (declared(seat()), floor("DEF", "5"), "09:30:00", unconfirmed),
            (declared(seat()), floor("SEA", "3"), "09:30:00", on_floor_3),
            (declared(seat()), floor("SEA", " "), "10:00:00", site_only),
            // The shift has ended.
            (ended(seat()), nothing.clone(), "09:00:01", unconfirmed),
            (ended(seat()), only("SEA"),     "09:00:01", site_only),
            (ended(seat()), floor("SEA", "5"), "09:00:01", on_floor_5),
            (ended(address(PlaceClass::Home)), nothing.clone(), "09:00:01", home_stale),
            (ended(address(PlaceClass::Other)), nothing.clone(), "09:00:01", other_stale),
            // Addresses are served whole and never replaced by the default site.
            (declared(address(PlaceClass::Home)), nothing.clone(), "10:59:59", home),
            (declared(address(PlaceClass::Home)), nothing.clone(), "11:00:00", home_stale),
            (declared(address(PlaceClass::Home)), against.clone(), "09:30:00", home_stale),
            (declared(address(PlaceClass::Home)), only("DEF"), "09:30:00", home_stale),
            (declared(address(PlaceClass::Other)), nothing.clone(), "11:59:59", other),
            (declared(address(PlaceClass::Other)), nothing.clone(), "12:00:00", other_stale),
            (declared(address(PlaceClass::Other)), against.clone(), "09:30:00", other_stale),
            // Nothing said, or nothing to be said.
            (declined, nothing.clone(), "09:30:00",
                "Declined DefaultSite | 77 - - - | 20 09:00:00 -"),
            (Standing::Never, nothing.clone(), "09:30:00",
                "Unknown DefaultSite | 77 - - - | - -"),
        ];
        for (standing, sighting, now, expected) in table {
            let serving = serve(&standing, &sighting, Some(&default), &hours(), at(now));
            assert_eq!(row(&serving), expected, "{standing:?} {sighting:?} {now}");
        }
    }

    #[test]
    fn without_a_default_site_there_is_no_address() {
        for (standing, expected) in [
            (
                Standing::Declined { at: at("09:00:00") },
                "Declined None | - - - - | 20 09:00:00 -",
            ),
            (Standing::Never, "Unknown None | - - - - | - -"),
        ] {
            let serving = serve(
                &standing,
                &Sighting::Nothing,
                None,
                &hours(),
                at("09:30:00"),
            );
            assert_eq!(row(&serving), expected);
            assert_eq!(serving.civic_address, None);
        }
    }

    #[test]
    fn a_declaration_from_the_near_future_counts_from_now_and_a_later_one_is_never_fresh() {
        for (now, expected) in [
            (
                "08:58:00",
                "Confirmed Seat | 2121 - 5 WS 181 | 20 08:58:00 20 09:58:00",
            ),
            ("08:57:59", "Stale Site | 2121 SEAT UNCONFIRMED - - | - -"),
            ("04:00:00", "Stale Site | 2121 SEAT UNCONFIRMED - - | - -"),
        ] {
            let serving = serve(
                &declared(seat()),
                &Sighting::Nothing,
                None,
                &hours(),
                at(now),
            );
            assert_eq!(row(&serving), expected, "{now}");
        }
    }

    #[test]
    fn the_default_validity_is_the_policy_of_an_organisation_that_set_none() {
        let seconds = |class| Validity::default().of(class).as_secs();
        assert_eq!(seconds(PlaceClass::Seat), 43_200);
        assert_eq!(seconds(PlaceClass::Home), 604_800);
        assert_eq!(seconds(PlaceClass::Other), 43_200);
    }

    #[test]
    fn a_seat_that_cannot_be_written_whole_is_served_as_far_as_it_can_be() {
        let DeclaredPlace::Seat { site, mut seat } = seat() else {
            unreachable!("the sample is a seat")
        };
        seat.label = format!("WS\0{}", "1".repeat(300));
        let serving = serve(
            &declared(DeclaredPlace::Seat { site, seat }),
            &Sighting::Nothing,
            None,
            &hours(),
            at("09:00:00"),
        );
        let address = serving.civic_address.unwrap();
        assert_eq!(
            address.get(CivicKey::Seat),
            Some(&*format!("WS{}", "1".repeat(126)))
        );
    }

    proptest! {
        /// Whatever the times and validities, a place is confirmed only before its validity is
        /// over, and an address is served whenever there is one.
        #[test]
        fn confirmed_means_within_validity(
            said in any::<i64>(), now in any::<i64>(), validity in any::<i64>(), home in any::<bool>(),
        ) {
            let time = |raw: i64| Timestamp::from_millisecond(raw % 253_402_200_000_000).unwrap();
            let (said, now) = (time(said), time(now));
            let validity = SignedDuration::from_millis(validity);
            let policy = Validity { seat: validity, home: validity, other: validity };
            let place = if home { address(PlaceClass::Home) } else { seat() };
            let standing = Standing::Declared { place, at: said };
            let serving = serve(&standing, &Sighting::Nothing, None, &policy, now);
            let age = now.duration_since(said.min(now));
            let fresh = is_believable(said, now) && age < validity;
            prop_assert_eq!(serving.status == Status::Confirmed, fresh);
            prop_assert!(serving.civic_address.is_some());
            prop_assert!(serving.until.is_none_or(|until| now < until));
        }
    }
}
