//! Options of `trend`.

use super::idle::refuse;
use super::{Error, SelectionOptions, one_of, whole};
use crate::backend::Catalog;
use crate::diagnostic::{message, option};
use crate::insight::{By, TrendRequest};

/// Options of `trend`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct TrendOptions {
    /// Time unit [default: week; without words: month]
    #[arg(short, long, value_parser = one_of(Self::SPANS, By::as_str), value_name = "SPAN", ignore_case = true)]
    pub by: Option<By>,
    /// Number of rising and of falling words, without words to search for [default: 10]
    #[arg(long, value_name = "N", value_parser = whole)]
    pub top: Option<usize>,
    /// Words and filters.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl TrendOptions {
    /// The time units of a trend.
    pub const SPANS: [By; 3] = [By::Week, By::Month, By::Year];

    /// The default number of rising and of falling words.
    pub const TOP: usize = 10;

    /// Returns the request.
    pub fn request(&self, catalog: &Catalog) -> Result<TrendRequest, Error> {
        let mut selection = self.selection.selection(catalog)?;
        selection.as_sampled();
        let is_idle = self.top.is_some() && selection.is_scored();
        refuse(self.selection.idle, is_idle, "top", || {
            let remedy = message!["remove ", option("text"), " to get rising and falling words"];
            ("with words to search for".into(), remedy)
        })?;
        let by = self.by.unwrap_or(if selection.is_scored() { By::Week } else { By::Month });
        Ok(TrendRequest { selection, by, top: self.top.unwrap_or(Self::TOP) })
    }
}
