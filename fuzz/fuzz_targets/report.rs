//! Arbitrary specs: no panic, no slow parse, and errors have a position in the file.
//!
//!     cargo +nightly fuzz run report
#![no_main]

use digest_search::report::{Error, Spec};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (&str, &str)| {
    let (spec, value) = data;
    if let Err(Error::Spec(error)) = Spec::read(spec, &[("x".to_owned(), value.to_owned())]) {
        // In YAML, a carriage return alone ends a line.
        assert!(error.place.line <= spec.matches(['\r', '\n']).count() + 2);
        assert!(error.place.column > 0 && !error.to_string().is_empty());
        assert!(error.hint().is_some_and(|hint| !hint.to_string().is_empty()));
    }
});
