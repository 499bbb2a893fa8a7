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

/// Which hits are new
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None::<&str>)]
struct NewArgs {
    /// Only what was first indexed after the last run with this name, all of it unless --limit is given; nothing in the first run
    #[arg(long, value_name = "NAME", conflicts_with = "batch")]
    since_last: Option<String>,
    /// Folder in which --since-last remembers what it has seen [default: since-last in the index's folder]
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
The query language (in a shell, put single quotation marks around what has signs in it):

  Words must all match, in any of their forms: `controls` finds control and controlled, `fall` finds fell.
    digest-search query export controls
  Parts of a word with a hyphen, a dot, a slash or an apostrophe inside must stand side by side.
    digest-search query dual-use
  U.S., US and us are one word; 2,000 is 2000; 10% is 10; 's at the end of a word does not count.
    digest-search query U.S. tariffs
  Chinese and Japanese characters that are written together must stand together.
    digest-search query 海港
  OR between alternatives binds closer than the space between words: this is (steel OR acero) quotas.
    digest-search query 'steel OR acero quotas'
  NOT, or - at the start of a word, excludes what follows. An argument that begins with - is an option; so put such a
  word into one quoted TEXT, or everything behind --.
    digest-search query 'tariffs -steel'
    digest-search query tariffs NOT steel
    digest-search query -- tariffs -steel
  Parentheses make groups.
    digest-search query '(tariff OR quota) NOT (steel OR cars)'
  Words in quotation marks must stand as they are written, one behind the other, in the text itself.
    digest-search query '\"rare earths\"'
  ~ and a number after a phrase let its words move by that many places in all, at most 20.
    digest-search query '\"licences rare earths\"~4'
  * at the end of a word stands for any ending, of up to 1,000 words.
    digest-search query 'licen*'
  ~ behind a word finds what is spelt with one letter more, less or other, or two swapped.
    digest-search query 'tarif~'
  Fields are those of the filters: topic, perspective, source, kind, lang and date.
    digest-search query 'steel -kind:bullet date:2026-02..2026-03-05'
    digest-search query 'tariff (source:\"Potomac Wire\" OR lang:es)'
  The field text is for words of the text itself, whatever the source is called.
    digest-search query text:gaceta OR text:steel
  An argument of several words beside OR or NOT is a group.
    digest-search query steel OR 'rare earths'

Everything that acts does so at the start or the end of a word; elsewhere it is punctuation. A query has at most \
4,096 bytes, 64 words and fields (the parts of phrases counted), and parentheses 32 deep.

With --words, TEXT is plain words, as a headline that is pasted: nothing in it is an operator, a phrase or a field.
    digest-search query --words 'Yen: \"fell\" past 160'
With --any, one of the words is enough: for long questions. With --fuzzy, a word without digits that no entry has \
stands for those within one letter of it. Both rank what has more of the words, and has them nearer, higher.
    digest-search query --any 'which ports lose ships to the ice?'
    digest-search query --fuzzy tarifs on stel
With --like, the entries that share most with one, beside or instead of words.
    digest-search query --like china-japan/2026-02-09#t1

Ranking: BM25 over all forms of a word as one, with a little more for the form that was typed, for neighbours in the \
query that are near in the text, and little for a source's name and for words such as `the`. --explain tells what \
each score is made of. Ties go to the newest.";

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
    // All that is new, since it will not be shown again.
    let options = QueryOptions { limit: args.options.limit.or(Some(Limit(None))), ..args.options.clone() };
    let mut answer = ask(&options, Some(since.known()), &reader, context.format)?;
    let left = left(&answer, name);
    answer.notes.splice(0..0, since.warning().map(Note::question));
    answer.notes.extend(left.map(Note::answer));
    let answer = Answer::Query(Box::new(answer));
    context.notes(notes(&answer));
    let exit = found(&answer);
    // Whoever did not get all of it gets it again.
    match write(&answer, &output) {
        Ok(()) => since.done().map(|()| exit),
        broken => written(broken, exit),
    }
}

/// Says how many new hits are not among those shown.
fn left(answer: &QueryAnswer, name: &str) -> Option<String> {
    let QueryAnswer { request, response, .. } = answer;
    let left = response.total - request.offset.min(response.total) - response.hits.len();
    (left > 0).then(|| format!("{left} more are new, and won't be shown again with --since-last {name}"))
}

impl Args {
    /// Refuses what a format has no place for.
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
                Err(Failure::message("usage", message, format!("leave {option} out, or choose --format text or json")))
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
    // Text says how many copies there are, and not which.
    if format == Format::Text && request.collapse == Collapse::Listed {
        request.collapse = Collapse::Counted;
    }
    Ok(ask::query(request, reader).map_err(|error| error.diagnostic(&text))?)
}
