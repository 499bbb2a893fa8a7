//! Findings by file, then their numbers by code.

use crate::lint::Finding;
use crate::render::CheckAnswer;
use crate::render::human::blocks::{Block, Detail, Fold, Item, Level, Line, List, Role, Sense, Span};
use crate::render::numbers::{counted, grouped};

/// The number of findings about a topic as a whole that are shown in brief; the earlier ones are counted.
const TOPIC_FINDINGS: usize = 5;

/// The width of line numbers, the same for all files.
const LINE_NUMBERS: usize = 5;

/// Returns the answer as blocks.
pub fn blocks(answer: &CheckAnswer) -> Vec<Block<'_>> {
    let places = answer.findings.chunk_by(|a, b| place(a) == place(b)).map(of_place);
    let counts = answer.counts();
    let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{} {code}", grouped(*count))).collect();
    let found = match answer.findings.len() {
        0 => "no findings".to_owned(),
        some => format!("{}: {}", counted(some, "finding"), counts.join(", ")),
    };
    let total = Block::plain(format!("{found}; checked {}", checked(answer)));
    places.chain([total]).collect()
}

/// Returns the findings about a file, or about a topic as a whole.
fn of_place(findings: &[Finding]) -> Block<'_> {
    let hint = findings.last().and_then(|finding| finding.hint);
    let hint = hint.map(|hint| Item::new(format!("hint: {hint}"), []));
    let earlier = if findings[0].path.is_some() { 0 } else { findings.len().saturating_sub(TOPIC_FINDINGS) };
    let items: Vec<Item<'_>> = findings.iter().map(item).chain(hint).collect();
    let fold = (earlier > 0).then(|| Fold {
        shown: earlier..items.len(),
        instead: format!("{} not shown; see --format json", counted(earlier, "earlier finding")),
    });
    let topic = findings[0].topic.as_deref().filter(|_| findings[0].path.is_some());
    let topic = topic.map(|topic| Block::Paragraph(Sense::Body, format!("topic {topic}").into()));
    Block::Group(vec![
        Block::Heading(Level::Place, place(&findings[0]).into()),
        Block::Only(Detail::Full, topic.into_iter().collect()),
        Block::List(List { items: items.into(), label_width: LINE_NUMBERS, fold, ..List::default() }),
    ])
}

fn item(finding: &Finding) -> Item<'_> {
    let code = Span::new(Role::Dim, finding.code.as_str());
    let text = Line(vec![code, Span::new(Role::Plain, format!(": {}", finding.message))]);
    let label = finding.line.map_or_else(Line::default, |line| line.to_string().into());
    Item { label, ..Item::new(text, []) }
}

/// Returns the subject of a finding: a file, or a topic as a whole.
fn place(finding: &Finding) -> String {
    let topic = || format!("topic {}", finding.topic.as_deref().unwrap_or_default());
    finding.path.clone().unwrap_or_else(topic)
}

/// Returns a summary of the checked corpus and index.
fn checked(answer: &CheckAnswer) -> String {
    let folders = answer.folders.iter().map(|folder| {
        let (files, digests) = (counted(folder.files, "file"), counted(folder.digests, "digest"));
        format!("{files} in {} ({digests})", folder.path.display())
    });
    let index = answer.index.as_ref().map(|index| {
        let bytes = usize::try_from(index.bytes).unwrap_or(usize::MAX);
        let count = |count: u64| counted(usize::try_from(count).unwrap_or(usize::MAX), "document");
        let what = index.documents.map_or_else(|| counted(index.files, "file"), count);
        format!("{what} of the index {} ({})", index.path.display(), counted(bytes, "byte"))
    });
    let parts: Vec<String> = folders.chain(index).collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}
