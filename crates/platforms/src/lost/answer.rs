use std::collections::BTreeMap;

use jiff::Timestamp;
use location::CivicKey;
use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::{Namespace, QName, ResolveResult},
};

use super::request::{CIVIC, LOST};
use crate::FieldState;

/// How deep elements may be nested.
const DEPTH_LIMIT: usize = 32;
/// How many elements there may be.
const ELEMENT_LIMIT: usize = 10_000;

/// What a LoST server says (RFC 5222 sections 8.2, 13 and 14).
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Answer {
    /// Nothing, for these reasons.
    Errors(Vec<Named>),
    /// What it found.
    Found(Found),
    /// Ask somebody else.
    Redirect {
        /// Whom: a domain.
        target: String,
    },
}

/// What was found of an address.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Found {
    /// Who maps it, and when that was last changed, as they write it.
    pub(super) source: String,
    pub(super) last_updated: String,
    /// How long it holds; of several mappings the shortest.
    pub(super) expires: Expires,
    /// Each element that was named. `None`: nothing was validated at all.
    pub(super) validation: Option<BTreeMap<CivicKey, FieldState>>,
    pub(super) warnings: Vec<Named>,
}

/// How long a mapping holds (section 5.2).
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Expires {
    /// Not beyond this answer.
    #[default]
    AtOnce,
    At(Timestamp),
    Never,
}

/// An error or a warning by its name, with what the server says about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) message: String,
}

/// Why an answer cannot be understood. Never quotes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum AnswerError {
    /// A document type, which is where entities are made.
    #[error("it has a document type")]
    DocumentType,
    /// An entity that XML itself does not have.
    #[error("it holds an entity that is not known")]
    Entity,
    /// No XML, or cut off.
    #[error("it is not well-formed XML")]
    NotWellFormed,
    /// XML of another kind.
    #[error("it is no LoST answer")]
    NotLost,
    /// Too deep, or too much.
    #[error("it is too large")]
    TooLarge,
}

/// Reads an answer.
pub(super) fn read(text: &str) -> Result<Answer, AnswerError> {
    let mut reader = NsReader::from_str(text);
    let mut reading = Reading::default();
    let mut elements = 0;
    loop {
        let Ok(event) = reader.read_event() else {
            return Err(AnswerError::NotWellFormed);
        };
        match event {
            Event::Start(element) => {
                elements += 1;
                reading.open(&reader, &element)?;
            }
            Event::Empty(element) => {
                elements += 1;
                reading.open(&reader, &element)?;
                reading.close(&reader);
            }
            Event::End(_) => reading.close(&reader),
            Event::Text(text) => reading.text.push_str(&text.xml10_content()),
            Event::CData(text) => reading.text.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => reading.text.push(c),
                Ok(None) => match quick_xml::escape::resolve_predefined_entity(&reference) {
                    Some(text) => reading.text.push_str(text),
                    None => return Err(AnswerError::Entity),
                },
                Err(_) => return Err(AnswerError::Entity),
            },
            Event::DocType(_) => return Err(AnswerError::DocumentType),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
        if reading.path.len() > DEPTH_LIMIT || elements > ELEMENT_LIMIT {
            return Err(AnswerError::TooLarge);
        }
    }
    if !reading.path.is_empty() {
        return Err(AnswerError::NotWellFormed);
    }
    reading.answer.ok_or(AnswerError::NotLost)
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    /// The names of the elements that are open, those of LoST; others are empty.
    path: Vec<String>,
    text: String,
    answer: Option<Answer>,
    mappings: usize,
}

impl Reading {
    fn open(
        &mut self,
        reader: &NsReader<&[u8]>,
        element: &BytesStart<'_>,
    ) -> Result<(), AnswerError> {
        let (namespace, local) = reader.resolver().resolve_element(element.name());
        let is_lost = namespace == ResolveResult::Bound(Namespace(LOST));
        let name = if is_lost { local.as_ref() } else { "" };
        let attributes = Attributes::of(element)?;
        match (self.path.len(), &mut self.answer) {
            (0, None) => {
                self.answer = Some(match name {
                    "errors" => Answer::Errors(Vec::new()),
                    "findServiceResponse" => Answer::Found(Found::default()),
                    "redirect" => Answer::Redirect {
                        target: attributes.text("target"),
                    },
                    _ => return Err(AnswerError::NotLost),
                });
            }
            (0, Some(_)) => return Err(AnswerError::NotWellFormed),
            (1, Some(Answer::Errors(errors))) if is_lost => errors.push(attributes.named(name)),
            (1, Some(Answer::Found(found))) => match name {
                "mapping" => {
                    self.mappings += 1;
                    found.map(&attributes, self.mappings == 1);
                }
                "locationValidation" => found.validation = Some(BTreeMap::new()),
                _ => {}
            },
            (2, Some(Answer::Found(found))) if is_lost && self.path[1] == "warnings" => {
                found.warnings.push(attributes.named(name));
            }
            _ => {}
        }
        self.path.push(name.to_owned());
        self.text.clear();
        Ok(())
    }

    fn close(&mut self, reader: &NsReader<&[u8]>) {
        if let Some(Answer::Found(found)) = &mut self.answer
            && let [_, parent, name] = self.path.as_slice()
            && parent == "locationValidation"
        {
            let state = match name.as_str() {
                "invalid" => Some(FieldState::Invalid),
                "unchecked" => Some(FieldState::Unchecked),
                "valid" => Some(FieldState::Valid),
                _ => None,
            };
            if let Some(state) = state {
                for name in self.text.split_ascii_whitespace() {
                    if let Some(key) = civic_key(reader, name) {
                        found.note(key, state);
                    }
                }
            }
        }
        self.path.pop();
        self.text.clear();
    }
}

/// The element that a qualified name in the text means, by the namespaces that hold where it stands.
fn civic_key(reader: &NsReader<&[u8]>, name: &str) -> Option<CivicKey> {
    let (namespace, local) = reader.resolver().resolve_element(QName(name));
    if namespace != ResolveResult::Bound(Namespace(CIVIC)) {
        return None;
    }
    local.as_ref().parse().ok()
}

impl Found {
    fn map(&mut self, attributes: &Attributes, first: bool) {
        let expires = match attributes.text("expires").as_str() {
            "NO-EXPIRATION" => Expires::Never,
            // A moment that cannot be read has passed.
            moment => moment.parse().map_or(Expires::AtOnce, Expires::At),
        };
        if first {
            self.source = attributes.text("source");
            self.last_updated = attributes.text("lastUpdated");
            self.expires = expires;
        } else {
            self.expires = self.expires.min(expires);
        }
    }

    /// An element that stands in two lists is what the worse one says.
    fn note(&mut self, key: CivicKey, state: FieldState) {
        let rank = |state| match state {
            FieldState::Invalid => 2,
            FieldState::Unchecked => 1,
            FieldState::Valid => 0,
        };
        let fields = self.validation.get_or_insert_default();
        let before = fields.entry(key).or_insert(state);
        if rank(state) > rank(*before) {
            *before = state;
        }
    }
}

/// The attributes of an element that have no namespace.
struct Attributes(BTreeMap<String, String>);

impl Attributes {
    fn of(element: &BytesStart<'_>) -> Result<Self, AnswerError> {
        let mut all = BTreeMap::new();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|_| AnswerError::NotWellFormed)?;
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|_| AnswerError::Entity)?;
            all.insert(attribute.key.into_inner().to_owned(), value.into_owned());
        }
        Ok(Self(all))
    }

    fn text(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn named(&self, name: &str) -> Named {
        Named {
            name: name.to_owned(),
            message: self.text("message"),
        }
    }
}
