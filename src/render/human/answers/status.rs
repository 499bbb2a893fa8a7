//! The content of an index, and whether the corpus has changed since.

use chrono::NaiveDate;

use crate::backend::{Health, Topic};
use crate::ingest::Difference;
use crate::model::CustomField;
use crate::render::StatusAnswer;
use crate::render::human::blocks::{Block, Definition, Detail, Item, Level, Line, List, Role, Span};
use crate::render::human::wording::spans;
use crate::render::numbers::{counted, grouped};

/// Returns the answer as blocks.
pub fn blocks(answer: &StatusAnswer) -> Vec<Block<'_>> {
    let topics = answer.catalog.topics.iter().zip(&answer.missing);
    let topics = topics.flat_map(|((id, topic), (_, missing))| of_topic(id, topic, missing));
    let total = Block::Only(Detail::Full, vec![Block::total(total(answer))]);
    std::iter::once(Block::Definitions(facts(answer))).chain(topics).chain([total]).collect()
}

fn facts(answer: &StatusAnswer) -> Vec<Definition<'_>> {
    let catalog = &answer.catalog;
    let day = |day: NaiveDate| format!("{day} (relative dates count from it)");
    let entries = catalog.entries;
    let kinds = [
        counted(entries.highlights, "highlight"),
        counted(entries.bullets, "bullet"),
        counted(entries.titles, "title"),
    ]
    .join(", ");
    let known: usize = catalog.attribution.values().sum();
    let mut ways: Vec<String> =
        catalog.attribution.iter().map(|(how, count)| format!("{} by {how}", grouped(*count))).collect();
    if known < entries.titles {
        ways.push(format!("{} unknown", grouped(entries.titles - known)));
    }
    let fields: Vec<&str> = catalog.fields.iter().map(CustomField::name).collect();
    let fields = (!fields.is_empty()).then(|| Definition::new("custom fields", fields.join(", ")));
    let perspectives = catalog.has_perspectives().then(|| Definition::new("perspectives", ways.join(", ")));
    let index = Definition::new("index", answer.index.display().to_string());
    let one = (!catalog.has_corpora()).then(|| Definition::new("folder", catalog.corpus.display().to_string()));
    let several = catalog.several_corpora().iter().map(|corpus| {
        let name = if corpus.name == corpus.id { String::new() } else { format!(" ({})", corpus.name) };
        Definition::new("corpus", format!("{}{name}: {}", corpus.id, corpus.path.display()))
    });
    let facts = [
        Definition::new("state", state(answer)),
        Definition::new("last change", format!("{} ago", duration(answer.age))),
        Definition::new("newest day", catalog.as_of.map_or_else(|| "none".to_owned(), day)),
        Definition::new("digests", grouped(catalog.digests)),
        Definition::new("entries", format!("{}: {kinds}", grouped(entries.total()))),
    ];
    let cluster = answer.health.iter().flat_map(of_cluster);
    let first = std::iter::once(index).chain(cluster).chain(one).chain(several);
    first.chain(facts).chain(perspectives).chain(fields).collect()
}

/// Returns the state of a cluster.
fn of_cluster(health: &Health) -> impl Iterator<Item = Definition<'static>> + use<> {
    let Health { version, nodes, status, shards, unassigned, bytes, superseded, writer, question } = health;
    let missing = match unassigned {
        0 => String::new(),
        _ => format!(", {} without a node", counted(*unassigned, "copy of them")),
    };
    let nodes = counted(*nodes, "node");
    let size = format!("{:.1} MB", *bytes as f64 / 1e6);
    let replaced = (*superseded > 0)
        .then(|| Definition::new("replaced", format!("{}, to be deleted", counted(*superseded, "version"))));
    let writer = writer.as_ref().map(|writer| Definition::new("writer", writer.to_string()));
    let facts = [
        Definition::new("cluster", format!("OpenSearch {version}: {status}, {nodes}")),
        Definition::new("shards", format!("{}{missing}; {size}", grouped(*shards))),
        Definition::new("question", format!("{:.1} ms", question.as_secs_f64() * 1e3)),
    ];
    facts.into_iter().chain(replaced).chain(writer)
}

fn of_topic<'a>(id: &'a str, topic: &'a Topic, missing: &[NaiveDate]) -> [Block<'a>; 2] {
    let name = vec![Span::new(Role::Plain, topic.name.as_str()), Span::new(Role::Bare, "  "), Span::new(Role::Id, id)];
    let perspectives = topic.perspectives.iter().map(|(id, perspective)| {
        if *id == perspective.name { id.clone() } else { format!("{} ({id})", perspective.name) }
    });
    let digests = format!("{} from {} to {}", counted(topic.digests, "digest"), topic.first, topic.last);
    let perspectives = perspectives.collect::<Vec<_>>().join(", ");
    let perspectives = (!perspectives.is_empty()).then(|| format!("perspectives: {perspectives}"));
    let missing =
        (!missing.is_empty()).then(|| format!("{}: {}", counted(missing.len(), "missing day"), spans(missing)));
    let items = std::iter::once(digests).chain(perspectives).chain(missing).map(|line| Item::new(line, [])).collect();
    [Block::Heading(Level::Part, name.into()), Block::List(List { items, indent: 2, ..List::default() })]
}

fn total(answer: &StatusAnswer) -> String {
    let catalog = &answer.catalog;
    let (topics, entries) = (catalog.topics.len(), catalog.entries.total());
    [counted(catalog.digests, "digest"), counted(topics, "topic"), counted(entries, "entry")].join(", ")
}

/// Returns whether the index is up to date, and else the changes.
fn state(answer: &StatusAnswer) -> Line<'static> {
    match &answer.difference {
        Err(why) => format!("unknown: {why}").into(),
        Ok(difference) if difference.is_none() => "up to date".into(),
        Ok(Difference { new, changed, removed, settings }) => {
            let files = [(new, "new"), (changed, "changed"), (removed, "removed")];
            let mut parts: Vec<String> = files
                .iter()
                .filter(|(count, _)| **count > 0)
                .map(|(count, word)| format!("{} {word}", grouped(**count)))
                .collect();
            if *settings {
                parts.push("settings changed".to_owned());
            }
            Line(vec![
                Span::new(Role::Plain, format!("outdated: {}; run ", parts.join(", "))),
                Span::new(Role::Code, "digest-search index"),
            ])
        }
    }
}

/// Formats a duration in its largest unit.
fn duration(seconds: i64) -> String {
    let seconds = usize::try_from(seconds).unwrap_or_default();
    match seconds {
        0..60 => counted(seconds, "second"),
        60..3600 => counted(seconds / 60, "minute"),
        3600..172_800 => counted(seconds / 3600, "hour"),
        _ => counted(seconds / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_its_largest_unit() {
        assert_eq!(duration(7300), "2 hours");
    }
}
