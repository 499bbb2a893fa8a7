//! Puts a digest together: front matter, then the body's source lines and Markdown blocks in file order, then the
//! attribution of titles to perspectives and what the corpus says about itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use super::front_matter::{self, FrontMatter, MAX_PERSPECTIVES};
use super::heading::{self, Role};
use super::markdown::{self, Kind};
use super::source_line::{self, Definitions, Published, SourceLine};
use super::{Attribution, Bullet, Conventions, Digest, Outcome, Parsed, Perspective, Subject, Title};
use super::{TopicConventions, Warning};
use super::{attribution, items, likeness, mojibake, placeholder};
use crate::letters::fold;

/// Real digests have 35 units. What has more than this is no digest.
const MAX_UNITS: usize = 10_000;

/// So many warnings are kept for a file; the others are counted.
const MAX_WARNINGS: usize = 100;

/// A topic id is typed on command lines; a longer one is a mistake in the file.
const MAX_TOPIC_BYTES: usize = 200;

/// Reads the text of one file, whose lines end with `\n`.
pub fn parse(text: &str, conventions: &Conventions) -> Parsed {
    let text = without_marks(text);
    if text.trim().is_empty() {
        return unusable(Warning::file("the file is empty"));
    }
    let text = mojibake::repair(&text);
    let block = match front_matter::block(&text) {
        Ok(block) => block,
        Err(found) => return likeness::without_front_matter(&text, found).map_or_else(no_digest, unusable),
    };
    let mut warnings = Vec::new();
    let front = front_matter::read(&block, &mut warnings);
    match identity(&front) {
        Ok(Some((topic, date))) => {
            let body = Body::read(&text, block.body, &front, &mut warnings);
            let units = body.highlights.len() + body.bullets.len() + body.titles.len();
            if units == 0 {
                warnings.push(Subject::Empty.file("there is nothing in it: no highlight, no bullet and no title"));
            }
            if units > MAX_UNITS {
                return unusable(Warning::file(format!(
                    "it has {units} highlights, bullets and titles; at most {MAX_UNITS} are read"
                )));
            }
            let digest = body.into_digest(topic, date, front, conventions, &mut warnings);
            if warnings.len() > MAX_WARNINGS {
                let more = warnings.len() - MAX_WARNINGS;
                warnings.truncate(MAX_WARNINGS);
                warnings.push(Subject::More.file(format!("and {more} more warnings")));
            }
            Parsed { outcome: Outcome::Digest(Box::new(digest)), warnings }
        }
        Ok(None) => likeness::without_identity(&text, block.body).map_or_else(no_digest, unusable),
        Err(warning) => Parsed { outcome: Outcome::Unusable(warning), warnings },
    }
}

/// The text without byte order marks where lines begin: files that are put together have several.
fn without_marks(text: &str) -> Cow<'_, str> {
    const MARK: char = '\u{feff}';
    let text = text.trim_start_matches(MARK);
    if memchr::memmem::find(text.as_bytes(), "\n\u{feff}".as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| line.trim_start_matches(MARK));
    Cow::Owned(lines.collect())
}

fn no_digest() -> Parsed {
    Parsed { outcome: Outcome::NotADigest, warnings: Vec::new() }
}

fn unusable(warning: Warning) -> Parsed {
    Parsed { outcome: Outcome::Unusable(warning), warnings: Vec::new() }
}

