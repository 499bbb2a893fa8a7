//! Answers one below the other, each in a section.

use super::blocks as answer_blocks;
use crate::render::human::blocks::{Block, Definition, Detail, Level, Line, Section, Sense};
use crate::render::human::told;
use crate::render::{ReportAnswer, ReportContent, ReportHead, ReportSection};

/// Returns the report as blocks.
pub fn blocks(answer: &ReportAnswer) -> Vec<Block<'_>> {
    let shared = answer.shared_caveats();
    let failed: Vec<String> = answer.failed().map(|asserted| asserted.told()).collect();
    let alert = (!failed.is_empty()).then_some(Block::Alert(failed));
    let sections = answer.sections.iter().map(|section| Block::Section(of_section(section, &answer.head, &shared)));
    let title = Block::Heading(Level::Title, answer.title.as_str().into());
    let mut blocks =
        vec![title, Block::About(head(&answer.head)), Block::Only(Detail::Full, alert.into_iter().collect())];
    blocks.extend(sections);
    blocks.push(Block::Once(shared));
    blocks
}

/// What the report is of.
fn head(head: &ReportHead) -> Vec<Definition<'_>> {
    let days = Definition { is_implied: true, ..Definition::new("days", told::days(head)) };
    let topics = head.topics.iter().map(|topic| {
        let name = if topic.id == topic.name { topic.id.clone() } else { format!("{} ({})", topic.name, topic.id) };
        let missing = told::missing(topic).map_or_else(String::new, |missing| format!("; {missing}"));
        let value = format!("{}{missing}", told::digests(topic));
        Definition { name: name.into(), value: value.into(), is_implied: false }
    });
    let version = format!("digest-search {}, corpus {}", head.version, head.corpus);
    let version = Definition { is_implied: true, ..Definition::new("made by", version) };
    std::iter::once(days).chain(topics).chain([version]).collect()
}

fn of_section<'a>(section: &'a ReportSection, head: &ReportHead, shared: &[String]) -> Section<'a> {
    let blocks = match &section.content {
        ReportContent::Text { plain, markdown } => vec![Block::Authored(plain, markdown)],
        ReportContent::Answer { answer, .. } => {
            let asked = told::asked(answer, head).map(|asked| Block::Paragraph(Sense::Asked, Line::dim(asked)));
            let mut blocks: Vec<Block<'_>> = asked.into_iter().chain(answer_blocks(answer)).collect();
            mark_repeated(&mut blocks, shared);
            let failed = section.failed().map(|asserted| Block::Paragraph(Sense::Failed, asserted.told().into()));
            blocks.extend(failed);
            blocks
        }
    };
    Section { title: section.title.as_deref(), blocks }
}

/// Marks the caveats that the end of the report repeats.
fn mark_repeated(blocks: &mut [Block<'_>], shared: &[String]) {
    for block in blocks {
        match block {
            Block::Notes(notes) => {
                for note in notes.iter_mut().filter(|note| note.is_caveat) {
                    note.is_repeated = shared.contains(&note.text);
                }
            }
            Block::Only(_, blocks) => mark_repeated(blocks, shared),
            _ => {}
        }
    }
}
