use std::{collections::HashMap, sync::LazyLock};

use super::slip::is_slip;

/// A street suffix of USPS Publication 28, appendix C.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct StreetSuffix {
    /// The word in full, such as `Avenue`.
    pub(crate) name: &'static str,
    /// The standard abbreviation, such as `Ave`; at most four letters.
    pub(crate) abbreviation: &'static str,
    /// Other ways it is written, in lower case.
    variants: &'static [&'static str],
    /// What the word says.
    pub(crate) kind: SuffixKind,
}

/// What a suffix says about the words around it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SuffixKind {
    /// A word for landscape or settlement (`Lake`, `Springs`), as common in a city's name as at
    /// the end of a street's.
    Land,
    /// A word for a way (`Avenue`), which mostly ends a street's name.
    Way,
}

impl StreetSuffix {
    /// Finds a suffix by its name, abbreviation or another way it is written. `word` is in lower
    /// case and without dots.
    pub(crate) fn find(word: &str) -> Option<&'static Self> {
        static BY_WORD: LazyLock<HashMap<String, &'static StreetSuffix>> = LazyLock::new(|| {
            let mut words = HashMap::with_capacity(SUFFIXES.len() * 3);
            for suffix in SUFFIXES {
                for word in suffix.words() {
                    words.insert(word, suffix);
                }
            }
            words
        });
        BY_WORD.get(word).copied()
    }

    fn words(&self) -> impl Iterator<Item = String> {
        [self.name, self.abbreviation]
            .into_iter()
            .chain(self.variants.iter().copied())
            .map(str::to_ascii_lowercase)
    }
}

/// Types of streets that Publication 28 has no abbreviation for. They stay written out.
#[rustfmt::skip]
pub(crate) const OTHER_STREET_TYPES: [&str; 16] = [
    "access", "boardwalk", "chase", "close", "concourse", "cutoff", "esplanade", "grade",
    "gulch", "lookout", "overlook", "promenade", "quay", "strand", "strip", "turn",
];

/// The long suffix that a word is with one letter missing, doubled, wrong or in the wrong place:
/// `Steet`, `Pakway`.
pub(crate) fn misspelled(word: &str) -> Option<&'static StreetSuffix> {
    const OFTEN: [&str; 8] = [
        "avenue",
        "boulevard",
        "circle",
        "drive",
        "highway",
        "parkway",
        "street",
        "terrace",
    ];
    let likely = word.is_ascii() && (5..=10).contains(&word.len());
    let meant = OFTEN.into_iter().find(|right| {
        likely && right.as_bytes()[0] == word.as_bytes()[0] && is_slip(word, right)
    })?;
    StreetSuffix::find(meant)
}

const fn way(
    name: &'static str,
    abbreviation: &'static str,
    variants: &'static [&'static str],
) -> StreetSuffix {
    StreetSuffix {
        name,
        abbreviation,
        variants,
        kind: SuffixKind::Way,
    }
}

const fn land(
    name: &'static str,
    abbreviation: &'static str,
    variants: &'static [&'static str],
) -> StreetSuffix {
    StreetSuffix {
        name,
        abbreviation,
        variants,
        kind: SuffixKind::Land,
    }
}

