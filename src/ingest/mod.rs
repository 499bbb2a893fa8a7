//! The write path: walk, compare with what is indexed, read and parse what changed, commit, report.

mod anew;
mod claims;
mod difference;
mod error;
mod guard;
mod in_order;
mod lanes;
mod last;
mod note;
mod options;
mod plan;
mod progress;
mod read;
mod report;
mod run;
mod update;

pub use anew::Anew;
pub use difference::{Difference, Unseen, difference, unlike};
pub use error::Error;
pub use last::{FOLDER, folder_of};
pub use note::FileNote;
pub use options::Options;
pub use progress::Progress;
pub use report::Report;
pub use run::{refresh, run};
