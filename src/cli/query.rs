//! `digest-search query`

use clap::ValueEnum;
use digest_search::engine::Reader;
use digest_search::query::{FacetField, SearchRequest, Sort, TextQuery};
use digest_search::render::{Answer, QueryAnswer};

use super::failure::Failure;
use super::{Context, Exit, filters};

/// Show the units that match, best first
///
/// All words must match, in any of their forms (`controls` finds `control`); "words in quotation marks" must stand side
/// by side as written. Without words, the newest units are shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search query export controls --perspective japan
  digest-search query '\"rare earths\" licence' --kind title --since 2w
  digest-search query --topic us-mexico --lang es --facets source,perspective
  digest-search query tariffs --format json --limit all")]
pub struct Args {
    /// Words to search for
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Which hits come first
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// How many hits to show, or `all`
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    limit: Limit,
    /// How many hits to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Show every copy of an article, instead of one for all
    #[arg(long)]
    all_copies: bool,
    /// Count all matching units by these fields
    #[arg(long, value_enum, value_name = "FIELDS", value_delimiter = ',')]
    facets: Vec<Field>,
    /// Write the addresses of links in full
    #[arg(long)]
    urls: bool,
    // Last, since their heading holds for all that follow.
    #[command(flatten)]
    filters: filters::FilterArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    /// The best match first
    Relevance,
    /// The newest first
    Newest,
    /// The oldest first
    Oldest,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Field {
    Topic,
    Perspective,
    Source,
    Kind,
    Lang,
}

/// How many hits to show; all where there is no number.
#[derive(Debug, Clone, Copy)]
struct Limit(Option<usize>);

fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "all" => Ok(Limit(None)),
        n => n.parse().map(|n| Limit(Some(n))).map_err(|_| "a number or `all` is expected".to_owned()),
    }
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let text = args.text.join(" ");
    let parsed = TextQuery::parse(&text).map_err(|error| Failure::query(error, &text))?;
    let reader = Reader::open(&context.index)?;
    let mut facets: Vec<FacetField> = Vec::new();
    for field in args.facets.iter().map(FacetField::from) {
        if !facets.contains(&field) {
            facets.push(field);
        }
    }
    let request = SearchRequest {
        text: parsed,
        filters: args.filters.filters(reader.catalog())?,
        sort: match args.sort {
            Order::Relevance => Sort::Relevance,
            Order::Newest => Sort::Newest,
            Order::Oldest => Sort::Oldest,
        },
        offset: args.offset,
        limit: args.limit.0,
        all_copies: args.all_copies,
        facets,
    };
    let response = reader.search(&request)?;
    let exit = if response.total == 0 { Exit::NothingFound } else { Exit::Done };
    context.answer(&Answer::Query(QueryAnswer { request, response }), args.urls, exit)
}

impl From<&Field> for FacetField {
    fn from(field: &Field) -> Self {
        match field {
            Field::Topic => Self::Topic,
            Field::Perspective => Self::Perspective,
            Field::Source => Self::Source,
            Field::Kind => Self::Kind,
            Field::Lang => Self::Lang,
        }
    }
}
