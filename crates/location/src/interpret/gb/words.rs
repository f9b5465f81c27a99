//! The words of British addresses: what ends a street, a building, a company, and the counties.

use crate::interpret::line::Word;

/// Words that end a street's name and hardly anything else.
#[rustfmt::skip]
const STREETS: [&str; 48] = [
    "alley", "arcade", "av", "ave", "avenue", "boulevard", "blvd", "byway", "circus", "cl", "clo",
    "close", "cottages", "cr", "cres", "crescent", "cresent", "crt", "cul-de-sac", "dr", "drive", "drove",
    "embankment", "gdns", "highway", "lane", "ln", "mews", "parade", "passage", "path", "pl",
    "place", "promenade", "rd", "road", "roads", "sq", "square", "st", "str", "street", "ter", "terr",
    "terrace", "walk", "way", "wynd",
];

/// Words that end a street's name and also the name of a building, an estate or a village.
#[rustfmt::skip]
const PLACES: [&str; 95] = [
    "acre", "acres", "approach", "avenues", "bank", "bottom", "brae", "bridge", "broadway", "brow",
    "buildings", "bypass", "causeway", "cove", "crescents", "chase", "common", "copse", "corner", "cottage", "court",
    "courtyard", "croft", "cross", "crossing", "ct", "dale", "dell", "dene", "down",
    "drung", "edge", "end", "esplanade", "estate", "fairway", "farm", "field", "fields", "fold",
    "garden", "gardens", "garth", "gate", "glade", "glebe", "glen", "green", "grn", "grove", "gr",
    "hatch", "head", "heath", "heights", "hill", "hollow", "island", "junction", "knoll", "landing", "lea",
    "leas", "link", "loan", "loke", "mall", "maltings", "marina", "market", "mead", "meadow", "meadows", "mount",
    "orchard", "oval", "paddock", "paddocks", "park", "pend", "plaza", "quay", "quays", "ridge", "rise", "row", "shore", "shores", "spinney", "steps",
    "vale", "vennel", "view", "wharf", "yard",
];

/// Words that end the name of a building with several doors behind one street door or number.
#[rustfmt::skip]
const BLOCKS: [&str; 16] = [
    "apartments", "arms", "block", "chambers", "court", "ct", "flats", "heights", "house", "lodge",
    "mansion", "mansions", "mill", "point", "residence", "tower",
];

/// Words that end the name of a building.
#[rustfmt::skip]
const BUILDINGS: [&str; 53] = [
    "abbey", "annexe", "apartments", "arms", "barn", "barns", "block", "building", "buildings",
    "bungalow", "castle", "centre", "center", "chambers", "chapel", "church", "college", "corner",
    "cottage", "cottages", "court", "estate", "exchange", "factory", "farm", "farmhouse", "flats",
    "grange", "hall", "heights", "hospital", "hotel", "house", "hub", "inn", "lodge", "mansion",
    "mansions", "mill", "nursery", "palace", "park", "parsonage", "point", "priory", "rectory",
    "school", "stables", "studios", "tower", "towers", "vicarage", "villa",
];

/// Streets that have no word for what they are.
#[rustfmt::skip]
const TYPELESS: [&str; 30] = [
    "aldwych", "bishopsgate", "briggate", "broadway", "cheapside", "cornhill", "cowgate",
    "deansgate", "eastcheap", "eastgate", "haymarket", "houndsditch", "kingsgate", "kingsway",
    "leadenhall", "ludgate", "millbank", "minories", "moorgate", "northgate", "parkway",
    "piccadilly", "poultry", "queensway", "ridgeway", "southgate", "strand", "trongate",
    "westgate", "whitehall",
];

/// Words that end a building's name and stand in hardly any street's.
#[rustfmt::skip]
const SURELY: [&str; 35] = [
    "apartments", "building", "buildings", "bungalow", "center", "centre", "chambers", "club",
    "cottage", "cottages", "farmhouse", "flats", "garage", "granary", "hotel", "house", "hub",
    "kennels", "lodge", "maltings", "mansions", "nurseries", "nursery", "office", "offices",
    "quarry", "stadium", "studio", "studios", "surgery", "theatre", "tower", "towers", "warehouse", "works",
];

