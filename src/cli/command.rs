//! The subcommands, each run by the file of its name.

use clap::Subcommand;
use digest_search::render::{self, Format};

use super::context::Context;
use super::deferred::Deferred;
use super::exit::Exit;
use super::failure::Failure;
use super::{
    check, compare, completions, count, gaps, index, init, man, mcp, query, report, serve, show, status, stories, trend,
};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create or update the index of a folder of digests
    ///
    /// Reads only files that changed. A run takes effect as a whole, or not at all; queries can run meanwhile.
    Index(Deferred<index::Args>),
    /// Show where the parts of digests are found in a folder
    ///
    /// Shows where each part of a digest is found, with examples, and what would not be indexed. Writes no index.
    /// With --write, writes a `digest-search.yaml` to edit, with every line commented out.
    Init(Deferred<init::Args>),
    /// Search entries, best match first
    ///
    /// All words must match, in any inflected form, in the text or in the source's name; case and accents are ignored.
    /// Without words, shows the newest entries. `digest-search help query` describes the query language.
    #[command(visible_alias = "search")]
    Query(Deferred<query::Args>),
    /// Count matching entries by field or by date
    ///
    /// Counts every entry, copies of an article included. Dates are those of publication; with --share, of the digests.
    Count(Deferred<count::Args>),
    /// Compare the perspectives of a topic
    ///
    /// Shows which share of each perspective's titles matches TEXT, and the distinctive words, sources and bullets of each.
    /// Needs one topic. Compares titles unless a kind is given. Words are shown if their false discovery rate is at most --q.
    Compare(Deferred<compare::Args>),
    /// Show how much of each perspective matches TEXT over time
    ///
    /// Shows the share of the sample that matches in each week, month or year, by digest date, and its bursts. Needs one
    /// topic. Without TEXT, shows the
    /// words whose share rose or fell most in the last week, month or year, compared with all before. Covers titles unless
    /// a kind is given.
    Trend(Deferred<trend::Args>),
    /// Group titles into stories
    ///
    /// Groups titles about one event by their words, across sources and perspectives, within a topic and language. Shows
    /// each story with a title that matches TEXT and filters as a whole, with its first day and the sources of that day.
    /// --one-sided shows what one perspective reports and another does not.
    Stories(Deferred<stories::Args>),
    /// Show stories without titles from one perspective
    ///
    /// For each perspective without a title of a story, tests whether chance explains the absence: sources and titles are
    /// drawn at random, and the greater probability counts. Shows the stories whose absence chance is unlikely to
    /// explain, least probable first. --perspective selects stories that have a title of it.
    Gaps(Deferred<gaps::Args>),
    /// Run a file of queries as a report in text, Markdown, HTML or JSON
    ///
    /// The YAML file defines sections with the options of the commands. It may assert conditions on the answers: the exit
    /// code is 1 if one fails. The same file and corpus give the same bytes.
    Report(Deferred<report::Args>),
    /// Show a digest, an entry in context, or all digests of a day
    Show(Deferred<show::Args>),
    /// Show the contents of the index, and whether the corpus has changed since
    Status(Deferred<status::Args>),
    /// Verify the index and report problems in the corpus
    ///
    /// Changes nothing. Reads all files of the index and all digests, and reports skipped files, several digests of one
    /// topic and day, missing days, perspectives without bullets, titles without links, counts that do not match the lists,
    /// wrong text encodings, and all other warnings of `index`.
    Check(Deferred<check::Args>),
    /// Serve search pages and an HTTP API on this machine
    ///
    /// Serves pages for searching, comparing perspectives and reading digests. The API has a path under /api/v1/ for each
    /// of query, count, compare, trend, stories, gaps, show and status, which answers as the command does with --format
    /// json. Parameters are the command's options, with TEXT as `q`; /api/v1/openapi.json describes them. The next request
    /// sees a new commit of `index`. Ctrl-C or SIGTERM stops the server.
    Serve(Deferred<serve::Args>),
    /// Answer an assistant over the Model Context Protocol (MCP)
    ///
    /// An assistant such as Claude starts this command and sends its questions to standard input. Offers the tools search,
    /// show, count, compare, trend, stories, status and report, which answer as the commands do with --format json, and each
    /// digest as a resource. Changes nothing, unless --refresh is given. Each call sees the newest commit of `index`. Ends
    /// when the assistant does.
    Mcp(Deferred<mcp::Args>),
    /// Print a shell script that completes commands, options, and the topics, perspectives and sources of the index
    Completions(Deferred<completions::Args>),
    /// Print the manual page of the program or of a command
    Man(Deferred<man::Args>),
}

impl Command {
    /// Returns an error for a format that the command cannot write.
    pub fn check(&self, format: Format) -> Result<(), Failure> {
        match (self, format) {
            (Self::Trend(_), Format::Svg) => Ok(()),
            (Self::Report(_), Format::Text | Format::Json | Format::Md | Format::Html) => Ok(()),
            (Self::Serve(_) | Self::Mcp(_), Format::Text | Format::Json) => Ok(()),
            (Self::Report(_) | Self::Serve(_) | Self::Mcp(_), _) | (_, Format::Svg | Format::Html) => {
                Err(render::Error::Format(format).into())
            }
            _ => Ok(()),
        }
    }

    /// Returns the command's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Index(_) => "index",
            Self::Init(_) => "init",
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
            Self::Mcp(_) => "mcp",
            Self::Completions(_) => "completions",
            Self::Man(_) => "man",
        }
    }

    /// Reports whether `--verbose` has an effect.
    pub fn has_verbose_output(&self) -> bool {
        let is_query = matches!(
            self,
            Self::Query(_) | Self::Count(_) | Self::Compare(_) | Self::Trend(_) | Self::Stories(_) | Self::Gaps(_)
        );
        is_query || matches!(self, Self::Index(_) | Self::Serve(_))
    }

    /// Runs the command.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Index(Deferred(args)) => index::run(*args, context),
            Self::Init(Deferred(args)) => init::run(*args, context),
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
            Self::Mcp(Deferred(args)) => mcp::run(*args, context),
            Self::Completions(Deferred(args)) => completions::run(&args),
            Self::Man(Deferred(args)) => man::run(&args, context),
        }
    }
}
