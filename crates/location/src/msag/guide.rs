use std::collections::BTreeMap;

use super::{
    range::{Numbering, Range},
    spelling,
    street::StreetName,
    words::{Gathering, WordId, Words},
};
use crate::{CivicAddress, CivicKey};

/// A Master Street Address Guide in memory: about 30 bytes a range.
///
/// Every word is kept once; a street is its words, and its ranges stand side by side.
#[derive(Clone, Debug, Default)]
pub struct StreetGuide {
    pub(super) words: Words,
    /// In order, see [`Street`].
    streets: Vec<Street>,
    ranges: Vec<Range>,
    /// The streets in the order of their communities.
    by_community: Vec<u32>,
    /// The streets in the order of a digest of their loosely spelled names.
    by_sound: Vec<(u32, u32)>,
    /// What a community is also called, and what the guide calls it.
    aliases: BTreeMap<String, String>,
    /// Whether the guide writes name, suffix and trailing direction together.
    pub(super) whole_names: bool,
}

/// A street of one community, in the order in which streets are looked for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Street {
    pub(super) name: WordId,
    /// 0: the guide does not say.
    pub(super) state: WordId,
    pub(super) community: WordId,
    pub(super) suffix: WordId,
    pub(super) prefix: WordId,
    pub(super) trailing: WordId,
    /// 0: the guide does not say.
    pub(super) exchange: WordId,
    /// Where its ranges begin.
    first_range: u32,
    range_count: u32,
}

impl StreetGuide {
    /// How many ranges it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether it has no range at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many bytes it takes on the heap.
    #[must_use]
    pub fn size(&self) -> usize {
        self.words.size()
            + self.streets.capacity() * size_of::<Street>()
            + self.ranges.capacity() * size_of::<Range>()
            + self.by_community.capacity() * size_of::<u32>()
            + self.by_sound.capacity() * size_of::<(u32, u32)>()
    }

    /// The streets of this name in a state, and those of which the guide does not say the state.
    pub(super) fn streets_named<'a>(
        &'a self,
        name: &str,
        state: &'a str,
    ) -> impl Iterator<Item = &'a Street> {
        let name = self.words.find(name).filter(|name| *name != 0);
        let start = name.map_or(self.streets.len(), |name| {
            self.streets.partition_point(|street| street.name < name)
        });
        let end = name.map_or(start, |name| {
            self.streets.partition_point(|street| street.name <= name)
        });
        let named = &self.streets[start..end];
        let known = self.words.find(state);
        let slice = |state: Option<WordId>| -> &'a [Street] {
            let Some(state) = state else { return &[] };
            let from = named.partition_point(|street| street.state < state);
            let to = named.partition_point(|street| street.state <= state);
            &named[from..to]
        };
        if state.is_empty() {
            named.iter().chain(&[])
        } else {
            slice(Some(0)).iter().chain(slice(known))
        }
    }

    /// The streets of a community in a state, as [`Self::streets_named`].
    pub(super) fn streets_of<'a>(
        &'a self,
        community: &str,
        state: &'a str,
    ) -> impl Iterator<Item = &'a Street> {
        let street = |at: &u32| &self.streets[*at as usize];
        let found = self.words.find(community).map_or(&[][..], |community| {
            let before = |at: &u32| street(at).community < community;
            let start = self.by_community.partition_point(before);
            let up_to = |at: &u32| street(at).community <= community;
            &self.by_community[start..self.by_community.partition_point(up_to)]
        });
        found
            .iter()
            .map(street)
            .filter(move |street| self.is_in(street, state))
    }

    /// The streets in a state whose whole names are read as this one is, however they are spelled and
    /// taken apart.
    pub(super) fn streets_read_alike<'a>(
        &'a self,
        name: &StreetName,
        state: &'a str,
    ) -> impl Iterator<Item = &'a Street> {
        let loose = spelling::loose(&name.line());
        let digest = digest(&loose);
        let start = self.by_sound.partition_point(|(other, _)| *other < digest);
        self.by_sound[start..]
            .iter()
            .take_while(move |(other, _)| *other == digest)
            .map(|(_, at)| &self.streets[*at as usize])
            .filter(move |street| spelling::loose(&self.name_of(street).line()) == loose)
            .filter(move |street| self.is_in(street, state))
    }

    fn is_in(&self, street: &Street, state: &str) -> bool {
        street.state == 0 || state.is_empty() || self.words.word(street.state) == state
    }

    /// Every street, in order.
    pub(super) fn streets(&self) -> impl Iterator<Item = &Street> {
        self.streets.iter()
    }

    /// Whether the guide has streets in what the address has as its community and state. Of another
    /// place it can say nothing.
    #[must_use]
    pub fn covers(&self, address: &CivicAddress) -> bool {
        let value = |key| address.get(key).unwrap_or_default();
        let state = spelling::state(value(CivicKey::A1));
        self.streets_of(&self.community(value(CivicKey::A3)), &state)
            .next()
            .is_some()
    }

    /// What a community is also called, separated by `;`.
    pub(super) fn aliases_of(&self, community: &str) -> String {
        let aliases = self.aliases.iter().filter(|(_, name)| *name == community);
        aliases
            .map(|(alias, _)| alias.as_str())
            .collect::<Vec<_>>()
            .join(";")
    }

    /// The ranges of a street.
    pub(super) fn ranges_of(&self, street: &Street) -> &[Range] {
        let start = street.first_range as usize;
        &self.ranges[start..start + street.range_count as usize]
    }

    /// The name of a street.
    pub(super) fn name_of(&self, street: &Street) -> StreetName {
        let word = |id| self.words.word(id).to_owned();
        StreetName {
            prefix: word(street.prefix),
            name: word(street.name),
            suffix: word(street.suffix),
            trailing: word(street.trailing),
        }
    }

    /// A community in the words of this guide, in the form in which it is compared.
    pub(super) fn community(&self, text: &str) -> String {
        let plain = spelling::plain(text);
        self.aliases.get(&plain).cloned().unwrap_or(plain)
    }

    /// A street name taken apart as this guide does it.
    pub(super) fn taken_apart(&self, name: StreetName) -> StreetName {
        if self.whole_names {
            name.split_from_whole()
        } else {
            name
        }
    }
}

