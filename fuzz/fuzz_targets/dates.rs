//! Fuzzes dates and ranges: parsing never panics, and ranges begin before they end.
//!
//!     cargo +nightly fuzz run dates
#![no_main]

use chrono::NaiveDate;
use digest_search::query::Days;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (Option<i32>, &str)| {
    let (number, text) = data;
    let as_of = number.and_then(NaiveDate::from_num_days_from_ce_opt);
    for days in [Days::parse(text, as_of), Days::parse_one(text, as_of)] {
        match days {
            Ok(days) => assert!(days.first.zip(days.last).is_none_or(|(first, last)| first <= last), "{days:?}"),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
