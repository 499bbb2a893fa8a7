//! Formulas, each with its source: numbers in, numbers out.

mod share;

pub use share::Share;
