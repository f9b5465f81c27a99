use serde::Deserialize;

/// What a column of a guide may hold.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
pub(super) enum Column {
    /// What the place is also called, separated by `;`.
    Aliases,
    /// What the 911 centre calls the place.
    Community,
    /// The emergency service number.
    Esn,
    /// The telephone exchange.
    Exchange,
    /// The last house number.
    High,
    /// The first house number.
    Low,
    /// Odd, even or both.
    Parity,
    /// The direction before the name.
    Prefix,
    State,
    /// The name; all of the street but its prefix where there is no column for the suffix.
    Street,
    Suffix,
    /// The direction after the suffix.
    Trailing,
}

impl Column {
    pub(super) const ALL: [Self; 12] = [
        Self::Aliases,
        Self::Community,
        Self::Esn,
        Self::Exchange,
        Self::High,
        Self::Low,
        Self::Parity,
        Self::Prefix,
        Self::State,
        Self::Street,
        Self::Suffix,
        Self::Trailing,
    ];

    /// Without which nothing can be said of any address.
    pub(super) const REQUIRED: [Self; 4] = [Self::Street, Self::Low, Self::High, Self::Community];

    /// Its name in a layout.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Aliases => "aliases",
            Self::Community => "community",
            Self::Esn => "esn",
            Self::Exchange => "exchange",
            Self::High => "high",
            Self::Low => "low",
            Self::Parity => "parity",
            Self::Prefix => "prefix",
            Self::State => "state",
            Self::Street => "street",
            Self::Suffix => "suffix",
            Self::Trailing => "trailing",
        }
    }

    /// What a header says, without anything but letters and digits, in upper case.
    #[rustfmt::skip]
    const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Aliases => &["COMMUNITYALIASES"],
            Self::Community => &["COMMUNITY", "COMM", "COMMUNITYNAME", "MSAGCOMM", "MSAGCOMMUNITY"],
            Self::Esn => &["ESN", "ESNNUMBER"],
            Self::Exchange => &["EXCHANGE", "EXCH"],
            Self::High => &["HIGH", "HIGHRANGE", "HI", "TOADDR", "RANGEHIGH", "HIGHNUMBER"],
            Self::Low => &["LOW", "LOWRANGE", "LO", "FROMADDR", "RANGELOW", "LOWNUMBER"],
            Self::Parity => &["OE", "OEB", "PARITY", "ODDEVEN", "EO", "EOB", "EVENODD"],
            Self::Prefix => &[
                "PRD", "DI", "DIR", "PREDIR", "PREFIX", "PREDIRECTIONAL", "PREFIXDIRECTIONAL",
                "DIRECTIONAL", "LSTPREDIR",
            ],
            Self::State => &["STATE", "ST", "A1"],
            Self::Street => &["RD", "STREET", "STREETNAME", "STNAME", "LSTNAME"],
            Self::Suffix => &[
                "STS", "SUFFIX", "STREETSUFFIX", "STTYPE", "STREETTYPE", "LSTTYPE", "THOROUGHFARE",
            ],
            Self::Trailing => &[
                "POD", "POSTDIR", "POSTDIRECTIONAL", "SUFDIR", "LSTPOSDIR", "SUFFIXDIRECTIONAL",
            ],
        }
    }

    /// What a name in a header stands for.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name: String = name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect();
        let known = |column: &Self| column.spellings().contains(&name.as_str());
        // Kansas names its columns of numbers by whatever contains Low and High.
        Self::ALL.into_iter().find(known).or({
            if name.contains("LOW") {
                Some(Self::Low)
            } else if name.contains("HIGH") && !name.contains("HIGHWAY") {
                Some(Self::High)
            } else {
                None
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut names: Vec<&str> = Column::ALL
            .iter()
            .flat_map(|column| column.spellings())
            .copied()
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn names_are_known_however_they_are_written() {
        assert_eq!(Column::named("O_E"), Some(Column::Parity));
        assert_eq!(Column::named(" community "), Some(Column::Community));
        assert_eq!(Column::named("L_Low_Add"), Some(Column::Low));
        assert_eq!(Column::named("HIGHWAY"), None);
        assert_eq!(Column::named("COUNTYID"), None);
    }
}