/// Topic and day, which make a file a digest; none where it has neither.
fn identity(front: &FrontMatter) -> Result<Option<(String, NaiveDate)>, Warning> {
    let is_line = |line: Option<usize>, message: String| Warning { line, message };
    let has_sides = !front.source_counts.is_empty() || !front.perspectives.is_empty();
    if let Some(broken) = &front.broken {
        return Err(broken.clone());
    }
    let Some(topic) = &front.topic else {
        // A page with a date alone is a page of the site, not a digest gone wrong, unless it lists sources.
        let message =
            "the front matter has no usable `topic`; write it at the start of a line, as `topic: china-japan`";
        let is_page = !has_sides && front.topic_line.is_none();
        return if is_page { Ok(None) } else { Err(is_line(front.topic_line, message.to_owned())) };
    };
    match &front.date {
        // Pages have a `Topic` of their own.
        None if !front.is_plain_topic && !has_sides && front.date_line.is_none() => Ok(None),
        None => Err(is_line(front.date_line, format!("the front matter has the topic `{topic}` but no `date`"))),
        Some(Err(text)) => Err(is_line(front.date_line, format!("`date: {text}` is no date; write it as 2026-01-07"))),
        Some(Ok(_)) if topic.len() > MAX_TOPIC_BYTES || topic.chars().any(char::is_control) => {
            let message = format!("the topic is longer than {MAX_TOPIC_BYTES} bytes or holds control characters");
            Err(is_line(front.topic_line, message))
        }
        Some(Ok(date)) => Ok(Some((topic.clone(), *date))),
    }
}

/// A part of the body, in file order.
enum Part<'a> {
    Source(SourceLine),
    Heading(String, u8),
    /// A list item or a paragraph: its text, and how it stands in the file.
    Text(String, Kind, &'a str),
}

/// The body, sorted into what is kept of it.
#[derive(Default)]
struct Body {
    perspectives: Vec<Perspective>,
    /// Words that name each perspective: its id, its name, its headings.
    words: Vec<BTreeSet<String>>,
    highlights: Vec<String>,
    bullets: Vec<Bullet>,
    titles: Vec<Title>,
}

impl Body {
    fn read(text: &str, start: usize, front: &FrontMatter, warnings: &mut Vec<(Subject, Warning)>) -> Self {
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
        let links = Definitions::of(body);
        out.sort(parts, Line { text, at: start, line: line_of(text, start), start }, &links, warnings);
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

    fn sort(
        &mut self,
        parts: Vec<(usize, Part<'_>)>,
        mut line: Line<'_>,
        links: &Definitions<'_>,
        warnings: &mut Vec<(Subject, Warning)>,
    ) {
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
                Part::Text(text, kind, raw) if role == Role::Sources => {
                    for place in items::sources(raw) {
                        line.go_to(at + place.start);
                        let item = &raw[place.clone()];
                        match source_line::sort(item, raw, kind == Kind::Item) {
                            source_line::Sort::Nothing => {}
                            source_line::Sort::Prose if place == (0..raw.trim_end().len()) => {
                                self.point(&role, text.clone())
                            }
                            source_line::Sort::Prose => self.point(&role, items::shown(item)),
                            source_line::Sort::Source => {
                                warnings.push(Subject::SourceLine.at(
                                    line.line,
                                    "not of the form `N. [title](url) - outlet (M/D/YYYY)`; kept what there is",
                                ));
                                self.title(source_line::salvage(item, links), listed, line.line, warnings);
                            }
                        }
                    }
                }
                Part::Text(text, kind, raw) => match items::points(raw, kind == Kind::Item) {
                    None => self.point(&role, text),
                    Some(points) => {
                        let message = "list marks that Markdown does not recognize; read as separate items";
                        warnings.push(Subject::List.at(line.line, message));
                        points.into_iter().for_each(|(_, text)| self.point(&role, text));
                    }
                },
            }
        }
    }

