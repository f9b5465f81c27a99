use super::{
    Outcome, StreetGuide, Suggestion, guide::Street, number::HouseNumber, range::Numbering,
    spelling, street::StreetName, suggest, words::WordId,
};
use crate::{CivicAddress, CivicKey};

/// What is asked of a guide.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The address. `A3` is taken for the community.
    pub address: &'a CivicAddress,
    /// The telephone exchange, where it matters.
    pub exchange: Option<&'a str>,
}

/// What a guide says of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The letter.
    pub outcome: Outcome,
    /// The element that is missing or wrong, where it is one.
    pub field: Option<CivicKey>,
    /// Addresses in the guide's own words that are valid, likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// The emergency service number, as the guide writes it; for `M` only if all ranges have the same.
    pub esn: Option<String>,
}

impl StreetGuide {
    /// Looks an address up.
    ///
    /// What is missing comes first (`I`), then the whole address (`V`, or `M` when more than one range
    /// has it), then everything but one thing: the exchange if it was asked for (`E`), the community
    /// (`C`), the suffix (`T`), the directions (`P`), the number (`A`). Nothing of that: `O`.
    ///
    /// # Example: what is nearly right is put right
    /// ```
    /// use location::{CivicAddress, CivicKey, msag::{GuideFile, Layout, Outcome, Question}};
    ///
    /// let text = "PRD,RD,STS,LOW,HIGH,OE,COMMUNITY,STATE,ESN\nE,PINE,ST,200,298,E,SEATTLE,WA,00101\n\
    ///     E,PINE,ST,201,299,O,SEATTLE,WA,00101\n";
    /// let guide = GuideFile::read(text.as_bytes(), &Layout::csv(), |_| ())?.guide;
    /// let address: CivicAddress = serde_json::from_str(
    ///     r#"{"A1":"WA","A3":"Seattle","PRD":"E","RD":"Pine","STS":"St","HNO":"305"}"#,
    /// )?;
    /// let checked = guide.check(&Question::of(&address));
    /// assert_eq!(checked.outcome, Outcome::A);
    /// assert_eq!(checked.suggestions[0].address.get(CivicKey::Hno), Some("299"));
    /// assert_eq!(
    ///     checked.suggestions[0].text,
    ///     "Did you mean 201-299 E Pine St (odd numbers)?"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn check(&self, question: &Question<'_>) -> Checked {
        let asked = Asked::of(self, question);
        let (outcome, field, esn) = self.look_up(&asked);
        Checked {
            outcome,
            field,
            suggestions: match outcome {
                Outcome::V | Outcome::M => Vec::new(),
                Outcome::A
                | Outcome::C
                | Outcome::E
                | Outcome::I
                | Outcome::O
                | Outcome::P
                | Outcome::T => suggest::suggestions(self, question, &asked),
            },
            esn,
        }
    }

    /// The letter alone.
    #[must_use]
    pub fn outcome(&self, question: &Question<'_>) -> Outcome {
        self.look_up(&Asked::of(self, question)).0
    }

    fn look_up(&self, asked: &Asked) -> (Outcome, Option<CivicKey>, Option<String>) {
        if let Some(missing) = asked.missing() {
            if missing != CivicKey::Hno {
                return (Outcome::I, Some(missing), None);
            }
            // A street without numbers has addresses without one.
            return match self.matches(asked).whole.unnumbered() {
                Some(esn) => (Outcome::V, None, self.esn(esn)),
                None => (Outcome::I, Some(missing), None),
            };
        }
        let found = self.matches(asked);
        match found.whole.count {
            0 => {}
            1 => return (Outcome::V, None, self.esn(found.whole.esn)),
            _ => {
                let esn = (!found.whole.esns_differ).then(|| self.esn(found.whole.esn));
                return (Outcome::M, None, esn.flatten());
            }
        }
        let (outcome, field) = if found.but_exchange {
            (Outcome::E, None)
        } else if found.but_community {
            (Outcome::C, Some(CivicKey::A3))
        } else if found.but_suffix {
            (Outcome::T, Some(CivicKey::Sts))
        } else if let Some(key) = found.but_direction {
            (Outcome::P, Some(key))
        } else if found.but_number {
            (Outcome::A, Some(CivicKey::Hno))
        } else {
            (Outcome::O, found.street_unknown.then_some(CivicKey::Rd))
        };
        (outcome, field, None)
    }

    fn esn(&self, id: WordId) -> Option<String> {
        Some(self.words.word(id))
            .filter(|esn| !esn.is_empty())
            .map(str::to_owned)
    }

    /// One look at every street of the name in the state.
    fn matches(&self, asked: &Asked) -> Matches {
        let mut found = Matches {
            street_unknown: true,
            ..Matches::default()
        };
        let id = |word: &str| self.words.find(word);
        let community = id(&asked.community);
        let exchange = asked.exchange.as_deref().map(id);
        let [suffix, prefix, trailing] = [
            &asked.street.suffix,
            &asked.street.prefix,
            &asked.street.trailing,
        ]
        .map(|word| id(word));
        for street in self.streets_named(&asked.street.name, &asked.state) {
            found.street_unknown = false;
            let other_community = Some(street.community) != community;
            let other_suffix = Some(street.suffix) != suffix;
            let other_prefix = Some(street.prefix) != prefix;
            let other_trailing = Some(street.trailing) != trailing;
            let other_exchange = exchange
                .is_some_and(|asked| street.exchange != 0 && asked != Some(street.exchange));
            let other_direction = other_prefix || other_trailing;
            let differ = [
                other_community,
                other_suffix,
                other_direction,
                other_exchange,
            ];
            let differ = differ.into_iter().filter(|differs| *differs).count();
            if differ > 1 {
                continue;
            }
            let before = found.whole.count;
            let here = self.holding(street, asked, differ == 0, &mut found.whole);
            if differ == 0 {
                found.but_number |= found.whole.count == before;
                continue;
            }
            if here {
                found.but_exchange |= other_exchange;
                found.but_community |= other_community;
                found.but_suffix |= other_suffix;
                if other_direction {
                    found.but_direction = Some(match found.but_direction {
                        Some(CivicKey::Pod) | None if !other_prefix => CivicKey::Pod,
                        Some(_) | None => CivicKey::Prd,
                    });
                }
            }
        }
        found
    }

    /// Whether a range of the street holds the number; notes each one when it counts.
    fn holding(&self, street: &Street, asked: &Asked, counts: bool, whole: &mut Whole) -> bool {
        let mut any = false;
        for range in self.ranges_of(street) {
            let unnumbered = range.numbering == Numbering::Unnumbered;
            let holds = asked
                .number
                .as_ref()
                .map_or(unnumbered, |number| range.holds(number, &self.words));
            if holds {
                any = true;
                if !counts {
                    break;
                }
                whole.esns_differ |= whole.count > 0 && whole.esn != range.esn;
                whole.esn = range.esn;
                whole.count += 1;
            }
        }
        any
    }
}

