use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Writes the key table once: variant, wire name, meaning.
macro_rules! civic_keys {
    ($( $variant:ident $name:literal $meaning:literal; )+) => {
        /// A civic address element of RFC 5139 section 3, as far as Amazon Connect's thirty-key
        /// table names it.
        ///
        /// Variants stand in the order of the RFC's `xs:sequence`, which is also the order of
        /// `Ord` and of every serialisation.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
        pub enum CivicKey {
            $(
                #[doc = $meaning]
                #[serde(rename = $name)]
                $variant,
            )+
        }

        impl CivicKey {
            /// Every key, in the order of RFC 5139.
            pub const ALL: [Self; 30] = [$( Self::$variant, )+];

            /// The element name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }
        }
    };
}

civic_keys! {
    Country "country" "ISO 3166 country, two letters.";
    A1 "A1" "State or province.";
    A2 "A2" "County.";
    A3 "A3" "City.";
    A4 "A4" "Division of a city, such as a village or borough.";
    A5 "A5" "Neighbourhood or urbanization.";
    A6 "A6" "Group of streets below the neighbourhood.";
    Prm "PRM" "Road pre-modifier, such as Old.";
    Prd "PRD" "Leading street direction.";
    Rd "RD" "Street name.";
    Sts "STS" "Street suffix.";
    Pod "POD" "Trailing street direction.";
    Pom "POM" "Road post-modifier, such as Extended.";
    Rdsec "RDSEC" "Road section.";
    Rdbr "RDBR" "Road branch.";
    Rdsubbr "RDSUBBR" "Road sub-branch.";
    Hno "HNO" "House number.";
    Hns "HNS" "House number suffix, such as A or 1/2.";
    Lmk "LMK" "Landmark or vanity address.";
    Loc "LOC" "Additional location information.";
    Flr "FLR" "Floor.";
    Nam "NAM" "Name of the business or resident.";
    Pc "PC" "Postal code.";
    Bld "BLD" "Building.";
    Unit "UNIT" "Unit, apartment or suite.";
    Room "ROOM" "Room.";
    Seat "SEAT" "Desk, cubicle or workstation.";
    Plc "PLC" "Type of place, such as office.";
    Pcn "PCN" "Postal community name.";
    Addcode "ADDCODE" "Additional code.";
}

impl fmt::Display for CivicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for CivicKey {
    type Err = UnknownCivicKey;

    fn from_str(name: &str) -> Result<Self, UnknownCivicKey> {
        Self::ALL
            .into_iter()
            .find(|key| key.as_str() == name)
            .ok_or_else(|| UnknownCivicKey(name.chars().take(40).collect()))
    }
}

/// A name that is no civic address element.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0:?} is not a civic address element")]
pub struct UnknownCivicKey(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_back_from_its_name_in_rfc_order() {
        let read: Vec<CivicKey> = CivicKey::ALL
            .iter()
            .map(|key| key.as_str().parse().unwrap())
            .collect();
        assert_eq!(read, CivicKey::ALL);
        assert!(
            read.is_sorted(),
            "serialisation relies on Ord being the RFC's sequence"
        );
    }

    #[test]
    fn names_are_case_sensitive() {
        assert!("hno".parse::<CivicKey>().is_err());
    }
}
