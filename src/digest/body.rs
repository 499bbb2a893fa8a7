//! The body of a digest: its source lines and Markdown blocks in file order, sorted into highlights, bullets and titles.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use super::front_matter::{FrontMatter, MAX_PERSPECTIVES};
use super::heading::{self, Role};
use super::markdown::{self, Kind};
use super::source_line::{self, Published, SourceLine};
use super::{Attribution, Bullet, Conventions, Digest, Perspective, Subject, Title, Warning};
use super::{attribution, placeholder};

/// A part of the body, in file order.
enum Part<'a> {
    Source(SourceLine),
    Heading(String, u8),
    /// A list item or a paragraph: its text, and how it stands in the file.
    Text(String, Kind, &'a str),
}

/// The body, sorted into what is kept of it.
#[derive(Default)]
pub struct Body {
    perspectives: Vec<Perspective>,
    /// Words that name each perspective: its id, its name, its headings.
    words: Vec<BTreeSet<String>>,
    pub highlights: Vec<String>,
    pub bullets: Vec<Bullet>,
    pub titles: Vec<Title>,
}

impl Body {
    pub fn read(text: &str, start: usize, front: &FrontMatter, warnings: &mut Vec<(Subject, Warning)>) -> Self {
        let body = &text[start..];
        let mut parts: Vec<(usize, Part<'_>)> = Vec::new();
        let mut done = 0;
        for (range, source) in source_line::scan(body) {
            markdown_parts(body, done..range.start, &mut parts);
            done = range.end;
            parts.push((range.start, Part::Source(source)));
        }
        markdown_parts(body, done..body.len(), &mut parts);
        let mut out = Self::default();
        for (at, message) in out.name_perspectives(front, &parts) {
            warnings.push(Subject::Side.at(line_of(text, start + at), message));
        }
        out.sort(parts, Line { text, at: start, line: line_of(text, start), start }, warnings);
        out
    }

    /// The perspectives: those of the front matter, else of its `<id>Sources` counts, else of the headings. Gives the
    /// places of headings that name a side where the front matter names others, and what is made of them.
    fn name_perspectives(&mut self, front: &FrontMatter, parts: &[(usize, Part<'_>)]) -> Vec<(usize, String)> {
        let counted = front.source_counts.iter().map(|(id, n)| Perspective {
            id: id.clone(),
            name: capitalized(id),
            count: Some(*n),
        });
        self.perspectives = if front.perspectives.is_empty() { counted.collect() } else { front.perspectives.clone() };
        let own_words = |p: &Perspective| BTreeSet::from_iter(heading::words(&format!("{} {}", p.id, p.name)));
        self.words = self.perspectives.iter().map(own_words).collect();
        let mut has_heading = vec![false; self.perspectives.len()];
        let mut undeclared: Vec<(usize, String, &str)> = Vec::new();
        for (at, part) in parts {
            let Part::Heading(heading, level) = part else { continue };
            match heading::role(heading, *level, &self.perspectives) {
                Role::Perspective(side) => {
                    has_heading[side] = true;
                    self.words[side].extend(heading::words(heading));
                }
                Role::Undeclared(name)
                    if undeclared.len() < MAX_PERSPECTIVES && !undeclared.iter().any(|(_, n, _)| *n == name) =>
                {
                    undeclared.push((*at, name, heading));
                }
                _ => {}
            }
        }
        // Early digests name a side in the counts and call it otherwise in its heading. Where there is one such heading
        // and one such side, they are the same.
        let headless: Vec<usize> = (0..has_heading.len()).filter(|&i| !has_heading[i]).collect();
        if let (true, [(_, _, heading)], [side]) = (front.perspectives.is_empty(), &undeclared[..], &headless[..]) {
            self.words[*side].extend(heading::words(heading));
            return Vec::new();
        }
        let mut odd = Vec::new();
        for (at, name, heading) in undeclared {
            let id = heading::words(&name).join("-");
            if !self.perspectives.iter().any(|p| p.id == id) {
                if !has_heading.is_empty() {
                    odd.push((
                        at,
                        format!("the front matter does not name the side of `{heading}`; it is called `{id}`"),
                    ));
                }
                self.perspectives.push(Perspective { id, name, count: None });
                self.words.push(heading::words(heading).into_iter().collect());
            }
        }
        odd
    }

    fn role(&self, heading: &str, level: u8) -> Role {
        match heading::role(heading, level, &self.perspectives) {
            Role::Undeclared(_) => {
                let words: BTreeSet<String> = heading::words(heading).into_iter().collect();
                self.words.iter().position(|named| words.is_subset(named)).map_or(Role::Highlights, Role::Perspective)
            }
            role => role,
        }
    }

    fn sort(&mut self, parts: Vec<(usize, Part<'_>)>, mut line: Line<'_>, warnings: &mut Vec<(Subject, Warning)>) {
        let mut role = Role::Highlights;
        // The side whose articles are listed, where the file says it.
        let mut listed = None;
        for (at, part) in parts {
            line.go_to(at);
            match part {
                Part::Heading(text, level) => match self.role(&text, level) {
                    Role::Inherit => {}
                    // The source list has a part for each side.
                    Role::Perspective(side) if role == Role::Sources && level > 2 => listed = Some(side),
                    new => {
                        listed = if let Role::Perspective(side) = new { Some(side) } else { None };
                        role = new;
                    }
                },
                Part::Source(source) => self.title(source, listed, line.line, warnings),
                Part::Text(text, ..) if placeholder::is_placeholder(&text) => {}
                Part::Text(text, kind, raw) => match role {
                    Role::Perspective(perspective) => self.bullets.push(Bullet { perspective, text }),
                    Role::Sources if kind == Kind::Item || raw.contains("](") => {
                        warnings.push(Subject::SourceLine.at(
                            line.line,
                            "not of the form `N. [title](url) - outlet (M/D/YYYY)`; kept what there is",
                        ));
                        self.title(source_line::salvage(raw), listed, line.line, warnings);
                    }
                    _ => self.highlights.push(text),
                },
            }
        }
    }

    fn title(
        &mut self,
        source: SourceLine,
        listed: Option<usize>,
        line: usize,
        warnings: &mut Vec<(Subject, Warning)>,
    ) {
        if source.title.is_empty() {
            // It keeps its place in the list, which tells whose the others are.
            warnings.push(Subject::SourceLine.at(line, "source line without a title; not indexed"));
        }
        let published = match source.published {
            Published::On(day) => Some(day),
            Published::Missing => None,
            Published::Impossible(text) => {
                warnings.push(Subject::Date.at(line, format!("`{text}` is no date; the digest's is used")));
                None
            }
        };
        self.titles.push(Title {
            text: source.title,
            url: source.url,
            source: source.outlet,
            locale: source.locale,
            published,
            line,
            perspective: listed.map(|side| (side, Attribution::Heading)),
        });
    }

    pub fn into_digest(
        self,
        topic: String,
        date: NaiveDate,
        front: FrontMatter,
        conventions: &Conventions,
        warnings: &mut Vec<(Subject, Warning)>,
    ) -> Digest {
        let topic_name = front.topic_name.unwrap_or_else(|| topic.clone());
        let Self { perspectives, words, highlights, bullets, titles } = self;
        let mut digest =
            Digest { topic, topic_name, date, draft: front.draft, perspectives, highlights, bullets, titles };
        let early = front.perspectives.is_empty();
        attribution::check_counts(&digest, front.article_count, early, warnings);
        attribution::attribute(&mut digest, early, &words);
        if let Some(own) = conventions.topics.get(&digest.topic) {
            attribution::apply(own, &mut digest, warnings);
        }
        digest
    }
}

/// The Markdown blocks between two source lines.
fn markdown_parts<'a>(body: &'a str, gap: Range<usize>, parts: &mut Vec<(usize, Part<'a>)>) {
    let text = &body[gap.clone()];
    if text.trim().is_empty() {
        return;
    }
    parts.extend(markdown::blocks(text).into_iter().map(|block| {
        let part = match block.kind {
            Kind::Heading(level) => Part::Heading(block.text, level),
            kind => Part::Text(block.text, kind, &text[block.range.clone()]),
        };
        (gap.start + block.range.start, part)
    }));
}

fn capitalized(id: &str) -> String {
    let mut chars = id.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The line of a place in a text. Places are asked for in order, so each line is counted once.
struct Line<'a> {
    text: &'a str,
    /// Offset of the place in the text.
    at: usize,
    /// Its line, from 1.
    line: usize,
    /// Where offsets are counted from.
    start: usize,
}

impl Line<'_> {
    fn go_to(&mut self, offset: usize) {
        let to = (self.start + offset).max(self.at);
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..to]).count();
        self.at = to;
    }
}

/// The line of a byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count()
}
