use super::{
    super::{
        columns::Column,
        guide::{End, Gatherer, Row},
        number::HouseNumber,
        range::Parity,
        spelling,
        street::StreetName,
    },
    Values,
};

/// The longest text, in characters. The widest layout known has 75.
const TEXT_LIMIT: usize = 100;

/// Reads a row; what is wrong with it goes to `refuse`, and then the row is of no use.
pub(super) fn read(
    values: &Values<'_>,
    state: &str,
    gatherer: &Gatherer,
    mut refuse: impl FnMut(Column, &'static str),
) -> Row {
    for column in Column::ALL {
        if values.text(column).chars().count() > TEXT_LIMIT {
            refuse(column, "it is longer than 100 characters");
        }
    }
    let name = StreetName::of_parts(
        values.text(Column::Prefix),
        values.text(Column::Street),
        values.text(Column::Suffix),
        values.text(Column::Trailing),
    );
    if name.name.is_empty() {
        refuse(Column::Street, "it is empty");
    }
    let community = gatherer.community(values.text(Column::Community));
    if community.is_empty() {
        refuse(Column::Community, "it is empty");
    }
    let parity = match values.text(Column::Parity) {
        "" | "B" | "b" => Parity::Both,
        "E" | "e" => Parity::Even,
        "O" | "o" => Parity::Odd,
        _ => {
            refuse(Column::Parity, "it is none of O, E and B");
            Parity::Both
        }
    };
    let (low, high) = ends(
        values.text(Column::Low),
        values.text(Column::High),
        &mut refuse,
    );
    let own_state = spelling::state(values.text(Column::State));
    Row {
        street: gatherer.taken_apart(name),
        community,
        state: if own_state.is_empty() {
            state.to_owned()
        } else {
            own_state
        },
        exchange: exchange(values.text(Column::Exchange)),
        esn: values.text(Column::Esn).to_owned(),
        low,
        high,
        parity,
    }
}

/// An exchange that is blanked out says nothing.
fn exchange(text: &str) -> String {
    let plain = spelling::plain(text);
    if plain.chars().all(|c| c == 'X' || c == '*') {
        String::new()
    } else {
        plain
    }
}

/// Both ends of the range. No number at all, or 0 to 0, is a street without numbers.
fn ends(low: &str, high: &str, refuse: &mut impl FnMut(Column, &'static str)) -> (End, End) {
    if low.is_empty() && high.is_empty() {
        return Default::default();
    }
    let mut read = |column, text: &str| {
        let number = HouseNumber::read(text);
        if text.is_empty() {
            refuse(column, "it is empty, and the other end of the range is not");
        } else if number.is_none() {
            refuse(column, "it is no house number");
        }
        number
    };
    let (low, high) = (read(Column::Low, low), read(Column::High, high));
    let (Some(low), Some(high)) = (low, high) else {
        return Default::default();
    };
    match (low.integer(), high.integer()) {
        (Some((0, false)), Some((0, false))) => Default::default(),
        (Some((low, false)), Some((high, false))) => {
            if low > high {
                refuse(Column::High, "it is lower than the other end of the range");
            }
            (End::Integer(low), End::Integer(high))
        }
        _ => {
            if !low.is_shaped_like(&high) {
                refuse(
                    Column::High,
                    "it is written otherwise than the other end of the range, so nothing can be \
                     between them",
                );
            } else if !low.is_between(&low, &high) {
                refuse(Column::High, "it comes before the other end of the range");
            }
            (
                End::Written(low.to_string()),
                End::Written(high.to_string()),
            )
        }
    }
}
