//! Questions that need more than one search: how many units there are of what, and which share of what was sampled.

mod bucket;
mod calendar;
mod cells;
mod count;
mod error;
mod sampled;
mod share;

pub use bucket::By;
pub use count::{CountRequest, CountResponse, LeftOut, Named, Row};
pub use error::Error;
pub use sampled::Sampled;
pub use share::Share;
