//! Perspectives of a digest, declared by the front matter, else by its `<id>Sources` counts, else by headings; and the
//! roles of its headings.

use super::front_matter::{FrontMatter, MAX_PERSPECTIVES};
use super::heading::{self, Role};
use super::names::{self, Names};
use super::{Perspective, Subject, Warning};

/// Perspectives and their names in the file.
#[derive(Debug, Default)]
pub struct Naming {
    pub perspectives: Vec<Perspective>,
    /// For each perspective, its id, its name and its headings.
    pub labels: Vec<Vec<String>>,
    /// For each perspective, the offset of the heading above its bullets.
    pub sections: Vec<Option<usize>>,
    /// Declared perspectives that no heading names.
    pub without_heading: Vec<usize>,
    /// Declared perspectives with articles but without a heading, which the writer would have written.
    pub lost: Vec<usize>,
    /// True if the name of a perspective is the id of another, so that headings are ambiguous.
    pub is_crossed: bool,
    /// Names in headings that the front matter does not declare, and their perspectives.
    undeclared: Vec<(String, usize)>,
}

/// Offset, text and level of a heading.
pub type Heading<'a> = (usize, &'a str, u8);

/// Returns the perspectives that the front matter declares.
pub fn declared(front: &FrontMatter) -> Vec<Perspective> {
    let from_count = |(id, n): &(String, usize)| Perspective { id: id.clone(), name: capitalized(id), count: Some(*n) };
    match &front.perspectives[..] {
        [] => front.source_counts.iter().map(from_count).collect(),
        listed => listed.to_owned(),
    }
}

impl Naming {
    /// Combines the declared perspectives, with their `names`, and those that only headings name. Returns them with the
    /// role of each heading. `line_of` maps an offset to a line.
    pub fn new(
        front: &FrontMatter,
        declared: Vec<Perspective>,
        names: &Names,
        headings: &[Heading<'_>],
        line_of: impl Fn(usize) -> usize,
        warnings: &mut Vec<(Subject, Warning)>,
    ) -> (Self, Vec<Role>) {
        let count = declared.len();
        let labels = declared.iter().map(|p| vec![p.id.clone(), p.name.clone()]).collect();
        let mut naming = Self { perspectives: declared, labels, sections: vec![None; count], ..Self::default() };
        let role = |names: &Names, (_, text, level): &Heading<'_>| heading::role(text, *level, names);
        let mut roles: Vec<Role> = headings.iter().map(|heading| role(names, heading)).collect();
        let own = naming.own_headings(headings, &roles);
        let mut undeclared: Vec<&Heading<'_>> = Vec::new();
        for (heading, role) in headings.iter().zip(&roles) {
            let is_new = |name: &str| naming.undeclared.iter().all(|(other, _)| other != name);
            if let Role::Undeclared(name) = role
                && undeclared.len() < MAX_PERSPECTIVES
                && is_new(name)
            {
                undeclared.push(heading);
                naming.undeclared.push((name.clone(), usize::MAX));
            }
        }
        let crossed: Vec<usize> = (0..count).filter(|&perspective| names.is_crossed(perspective)).collect();
        naming.is_crossed = !crossed.is_empty();
        naming.without_heading =
            (0..count).filter(|perspective| !roles.contains(&Role::Perspective(*perspective))).collect();
        // Early digests use different names in the counts and the headings. If one name is left on each side, both are
        // the same perspective.
        if let (true, [(at, text, _)], [perspective]) =
            (front.perspectives.is_empty(), &undeclared[..], &naming.without_heading[..])
        {
            naming.labels[*perspective].push((*text).to_owned());
            naming.sections[*perspective] = Some(*at);
            naming.undeclared[0].1 = *perspective;
            naming.without_heading.clear();
        } else if !undeclared.is_empty() {
            for (at, n) in undeclared.iter().map(|(at, ..)| *at).zip(0..) {
                naming.add(n, at, headings, |message| {
                    if count > 0 {
                        warnings.push(Subject::Perspective.at(line_of(at), message));
                    }
                });
            }
            let names = Names::new(&naming.perspectives);
            roles = headings.iter().map(|heading| role(&names, heading)).collect();
        }
        let has_articles = |perspective: &usize| naming.perspectives[*perspective].count != Some(0);
        naming.lost = naming.without_heading.iter().copied().filter(has_articles).collect();
        let doubled: Vec<usize> = (0..count).filter(|&perspective| own[perspective].len() > 1).collect();
        for role in &mut roles {
            if let Role::Undeclared(name) = role {
                let known = naming.undeclared.iter().find(|(undeclared, _)| undeclared == name);
                *role = known.map_or(Role::Highlights, |(_, perspective)| Role::Perspective(*perspective));
            }
            if matches!(role, Role::Perspective(perspective) if crossed.contains(perspective)) {
                *role = Role::Unclear;
            }
        }
        for perspective in doubled {
            let message = || format!("repeated heading of `{}`", naming.perspectives[perspective].id);
            match naming.without_heading.is_empty() {
                true => warnings.push(Subject::Perspective.at(line_of(headings[own[perspective][1]].0), message())),
                // One of them may belong to the perspective without a heading.
                false => own[perspective].iter().for_each(|at| roles[*at] = Role::Unclear),
            }
        }
        (naming, roles)
    }

    /// Adds the headings of each perspective to its labels, and returns those in the writer's own form.
    fn own_headings(&mut self, headings: &[Heading<'_>], roles: &[Role]) -> Vec<Vec<usize>> {
        let mut own = vec![Vec::new(); self.perspectives.len()];
        for (n, ((at, text, level), role)) in headings.iter().zip(roles).enumerate() {
            let Role::Perspective(perspective) = *role else { continue };
            self.labels[perspective].push((*text).to_owned());
            if heading::is_own_form(text) {
                own[perspective].push(n);
                if *level < 3 {
                    self.sections[perspective].get_or_insert(*at);
                }
            }
        }
        own
    }

    /// Adds the perspective of an undeclared heading, unless its id exists.
    fn add(&mut self, n: usize, at: usize, headings: &[Heading<'_>], warn: impl FnOnce(String)) {
        let name = self.undeclared[n].0.clone();
        let words = names::words(&name);
        let id = if words.is_empty() {
            name.split_whitespace().collect::<Vec<_>>()
        } else {
            words.iter().map(String::as_str).collect()
        };
        let id = id.join("-");
        if let Some(perspective) = self.perspectives.iter().position(|p| p.id == id) {
            self.undeclared[n].1 = perspective;
            return;
        }
        let text = headings.iter().find(|(place, ..)| *place == at).map_or("", |(_, text, _)| text);
        warn(format!("the perspective of the heading `{text}` is missing from the front matter; `{id}` is used"));
        self.undeclared[n].1 = self.perspectives.len();
        self.perspectives.push(Perspective { id, name, count: None });
        self.labels.push(vec![text.to_owned()]);
        self.sections.push(Some(at));
    }

    /// Reports whether a heading contains the name of a perspective without a heading.
    pub fn misses(&self, heading: &str) -> bool {
        self.without_heading.iter().any(|&perspective| names::contains(heading, &self.perspectives[perspective].name))
    }

    /// Formats the ids of the perspectives without a heading.
    pub fn format_missing(&self) -> String {
        let ids: Vec<_> = self
            .without_heading
            .iter()
            .map(|&perspective| format!("`{}`", self.perspectives[perspective].id))
            .collect();
        ids.join(", ")
    }
}

fn capitalized(id: &str) -> String {
    let mut chars = id.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
