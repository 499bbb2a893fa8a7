//! The commands, and which file does what each says.

use clap::Subcommand;
use digest_search::render::{self, Format};

use super::context::Context;
use super::deferred::Deferred;
use super::exit::Exit;
use super::failure::Failure;
use super::{check, compare, completions, count, gaps, index, man, query, report, serve, show, status, stories, trend};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring the index up to date with a folder of digests
    ///
    /// Only files that changed are read. It all counts at once at the end, or not at all; queries go on meanwhile.
    Index(Deferred<index::Args>),
    /// Show the entries that match, best first
    ///
    /// All words must match, in any of their forms, in the text or in the source's name; case and accents don't matter.
    /// Without words, the newest entries are shown. `digest-search help query` has the whole language.
    #[command(visible_alias = "search")]
    Query(Deferred<query::Args>),
    /// Count the entries that match, by what they are or by their days
    ///
    /// Every entry counts, copies of an article, too. Days are those of publication; with --share, those of the digests.
    Count(Deferred<count::Args>),
    /// Show how the perspectives of a topic tell it, side by side
    ///
    /// What each perspective writes about TEXT and how often; the words that it prefers, its sources and the points made of
    /// it. Of titles, unless a kind is given. Words are shown if chance would rarely produce so large a difference.
    Compare(Deferred<compare::Args>),
    /// Follow over time how much each perspective has of something
    ///
    /// The share of what was sampled in each week, month or year, by the days of digests, and when there was much more
    /// than usual. Without TEXT: the words that each perspective says more, and less, in the last span than in all before. Of
    /// titles, unless a kind is said.
    Trend(Deferred<trend::Args>),
    /// Show the stories that titles tell, and which perspectives have them
    ///
    /// Titles of one event are grouped across sources and perspectives, by their words, in each topic and language. Shown are
    /// stories with a title that matches TEXT and filters, whole, with the day on which each was first seen and the
    /// sources that had it then.
    Stories(Deferred<stories::Args>),
    /// Show the stories that one perspective has nothing of
    ///
    /// Of each perspective without a title of a story, whether chance would leave it so: sources are drawn, and titles, and the
    /// greater probability counts. Shown are those where it hardly would, the least probable first.
    Gaps(Deferred<gaps::Args>),
    /// Answer a file of questions, one below the other, as text, Markdown, a page or JSON
    ///
    /// The file says in YAML what each section is to tell, with the options of the commands. It may assert what must
    /// hold of an answer: then the exit code is 1 where it does not. The same file over the same corpus gives the same
    /// bytes.
    Report(Deferred<report::Args>),
    /// Show a digest, an entry in context, or all digests of a day
    Show(Deferred<show::Args>),
    /// Say what is indexed, and whether the folder has gone on since
    Status(Deferred<status::Args>),
    /// Hold the index against what was written, and look through the folder for what its owner should know
    ///
    /// Nothing is written. All files of the index are read, and all digests, afresh: files that can't be used, two for
    /// one topic and day, days without a digest, perspectives without a point, titles without a link, counts that the lists
    /// disagree with, text in the wrong encoding, and whatever else `index` warns of.
    Check(Deferred<check::Args>),
    /// Search in a browser, and answer programs over HTTP, on this machine
    ///
    /// Serves pages to search, to compare perspectives and to read digests. For programs, each path under /api/v1/ answers
    /// what the command of its name answers with --format json: query, count, compare, trend, stories, gaps, show,
    /// status; its options are parameters, TEXT is `q`. /api/v1/openapi.json describes them all. What `index` has done
    /// is seen by the next request. Ctrl-C or SIGTERM ends it.
    Serve(Deferred<serve::Args>),
    /// Print what makes a shell complete commands, options, and the topics, perspectives and sources of the index
    Completions(Deferred<completions::Args>),
    /// Print the manual page, or that of a command
    Man(Deferred<man::Args>),
}

impl Command {
    /// Refuses a format in which its answer can't be written, before anything is done.
    pub fn check(&self, format: Format) -> Result<(), Failure> {
        match (self, format) {
            (Self::Trend(_), Format::Svg) => Ok(()),
            (Self::Report(_), Format::Text | Format::Json | Format::Md | Format::Html) => Ok(()),
            (Self::Serve(_), Format::Text | Format::Json) => Ok(()),
            (Self::Report(_) | Self::Serve(_), _) | (_, Format::Svg | Format::Html) => {
                Err(render::Error::Format(format).into())
            }
            _ => Ok(()),
        }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Index(_) => "index",
            Self::Query(_) => "query",
            Self::Count(_) => "count",
            Self::Compare(_) => "compare",
            Self::Trend(_) => "trend",
            Self::Stories(_) => "stories",
            Self::Gaps(_) => "gaps",
            Self::Report(_) => "report",
            Self::Show(_) => "show",
            Self::Status(_) => "status",
            Self::Check(_) => "check",
            Self::Serve(_) => "serve",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }

    /// Whether it says more on stderr with --verbose.
    pub fn has_more_to_say(&self) -> bool {
        let of_questions = matches!(
            self,
            Self::Query(_) | Self::Count(_) | Self::Compare(_) | Self::Trend(_) | Self::Stories(_) | Self::Gaps(_)
        );
        of_questions || matches!(self, Self::Index(_) | Self::Serve(_))
    }

    /// Does what it says.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Index(Deferred(args)) => index::run(*args, context),
            Self::Query(Deferred(args)) => query::run(*args, context),
            Self::Count(Deferred(args)) => count::run(*args, context),
            Self::Compare(Deferred(args)) => compare::run(*args, context),
            Self::Trend(Deferred(args)) => trend::run(*args, context),
            Self::Stories(Deferred(args)) => stories::run(*args, context),
            Self::Gaps(Deferred(args)) => gaps::run(*args, context),
            Self::Report(Deferred(args)) => report::run(*args, context),
            Self::Show(Deferred(args)) => show::run(*args, context),
            Self::Status(Deferred(args)) => status::run(*args, context),
            Self::Check(Deferred(args)) => check::run(*args, context),
            Self::Serve(Deferred(args)) => serve::run(*args, context),
            Self::Completions(Deferred(args)) => completions::run(&args),
            Self::Man(Deferred(args)) => man::run(&args, context),
        }
    }
}
