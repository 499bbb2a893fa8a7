//! HTML pages: the same parameters as the API, set by forms and links, and answers as HTML. They work without scripts;
//! with the script, results update while typing.

mod address;
mod assets;
mod choices;
mod dates;
mod digest;
mod downloads;
mod facets;
mod feed;
mod form;
mod frame;
mod help;
mod histogram;
mod hits;
mod insight;
mod page;
mod problem;
mod search;

use hyper::StatusCode;

pub use address::Address;
pub use assets::Asset;
pub use feed::{feed, opensearch};
pub use page::{OPENSEARCH, PAGES, Page};

use super::parameters::Parameters;
use super::reply::{for_client, status};
use crate::failure::Failure;
use crate::planning::Reader;

impl Page {
    /// Renders the page of a request. A server error is returned.
    pub fn answer(
        self,
        parameters: Parameters,
        here: &Address,
        reader: &Reader,
    ) -> Result<(StatusCode, String), Failure> {
        let catalog = reader.catalog();
        let shown = match self {
            Self::Search => search::page(parameters, here, reader),
            Self::Insight(command) => insight::page(command, parameters, here, reader),
            Self::Digest => digest::page(parameters, here, reader),
        };
        let shown = match shown {
            Err(failure) if status(&failure).is_server_error() => return Err(failure),
            shown => {
                shown.unwrap_or_else(|failure| problem::invalid_request(self, &for_client(&failure), here, reader))
            }
        };
        Ok((shown.status, frame::page(self, &shown, here, Some(catalog))))
    }

    /// Renders the page of a server error.
    pub fn failed(self, status: StatusCode, failure: &Failure, here: &Address) -> String {
        problem::server_error(self, status, failure, here)
    }
}
