use std::io::{self, Write};

use super::{
    StreetGuide,
    guide::Street,
    range::{Numbering, Parity, Range},
};

const PARTS: &str = "PRD,RD,STS,POD,LOW,HIGH,OE,COMMUNITY,STATE,ESN,EXCHANGE,COMMUNITY_ALIASES";
const WHOLE: &str = "PRD,STREET,LOW,HIGH,OE,COMMUNITY,STATE,ESN,EXCHANGE,COMMUNITY_ALIASES";

impl StreetGuide {
    /// Writes the guide as CSV with a header that [`Layout::auto`](super::Layout::auto) reads, every
    /// word in the form in which it is compared, the rows in one order whatever theirs was.
    ///
    /// # Errors
    /// When `output` does not take it.
    pub fn write(&self, mut output: impl Write) -> io::Result<()> {
        writeln!(output, "{}", if self.whole_names { WHOLE } else { PARTS })?;
        for line in self.lines() {
            writeln!(output, "{line}")?;
        }
        Ok(())
    }

    /// The rows as [`Self::write`] writes them.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.streets().flat_map(move |street| {
            let ranges = self.ranges_of(street).iter();
            ranges.map(move |range| self.line(street, range))
        })
    }

    fn line(&self, street: &Street, range: &Range) -> String {
        let word = |id| self.words.word(id).to_owned();
        let name = self.name_of(street);
        let community = word(street.community);
        let aliases = self.aliases_of(&community);
        let (low, high) = match range.numbering {
            Numbering::Integers => (range.low.to_string(), range.high.to_string()),
            Numbering::Unnumbered => Default::default(),
            Numbering::Written => (word(range.low), word(range.high)),
        };
        let parity = match range.parity {
            Parity::Both => "B",
            Parity::Even => "E",
            Parity::Odd => "O",
        };
        let mut values = vec![name.prefix.clone()];
        if self.whole_names {
            let whole = [name.name, name.suffix, name.trailing].join(" ");
            values.push(whole.split_whitespace().collect::<Vec<_>>().join(" "));
        } else {
            values.extend([name.name, name.suffix, name.trailing]);
        }
        values.extend([low, high, parity.to_owned(), community, word(street.state)]);
        values.extend([word(range.esn), word(street.exchange), aliases]);
        values
            .iter()
            .map(|value| quoted(value))
            .collect::<Vec<_>>()
            .join(",")
    }
}

fn quoted(value: &str) -> String {
    if value.contains([',', '"']) || value.starts_with(' ') {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}
