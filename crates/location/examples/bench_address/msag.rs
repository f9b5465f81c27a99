//! Looking addresses up in a street guide: letters, speed, and what a large guide takes.

use std::{
    collections::HashMap,
    error::Error,
    fs::{self, File},
    hint::black_box,
    io::{self, BufReader, Read},
};

use location::{
    CivicAddress,
    msag::{GuideFile, Layout, Outcome, Question, StreetGuide},
};

use crate::speed;

#[derive(serde::Deserialize)]
struct Case {
    civic: CivicAddress,
    #[serde(default)]
    exchange: Option<String>,
    expect: Outcome,
}

/// How many look-ups have the letter that they should have, of how many.
pub(crate) fn letters(guide: &str, cases: &str) -> Result<(u32, u32), Box<dyn Error>> {
    let named = |error: io::Error| format!("{guide}: {error}");
    let source = BufReader::new(File::open(guide).map_err(named)?);
    let guide = GuideFile::read(source, &Layout::auto(), |_| ())?.guide;
    let text = fs::read_to_string(cases).map_err(|error| format!("{cases}: {error}"))?;
    let (mut right, mut all) = (0, 0);
    for (index, line) in text.lines().enumerate() {
        let case: Case = serde_json::from_str(line)
            .map_err(|error| format!("{cases}:{}: {error}", index + 1))?;
        let outcome = guide.outcome(&Question {
            address: &case.civic,
            exchange: case.exchange.as_deref(),
        });
        right += u32::from(outcome == case.expect);
        all += 1;
    }
    Ok((right, all))
}

/// How a guide of a million ranges does.
pub(crate) struct Large {
    pub(crate) ranges: usize,
    /// Bytes on the heap.
    pub(crate) size: usize,
    pub(crate) read_seconds: f64,
    /// Microseconds a look-up, for the letter alone.
    pub(crate) look_up: f64,
    /// Microseconds a look-up with its suggestions, one address in four being wrong.
    pub(crate) check: f64,
    /// Microseconds to get the same address from a `HashMap` of all that were asked for.
    pub(crate) floor: f64,
}

const STREETS: u32 = 100_000;
const RANGES_OF_STREET: u32 = 10;
const COMMUNITIES: u32 = 400;

/// Makes a guide of a million ranges and asks it for 50,000 addresses.
pub(crate) fn large() -> Result<Large, Box<dyn Error>> {
    let stopwatch = speed::Stopwatch::start();
    let source = BufReader::new(Rows::default());
    let guide = GuideFile::read(source, &Layout::csv(), |_| ())?.guide;
    let read_seconds = stopwatch.spent().as_secs_f64();

    let addresses = (0..STREETS)
        .step_by(2)
        .map(asked)
        .collect::<Result<Vec<_>, _>>()?;
    let keyed: Vec<(String, CivicAddress)> = addresses
        .into_iter()
        .map(|address| (key(&address), address))
        .collect();
    let known: HashMap<&str, Outcome> = keyed
        .iter()
        .map(|(key, address)| (key.as_str(), guide.outcome(&Question::of(address))))
        .collect();
    Ok(Large {
        ranges: guide.len(),
        size: guide.size(),
        read_seconds,
        look_up: microseconds(&keyed, |(_, address)| {
            black_box(guide.outcome(&Question::of(address)));
        }),
        check: microseconds(&keyed, |(_, address)| look(&guide, address)),
        floor: microseconds(&keyed, |(key, _)| {
            black_box(known.get(key.as_str()));
        }),
    })
}

fn look(guide: &StreetGuide, address: &CivicAddress) {
    black_box(guide.check(&Question::of(address)));
}

fn microseconds<T>(questions: &[T], act: impl FnMut(&T)) -> f64 {
    1e6 / speed::repeated(questions, act)
}

fn key(address: &CivicAddress) -> String {
    let values: Vec<&str> = address.iter().map(|(_, value)| value).collect();
    values.join("|")
}

/// An address on a street; every fourth has a number that does not exist.
fn asked(street: u32) -> Result<CivicAddress, serde_json::Error> {
    let number = if street.is_multiple_of(8) {
        9_000
    } else {
        100 + street % 500
    };
    serde_json::from_value(serde_json::json!({
        "A1": "WA",
        "A3": format!("Community {}", street % COMMUNITIES),
        "RD": name(street),
        "STS": "Ave",
        "HNO": number.to_string(),
    }))
}

/// A name in three words, as street names of a large county are: few words, many names.
fn name(street: u32) -> String {
    #[rustfmt::skip]
    const WORDS: [&str; 20] = [
        "Alder", "Bay", "Cedar", "Deer", "Eagle", "Fern", "Grove", "Harbor", "Iris", "Juniper",
        "Knoll", "Lake", "Maple", "North", "Oak", "Pine", "Quarry", "Ridge", "Spruce", "Timber",
    ];
    let word = |at: u32| WORDS[(at % 20) as usize];
    format!("{} {} {}", word(street), word(street / 20), street / 400)
}

/// The guide as a file, made as it is read.
#[derive(Default)]
struct Rows {
    next: u32,
    rest: io::Cursor<Vec<u8>>,
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let taken = self.rest.read(buffer)?;
        if taken > 0 || self.next > STREETS * RANGES_OF_STREET {
            return Ok(taken);
        }
        let row = match self.next.checked_sub(1) {
            None => "RD,STS,LOW,HIGH,OE,COMMUNITY,STATE,ESN\n".to_owned(),
            Some(at) => row(at),
        };
        self.next += 1;
        self.rest = io::Cursor::new(row.into_bytes());
        self.rest.read(buffer)
    }
}

fn row(at: u32) -> String {
    let (street, range) = (at / RANGES_OF_STREET, at % RANGES_OF_STREET);
    let low = 100 * (1 + range / 2) + range % 2;
    let (high, parity) = (low + 98, if range % 2 == 0 { 'E' } else { 'O' });
    let community = street % COMMUNITIES;
    format!(
        "{},AVE,{low},{high},{parity},COMMUNITY {community},WA,{:05}\n",
        name(street).to_uppercase(),
        community + 1
    )
}