/// The first words of the names that most British towns have a street of.
#[rustfmt::skip]
const COMMON: [&str; 36] = [
    "albert", "back", "bath", "bridge", "castle", "chapel", "church", "cross", "george", "grange",
    "green", "grove", "highfield", "king", "kings", "london", "long", "main", "manor", "market",
    "mill", "moor", "park", "queen", "queens", "richmond", "school", "springfield", "stanley",
    "station", "vicarage", "victoria", "water", "west", "windsor", "york",
];

/// Words that begin the name of a street in Wales and Scotland.
#[rustfmt::skip]
const FIRST: [&str; 12] = [
    "cae", "cilgant", "clos", "cwrt", "ffordd", "heol", "lon", "lôn", "maes", "rhodfa", "stryd",
    "teras",
];

/// Words that end the name of a company.
#[rustfmt::skip]
const COMPANIES: [&str; 20] = [
    "associates", "bros", "brothers", "co", "company", "consultants", "corporation", "council",
    "group", "holdings", "inc", "limited", "llp", "ltd", "partners", "plc", "services",
    "solicitors", "sons", "trust",
];

/// Words that end the name of a shop or a company and stand in hardly any street's.
#[rustfmt::skip]
const BUSINESSES: [&str; 52] = [
    "autos", "barbers", "builders", "butchers", "cafe", "café", "carpets", "construction",
    "consultancy", "consulting", "dental", "engineering", "flooring", "furniture", "hairdressers",
    "hire", "insurance", "interiors", "kebabs", "kitchens", "leasing", "lettings", "limited", "llp",
    "logistics", "ltd", "motors", "newsagents", "opticians", "pharmacy", "pizza", "plc",
    "plumbing", "properties", "recruitment", "rental", "rentals", "restaurant", "salon",
    "software", "solutions", "spar", "stores", "supermarket", "systems", "takeaway", "tandoori",
    "technologies", "tyres", "veterinary", "vets", "wholesale",
];

/// The names of one word that houses have everywhere.
#[rustfmt::skip]
const HOUSES: [&str; 44] = [
    "ashcroft", "ashleigh", "avalon", "beechcroft", "beechwood", "braeside", "brackenhurst",
    "briarwood", "brookside", "burnside", "cartref", "clovelly", "craigielea", "dunelm",
    "fairhaven", "fairholme", "fairview", "fairways", "fernbank", "glencairn", "glenside",
    "greenacres", "greenways", "hawthorns", "hazeldene", "hillcrest", "hillside", "hollybank",
    "homelea", "lyndale", "lyndhurst", "meadowside", "oakdene", "oaklands", "rosebank",
    "rosedene", "roselea", "rosemount", "seaview", "sunnybank", "sunnyside", "sunnyview",
    "windyridge", "woodside",
];

/// Titles before the name of a person.
const TITLES: [&str; 9] = [
    "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "prof", "sir",
];

/// Counties and regions, as people still write them behind the post town, with the ways they are
/// shortened. Single words; see [`LONG_COUNTIES`].
#[rustfmt::skip]
const COUNTIES: [&str; 128] = [
    "aberdeenshire", "angus", "argyll", "argyllshire", "avon", "ayrshire", "banffshire",
    "bedfordshire", "beds", "berks", "berkshire", "berwickshire", "bucks", "buckinghamshire",
    "caithness", "cambridgeshire", "cambs", "carmarthenshire", "ceredigion", "cheshire",
    "clackmannanshire", "cleveland", "clwyd", "conwy", "cornwall", "cumberland", "cumbria",
    "denbighshire", "derbys", "derbyshire", "devon", "dorset", "dumfriesshire", "dunbartonshire",
    "dyfed", "essex", "fife", "flintshire", "glamorgan", "glos", "gloucestershire", "gwent",
    "guernsey", "gwynedd", "hampshire", "hants", "herefordshire", "hertfordshire", "herts", "humberside",
    "huntingdonshire", "inverness-shire", "jersey", "kent", "kincardineshire", "kinross-shire",
    "kirkcudbrightshire", "lanarkshire", "lancashire", "lancs", "leics", "leicestershire",
    "lincolnshire", "lincs", "lothian", "merseyside", "middlesex", "middx", "midlothian",
    "monmouthshire", "montgomeryshire", "moray", "morayshire", "norfolk", "northamptonshire",
    "northants", "northumberland", "notts", "nottinghamshire", "orkney", "oxfordshire", "oxon",
    "peeblesshire", "pembrokeshire", "perthshire", "powys", "renfrewshire", "ross-shire",
    "roxburghshire", "rutland", "salop", "selkirkshire", "shetland", "shropshire", "somerset",
    "staffordshire", "staffs", "stirlingshire", "strathclyde", "suffolk", "surrey", "sussex",
    "sutherland", "tayside", "teesside", "tyneside", "tyrone", "ulster", "warks", "warwickshire",
    "westmorland", "wigtownshire", "wilts", "wiltshire", "worcestershire", "worcs", "yorks",
    "yorkshire", "anglesey", "bute", "carnarvonshire", "caernarfonshire",
    "cardiganshire", "fermanagh", "merionethshire", "radnorshire", "breconshire", "nairnshire",
];

