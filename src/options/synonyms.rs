//! Synonyms of commands, options and values: names from other programs, suggested when a name is unknown.

/// Commands and their synonyms.
const COMMANDS: [(&str, &str); 15] = [
    (
        "query",
        "search find grep rg ag look lookup ask match fetch select q s list latest newest recent news headlines hits similar \
         like related more export",
    ),
    (
        "count",
        "histogram hist tally total totals number sum freq frequency frequencies facet facets aggregate aggregation agg \
         group groupby group-by bucket top wc howmany how-many terms pivot sources outlets",
    ),
    ("compare", "diff difference differences versus vs contrast distinctive keywords sides perspectives collocates"),
    (
        "trend",
        "timeline time series timeseries time-series over-time overtime history plot chart graph draw trends burst bursts",
    ),
    ("stories", "story events event cluster clusters groups threads clustering topics-of"),
    ("gaps", "gap missing blindspot blindspots blind-spots one-sided onesided uncovered omissions coverage"),
    ("show", "cat view open read get print display digest entry less context day"),
    ("report", "reports run brief briefing summary summarize summarise weekly newsletter batch"),
    ("status", "stat stats info about catalog topics ls inspect describe"),
    ("check", "lint verify validate validation doctor fsck test audit diagnose health"),
    ("index", "build update reindex re-index add import load ingest sync refresh rebuild scan crawl watch create make"),
    ("serve", "server http web ui gui browse start daemon listen api www site"),
    ("mcp", "assistant assistants agent llm ai claude model-context-protocol stdio"),
    ("completions", "completion complete autocomplete shell"),
    ("man", "manual manpage docs documentation doc"),
];

/// Options and their synonyms. If several options have a synonym, the first that the command has is taken.
const OPTIONS: [(&str, &str); 38] = [
    (
        "perspective",
        "perspectives sides view views viewpoint viewpoints country countries nation camp party feed bias stance by-side",
    ),
    (
        "source",
        "sources outlets publisher publishers publication publications site sites website domain host newspaper paper media \
         medium author agency channel",
    ),
    ("topic", "topics subject subjects theme category categories tag tags collection"),
    ("kind", "kinds type types what entry-type is titles bullets highlights"),
    ("lang", "language languages langs locale"),
    ("section", "sections heading headings rubric column part chapter"),
    (
        "since",
        "after start start-date begin begins starting date-from from-date newer newer-than min-date last past after-date since-date",
    ),
    (
        "until",
        "before end end-date ends ending date-to to-date older older-than max-date through till thru up-to before-date",
    ),
    ("on", "date dates day days when during month week year range between date-range period time"),
    ("as-of", "today now as-at reference-date asof"),
    (
        "limit",
        "max size count number num rows results hits max-results max-count head take page-size per-page first n k top maximum \
         lim",
    ),
    ("top", "max size limit count number num n k first terms results maximum"),
    ("offset", "skip start-at page begin-at drop from-row"),
    ("sort", "order order-by orderby sort-by sortby rank ranking sorted newest latest oldest recent by-date relevance"),
    (
        "by",
        "group group-by groupby per facet facets field bucket buckets interval granularity breakdown aggregate dimension span \
         every weekly monthly daily",
    ),
    ("facets", "facet aggs aggregations counts group-by groupby by"),
    ("all-copies", "duplicates dupes no-dedup no-dedupe duplicate copies no-collapse all show-duplicates"),
    ("any", "or match-any any-word any-words some"),
    (
        "words",
        "literal literally plain plain-text fixed-strings fixed verbatim no-operators raw-query as-is escape quote",
    ),
    ("fuzzy", "typo typos approximate approx spelling misspelling misspellings tolerant fuzziness similar-words"),
    ("like", "similar similar-to more-like more-like-this mlt related related-to"),
    ("explain", "score scores show-score show-scores why debug reasons"),
    (
        "format",
        "output-format out-format out output as print pretty json jsonl ndjson csv tsv md markdown html svg text ids fmt",
    ),
    ("fields", "columns cols column select field keys properties"),
    ("urls", "links url link show-urls show-links"),
    ("refresh", "update reindex sync fresh"),
    ("rebuild", "force full clean reset recreate from-scratch all"),
    ("dry-run", "simulate noop no-act plan pretend what-if preview"),
    ("index", "db database dir directory path index-dir data store folder"),
    ("quiet", "silent no-notes no-warnings no-progress hush"),
    ("verbose", "log trace access-log"),
    ("color", "colour colors colours no-color no-colour"),
    ("listen", "port host bind address addr"),
    ("q", "fdr alpha max-q threshold significance p p-value pvalue"),
    ("share", "percent percentage percentages relative normalize normalise normalized proportion ratio rate shares"),
    ("min", "min-titles min-size at-least minimum min-count"),
    ("since-last", "new new-only only-new unseen diff"),
    ("text", "query queries q search search-text term terms keyword keywords phrase"),
];

