//! Rules of one file, and those of them that matched.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{Globs, LayoutRules, Part, PartRules, Place};

/// Rules of a file.
#[derive(Debug)]
pub struct FileRules<'a> {
    layout: Option<&'a LayoutRules>,
    skipped_sections: &'a Globs,
    /// Numbers of the rules that matched.
    used: RefCell<BTreeSet<usize>>,
}

impl<'a> FileRules<'a> {
    pub(super) fn new(layout: Option<&'a LayoutRules>, skipped_sections: &'a Globs) -> Self {
        Self { layout, skipped_sections, used: RefCell::default() }
    }

    /// Reports whether no rule concerns the file.
    pub fn is_empty(&self) -> bool {
        self.layout.is_none() && self.skipped_sections.is_empty()
    }

    fn rules(&self, part: Part) -> Option<&'a PartRules> {
        self.layout?.parts.iter().find(|rules| rules.part == part)
    }

    /// Returns the places of a part, in the order in which they are tried.
    pub fn places(&self, part: Part) -> &'a [Place] {
        self.rules(part).map_or(&[], |rules| &rules.places)
    }

    /// Reports whether a part may be in its usual places.
    pub fn usual(&self, part: Part) -> bool {
        self.rules(part).is_none_or(|rules| rules.usual)
    }

    /// Returns the first value that a place of a part has.
    pub fn first<T>(&self, part: Part, mut value: impl FnMut(&'a Place) -> Option<T>) -> Option<T> {
        let (place, value) = self.places(part).iter().find_map(|place| Some((place, value(place)?)))?;
        self.note(place.rule);
        Some(value)
    }

    /// Notes that a rule matched.
    pub fn note(&self, rule: usize) {
        self.used.borrow_mut().insert(rule);
    }

    /// Reports whether the section of a heading is skipped.
    pub fn skips_section(&self, heading: &str) -> bool {
        let rule = self.skipped_sections.find_text(heading);
        rule.into_iter().for_each(|rule| self.note(rule));
        rule.is_some()
    }

    /// Returns the numbers of the rules that matched.
    pub fn used(&self) -> Vec<usize> {
        self.used.borrow().iter().copied().collect()
    }
}