    /// Adds a text that is no title.
    fn point(&mut self, role: &Role, text: String) {
        match role {
            _ if placeholder::is_placeholder(&text) => {}
            Role::Perspective(perspective) => self.bullets.push(Bullet { perspective: *perspective, text }),
            _ => self.highlights.push(text),
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

    fn into_digest(
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
        check_days(&mut digest, warnings);
        check_counts(&digest, front.article_count, early, warnings);
        attribute(&mut digest, early, &words);
        if let Some(own) = conventions.topic(&digest.topic) {
            apply(own, &mut digest, warnings);
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
    let mut blocks = markdown::blocks(text).into_iter().peekable();
    while let Some(block) = blocks.next() {
        // The items within an item are blocks of their own.
        let end = blocks.peek().map_or(block.range.end, |next| block.range.end.min(next.range.start));
        let part = match block.kind {
            Kind::Heading(level) => Part::Heading(block.text, level),
            kind => Part::Text(block.text, kind, &text[block.range.start..end]),
        };
        parts.push((gap.start + block.range.start, part));
    }
}

/// Says which titles are dated later than their digest by more than a difference of zones, and forgets their days: a
/// digest lists what has been published.
fn check_days(digest: &mut Digest, warnings: &mut Vec<(Subject, Warning)>) {
    const MOST: chrono::Days = chrono::Days::new(2);
    let Some(last) = digest.date.checked_add_days(MOST) else { return };
    for title in &mut digest.titles {
        if let Some(day) = title.published.take_if(|day| *day > last) {
            let message =
                format!("dated {day}, more than two days after its digest; the digest's date is used instead");
            warnings.push(Subject::Date.at(title.line, message));
        }
    }
}

/// Says where the front matter's counts and the list disagree.
fn check_counts(digest: &Digest, articles: Option<usize>, early: bool, warnings: &mut Vec<(Subject, Warning)>) {
    let lines = digest.titles.len();
    if let Some(articles) = articles.filter(|&n| n != lines) {
        warnings.push(Subject::Count.file(format!("`articleCount` is {articles}, but there are {lines} source lines")));
    }
    let has_counts = digest.perspectives.iter().any(|p| p.count.is_some());
    if has_counts && attribution::adding_up(&digest.perspectives, lines).is_none() {
        let key = if early { "the `…Sources` counts" } else { "the counts of `perspectives`" };
        warnings.push(
            Subject::Count
                .file(format!("{key} don't add up to the {lines} source lines; the order can't tell whose they are")),
        );
    }
}

fn attribute(digest: &mut Digest, early: bool, words: &[BTreeSet<String>]) {
    let Some(counts) = attribution::adding_up(&digest.perspectives, digest.titles.len()) else { return };
    let (sides, how) = if early {
        let Some(sides) = attribution::by_locale(&digest.titles, &counts, words) else { return };
        (sides, Attribution::Locale)
    } else {
        (attribution::by_order(&counts), Attribution::Order)
    };
    for (title, side) in digest.titles.iter_mut().zip(sides) {
        title.perspective.get_or_insert((side, how));
    }
}

/// What the corpus says about the topic wins over what was worked out.
fn apply(own: &TopicConventions, digest: &mut Digest, warnings: &mut Vec<(Subject, Warning)>) {
    for i in 0..digest.perspectives.len() {
        if let Some(id) = own.of_perspective(&digest.perspectives[i].id) {
            digest.perspectives[i].id = known(id, &digest.perspectives).to_owned();
        }
    }
    // Two that are now one: everything goes to the first.
    let first = |id: &str| digest.perspectives.iter().position(|p| p.id == id);
    let merged: Vec<usize> = digest.perspectives.iter().filter_map(|p| first(&p.id)).collect();
    digest.bullets.iter_mut().for_each(|bullet| bullet.perspective = merged[bullet.perspective]);
    let mut unknown = BTreeSet::new();
    for title in &mut digest.titles {
        title.perspective = title.perspective.map(|(side, how)| (merged[side], how));
        let Some(id) = title.locale.as_ref().and_then(|locale| own.of_locale(locale)) else { continue };
        match first(known(id, &digest.perspectives)) {
            Some(side) => title.perspective = Some((side, Attribution::Configured)),
            None => drop(unknown.insert(id)),
        }
    }
    for id in unknown {
        warnings.push(Subject::Settings.file(format!(
            "digest-search.yaml gives a locale to the perspective `{id}`, which this digest does not have"
        )));
    }
}

/// Returns the id that a perspective has which is named in any case and form; the name where there is none.
fn known<'a>(id: &'a str, perspectives: &'a [Perspective]) -> &'a str {
    let is_it = |other: &&Perspective| other.id == id || fold(&other.id) == fold(id);
    perspectives.iter().find(is_it).map_or(id, |perspective| &perspective.id)
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
