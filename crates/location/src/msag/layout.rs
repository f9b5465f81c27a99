use std::collections::BTreeMap;

use serde::Deserialize;

use super::columns::Column;

/// How a file of a guide is written.
///
/// `Deserialize` reads a map of one's own: `format` (`"csv"` or `"fixed"`), `columns` (each with the
/// name in the header, or with the first and the last place on the line, counted from 1), and
/// optionally `delimiter`, `whole_street` (name, suffix and trailing direction stand together in
/// `street`), `state` (when the file is silent about it) and `community_aliases` (what a community
/// is also called, and what the guide calls it).
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "Map")]
pub struct Layout {
    pub(super) format: Format,
    /// `None`: there is a column for suffix or trailing direction, or there is not.
    pub(super) whole_street: Option<bool>,
    /// The state of rows that name none.
    pub(super) state: String,
    pub(super) community_aliases: BTreeMap<String, String>,
}

/// What a line looks like.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Format {
    /// Found out from the first line.
    Auto,
    /// Values between delimiters, under a header.
    Delimited {
        /// `None`: whichever of `,`, tab, `|` and `;` the header has most of.
        delimiter: Option<char>,
        /// Which header is which; those that are not named here go by their usual names.
        names: BTreeMap<Column, String>,
    },
    /// Values at fixed places, without a header.
    Fixed {
        places: BTreeMap<Column, (usize, usize)>,
    },
}

impl Layout {
    /// By the first line: a header, or AT&T's tape.
    #[must_use]
    pub fn auto() -> Self {
        Self::of(Format::Auto)
    }

    /// Values under a header: the usual names for each column, those of Kansas's among them.
    #[must_use]
    pub fn csv() -> Self {
        Self::of(Format::Delimited {
            delimiter: None,
            names: BTreeMap::new(),
        })
    }

    /// Intrado's extract: `DI, STREET, LOW, HIGH, COMM, ST, O_E, ESN`, with the suffix in `STREET`.
    #[must_use]
    pub fn intrado() -> Self {
        let names = [
            (Column::Prefix, "DI"),
            (Column::Street, "STREET"),
            (Column::Low, "LOW"),
            (Column::High, "HIGH"),
            (Column::Community, "COMM"),
            (Column::State, "ST"),
            (Column::Parity, "O_E"),
            (Column::Esn, "ESN"),
        ];
        Self {
            whole_street: Some(true),
            ..Self::of(Format::Delimited {
                delimiter: None,
                names: names.map(|(column, name)| (column, name.to_owned())).into(),
            })
        }
    }

    /// AT&T's tape (CG-IEIK-001, Table E, "MSAG Tape Layout"). It says nothing of parity, and what is
    /// known of it ends before the ESN.
    #[must_use]
    pub fn att_tape() -> Self {
        Self {
            whole_street: Some(true),
            ..Self::of(Format::Fixed {
                places: BTreeMap::from([
                    (Column::Prefix, (1, 2)),
                    (Column::Street, (3, 50)),
                    (Column::Low, (59, 66)),
                    (Column::High, (91, 98)),
                    (Column::Community, (115, 146)),
                    (Column::State, (147, 148)),
                ]),
            })
        }
    }

    /// A layout by its name: `auto`, `csv`, `intrado` or `att-tape`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "att-tape" => Self::att_tape(),
            "auto" => Self::auto(),
            "csv" => Self::csv(),
            "intrado" => Self::intrado(),
            _ => return None,
        })
    }

    const fn of(format: Format) -> Self {
        Self {
            format,
            whole_street: None,
            state: String::new(),
            community_aliases: BTreeMap::new(),
        }
    }
}

/// A layout as it is configured.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Map {
    format: Kind,
    columns: BTreeMap<Column, Place>,
    #[serde(default)]
    delimiter: Option<char>,
    #[serde(default)]
    whole_street: Option<bool>,
    #[serde(default)]
    state: String,
    #[serde(default)]
    community_aliases: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Csv,
    Fixed,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Place {
    Named(String),
    Between(usize, usize),
}

