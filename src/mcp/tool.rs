//! The tools, and how each reads its arguments.

use rmcp::model::{Tool as Description, ToolAnnotations};
use serde_json::{Map, Value};

use super::call::Call;
use super::schema::SchemaRecorder;
use super::work::Cost;
use crate::options::{Argument, Command, OptionSource, ShowOptions, read};

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Search,
    Show,
    Count,
    Compare,
    Trend,
    Stories,
    Status,
    Report,
}

/// The arguments of a call.
pub struct Request {
    pub call: Call,
    /// The cursor of a later page than the first.
    pub cursor: Option<String>,
}

impl Tool {
    pub const ALL: [Self; 8] =
        [Self::Search, Self::Show, Self::Count, Self::Compare, Self::Trend, Self::Stories, Self::Status, Self::Report];

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Show => "show",
            Self::Count => "count",
            Self::Compare => "compare",
            Self::Trend => "trend",
            Self::Stories => "stories",
            Self::Status => "status",
            Self::Report => "report",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Search => "Search news digests",
            Self::Show => "Show digests and entries",
            Self::Count => "Count entries",
            Self::Compare => "Compare perspectives",
            Self::Trend => "Show a trend",
            Self::Stories => "Group titles into stories",
            Self::Status => "Show what is indexed",
            Self::Report => "Answer several questions",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Search => {
                "Searches entries: highlights, bullets and article titles of daily news digests, best match first; without \
                 `text` the newest first. `total` counts hits; a hit stands for all copies of its article."
            }
            Self::Show => {
                "Shows digests (china-japan/2026-02-10), entries (china-japan/2026-02-10#t12) or all digests of a day \
                 (2026-02-10) by the ids that other tools give."
            }
            Self::Count => {
                "Counts matching entries by one or two fields, or by day, week, month or year. With `share`, as a share of \
                 the sample with its 95% interval. Exact: use it instead of counting hits."
            }
            Self::Compare => {
                "Compares how the perspectives of one topic report: the share of their titles that matches `text`, and \
                 their distinctive words, sources and bullets. Needs one `topic`. Other groups with `by`, `against` or `period`."
            }
            Self::Trend => {
                "Shows which share of each perspective's sample matches `text` in each week, month or year, with bursts. \
                 Without `text`, the words that rose or fell most. Needs one `topic`."
            }
            Self::Stories => {
                "Groups titles about one event into stories, across sources and perspectives. `one_sided` or `missing` \
                 select stories that a perspective has no title of; `gaps` those whose absence chance is unlikely to explain."
            }
            Self::Status => {
                "Shows the topics, their perspectives, days and missing days, and whether the corpus has changed since it \
                 was indexed."
            }
            Self::Report => {
                "Answers several questions at once, from a specification in YAML. Its sections have the tools' names \
                 (`query` for search) and arguments, with hyphens for underscores."
            }
        }
    }

    /// Returns the cost: small for a look at a few entries, expensive for a scan of all with their words, or for many hits.
    pub fn cost(self, arguments: &Map<String, Value>) -> Cost {
        let limit = arguments.get("limit").map(|limit| limit.to_string().replace('"', ""));
        // `all`, too. Whether a limit is valid is another question.
        let is_long = limit.is_some_and(|limit| limit.parse().map_or(true, |limit: usize| limit > MANY));
        match self {
            Self::Search if is_long => Cost::Expensive,
            Self::Search | Self::Show | Self::Count | Self::Status => Cost::Small,
            Self::Compare | Self::Trend | Self::Stories | Self::Report => Cost::Expensive,
        }
    }

    /// Reads the arguments.
    pub fn read<W: OptionSource>(self, source: &mut W) -> Result<Request, W::Error> {
        let call = match self {
            Self::Search => Call::Question(Box::new(Command::Query.read(source, false)?), fields(source, HIT)?),
            Self::Count => Call::Question(Box::new(Command::Count.read(source, false)?), Vec::new()),
            Self::Compare => Call::Question(Box::new(Command::Compare.read(source, false)?), Vec::new()),
            Self::Trend => Call::Question(Box::new(Command::Trend.read(source, false)?), Vec::new()),
            // With `gaps` and its options.
            Self::Stories => Call::Question(Box::new(Command::Stories.read(source, true)?), fields(source, TITLE)?),
            Self::Show => {
                let options: ShowOptions = read(source)?;
                Call::Show(options, fields(source, ENTRY)?)
            }
            Self::Status => Call::Status,
            Self::Report => Call::Report(source.values(&spec())?.concat()),
        };
        let cursor = Argument::text("cursor", "`page.cursor` of the page before, with the same other arguments");
        Ok(Request { call, cursor: source.values(&cursor)?.into_iter().next() })
    }

    /// Returns the description for clients.
    pub fn describe(self) -> Description {
        let mut recorder = SchemaRecorder::default();
        // Without values there are no errors.
        let _ = self.read(&mut recorder);
        let annotations = ToolAnnotations::with_title(self.title())
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Description::new(self.name(), self.description(), recorder.finish())
            .with_title(self.title())
            .with_annotations(annotations)
    }
}

/// Number of hits above which a search is expensive.
const MANY: usize = 1_000;

/// Fields of records, with a help text: the names are those of the answers of commands.
const HIT: &str = "Fields of the hits [default: id, kind, perspective, source, lang, date, text, description, url, section, \
                   score, copies]; others: topic, digest_date, attribution, locale, marks, corpus, topic_name, perspective_name";
const ENTRY: &str = "Fields of the entries [default: id, kind, perspective, source, lang, date, text, description, url, \
                     section]; others: topic, digest_date, attribution, locale, corpus, topic_name, perspective_name";
const TITLE: &str = "Fields of the titles, or of `gaps` [default for titles: story, id, perspective, source, date, text, url, \
                     copies, matches]; others: story_label, topic, lang, perspective_name, digest_date, missing, gaps";

fn fields<W: OptionSource>(source: &mut W, help: &'static str) -> Result<Vec<String>, W::Error> {
    source.values(&Argument::texts("fields", help))
}

fn spec() -> Argument {
    const HELP: &str = "Specification in YAML, such as:\n\
                        title: Rare earths\n\
                        last: 7d\n\
                        filters: {topic: china-japan}\n\
                        sections:\n\
                        - title: New\n  query: {text: rare earths, limit: 5}\n\
                        - count: {text: rare earths, by: perspective, share: true}\n\
                        - stories: {one-sided: true, limit: 3}";
    Argument::text("spec", HELP).required()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn searches_for_many_hits_are_expensive() {
        let cost = |arguments: Value| Tool::Search.cost(arguments.as_object().expect("an object"));
        for small in [json!({}), json!({ "limit": 1_000 }), json!({ "limit": "10" })] {
            assert_eq!(cost(small), Cost::Small);
        }
        for long in [json!({ "limit": 1_001 }), json!({ "limit": "all" })] {
            assert_eq!(cost(long), Cost::Expensive);
        }
    }
}
