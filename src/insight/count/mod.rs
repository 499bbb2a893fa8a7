//! Counts entries by one or two fields, and says which share they are of what was sampled.

mod answer;
mod bucket;
mod calendar;
mod cells;
mod difference;
mod request;
mod response;
mod sampled;

pub use self::bucket::{By, all_days, day_number};
pub use self::difference::{ShareDifference, differences};
pub use self::request::CountRequest;
pub use self::response::{CountResponse, LeftOut, Named, Row};
pub use self::sampled::{Sampled, Samples};