impl TryFrom<Map> for Layout {
    type Error = LayoutError;

    fn try_from(map: Map) -> Result<Self, LayoutError> {
        let format = match map.format {
            Kind::Csv => Format::Delimited {
                delimiter: map.delimiter,
                names: each(map.columns, |column, place| match place {
                    Place::Named(name) => Ok(name),
                    Place::Between(..) => Err(LayoutError::NoName(column.as_str())),
                })?,
            },
            Kind::Fixed => {
                let places = each(map.columns, |column, place| match place {
                    Place::Between(first, last) if 1 <= first && first <= last => Ok((first, last)),
                    Place::Between(..) | Place::Named(_) => {
                        Err(LayoutError::NoPlace(column.as_str()))
                    }
                })?;
                let missing = Column::REQUIRED
                    .into_iter()
                    .find(|column| !places.contains_key(column));
                if let Some(column) = missing {
                    return Err(LayoutError::Missing(column.as_str()));
                }
                Format::Fixed { places }
            }
        };
        Ok(Self {
            format,
            whole_street: map.whole_street,
            state: map.state,
            community_aliases: map.community_aliases,
        })
    }
}

fn each<T>(
    columns: BTreeMap<Column, Place>,
    read: impl Fn(Column, Place) -> Result<T, LayoutError>,
) -> Result<BTreeMap<Column, T>, LayoutError> {
    columns
        .into_iter()
        .map(|(column, place)| Ok((column, read(column, place)?)))
        .collect()
}

/// Why a map is no layout.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum LayoutError {
    /// A file without this column says nothing.
    #[error("columns.{0} is missing; without it a file of fixed width says nothing")]
    Missing(&'static str),
    /// In a file with a header a column has a name.
    #[error("columns.{0} is the name of a column in the header, such as \"LOW\"")]
    NoName(&'static str),
    /// In a file of fixed width a column has a first and a last place.
    #[error("columns.{0} is the first and the last place on the line, such as [59, 66]")]
    NoPlace(&'static str),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(map: serde_json::Value) -> Result<Layout, String> {
        serde_json::from_value(map).map_err(|error| error.to_string())
    }

    #[test]
    fn a_map_of_ones_own_is_a_layout() {
        let layout = read(json!({"format": "fixed", "state": "OR",
            "columns": {"street": [1, 20], "low": [21, 25], "high": [26, 30], "community": [31, 50]},
            "community_aliases": {"EUG": "EUGENE"}}))
        .unwrap();
        assert_eq!(layout.state, "OR");
        let Format::Fixed { places } = layout.format else {
            panic!("it is of fixed width");
        };
        assert_eq!(places[&Column::Low], (21, 25));
        assert!(read(json!({"format": "csv", "columns": {"low": "From"}})).is_ok());
    }

    #[test]
    fn a_map_that_is_none_says_why() {
        let said = |map| read(map).unwrap_err();
        insta::assert_snapshot!(
            said(json!({"format": "csv", "columns": {"low": [1, 2]}})),
            @r#"columns.low is the name of a column in the header, such as "LOW""#
        );
        insta::assert_snapshot!(
            said(json!({"format": "fixed", "columns": {"low": [0, 2]}})),
            @"columns.low is the first and the last place on the line, such as [59, 66]"
        );
        insta::assert_snapshot!(
            said(json!({"format": "fixed", "columns": {"low": [1, 2]}})),
            @"columns.street is missing; without it a file of fixed width says nothing"
        );
    }

    #[test]
    fn the_layouts_that_come_along_have_names() {
        for name in ["auto", "csv", "intrado", "att-tape"] {
            assert!(Layout::named(name).is_some(), "{name}");
        }
        assert!(Layout::named("tape").is_none());
    }
}
