use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The countries whose addresses and emergency numbers are known here.
///
/// On the wire the two letters of ISO 3166: `CA`, `DK`, `GB`, `PR`, `US`. Puerto Rico stands apart
/// from the United States because its addresses are written differently; in a civic address its
/// country is `US` and its state `PR`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Country {
    /// Canada.
    Ca,
    /// Denmark.
    Dk,
    /// The United Kingdom.
    Gb,
    /// Puerto Rico.
    Pr,
    /// The United States.
    Us,
}

impl Country {
    /// Every supported country.
    pub const ALL: [Self; 5] = [Self::Ca, Self::Dk, Self::Gb, Self::Pr, Self::Us];

    /// The two letters of ISO 3166.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ca => "CA",
            Self::Dk => "DK",
            Self::Gb => "GB",
            Self::Pr => "PR",
            Self::Us => "US",
        }
    }

    /// The value of the element `country` of a civic address here: Puerto Rico is `US` there.
    #[must_use]
    pub const fn civic(self) -> &'static str {
        match self {
            Self::Ca => "CA",
            Self::Dk => "DK",
            Self::Gb => "GB",
            Self::Pr | Self::Us => "US",
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = UnsupportedCountry;

    /// Reads two or three letters in any case; `UK` and `USA` are understood.
    fn from_str(text: &str) -> Result<Self, UnsupportedCountry> {
        match text.trim().to_ascii_uppercase().as_str() {
            "CA" | "CAN" => Ok(Self::Ca),
            "DK" | "DNK" => Ok(Self::Dk),
            "GB" | "GBR" | "UK" => Ok(Self::Gb),
            "PR" | "PRI" => Ok(Self::Pr),
            "US" | "USA" => Ok(Self::Us),
            _ => Err(UnsupportedCountry),
        }
    }
}

/// A country whose addresses are not known here.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the country is not supported; use one of CA, DK, GB, PR, US")]
pub struct UnsupportedCountry;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_reads_back() {
        for country in Country::ALL {
            assert_eq!(country.as_str().parse(), Ok(country));
            assert_eq!(
                serde_json::to_string(&country).unwrap(),
                format!("\"{country}\"")
            );
        }
    }

    #[test]
    fn reads_what_people_write_and_refuses_the_rest() {
        assert_eq!(" usa ".parse(), Ok(Country::Us));
        assert_eq!("uk".parse(), Ok(Country::Gb));
        assert_eq!("SE".parse::<Country>(), Err(UnsupportedCountry));
        assert_eq!("".parse::<Country>(), Err(UnsupportedCountry));
    }
}
