//! Any text at all is read, as of any country, without a panic; every span lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use location::{Country, TypedAddress, interpret};

fuzz_target!(|text: &str| {
    let typed = TypedAddress::from(text);
    for country in Country::ALL.map(Some).into_iter().chain([None]) {
        let read = interpret(&typed, country);
        for span in &read.spans {
            assert!(text.get(span.bytes.clone()).is_some());
        }
    }
});