/// Appendix C1, with a few further spellings that people use (`pky`, `crt`, `hgwy`), and without
/// `LA` for lane, which is an article in far more streets than it is a lane.
#[rustfmt::skip]
const SUFFIXES: &[StreetSuffix] = &[
    way("Alley", "Aly", &["allee", "ally"]),
    way("Annex", "Anx", &["anex", "annx"]),
    way("Arcade", "Arc", &[]),
    way("Avenue", "Ave", &["av", "aven", "avenu", "avn", "avnue"]),
    land("Bayou", "Byu", &["bayoo"]),
    land("Beach", "Bch", &[]),
    land("Bend", "Bnd", &[]),
    land("Bluff", "Blf", &["bluf"]),
    land("Bluffs", "Blfs", &[]),
    land("Bottom", "Btm", &["bot", "bottm"]),
    way("Boulevard", "Blvd", &["blv", "boul", "boulv", "bvd"]),
    land("Branch", "Br", &["brnch"]),
    land("Bridge", "Brg", &["brdge"]),
    land("Brook", "Brk", &[]),
    land("Brooks", "Brks", &[]),
    land("Burg", "Bg", &[]),
    land("Burgs", "Bgs", &[]),
    way("Bypass", "Byp", &["bypa", "bypas", "byps"]),
    land("Camp", "Cp", &["cmp"]),
    land("Canyon", "Cyn", &["canyn", "cnyn"]),
    land("Cape", "Cpe", &[]),
    way("Causeway", "Cswy", &["causway"]),
    way("Center", "Ctr", &["cen", "cent", "centr", "centre", "cnter", "cntr"]),
    land("Centers", "Ctrs", &[]),
    way("Circle", "Cir", &["circ", "circl", "crcl", "crcle"]),
    way("Circles", "Cirs", &[]),
    land("Cliff", "Clf", &[]),
    land("Cliffs", "Clfs", &[]),
    land("Club", "Clb", &[]),
    way("Common", "Cmn", &[]),
    way("Commons", "Cmns", &[]),
    way("Corner", "Cor", &[]),
    land("Corners", "Cors", &[]),
    land("Course", "Crse", &[]),
    way("Court", "Ct", &["crt"]),
    way("Courts", "Cts", &[]),
    way("Cove", "Cv", &[]),
    land("Coves", "Cvs", &[]),
    land("Creek", "Crk", &["ck", "cr"]),
    way("Crescent", "Cres", &["crecent", "cresent", "crscnt", "crsent", "crsnt"]),
    land("Crest", "Crst", &[]),
    way("Crossing", "Xing", &["crssing", "crssng"]),
    way("Crossroad", "Xrd", &[]),
    way("Crossroads", "Xrds", &[]),
    land("Curve", "Curv", &[]),
    land("Dale", "Dl", &[]),
    land("Dam", "Dm", &[]),
    land("Divide", "Dv", &["div", "dvd"]),
    way("Drive", "Dr", &["driv", "drv"]),
    way("Drives", "Drs", &[]),
    land("Estate", "Est", &[]),
    land("Estates", "Ests", &[]),
    way("Expressway", "Expy", &["exp", "expr", "express", "expw"]),
    way("Extension", "Ext", &["extn", "extnsn"]),
    land("Extensions", "Exts", &[]),
    land("Fall", "Fall", &[]),
    land("Falls", "Fls", &[]),
    land("Ferry", "Fry", &["frry"]),
    land("Field", "Fld", &[]),
    land("Fields", "Flds", &[]),
    land("Flat", "Flt", &[]),
    land("Flats", "Flts", &[]),
    land("Ford", "Frd", &[]),
    land("Fords", "Frds", &[]),
    land("Forest", "Frst", &["forests"]),
    land("Forge", "Frg", &["forg"]),
    land("Forges", "Frgs", &[]),
    land("Fork", "Frk", &[]),
    land("Forks", "Frks", &[]),
    land("Fort", "Ft", &["frt"]),
    way("Freeway", "Fwy", &["freewy", "frway", "frwy"]),
    land("Garden", "Gdn", &["gardn", "grden", "grdn"]),
    land("Gardens", "Gdns", &["grdns"]),
    land("Gateway", "Gtwy", &["gatewy", "gatway", "gtway"]),
    land("Glen", "Gln", &[]),
    land("Glens", "Glns", &[]),
    land("Green", "Grn", &[]),
    land("Greens", "Grns", &[]),
    land("Grove", "Grv", &["grov"]),
    land("Groves", "Grvs", &[]),
    land("Harbor", "Hbr", &["harb", "harbr", "hrbor"]),
    land("Harbors", "Hbrs", &[]),
    land("Haven", "Hvn", &["havn"]),
    land("Heights", "Hts", &["height", "hgts", "ht"]),
    way("Highway", "Hwy", &["hghwy", "hgwy", "highwy", "hiway", "hiwy", "hway"]),
    land("Hill", "Hl", &[]),
    land("Hills", "Hls", &[]),
    land("Hollow", "Holw", &["hllw", "hollows", "holws"]),
    land("Inlet", "Inlt", &[]),
    land("Island", "Is", &["islnd"]),
    land("Islands", "Iss", &["islnds"]),
    land("Isle", "Isle", &["isles"]),
    way("Junction", "Jct", &["jction", "jctn", "junctn", "juncton"]),
    land("Junctions", "Jcts", &["jctns"]),
    land("Key", "Ky", &[]),
    land("Keys", "Kys", &[]),
    land("Knoll", "Knl", &["knol"]),
    land("Knolls", "Knls", &[]),
    land("Lake", "Lk", &[]),
    land("Lakes", "Lks", &[]),
    land("Land", "Land", &[]),
    land("Landing", "Lndg", &["lndng"]),
    way("Lane", "Ln", &["lanes", "lne"]),
    land("Light", "Lgt", &[]),
    land("Lights", "Lgts", &[]),
    land("Loaf", "Lf", &[]),
    land("Lock", "Lck", &[]),
    land("Locks", "Lcks", &[]),
    land("Lodge", "Ldg", &["ldge", "lodg"]),
    way("Loop", "Loop", &["loops"]),
    way("Mall", "Mall", &[]),
    land("Manor", "Mnr", &[]),
    land("Manors", "Mnrs", &[]),
    land("Meadow", "Mdw", &[]),
    land("Meadows", "Mdws", &["medows"]),
    way("Mews", "Mews", &[]),
    land("Mill", "Ml", &[]),
    land("Mills", "Mls", &[]),
    land("Mission", "Msn", &["missn", "mssn"]),
    land("Motorway", "Mtwy", &[]),
    land("Mount", "Mt", &["mnt"]),
    land("Mountain", "Mtn", &["mntain", "mntn", "mountin", "mtin"]),
    land("Mountains", "Mtns", &["mntns"]),
    land("Neck", "Nck", &[]),
    land("Orchard", "Orch", &["orchrd"]),
    way("Oval", "Oval", &["ovl"]),
    way("Overpass", "Opas", &[]),
    land("Park", "Park", &["parks", "pk", "prk"]),
    way("Parkway", "Pkwy", &["parkways", "parkwy", "pkway", "pkwys", "pky", "prkwy", "py"]),
    way("Pass", "Pass", &[]),
    way("Passage", "Psge", &[]),
    way("Path", "Path", &["paths"]),
    way("Pike", "Pike", &["pikes"]),
    land("Pine", "Pne", &[]),
    land("Pines", "Pnes", &[]),
    way("Place", "Pl", &[]),
    land("Plain", "Pln", &[]),
    land("Plains", "Plns", &["plaines"]),
    way("Plaza", "Plz", &["plza"]),
    land("Point", "Pt", &[]),
    land("Points", "Pts", &[]),
    land("Port", "Prt", &[]),
    land("Ports", "Prts", &[]),
    land("Prairie", "Pr", &["prarie", "prr"]),
    land("Radial", "Radl", &["rad", "radiel"]),
    way("Ramp", "Ramp", &[]),
    land("Ranch", "Rnch", &["ranches", "rnchs"]),
    land("Rapid", "Rpd", &[]),
    land("Rapids", "Rpds", &[]),
    land("Rest", "Rst", &[]),
    land("Ridge", "Rdg", &["rdge"]),
    land("Ridges", "Rdgs", &[]),
    land("River", "Riv", &["rivr", "rvr"]),
    way("Road", "Rd", &[]),
    way("Roads", "Rds", &[]),
    way("Route", "Rte", &[]),
    way("Row", "Row", &[]),
    way("Rue", "Rue", &[]),
    way("Run", "Run", &[]),
    land("Shoal", "Shl", &[]),
    land("Shoals", "Shls", &[]),
    land("Shore", "Shr", &["shoar"]),
    land("Shores", "Shrs", &["shoars"]),
    way("Skyway", "Skwy", &[]),
    land("Spring", "Spg", &["spng", "sprng"]),
    land("Springs", "Spgs", &["spngs", "sprngs"]),
    way("Spur", "Spur", &["spurs"]),
    way("Square", "Sq", &["sqr", "sqre", "squ"]),
    land("Squares", "Sqs", &["sqrs"]),
    land("Station", "Sta", &["statn", "stn"]),
    way("Stravenue", "Stra", &["strav", "strave", "straven", "stravn", "strvn", "strvnue"]),
    land("Stream", "Strm", &["streme"]),
    way("Street", "St", &["str", "strt"]),
    way("Streets", "Sts", &[]),
    land("Summit", "Smt", &["sumit", "sumitt"]),
    way("Terrace", "Ter", &["terr"]),
    way("Throughway", "Trwy", &[]),
    way("Trace", "Trce", &["traces"]),
    way("Track", "Trak", &["tracks", "trk", "trks"]),
    way("Trafficway", "Trfy", &[]),
    way("Trail", "Trl", &["tr", "trails", "trls"]),
    way("Tunnel", "Tunl", &["tunel", "tunls", "tunnels", "tunnl"]),
    way("Turnpike", "Tpke", &["tpk", "trnpk", "trpk", "turnpk"]),
    way("Underpass", "Upas", &[]),
    land("Union", "Un", &[]),
    land("Unions", "Uns", &[]),
    land("Valley", "Vly", &["vally", "vlly"]),
    land("Valleys", "Vlys", &[]),
    land("Viaduct", "Via", &["vdct", "viadct"]),
    land("View", "Vw", &[]),
    land("Views", "Vws", &[]),
    land("Village", "Vlg", &["vill", "villag", "villg", "villiage"]),
    land("Villages", "Vlgs", &[]),
    land("Ville", "Vl", &[]),
    land("Vista", "Vis", &["vist", "vst", "vsta"]),
    way("Walk", "Walk", &["walks"]),
    land("Wall", "Wall", &[]),
    way("Way", "Way", &["wy"]),
    way("Ways", "Ways", &[]),
    land("Well", "Wl", &[]),
    land("Wells", "Wls", &[]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_word_stands_for_two_suffixes() {
        let mut seen = HashSet::new();
        for suffix in SUFFIXES {
            let own: HashSet<String> = suffix.words().collect();
            for word in own {
                assert!(seen.insert(word.clone()), "{word} stands twice");
            }
        }
    }

    #[test]
    fn every_abbreviation_fits_the_narrowest_profile() {
        assert!(SUFFIXES.iter().all(|s| s.abbreviation.len() <= 4));
    }

    #[test]
    fn reads_names_abbreviations_and_variants() {
        for word in ["avenue", "ave", "av", "avnue"] {
            assert_eq!(StreetSuffix::find(word).unwrap().abbreviation, "Ave");
        }
        assert_eq!(StreetSuffix::find("boul").unwrap().name, "Boulevard");
        assert_eq!(StreetSuffix::find("concourse"), None);
        assert_eq!(StreetSuffix::find(""), None);
    }

    #[test]
    fn one_slip_is_forgiven_in_long_words_only() {
        for (word, meant) in [
            ("steet", Some("St")),
            ("stret", Some("St")),
            ("streeet", Some("St")),
            ("strete", Some("St")),
            ("pakway", Some("Pkwy")),
            ("avanue", Some("Ave")),
            ("dirve", Some("Dr")),
            ("raod", None),
            ("streaming", None),
            ("avon", None),
            ("", None),
        ] {
            assert_eq!(misspelled(word).map(|s| s.abbreviation), meant, "{word}");
        }
    }
}
