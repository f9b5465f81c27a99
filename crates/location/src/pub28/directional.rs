/// One of the eight directions of Publication 28, appendix B.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Directional {
    East,
    North,
    Northeast,
    Northwest,
    South,
    Southeast,
    Southwest,
    West,
}

impl Directional {
    /// Reads a word in lower case and without dots.
    pub(crate) fn find(word: &str) -> Option<Self> {
        Some(match word {
            "e" | "east" => Self::East,
            "n" | "no" | "north" => Self::North,
            "ne" | "northeast" | "north-east" => Self::Northeast,
            "nw" | "northwest" | "north-west" => Self::Northwest,
            "s" | "so" | "south" => Self::South,
            "se" | "southeast" | "south-east" => Self::Southeast,
            "sw" | "southwest" | "south-west" => Self::Southwest,
            "w" | "west" => Self::West,
            _ => return None,
        })
    }

    /// Reads two words, such as `north` and `west`.
    pub(crate) fn joined(first: Self, second: Self) -> Option<Self> {
        Some(match (first, second) {
            (Self::North, Self::East) => Self::Northeast,
            (Self::North, Self::West) => Self::Northwest,
            (Self::South, Self::East) => Self::Southeast,
            (Self::South, Self::West) => Self::Southwest,
            _ => return None,
        })
    }

    /// Whether the other points the opposite way.
    pub(crate) const fn faces(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::North, Self::South)
                | (Self::South, Self::North)
                | (Self::East, Self::West)
                | (Self::West, Self::East)
        )
    }

    /// The abbreviation, such as `NW`.
    pub(crate) const fn abbreviation(self) -> &'static str {
        match self {
            Self::East => "E",
            Self::North => "N",
            Self::Northeast => "NE",
            Self::Northwest => "NW",
            Self::South => "S",
            Self::Southeast => "SE",
            Self::Southwest => "SW",
            Self::West => "W",
        }
    }

    /// The word, such as `Northwest`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::East => "East",
            Self::North => "North",
            Self::Northeast => "Northeast",
            Self::Northwest => "Northwest",
            Self::South => "South",
            Self::Southeast => "Southeast",
            Self::Southwest => "Southwest",
            Self::West => "West",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_letters_are_the_same_direction() {
        for (word, letters) in [("north", "n"), ("southwest", "sw"), ("east", "e")] {
            assert_eq!(Directional::find(word), Directional::find(letters));
        }
        assert_eq!(
            Directional::joined(Directional::South, Directional::East),
            Some(Directional::Southeast)
        );
        assert_eq!(
            Directional::joined(Directional::North, Directional::South),
            None
        );
        assert_eq!(Directional::find("nor"), None);
    }
}
