//! Who the perspectives of a digest are: those of the front matter, else of its `<id>Sources` counts, else of the
//! headings; and whether its headings fit them.

use super::front_matter::{FrontMatter, MAX_PERSPECTIVES};
use super::heading::{self, Role};
use super::{Perspective, Subject, Warning};

/// The perspectives and what they are called.
#[derive(Debug, Default)]
pub struct Sides {
    pub perspectives: Vec<Perspective>,
    /// All that each perspective is called: its id, its name, its headings.
    pub called: Vec<Vec<String>>,
    /// The place of the heading above each perspective's bullets.
    pub sections: Vec<Option<usize>>,
    /// Perspectives of the front matter that no heading names.
    pub without_heading: Vec<usize>,
    /// Those of them that are not said to have no articles, so that the writer gave them a heading.
    pub lost: Vec<usize>,
    /// Whether a perspective has several headings while another has none: one of them may be the other's.
    is_doubled: Vec<bool>,
    /// Whether the name of one perspective is the id of another, so that nobody can tell which of them is meant.
    pub is_crossed: bool,
    /// The names of headings that the front matter has no name for, and whose they are.
    undeclared: Vec<(String, usize)>,
}

/// A heading in the body: its place, its text and its level.
pub type Heading<'a> = (usize, &'a str, u8);

/// The perspectives that the front matter names.
pub fn declared(front: &FrontMatter) -> Vec<Perspective> {
    let of_count = |(id, n): &(String, usize)| Perspective { id: id.clone(), name: capitalized(id), count: Some(*n) };
    match &front.perspectives[..] {
        [] => front.source_counts.iter().map(of_count).collect(),
        listed => listed.to_owned(),
    }
}

impl Sides {
    /// The perspectives that the front matter declares and those of headings that name others. `line_of` gives the line
    /// of a place.
    pub fn new<'a>(
        front: &FrontMatter,
        declared: Vec<Perspective>,
        headings: impl Iterator<Item = Heading<'a>>,
        line_of: impl Fn(usize) -> usize,
        warnings: &mut Vec<(Subject, Warning)>,
    ) -> Self {
        let count = declared.len();
        let called = declared.iter().map(|p| vec![p.id.clone(), p.name.clone()]).collect();
        let mut sides = Self { perspectives: declared, called, sections: vec![None; count], ..Self::default() };
        let mut has_heading = vec![false; count];
        let mut headings_of = vec![Vec::new(); count];
        let mut undeclared: Vec<(usize, String, &str)> = Vec::new();
        for (at, text, level) in headings {
            match heading::role(text, level, &sides.perspectives) {
                Role::Perspective(side) => {
                    has_heading[side] = true;
                    sides.called[side].push(text.to_owned());
                    if heading::is_own_form(text) {
                        headings_of[side].push(at);
                    }
                    if heading::is_own_form(text) && level < 3 {
                        sides.sections[side].get_or_insert(at);
                    }
                }
                Role::Undeclared(name)
                    if undeclared.len() < MAX_PERSPECTIVES && !undeclared.iter().any(|(_, n, _)| *n == name) =>
                {
                    undeclared.push((at, name, text));
                }
                _ => {}
            }
        }
        sides.is_crossed = (0..count).any(|side| heading::is_crossed(side, &sides.perspectives));
        sides.without_heading = (0..count).filter(|&side| !has_heading[side]).collect();
        // Early digests name a perspective in the counts and call it otherwise in its heading. Where there is one such
        // heading and one such perspective, they are the same.
        if let (true, [(at, name, text)], [side]) =
            (front.perspectives.is_empty(), &undeclared[..], &sides.without_heading[..])
        {
            sides.called[*side].push((*text).to_owned());
            sides.sections[*side] = Some(*at);
            sides.undeclared.push((name.clone(), *side));
            sides.without_heading.clear();
            undeclared.clear();
        }
        let has_articles = |side: &usize| sides.perspectives[*side].count != Some(0);
        sides.lost = sides.without_heading.iter().copied().filter(has_articles).collect();
        sides.is_doubled = headings_of.iter().map(|at| at.len() > 1 && !sides.without_heading.is_empty()).collect();
        for (side, at) in headings_of.iter().enumerate().filter(|(side, _)| !sides.is_doubled[*side]) {
            // In a source list, a part may have the heading of a section.
            let message = format!("there is a heading of `{}` above", sides.perspectives[side].id);
            warnings.extend(at.get(1).map(|at| Subject::Side.at(line_of(*at), message)));
        }
        for (at, name, text) in undeclared {
            let id = heading::words(&name).join("-");
            let id = if id.is_empty() { name.split_whitespace().collect::<Vec<_>>().join("-") } else { id };
            if let Some(side) = sides.perspectives.iter().position(|p| p.id == id) {
                sides.undeclared.push((name, side));
                continue;
            }
            if count > 0 {
                let message = format!("the front matter does not name the side of `{text}`; it is called `{id}`");
                warnings.push(Subject::Side.at(line_of(at), message));
            }
            sides.undeclared.push((name.clone(), sides.perspectives.len()));
            sides.perspectives.push(Perspective { id, name, count: None });
            sides.called.push(vec![text.to_owned()]);
            sides.sections.push(Some(at));
            sides.is_doubled.push(false);
        }
        sides
    }

    /// What stands under a heading.
    pub fn role(&self, heading: &str, level: u8) -> Role {
        match heading::role(heading, level, &self.perspectives) {
            Role::Undeclared(name) => {
                let known = self.undeclared.iter().find(|(undeclared, _)| *undeclared == name);
                known.map_or(Role::Highlights, |(_, side)| Role::Perspective(*side))
            }
            Role::Perspective(side) if self.is_doubled[side] && heading::is_own_form(heading) => Role::Unclear,
            role => role,
        }
    }

    /// Whether a heading has the name of a perspective that no heading is of.
    pub fn misses(&self, heading: &str) -> bool {
        self.without_heading.iter().any(|&side| heading::holds(heading, &self.perspectives[side].name))
    }

    /// The ids of the perspectives that no heading names, for people.
    pub fn missing(&self) -> String {
        let ids: Vec<_> =
            self.without_heading.iter().map(|&side| format!("`{}`", self.perspectives[side].id)).collect();
        ids.join(", ")
    }
}

fn capitalized(id: &str) -> String {
    let mut chars = id.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
