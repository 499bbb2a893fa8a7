//! Parser of a digest's body: source lines and Markdown blocks in file order → highlights, bullets and titles.

use std::ops::Range;

use chrono::NaiveDate;

use super::attribution::{self, Evidence, Listed};
use super::front_matter::FrontMatter;
use super::heading::{self, Role};
use super::markdown::{self, Kind};
use super::names::Names;
use super::naming::{self, Naming};
use super::source_line::{self, Definitions, Published, SourceLine};
use super::{Bullet, Conventions, Digest, Highlight, LineUse, Places, Subject, Title, Use, Warning};
use super::{items, outline, placeholder};

/// Part of the body.
enum Part<'a> {
    Source(SourceLine),
    Heading(String, u8),
    /// List item or paragraph: plain text, kind and source text.
    Text(String, Kind, &'a str),
    /// End of a comment that hides a heading; whether that is the heading of the source list.
    Hidden(bool),
}

/// Parsed body.
#[derive(Default)]
pub struct Body {
    naming: Naming,
    pub highlights: Vec<Highlight>,
    pub bullets: Vec<Bullet>,
    pub titles: Vec<Title>,
    /// For each title, the heading above it and its number in the list.
    listed: Vec<Option<Listed>>,
    numbers: Vec<Option<u32>>,
    /// Uses of the lines, in file order.
    pub lines: Vec<LineUse>,
}