/// FNV-1a.
fn digest(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |digest, byte| {
        (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

impl Street {
    fn has_the_words_of(&self, other: &Self) -> bool {
        let words = |street: &Self| Self {
            first_range: 0,
            range_count: 0,
            ..*street
        };
        words(self) == words(other)
    }
}

/// One row, each text in the form in which it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) street: StreetName,
    pub(super) community: String,
    pub(super) state: String,
    pub(super) exchange: String,
    pub(super) esn: String,
    pub(super) low: End,
    pub(super) high: End,
    pub(super) parity: super::range::Parity,
}

/// One end of a row's range.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) enum End {
    #[default]
    Unnumbered,
    Integer(u32),
    Written(String),
}

/// Rows as they come in.
#[derive(Debug, Default)]
pub(super) struct Gatherer {
    words: Gathering,
    rows: Vec<(Street, Range)>,
    guide: StreetGuide,
}

impl Gatherer {
    /// A guide without rows.
    pub(super) fn new(aliases: BTreeMap<String, String>, whole_names: bool) -> Self {
        let guide = StreetGuide {
            aliases,
            whole_names,
            ..StreetGuide::default()
        };
        Self {
            guide,
            ..Self::default()
        }
    }

    /// Notes what a community is also called.
    pub(super) fn alias(&mut self, alias: &str, community: &str) {
        let alias = spelling::plain(alias);
        if !alias.is_empty() && alias != community {
            self.guide.aliases.insert(alias, community.to_owned());
        }
    }

    /// What the guide calls a community.
    pub(super) fn community(&self, text: &str) -> String {
        self.guide.community(text)
    }

    /// A street name taken apart as the guide does it.
    pub(super) fn taken_apart(&self, name: StreetName) -> StreetName {
        self.guide.taken_apart(name)
    }

    /// Takes a row. `None`: the guide is full, which no real one ever is.
    pub(super) fn add(&mut self, row: &Row) -> Option<()> {
        let words = &mut self.words;
        let street = Street {
            name: words.add(&row.street.name)?,
            state: words.add(&row.state)?,
            community: words.add(&row.community)?,
            suffix: words.add(&row.street.suffix)?,
            prefix: words.add(&row.street.prefix)?,
            trailing: words.add(&row.street.trailing)?,
            exchange: words.add(&row.exchange)?,
            first_range: 0,
            range_count: 0,
        };
        let (numbering, low, high) = match (&row.low, &row.high) {
            (End::Integer(low), End::Integer(high)) => (Numbering::Integers, *low, *high),
            (End::Written(low), End::Written(high)) => {
                (Numbering::Written, words.add(low)?, words.add(high)?)
            }
            _ => (Numbering::Unnumbered, 0, 0),
        };
        let range = Range {
            low,
            high,
            esn: words.add(&row.esn)?,
            numbering,
            parity: row.parity,
        };
        self.rows.push((street, range));
        Some(())
    }

    /// The guide, and how many rows said what another row had said already, to the letter.
    pub(super) fn finish(self) -> (StreetGuide, usize) {
        let (words, moved) = self.words.finish();
        let mut rows = self.rows;
        for (street, range) in &mut rows {
            for id in [
                &mut street.name,
                &mut street.state,
                &mut street.community,
                &mut street.suffix,
                &mut street.prefix,
                &mut street.trailing,
                &mut street.exchange,
                &mut range.esn,
            ] {
                *id = moved[*id as usize];
            }
            if range.numbering == Numbering::Written {
                range.low = moved[range.low as usize];
                range.high = moved[range.high as usize];
            }
        }
        rows.sort_unstable();
        let all = rows.len();
        rows.dedup();
        let repeated = all - rows.len();
        let mut streets: Vec<Street> = Vec::new();
        let mut ranges = Vec::with_capacity(rows.len());
        for (street, range) in rows {
            let first_range = u32::try_from(ranges.len()).unwrap_or(u32::MAX);
            match streets.last_mut() {
                Some(last) if last.has_the_words_of(&street) => last.range_count += 1,
                Some(_) | None => streets.push(Street {
                    first_range,
                    range_count: 1,
                    ..street
                }),
            }
            ranges.push(range);
        }
        streets.shrink_to_fit();
        let mut by_community: Vec<u32> = (0..).take(streets.len()).collect();
        by_community.sort_by_key(|at| streets[*at as usize].community);
        let mut guide = StreetGuide {
            words,
            streets,
            ranges,
            by_community,
            ..self.guide
        };
        let sounds = (0..).zip(&guide.streets).map(|(at, street)| {
            let loose = spelling::loose(&guide.name_of(street).line());
            (digest(&loose), at)
        });
        let mut by_sound: Vec<(u32, u32)> = sounds.collect();
        by_sound.sort_unstable();
        guide.by_sound = by_sound;
        (guide, repeated)
    }
}
