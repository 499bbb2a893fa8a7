//! Parser of the sections `layouts` and `skip` of the settings.

use super::form::{entries, form, list, text, unknown};
use super::{ConventionsError, Reference, Target};
use crate::digest::rules::{Globs, HeadingPattern, LayoutRules, Part, PartRules, Pattern, Place, PlaceKind, Rules};
use crate::yaml::{Key, Node, Value};

/// Word that leaves out the usual places of a part.
const NONE: &str = "none";

/// Rules as they are read; each one that has no effect is noted later, by its reference.
pub struct RulesReader<'a> {
    pub rules: &'a mut Rules,
    pub references: &'a mut Vec<Reference>,
}

impl RulesReader<'_> {
    /// Reads the section `skip`.
    pub fn skip(&mut self, node: &Node) -> Result<(), ConventionsError> {
        for (key, node) in entries(node, "skip: ")? {
            match &*key.name {
                "files" => {
                    self.rules.skipped_files =
                        self.globs(node, "skip: files: ", true, |glob| Target::Glob(None, glob))?
                }
                "sections" => {
                    self.rules.skipped_sections = self.globs(node, "skip: sections: ", false, Target::Section)?
                }
                _ => return Err(unknown(key, "skip: ", "files or sections")),
            }
        }
        Ok(())
    }

    /// Reads the section `layouts`.
    pub fn layouts(&mut self, node: &Node) -> Result<(), ConventionsError> {
        for node in list(node, "layouts: ")? {
            let layout = self.layout(node)?;
            self.rules.layouts.push(layout);
        }
        Ok(())
    }

    fn layout(&mut self, node: &Node) -> Result<LayoutRules, ConventionsError> {
        const PATH: &str = "layouts: ";
        let mut layout = LayoutRules::default();
        let (keys, number) = (entries(node, PATH)?, self.rules.layouts.len());
        for (key, node) in keys {
            match Part::ALL.into_iter().find(|part| part.as_str() == key.name) {
                Some(part) => {
                    let rules = self.part(part, node)?;
                    layout.parts.push(rules);
                }
                None if key.name == "files" => {
                    layout.files =
                        self.globs(node, "layouts: files: ", true, |glob| Target::Glob(Some(number), glob))?;
                }
                None => {
                    let known =
                        "files, date, topic, language, perspective, section, title, source, bullet or highlight";
                    return Err(unknown(key, PATH, known));
                }
            }
        }
        match layout.files.is_empty() {
            true => Err(ConventionsError::NoFiles { line: node.place.line }),
            false => Ok(layout),
        }
    }

    /// Reads the places of a part: a list, or a single one.
    fn part(&mut self, part: Part, node: &Node) -> Result<PartRules, ConventionsError> {
        let path = format!("layouts: {}: ", part.as_str());
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut rules = PartRules { part, places: Vec::new(), usual: true };
        for (at, node) in nodes.iter().enumerate() {
            match &node.value {
                Value::Text(text) if text == NONE && at + 1 == nodes.len() && part.is_optional() => rules.usual = false,
                Value::Map(keys) => {
                    let (named, keys): (Vec<_>, Vec<_>) = keys.iter().partition(|(key, _)| key.name == "value");
                    let [(key, node)] = &keys[..] else { return Err(form(node, &path, "one place")) };
                    let kind = place(part, key, node, &path)?;
                    let value = match named.first() {
                        Some((key, _)) if !part.has_names() || matches!(kind, PlaceKind::Constant(_)) => {
                            return Err(misplaced(part, key));
                        }
                        Some((_, node)) => Some(text(node, &format!("{path}value: "))?.to_owned()),
                        None => None,
                    };
                    rules.places.push(Place { rule: self.references.len(), kind, value });
                    let target = Target::Rule(self.rules.layouts.len(), part, key.name.clone());
                    self.references.push(Reference { line: key.place.line, target });
                }
                Value::Text(_) if part.is_optional() => {
                    return Err(form(node, &path, "a place such as `key: NAME`, or `none` at the end"));
                }
                _ => return Err(form(node, &path, "a place such as `key: NAME`")),
            }
        }
        Ok(rules)
    }

    /// Reads a glob or a list of globs.
    fn globs(
        &mut self,
        node: &Node,
        path: &str,
        has_case: bool,
        target: impl Fn(String) -> Target,
    ) -> Result<Globs, ConventionsError> {
        let nodes = match &node.value {
            Value::Text(_) => std::slice::from_ref(node),
            _ => list(node, path)?,
        };
        let mut globs = Globs::default();
        for node in nodes {
            let (glob, line) = (text(node, path)?, node.place.line);
            let rule = self.references.len();
            let invalid =
                |message| ConventionsError::Pattern { path: path.to_owned(), text: glob.to_owned(), line, message };
            globs.add(glob, has_case, rule).map_err(invalid)?;
            self.references.push(Reference { line, target: target(glob.to_owned()) });
        }
        Ok(globs)
    }
}

/// Reads a place of a part.
fn place(part: Part, key: &Key, node: &Node, path: &str) -> Result<PlaceKind, ConventionsError> {
    let path = format!("{path}{}: ", key.name);
    let pattern = |node: &Node| pattern(node, &path);
    let kind = match &*key.name {
        "key" => PlaceKind::Key(text(node, &path)?.to_owned()),
        "constant" => PlaceKind::Constant(text(node, &path)?.to_owned()),
        "path" => PlaceKind::Path(pattern(node)?),
        "name" => PlaceKind::Name(pattern(node)?),
        "label" => PlaceKind::Label(pattern(node)?),
        "after" => PlaceKind::After(pattern(node)?),
        "heading" => PlaceKind::Heading(heading(node, &path)?),
        _ => return Err(misplaced(part, key)),
    };
    if part.can_be_at(&kind) { Ok(kind) } else { Err(misplaced(part, key)) }
}

fn misplaced(part: Part, key: &Key) -> ConventionsError {
    ConventionsError::Place { part, key: key.name.clone(), line: key.place.line }
}

fn pattern(node: &Node, path: &str) -> Result<Pattern, ConventionsError> {
    let written = text(node, path)?;
    Pattern::new(written).map_err(|message| ConventionsError::Pattern {
        path: path.to_owned(),
        text: written.to_owned(),
        line: node.place.line,
        message,
    })
}

/// Reads a pattern of headings: a regular expression, or a mapping with a level, an expression or both.
fn heading(node: &Node, path: &str) -> Result<HeadingPattern, ConventionsError> {
    let Value::Map(keys) = &node.value else {
        return Ok(HeadingPattern { level: None, pattern: Some(pattern(node, path)?) });
    };
    let mut heading = HeadingPattern { level: None, pattern: None };
    for (key, node) in keys {
        match &*key.name {
            "level" => match text(node, path)?.parse() {
                Ok(level @ 1..=6) => heading.level = Some(level),
                _ => return Err(form(node, &format!("{path}level: "), "a number from 1 to 6")),
            },
            "pattern" => heading.pattern = Some(pattern(node, &format!("{path}pattern: "))?),
            _ => return Err(unknown(key, path, "level or pattern")),
        }
    }
    match (&heading.level, &heading.pattern) {
        (None, None) => Err(form(node, path, "a regular expression, a level or both")),
        _ => Ok(heading),
    }
}