impl<'a> Question<'a> {
    /// About an address, whatever its exchange.
    #[must_use]
    pub const fn of(address: &'a CivicAddress) -> Self {
        Self {
            address,
            exchange: None,
        }
    }
}

/// A question in the guide's own form.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) street: StreetName,
    pub(super) community: String,
    pub(super) state: String,
    exchange: Option<String>,
    /// `None`: there is none, or it is none.
    pub(super) number: Option<HouseNumber>,
    has_number: bool,
}

impl Asked {
    pub(super) fn of(guide: &StreetGuide, question: &Question<'_>) -> Self {
        let value = |key| question.address.get(key).unwrap_or_default();
        let number = format!("{} {}", value(CivicKey::Hno), value(CivicKey::Hns));
        let has_number = !number.trim().is_empty();
        Self {
            street: guide.taken_apart(StreetName::of_address(question.address)),
            community: guide.community(value(CivicKey::A3)),
            state: spelling::state(value(CivicKey::A1)),
            exchange: question.exchange.map(spelling::plain),
            number: HouseNumber::read(&number),
            has_number,
        }
    }

    fn missing(&self) -> Option<CivicKey> {
        if self.street.name.is_empty() {
            Some(CivicKey::Rd)
        } else if self.community.is_empty() {
            Some(CivicKey::A3)
        } else if !self.has_number {
            Some(CivicKey::Hno)
        } else {
            None
        }
    }
}

/// What was found in one look.
#[derive(Debug, Default)]
struct Matches {
    whole: Whole,
    but_exchange: bool,
    but_community: bool,
    but_suffix: bool,
    but_direction: Option<CivicKey>,
    but_number: bool,
    street_unknown: bool,
}

/// The ranges that hold the whole address.
#[derive(Debug, Default)]
struct Whole {
    count: usize,
    esn: WordId,
    esns_differ: bool,
}

impl Whole {
    fn unnumbered(&self) -> Option<WordId> {
        (self.count == 1).then_some(self.esn)
    }
}
