//! What can be chosen of `trend`.

use super::idle::refuse;
use super::{Error, SelectionOptions, one_of, whole};
use crate::backend::Catalog;
use crate::diagnostic::{message, option};
use crate::insight::{By, TrendRequest};

/// What can be chosen of `trend`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct TrendOptions {
    /// The spans of time [default: week; without words month]
    #[arg(short, long, value_parser = one_of(Self::SPANS, By::as_str), value_name = "SPAN", ignore_case = true)]
    pub by: Option<By>,
    /// Without words to search for: number of rising words, and of falling words [default: 10]
    #[arg(long, value_name = "N", value_parser = whole)]
    pub top: Option<usize>,
    /// Which entries.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl TrendOptions {
    /// The spans of time that can be followed.
    pub const SPANS: [By; 3] = [By::Week, By::Month, By::Year];

    /// So many terms, where no other number is asked for.
    pub const TOP: usize = 10;

    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<TrendRequest, Error> {
        let mut selection = self.selection.selection(catalog)?;
        selection.as_sampled();
        let is_idle = self.top.is_some() && selection.is_scored();
        refuse(self.selection.idle, is_idle, "top", || {
            let remedy = message!["leave ", option("text"), " out to see rising and falling words"];
            ("with words to follow".into(), remedy)
        })?;
        let by = self.by.unwrap_or(if selection.is_scored() { By::Week } else { By::Month });
        Ok(TrendRequest { selection, by, top: self.top.unwrap_or(Self::TOP) })
    }
}
