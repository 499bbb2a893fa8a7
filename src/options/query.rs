//! Options of `query`.

use super::idle::refuse;
use super::{Error, Limit, SelectionOptions, limit, named, one_of_described, whole};
use crate::backend::Catalog;
use crate::diagnostic::{message, option};
use crate::query::{Collapse, SearchRequest, Selection, Sort};

/// The default number of hits.
const LIMIT: Limit = Limit(Some(10));

const SORTS: [(Sort, &str); 3] =
    [(Sort::Relevance, "Best match first"), (Sort::Newest, "Newest first"), (Sort::Oldest, "Oldest first")];

/// Options of `query`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct QueryOptions {
    /// Sort order [default: relevance; newest without words]
    #[arg(long, value_parser = one_of_described(SORTS, Sort::as_str), ignore_case = true)]
    pub sort: Option<Sort>,
    /// Number of hits to show, or `all` [default: 10; 50 in an Atom feed]
    #[arg(short = 'n', long, value_name = "N|all", value_parser = limit)]
    pub limit: Option<Limit>,
    /// Number of hits to skip
    #[arg(long, value_name = "N", default_value = "0", value_parser = whole)]
    pub offset: usize,
    /// Find the entries most similar to this one, without its copies
    #[arg(long, value_name = "ID")]
    pub like: Option<String>,
    /// Explain each score
    #[arg(long)]
    pub explain: bool,
    /// Show all copies of an article instead of one
    #[arg(long)]
    pub all_copies: bool,
    /// Count the matching entries by these fields: topic, perspective, source, kind, lang, section, corpus, custom fields
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    pub facets: Vec<String>,
    /// Words and filters.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl QueryOptions {
    /// Returns the request.
    pub fn request(&self, catalog: &Catalog) -> Result<SearchRequest, Error> {
        let facets = named::fields("facets", &self.facets, catalog)?;
        let selection = Selection { like: self.like.clone(), ..self.selection.selection(catalog)? };
        let is_idle = |is_set: bool| is_set && !selection.is_scored();
        let without = || {
            let remedy = message!["add words to search for, or ", option("like").value("ID")];
            ("without words: there are no scores".into(), remedy)
        };
        refuse(self.selection.idle, is_idle(self.sort == Some(Sort::Relevance)), "sort", without)?;
        refuse(self.selection.idle, is_idle(self.explain), "explain", without)?;
        Ok(SearchRequest {
            selection,
            explain: self.explain,
            sort: self.sort.unwrap_or_default(),
            offset: self.offset,
            limit: self.limit.unwrap_or(LIMIT).0,
            collapse: if self.all_copies { Collapse::Never } else { Collapse::Listed },
            facets,
        })
    }
}
