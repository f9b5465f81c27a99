//! Any bytes at all are read as a street guide, in every layout, without a panic; and what is written
//! of it is the same guide again.
//!
//! A line of `---` parts a layout of one's own, in TOML, from the file that it is for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use location::msag::{GuideFile, Layout, StreetGuide};

fuzz_target!(|bytes: &[u8]| {
    for name in ["auto", "csv", "intrado", "att-tape"] {
        let layout = Layout::named(name).expect("it has a name");
        read(bytes, &layout);
    }
    if let Some((map, file)) = parted(bytes)
        && let Ok(layout) = toml::from_str(map)
    {
        read(file, &layout);
    }
});

fn parted(bytes: &[u8]) -> Option<(&str, &[u8])> {
    const BETWEEN: &[u8] = b"\n---\n";
    let at = bytes
        .windows(BETWEEN.len())
        .position(|part| part == BETWEEN)?;
    let map = str::from_utf8(&bytes[..at]).ok()?;
    Some((map, &bytes[at + BETWEEN.len()..]))
}

fn read(bytes: &[u8], layout: &Layout) {
    let mut named = 0;
    let file = GuideFile::read(bytes, layout, |_| named += 1).expect("it is in memory");
    assert!(named >= file.bad_rows, "each bad row is named");
    assert_eq!(file.guide.len() + file.repeated, file.rows);
    let written = written(&file.guide);
    let again = GuideFile::read(&*written, &Layout::auto(), |problem| panic!("{problem}"));
    assert_eq!(
        self::written(&again.expect("it is in memory").guide),
        written
    );
}

fn written(guide: &StreetGuide) -> Vec<u8> {
    let mut bytes = Vec::new();
    guide.write(&mut bytes).expect("memory takes it");
    bytes
}
