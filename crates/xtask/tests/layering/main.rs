//! The shape of the house: who may depend on whom, what the pure crates may never pull in, and how long a
//! file may grow.

mod file_length;
mod house;

use cargo_metadata::{CargoOpt, MetadataCommand};

use crate::house::{ALLOWED, House};

/// The graph as cargo resolves it, all features on.
fn house() -> House {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .features(CargoOpt::AllFeatures)
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .expect("cargo reads its own workspace");
    House::of(&metadata)
}

#[test]
fn dependencies_run_one_way() {
    let broken = house().edges_outside(ALLOWED);
    assert!(
        broken.is_empty(),
        "edges the design does not allow:\n{}",
        broken.join("\n")
    );
}

#[test]
fn the_domain_stays_pure() {
    let house = house();
    for room in house::PURE {
        let impure = house.impurities(room);
        assert!(
            impure.is_empty(),
            "`{room}` must stay pure, but:\n{}",
            impure.join("\n")
        );
    }
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let files = file_length::sources(root.as_ref()).expect("the repository can be read");
    assert!(
        files.len() > 10,
        "only {} source files were found under {root}",
        files.len()
    );
    let long = file_length::longer_than(600, &files);
    assert!(long.is_empty(), "files to take apart:\n{}", long.join("\n"));
}
