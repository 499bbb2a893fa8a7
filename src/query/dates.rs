//! Parser of dates and ranges: `2026-01-07`, `2026-01`, `2026`, `2026-W07`, `Jan 7 2026`, `12/25/2025`, `7d`, `last
//! month`, `2026-01..2026-02`. Relative dates count from a given day, not from the clock, so that the answers of a
//! corpus do not change from day to day.

mod absolute;
mod error;
mod parse;
mod relative;
mod span;
#[cfg(test)]
mod tests;

pub use error::DateError;
pub use span::Days;
