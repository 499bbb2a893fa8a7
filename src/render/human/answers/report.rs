//! Reports: a head, and sections with answers.

use super::blocks as answer_blocks;
use crate::render::human::blocks::{Block, Definition, Detail, Level, Line, Section, Sense};
use crate::render::human::wording;
use crate::render::{ReportAnswer, ReportContent, ReportHead, ReportSection};

/// Returns the report as blocks.
pub fn blocks(answer: &ReportAnswer) -> Vec<Block<'_>> {
    let failed: Vec<String> = answer.failed().map(|assertion| assertion.failure()).collect();
    let alert = (!failed.is_empty()).then_some(Block::Alert(failed));
    let sections = answer.sections.iter().map(|section| Block::Section(of_section(section, &answer.head)));
    let title = Block::Heading(Level::Title, answer.title.as_str().into());
    let mut blocks =
        vec![title, Block::About(head(&answer.head)), Block::Only(Detail::Full, alert.into_iter().collect())];
    blocks.extend(sections);
    blocks.push(Block::StandingNotes(answer.standing_notes()));
    blocks
}

/// Returns the days, topics and version.
fn head(head: &ReportHead) -> Vec<Definition<'_>> {
    let days = Definition { is_implied: true, ..Definition::new("days", wording::days(head)) };
    let topics = head.topics.iter().map(|topic| {
        let name = if topic.id == topic.name { topic.id.clone() } else { format!("{} ({})", topic.name, topic.id) };
        let missing = wording::missing(topic).map_or_else(String::new, |missing| format!("; {missing}"));
        let value = format!("{}{missing}", wording::digests(topic));
        Definition { name: name.into(), value: value.into(), is_implied: false }
    });
    let version = format!("digest-search {}, corpus {}", head.version, head.corpus);
    let version = Definition { is_implied: true, ..Definition::new("made by", version) };
    std::iter::once(days).chain(topics).chain([version]).collect()
}

fn of_section<'a>(section: &'a ReportSection, head: &ReportHead) -> Section<'a> {
    let blocks = match &section.content {
        ReportContent::Text { plain, markdown } => vec![Block::Authored(plain, markdown)],
        ReportContent::Answer { answer, .. } => {
            let question =
                wording::question(answer, head).map(|text| Block::Paragraph(Sense::Question, Line::dim(text)));
            let mut blocks: Vec<Block<'_>> = question.into_iter().chain(answer_blocks(answer)).collect();
            let failed = section.failed().map(|assertion| Block::Paragraph(Sense::Failed, assertion.failure().into()));
            blocks.extend(failed);
            blocks
        }
    };
    Section { title: section.title.as_deref(), blocks }
}
