use serde::{Deserialize, Serialize};

/// What a guide says of an address, by the letters of AT&T's MSAG inquiry.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Outcome {
    /// The street is known; the number is in no range, or on the other side of the street.
    A,
    /// Valid but for the community.
    C,
    /// Valid but for the telephone exchange.
    E,
    /// Incomplete: the number, the street or the community is missing.
    I,
    /// More than one range fits.
    M,
    /// Nothing like it.
    O,
    /// Valid but for a direction before or after the street name.
    P,
    /// Valid but for the street suffix.
    T,
    /// Valid.
    V,
}

impl Outcome {
    /// The letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::C => 'C',
            Self::E => 'E',
            Self::I => 'I',
            Self::M => 'M',
            Self::O => 'O',
            Self::P => 'P',
            Self::T => 'T',
            Self::V => 'V',
        }
    }
}
