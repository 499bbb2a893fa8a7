//! `digest-search query`

use std::path::PathBuf;

use digest_search::ask;
use digest_search::index::ledgers;
use digest_search::options::{Limit, QueryOptions};
use digest_search::planning::Reader;
use digest_search::query::{Collapse, SeenHashes};
use digest_search::render::{Answer, Format, Note, QueryAnswer};

use super::context::{Context, write, written};
use super::exit::Exit;
use super::failure::Failure;
use super::question::{found, notes};
use super::since_last::SinceLast;
use super::{batch, opening, output};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = LANGUAGE)]
pub struct Args {
    #[command(flatten)]
    options: QueryOptions,
    #[command(flatten)]
    new: NewArgs,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    batch: batch::BatchArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

/// Selection of new hits
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None::<&str>)]
struct NewArgs {
    /// Show only entries indexed since the last run with this name (all unless --limit is given; none in the first run)
    #[arg(long, value_name = "NAME", conflicts_with = "batch")]
    since_last: Option<String>,
    /// Folder of the records of --since-last [default: since-last in the index folder]
    #[arg(long, value_name = "DIR", requires = "since_last")]
    state: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  digest-search query export controls --perspective japan
  digest-search query '\"rare earths\" licence' --kind title --since 2w
  digest-search query --topic us-mexico --lang es --facets source,perspective
  digest-search query 'tariff -steel' -t us-mexico -n 20
  digest-search query tariffs -f json -n all";

const LANGUAGE: &str = "\
Query language (in a shell, put single quotation marks around special characters):

  All words must match, in any inflected form: `controls` finds control and controlled, `fall` finds fell.
    digest-search query export controls
  Parts of a word joined by a hyphen, dot, slash or apostrophe must be adjacent.
    digest-search query dual-use
  U.S., US and us are one word; 2,000 is 2000; 10% is 10; 's at the end of a word is ignored.
    digest-search query U.S. tariffs
  Chinese and Japanese characters without a space between them must be adjacent.
    digest-search query 海港
  OR separates alternatives and binds tighter than a space: this is (steel OR acero) quotas.
    digest-search query 'steel OR acero quotas'
  NOT, or - before a word, excludes it. An argument that starts with - is an option, so quote the whole TEXT, or put it
  after --.
    digest-search query 'tariffs -steel'
    digest-search query tariffs NOT steel
    digest-search query -- tariffs -steel
  Parentheses group.
    digest-search query '(tariff OR quota) NOT (steel OR cars)'
  Words in quotation marks must occur as written, in this order, in the text itself.
    digest-search query '\"rare earths\"'
  ~ and a number after a phrase allow its words to move by that many positions in total, at most 20.
    digest-search query '\"licences rare earths\"~4'
  * at the end of a word matches any ending, up to 1,000 words.
    digest-search query 'licen*'
  ~ after a word matches words within one edit: a letter added, missing or replaced, or two swapped.
    digest-search query 'tarif~'
  Fields filter as the options do: topic, perspective, source, kind, lang, section, corpus, date, and custom fields
  such as tags.
    digest-search query 'steel -kind:bullet date:2026-02..2026-03-05'
    digest-search query 'tariff (source:\"Potomac Wire\" OR lang:es)'
  The field text matches only the text itself, not the source's name.
    digest-search query text:gaceta OR text:steel
  An argument of several words next to OR or NOT is a group.
    digest-search query steel OR 'rare earths'

Operators are recognized only at the start or end of a word; elsewhere they are punctuation. Limits: 4,096 bytes, \
64 words and fields (words of phrases included), and 32 nested parentheses.

With --words, TEXT is plain words, such as a pasted headline: it has no operators, phrases or fields.
    digest-search query --words 'Yen: \"fell\" past 160'
With --any, one matching word is enough, for long questions. With --fuzzy, a word without digits that no entry contains \
is replaced by words within one letter of it. Both rank entries with more of the words, closer together, higher.
    digest-search query --any 'which ports lose ships to the ice?'
    digest-search query --fuzzy tarifs on stel
With --like, the entries most similar to one are found, with or without words.
    digest-search query --like china-japan/2026-02-09#t1

Ranking: BM25 over all forms of a word as one term. The typed form and neighbours in the query that are close in the text \
score a little more; a source's name and words such as `the` score little. --explain explains each score. Ties are \
sorted newest first.";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    if let Some(file) = &args.batch.batch {
        let ask = |text: &str| {
            let mut options = args.options.clone();
            options.selection.text = vec![text.to_owned()];
            ask(&options, None, &reader, Format::Jsonl).map(|answer| Answer::Query(Box::new(answer)))
        };
        return batch::run(file, context, |context| args.output.output(context), ask);
    }
    args.refuse_idle(context.format)?;
    let output = args.output.output(context)?;
    let Some(name) = &args.new.since_last else {
        let answer = ask(&args.options, None, &reader, context.format)?;
        let answer = Answer::Query(Box::new(answer));
        context.notes(notes(&answer));
        return context.answer(&answer, &output, found(&answer));
    };
    let folder = args.new.state.clone().map_or_else(|| ledgers(&context.index), Ok)?;
    let since = SinceLast::open(&folder, name, &reader)?;
    // No limit by default, since the next run does not show these hits again.
    let options = QueryOptions { limit: args.options.limit.or(Some(Limit(None))), ..args.options.clone() };
    let mut answer = ask(&options, Some(since.known()), &reader, context.format)?;
    let more = remaining(&answer, name);
    answer.notes.splice(0..0, since.warning().map(Note::question));
    answer.notes.extend(more.map(Note::answer));
    let answer = Answer::Query(Box::new(answer));
    context.notes(notes(&answer));
    let exit = found(&answer);
    // Without a complete answer, the next run shows these hits again.
    match write(&answer, &output) {
        Ok(()) => since.done().map(|()| exit),
        broken => written(broken, exit),
    }
}

/// Returns a warning if not all new hits are shown.
fn remaining(answer: &QueryAnswer, name: &str) -> Option<String> {
    let QueryAnswer { request, response, .. } = answer;
    let remaining = response.total - request.offset.min(response.total) - response.hits.len();
    (remaining > 0).then(|| {
        format!("{remaining} more new entries are not shown, and --since-last {name} will not show them again")
    })
}

impl Args {
    /// Returns an error for an option without effect on the format.
    fn refuse_idle(&self, format: Format) -> Result<(), Failure> {
        let is_table = matches!(format, Format::Csv | Format::Tsv | Format::Ids);
        let shows_scores = self.output.has_field("explanation");
        let idle = [
            ("--facets", !self.options.facets.is_empty() && (is_table || format == Format::Jsonl)),
            ("--explain", self.options.explain && (is_table || format == Format::Md) && !shows_scores),
        ];
        match idle.into_iter().find(|(_, is_idle)| *is_idle) {
            Some((option, _)) => {
                let message = format!("{option} has no effect with --format {}", format.as_str());
                Err(Failure::message("usage", message, format!("remove {option}, or use --format text or json")))
            }
            None => Ok(()),
        }
    }
}

fn ask(
    options: &QueryOptions,
    known: Option<SeenHashes>,
    reader: &Reader,
    format: Format,
) -> Result<QueryAnswer, Failure> {
    let text = options.selection.text();
    let mut request = options.request(reader.catalog()).map_err(|error| error.diagnostic(&text))?;
    request.selection.known = known;
    // Text shows only the number of copies.
    if format == Format::Text && request.collapse == Collapse::Listed {
        request.collapse = Collapse::Counted;
    }
    Ok(ask::query(request, reader).map_err(|error| error.diagnostic(&text))?)
}