impl Body {
    pub fn read(text: &str, start: usize, front: &FrontMatter, warnings: &mut Vec<(Subject, Warning)>) -> Self {
        let first = warnings.len();
        let declared = naming::declared(front);
        let names = Names::new(&declared);
        let outline = outline::read(&text[start..], &names);
        let mut line = Line { text, at: start, line: line_of(text, start), start };
        for (at, message) in outline.warnings {
            line.go_to(at);
            warnings.push(Subject::Perspective.at(line.line, message));
        }
        let mut cuts: Vec<(Range<usize>, Part<'_>)> = Vec::new();
        cuts.extend(outline.hidden.into_iter().map(|(at, is_source_list)| (at..at, Part::Hidden(is_source_list))));
        cuts.extend(outline.sources.into_iter().map(|(range, source)| (range, Part::Source(source))));
        cuts.extend(outline.headings.into_iter().map(|(range, own)| (range, Part::Heading(own.text, own.level))));
        cuts.sort_by_key(|(range, _)| range.start);
        let mut parts: Vec<(usize, Part<'_>)> = Vec::new();
        let mut done = 0;
        for (range, part) in cuts {
            markdown_parts(&outline.text, done..range.start, &mut parts);
            done = range.end;
            parts.push((range.start, part));
        }
        markdown_parts(&outline.text, done..outline.text.len(), &mut parts);
        let heading = |(at, part): &'_ (usize, Part<'_>)| match part {
            Part::Heading(text, level) => Some((*at, text.clone(), *level)),
            _ => None,
        };
        let headings: Vec<_> = parts.iter().filter_map(heading).collect();
        let headings: Vec<_> = headings.iter().map(|(at, text, level)| (*at, text.as_str(), *level)).collect();
        let line_at = |at| line_of(text, start + at);
        let (naming, roles) = Naming::new(front, declared, &names, &headings, line_at, warnings);
        let mut out = Self { naming, ..Self::default() };
        let line = Line { text, at: start, line: line_of(text, start), start };
        out.sort(&outline.text, parts, roles, line, warnings);
        warnings[first..].sort_by_key(|(_, warning)| warning.line);
        out
    }

    fn sort(
        &mut self,
        body: &str,
        parts: Vec<(usize, Part<'_>)>,
        roles: Vec<Role>,
        mut line: Line<'_>,
        warnings: &mut Vec<(Subject, Warning)>,
    ) {
        let mut role = Role::Highlights;
        // Perspective of the current list of articles, where the file names it.
        let mut listed = None;
        // Whether text follows the current heading, and the kind of the previous part.
        let (mut has_text, mut previous) = (false, None);
        // The early layout has the differences last.
        let is_heading =
            |part: &Part<'_>, own: &str| matches!(part, Part::Heading(text, _) if text.eq_ignore_ascii_case(own));
        let has = |own: &str| parts.iter().any(|(_, part)| is_heading(part, own));
        let lacks_differences = has("key points") && !has("key differences in coverage");
        let mut roles = roles.into_iter();
        let links = Definitions::of(body);
        for (at, part) in parts {
            line.go_to(at);
            let new_role = if let Part::Heading(..) = part { roles.next() } else { None };
            let begins = match &part {
                Part::Heading(text, _) if has_text && new_role == Some(Role::Inherit) => {
                    !self.naming.lost.is_empty() || lacks_differences || self.naming.misses(text)
                }
                Part::Text(_, kind, _) if *kind == Kind::Item && follows_blank_line(body, at) => match previous {
                    Some(Kind::Paragraph) => !self.naming.without_heading.is_empty() || lacks_differences,
                    Some(_) => !self.naming.without_heading.is_empty(),
                    None => false,
                },
                _ => false,
            };
            if begins && matches!(role, Role::Perspective(_)) {
                // The writer puts no blank line between bullets of a perspective, and no list after a paragraph.
                let message = match &self.naming.format_missing()[..] {
                    "" => "missing heading above this list; the perspective of its bullets is unknown".to_owned(),
                    ids => format!("missing heading for {ids}; the perspective of the bullets from here on is unknown"),
                };
                warnings.push(Subject::Perspective.at(line.line, message));
                (role, listed) = (Role::Unclear, None);
            }
            if let Part::Heading(..) = part {
                self.note(line.line, "", Use::Heading, "heading");
            }
            previous = if let Part::Text(_, kind, _) = &part { Some(*kind) } else { None };
            match part {
                Part::Heading(text, level) => match new_role.unwrap_or(Role::Inherit) {
                    Role::Inherit => {}
                    // The source list has a section for each perspective.
                    Role::Perspective(perspective) if role == Role::Sources && level > 2 => {
                        listed = Some(Listed { perspective, is_list: true });
                    }
                    new => {
                        listed = match new {
                            Role::Perspective(perspective) => {
                                Some(Listed { perspective, is_list: heading::is_list(&text) })
                            }
                            _ => None,
                        };
                        if new == Role::Unclear {
                            let message =
                                format!("ambiguous heading `{text}`; the perspective of its bullets is unknown");
                            warnings.push(Subject::Perspective.at(line.line, message));
                        }
                        (role, has_text) = (new, false);
                    }
                },
                Part::Hidden(is_source_list) => {
                    role = if is_source_list { Role::Sources } else { Role::Unclear };
                    (listed, has_text) = (None, false);
                }
                Part::Source(source) => self.push_title(source, &body[at..], listed, line.line, warnings),
                // Opens the source list even where its heading is damaged.
                Part::Text(text, ..) if placeholder::opens_source_list(&text) => {
                    self.note(line.line, "", Use::Nothing("opens the list of sources"), "text");
                    if role != Role::Sources && !listed.is_some_and(|listed| listed.is_list) {
                        (role, listed) = (Role::Sources, None);
                    }
                }
                Part::Text(text, kind, raw) if role == Role::Sources => {
                    for place in items::sources(raw) {
                        line.go_to(at + place.start);
                        let item = &raw[place.clone()];
                        match source_line::classify(item, raw, kind == Kind::Item) {
                            source_line::ItemKind::Markup => {}
                            source_line::ItemKind::Prose if place == (0..raw.trim_end().len()) => {
                                self.push_text(&role, text.clone(), item, line.line);
                            }
                            source_line::ItemKind::Prose => {
                                self.push_text(&role, items::plain_text(item), item, line.line);
                            }
                            source_line::ItemKind::Source => {
                                warnings.push(Subject::SourceLine.at(
                                    line.line,
                                    "expected `N. [title](url) - source (M/D/YYYY)`; indexed as far as recognized",
                                ));
                                self.push_title(source_line::salvage(item, &links), item, listed, line.line, warnings);
                            }
                        }
                    }
                }
                Part::Text(text, kind, raw) => {
                    has_text |= matches!(role, Role::Perspective(_)) && !placeholder::is_placeholder(&text);
                    match items::bullets(raw, kind == Kind::Item) {
                        None => self.push_text(&role, text, raw, line.line),
                        Some(bullets) => {
                            let message = "unknown list marks; read as separate items";
                            warnings.push(Subject::List.at(line.line, message));
                            for (start, text) in bullets {
                                line.go_to(at + start);
                                self.push_text(&role, text, "", line.line);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Adds a bullet or highlight, whose Markdown begins in a line.
    fn push_text(&mut self, role: &Role, text: String, raw: &str, line: usize) {
        let becomes = match role {
            _ if placeholder::is_placeholder(&text) => Use::Nothing("placeholder"),
            Role::Perspective(perspective) => {
                self.bullets.push(Bullet { perspective: Some(*perspective), text, section: None });
                Use::Bullet(self.bullets.len() - 1)
            }
            _ => {
                self.highlights.push(Highlight { text, section: None });
                Use::Highlight(self.highlights.len() - 1)
            }
        };
        self.note(line, raw.trim(), becomes, "text");
    }

    /// Notes what became of the lines of a text.
    fn note(&mut self, first: usize, text: &str, becomes: Use, place: &'static str) {
        let lines = first..=first + memchr::memchr_iter(b'\n', text.as_bytes()).count();
        self.lines.extend(lines.map(|line| LineUse { line, becomes, place }));
    }

    fn push_title(
        &mut self,
        source: SourceLine,
        raw: &str,
        listed: Option<Listed>,
        line: usize,
        warnings: &mut Vec<(Subject, Warning)>,
    ) {
        let text = match source.title.contains('<') && source.title.contains("<!--") {
            true => markdown::without_comments(&source.title).trim().to_owned(),
            false => source.title,
        };
        if text.is_empty() {
            // Its position in the list is evidence for the perspectives of the others.
            warnings.push(Subject::SourceLine.at(line, "source line without a title; not indexed"));
        }
        let published = match source.published {
            Published::On(day) => Some(day),
            Published::Missing => None,
            Published::Impossible(text) => {
                warnings.push(Subject::Date.at(line, format!("`{text}` is not a date; the digest's date is used")));
                None
            }
        };
        self.note(line, "", Use::Title(self.titles.len()), "source line");
        self.listed.push(listed);
        self.numbers.push(source_line::number(raw));
        self.titles.push(Title {
            text,
            url: source.url,
            source: source.source,
            locale: source.locale,
            published,
            line,
            source_place: "source line",
            ..Title::default()
        });
    }

    /// Converts the body to a digest and attributes its titles. `head` is the text of the front matter.
    pub fn into_digest(
        self,
        topic: String,
        date: NaiveDate,
        front: &FrontMatter,
        head: &str,
        conventions: &Conventions,
        warnings: &mut Vec<(Subject, Warning)>,
    ) -> Digest {
        let topic_name = front.topic_name.clone().unwrap_or_else(|| topic.clone());
        let Self { mut naming, highlights, bullets, titles, listed, numbers, .. } = self;
        let perspectives = std::mem::take(&mut naming.perspectives);
        let mut digest = Digest {
            topic,
            topic_name,
            date,
            draft: front.draft,
            perspectives,
            highlights,
            bullets,
            titles,
            places: Places { date: "key `date`", topic: "key `topic`", lang: "" },
            ..Digest::default()
        };
        check_days(&mut digest, warnings);
        let own = conventions.topic(&digest.topic);
        let evidence = Evidence { front, head, naming: &naming, listed: &listed, numbers: &numbers };
        attribution::attribute(&mut digest, &evidence, own, warnings);
        digest
    }
}

/// Reports whether the line before an offset is blank.
fn follows_blank_line(body: &str, at: usize) -> bool {
    let mut above = body[..at].rsplit('\n').skip(1);
    above.next().is_none_or(|line| line.trim().is_empty())
}

/// Appends the Markdown blocks between two source lines.
fn markdown_parts<'a>(body: &'a str, gap: Range<usize>, parts: &mut Vec<(usize, Part<'a>)>) {
    let text = &body[gap.clone()];
    if text.trim().is_empty() {
        return;
    }
    let mut blocks = markdown::blocks(text).into_iter().peekable();
    while let Some(block) = blocks.next() {
        // Nested items are separate blocks.
        let end = blocks.peek().map_or(block.range.end, |next| block.range.end.min(next.range.start));
        let part = match block.kind {
            Kind::Heading(level) => Part::Heading(block.text, level),
            kind => Part::Text(block.text, kind, &text[block.range.start..end]),
        };
        parts.push((gap.start + block.range.start, part));
    }
}

/// Warns of titles dated more than two days after their digest and clears their dates. A smaller difference may come
/// from time zones.
fn check_days(digest: &mut Digest, warnings: &mut Vec<(Subject, Warning)>) {
    const TOLERANCE: chrono::Days = chrono::Days::new(2);
    let Some(last) = digest.date.checked_add_days(TOLERANCE) else { return };
    for title in &mut digest.titles {
        if let Some(day) = title.published.take_if(|day| *day > last) {
            let message = format!("dated {day}, more than two days after its digest; the digest's date is used");
            warnings.push(Subject::Date.at(title.line, message));
        }
    }
}

/// Line counter. Offsets must ascend, so that each line is counted once.
struct Line<'a> {
    text: &'a str,
    /// Current offset in the text.
    at: usize,
    /// Line of the offset, from 1.
    line: usize,
    /// Base of given offsets.
    start: usize,
}

impl Line<'_> {
    fn go_to(&mut self, offset: usize) {
        let to = (self.start + offset).max(self.at);
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..to]).count();
        self.at = to;
    }
}

/// Returns the line of a byte offset, from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count()
}
