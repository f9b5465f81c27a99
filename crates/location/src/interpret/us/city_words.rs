//! Words that cities' names begin or end with. They decide between readings until a table of
//! cities does.

/// Words that often begin the name of a city of more than one word.
const FIRST: [&str; 48] = [
    "baton", "bay", "beverly", "big", "bowling", "cape", "cedar", "college", "colorado", "coral",
    "corpus", "council", "daly", "del", "des", "east", "eau", "el", "elk", "fond", "fort",
    "fountain", "ft", "grand", "green", "la", "lake", "las", "little", "long", "los", "mount",
    "mt", "new", "north", "oak", "palm", "palo", "port", "saint", "salt", "san", "santa", "sioux",
    "south", "st", "terre", "west",
];

/// Words that often end the name of a city of more than one word.
const LAST: [&str; 30] = [
    "beach", "bluffs", "branch", "center", "city", "creek", "falls", "forest", "gardens", "grove",
    "harbor", "heights", "hill", "hills", "island", "junction", "lake", "mills", "oaks", "park",
    "point", "rapids", "ridge", "rock", "spring", "springs", "station", "township", "valley",
    "village",
];

/// Saints after whom cities are named: before one of them `St` is not a street.
#[rustfmt::skip]
const SAINTS: [&str; 56] = [
    "albans", "ann", "anne", "ansgar", "anthony", "augustine", "bernard", "bonifacius",
    "charles", "clair", "clairsville", "cloud", "croix", "david", "edward", "elmo", "francis",
    "francisville", "gabriel", "george", "hedwig", "helena", "helens", "henry", "ignace",
    "jacob", "james", "jo", "joe", "john", "johns", "johnsbury", "joseph", "leo", "leonard",
    "libory", "louis", "lucie", "mary", "marys", "matthews", "michael", "paris", "paul", "pauls",
    "pete", "peter", "peters", "petersburg", "regis", "robert", "rose", "simons", "stephen",
    "stephens", "thomas",
];

pub(super) fn begins_city(key: &str) -> bool {
    FIRST.binary_search(&key).is_ok()
}

pub(super) fn ends_city(key: &str) -> bool {
    LAST.binary_search(&key).is_ok()
}

pub(super) fn is_saint(key: &str) -> bool {
    SAINTS.binary_search(&key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(FIRST.is_sorted());
        assert!(LAST.is_sorted());
        assert!(SAINTS.is_sorted());
    }
}