/// Counties and regions of more than one word.
#[rustfmt::skip]
const LONG_COUNTIES: [&str; 49] = [
    "city of london", "co antrim", "co armagh", "co down", "co durham", "co fermanagh",
    "co londonderry", "co tyrone", "county antrim", "county armagh", "county down",
    "county durham", "county fermanagh", "county londonderry", "county tyrone",
    "dumfries and galloway", "east ayrshire", "east dunbartonshire", "east lothian",
    "east renfrewshire", "east riding of yorkshire", "east sussex", "east yorkshire",
    "greater london", "greater manchester", "isle of anglesey", "isle of man", "isle of wight", "mid glamorgan",
    "mid wales", "north ayrshire", "north humberside", "north lanarkshire", "north lincolnshire",
    "north somerset", "north wales", "north yorkshire", "scottish borders", "south ayrshire",
    "south glamorgan", "south lanarkshire", "south wales", "south yorkshire", "tyne and wear",
    "west glamorgan", "west lothian", "west midlands", "west sussex", "west yorkshire",
];

/// Whether a word ends a street's name and hardly anything else.
pub(super) fn is_street(key: &str) -> bool {
    STREETS.contains(&key)
}

/// Whether a word may end a street's name.
pub(super) fn may_be_street(key: &str) -> bool {
    is_street(key) || PLACES.contains(&key)
}

/// Whether a word is a street by itself.
pub(super) fn is_typeless_street(key: &str) -> bool {
    // `Friargate`, `Micklegate`: a gate was a street where the Danes ruled.
    let gate = key.len() > 6
        && key.ends_with("gate")
        && !matches!(
            key,
            "harrogate" | "highgate" | "ramsgate" | "reigate" | "sandgate" | "wingate" | "woodgate"
        );
    gate || TYPELESS.contains(&key)
}

/// Whether a word ends a building's name and stands in hardly any street's.
pub(super) fn is_surely_building(key: &str) -> bool {
    SURELY.contains(&key)
}

/// Whether a word is what streets are called everywhere: `Church Road`, `Station Road`.
pub(super) fn is_common_name(key: &str) -> bool {
    COMMON.contains(&key)
}

/// Whether a word begins the name of a street.
pub(super) fn begins_street(key: &str) -> bool {
    FIRST.contains(&key)
}

/// Whether a word ends the name of a building of flats or offices.
pub(super) fn is_block(key: &str) -> bool {
    BLOCKS.contains(&key)
}

/// Whether a word ends the name of a building.
pub(super) fn is_building(key: &str) -> bool {
    BUILDINGS.contains(&key)
}

/// Whether a word ends the name of a shop or a company and stands in hardly any street's.
pub(super) fn is_business(key: &str) -> bool {
    BUSINESSES.contains(&key)
}

/// Whether a word is the name of a house by itself.
pub(super) fn is_house_name(key: &str) -> bool {
    HOUSES.contains(&key)
}

/// Whether a word ends the name of a company.
pub(super) fn is_company(key: &str) -> bool {
    COMPANIES.contains(&key)
}

/// Whether a word stands before a person's name.
pub(super) fn is_title(key: &str) -> bool {
    TITLES.contains(&key)
}

/// Whether a name, in lower case, is that of a county.
pub(super) fn is_county(name: &str) -> bool {
    if name.contains(' ') {
        LONG_COUNTIES.contains(&name)
    } else {
        COUNTIES.contains(&name)
    }
}

/// Whether a word is a number in a row, such as `2nd`; `2d` is a number with a letter.
pub(super) fn is_ordinal(word: &Word<'_>) -> bool {
    let digits = word.key.trim_end_matches('d');
    word.ordinal().is_some() && !digits.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a word says where along a street: `Park Road North`.
pub(super) fn is_direction(key: &str) -> bool {
    matches!(key, "north" | "south" | "east" | "west" | "upper" | "lower")
}