/// Values of options and their synonyms.
const VALUES: [(&str, &str); 21] = [
    ("title", "titles headline headlines article articles story stories news"),
    ("bullet", "bullets point points takeaway takeaways"),
    ("highlight", "highlights summary summaries overall"),
    ("perspective", "perspectives side sides view country"),
    ("source", "sources outlet outlets publisher publishers site paper"),
    ("topic", "topics subject category"),
    ("kind", "kinds type types"),
    ("lang", "language languages locale"),
    ("section", "sections heading headings rubric"),
    ("day", "days daily date dates"),
    ("week", "weeks weekly"),
    ("month", "months monthly"),
    ("year", "years yearly annual annually"),
    ("newest", "date new latest recent descending desc date-desc time newest-first"),
    ("oldest", "old earliest ascending asc date-asc first oldest-first chronological"),
    ("relevance", "score best relevant rank bm25 match"),
    ("size", "largest biggest big count outlets sources"),
    ("md", "markdown mdown gfm"),
    ("jsonl", "ndjson jsonlines json-lines"),
    ("csv", "excel xlsx xls spreadsheet"),
    ("text", "txt plain human terminal table"),
];

fn lookup(name: &str, table: &'static [(&str, &str)], known: impl Fn(&str) -> bool) -> Option<&'static str> {
    let name = name.trim_start_matches('-').to_lowercase().replace('_', "-");
    let has_synonym = |(_, others): &&(&str, &str)| others.split_ascii_whitespace().any(|other| other == name);
    table.iter().filter(has_synonym).map(|(own, _)| *own).find(|own| known(own))
}

/// Returns the command with a synonym, if it is `known`.
pub fn command_synonym(name: &str, known: impl Fn(&str) -> bool) -> Option<&'static str> {
    lookup(name, &COMMANDS, known)
}

/// Returns the first known option with a synonym.
pub fn option_synonym(name: &str, known: impl Fn(&str) -> bool) -> Option<&'static str> {
    lookup(name, &OPTIONS, known)
}

/// Returns the first known value with a synonym.
pub fn value_synonym(word: &str, known: impl Fn(&str) -> bool) -> Option<&'static str> {
    lookup(word, &VALUES, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_programs_are_understood() {
        for (name, command) in [
            ("find", "query"),
            ("grep", "query"),
            ("histogram", "count"),
            ("top", "count"),
            ("diff", "compare"),
            ("timeline", "trend"),
            ("blindspots", "gaps"),
            ("cat", "show"),
            ("lint", "check"),
        ] {
            assert_eq!(command_synonym(name, |_| true), Some(command), "{name}");
        }
        for (name, option) in [
            ("--perspectives", "perspective"),
            ("publisher", "source"),
            ("country", "perspective"),
            ("after", "since"),
            ("Before", "until"),
            ("start_date", "since"),
            ("end", "until"),
            ("output-format", "format"),
            ("json", "format"),
            ("max", "limit"),
            ("size", "limit"),
        ] {
            assert_eq!(option_synonym(name, |_| true), Some(option), "{name}");
        }
        assert_eq!(option_synonym("max", |option| option == "top"), Some("top"), "without `limit`");
        assert_eq!(value_synonym("headlines", |_| true), Some("title"));
        assert_eq!(command_synonym("xyz", |_| true), None);
    }

    #[test]
    fn no_name_is_listed_twice_for_the_same() {
        for table in [&COMMANDS[..], &OPTIONS, &VALUES] {
            for (own, others) in table {
                let mut names: Vec<&str> = others.split_ascii_whitespace().chain([*own]).collect();
                let all = names.len();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), all, "{own}");
            }
        }
    }
}
