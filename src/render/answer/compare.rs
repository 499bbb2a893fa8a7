//! The answer of `compare` and its notes.

use super::{difference, sampled};
use crate::diagnostic::{Message, message, option};
use crate::insight::{
    CompareRequest, CompareResponse, GroupResponse, MIN_DIGESTS, MIN_REASSIGNED, MIN_TEXTS, Matched, SharedSources,
    Split, TermPower,
};
use crate::model::{Field, Kind};
use crate::render::Note;
use crate::render::numbers::{counted, counted_as, grouped};

/// The answer of `compare`.
pub struct CompareAnswer {
    /// The request.
    pub request: CompareRequest,
    /// The response.
    pub response: CompareResponse,
}

impl CompareAnswer {
    /// Returns the notes, those on this answer in the order of how much of it they concern.
    pub fn notes(&self) -> Vec<Note> {
        let CompareResponse { kind, groups, texts, .. } = &self.response;
        let mut notes: Vec<Note> = self.request.selection.notes.iter().map(Note::question).collect();
        let Some(kind) = kind else { return notes };
        match texts {
            None if groups.is_empty() => notes.extend(self.without_groups(*kind).map(Note::answer)),
            None if groups.len() > 1 => notes.push(Note::answer(self.not_comparable(*kind))),
            None => notes.extend(
                groups
                    .iter()
                    .map(|group| Note::answer(format!("only {} was sampled: nothing to compare it with", group.name))),
            ),
            Some(_) if self.response.shared > 0 => notes.push(Note::answer(format!(
                "{} in several groups: differences are not tested",
                counted_as(self.response.shared, "entry is", "entries are")
            ))),
            Some(_) if groups.len() > 1 && self.response.apart.len() == groups.len() * (groups.len() - 1) / 2 => {
                notes.push(Note::answer(
                    "no digest has entries of two groups: differences between the words are not tested",
                ));
            }
            Some(texts) => match texts.power {
                TermPower::Untested => {
                    notes.push(Note::answer("too few digests to test differences between the words"));
                }
                TermPower::TooFewDays => {
                    let has_words = groups.iter().any(|group| !group.terms.is_empty());
                    let what = if has_words { "further words" } else { "any word" };
                    notes.push(Note::answer(format!(
                        "too few days of digests to show {what}: no p-value can be small enough among so many words",
                    )));
                }
                TermPower::Enough => {}
            },
        }
        for (a, b) in &self.response.apart {
            let (a, b) = (&groups[*a].name, &groups[*b].name);
            notes.push(Note::answer(format!("no digest has both {a} and {b}: they may differ because of their days")));
        }
        if texts.is_some() && self.response.matched.is_some() {
            let why = "which titles belong to a story is not certain enough";
            notes.push(Note::answer(format!("words are counted, not tested for chance: {why}")));
        }
        notes.extend(self.few_sources().map(Note::answer));
        notes.extend(self.shared_sources(*kind).map(Note::answer));
        notes.extend(sampled::notes(*kind, groups.iter().map(|group| &group.sampled)));
        if let Some(texts) = texts {
            if !texts.hidden.is_empty() {
                let hidden = texts.hidden.join(", ");
                notes.push(Note::answer(format!("names of perspectives are not counted as words: {hidden}")));
            }
            let is_tested = self.response.matched.is_none();
            notes.extend(is_tested.then(|| {
                Note::standing(format!(
                    "words of {} {} in {}: {} in at least {} of {} digests tested",
                    grouped(groups.iter().map(|group| group.texts).sum()),
                    self.unit(),
                    texts.lang,
                    counted(texts.terms, "term"),
                    MIN_DIGESTS,
                    grouped(texts.digests)
                ))
            }));
        }
        notes
    }

    /// Reports whether only a part of the sample is compared, which has a share.
    pub fn has_found(&self) -> bool {
        self.request.selection.is_scored() || self.response.matched.is_some()
    }

    /// Returns what is counted of each group, in the plural.
    pub fn unit(&self) -> &'static str {
        let is_of_stories = matches!(self.request.split, Split::Periods(_)) && self.response.kind == Some(Kind::Title);
        if is_of_stories { "stories" } else { "texts" }
    }

    /// Returns how many of all stories with titles of several groups are shown.
    pub fn total_stories(&self, matched: &Matched) -> String {
        let shown = grouped(matched.stories.len());
        format!("{shown} of {} with titles of several perspectives", counted_as(matched.total, "story", "stories"))
    }

    /// Returns the differences of the groups' shares, a sentence each.
    pub fn differences(&self) -> impl Iterator<Item = String> + '_ {
        let name = |at: usize| self.response.groups[at].name.as_str();
        self.response.differences.iter().map(move |share| difference::sentence(share, name))
    }

    /// Which of its points a group is shown with.
    pub fn points(&self, group: &GroupResponse) -> &'static str {
        match (self.request.selection.is_scored(), group.terms.is_empty()) {
            (true, _) => "points that match best",
            (false, false) => "points with these words",
            (false, true) => "newest points",
        }
    }

    /// Returns the distances of vocabularies and their expectations by chance.
    pub fn distance(&self) -> Option<String> {
        let groups = &self.response.groups;
        let told = |group: &GroupResponse| {
            let distance = group.distance?;
            let expected =
                distance.expected.map_or_else(String::new, |mean| format!(" (expected by chance {mean:.2})"));
            Some(format!("{:.2}{expected}", distance.distance))
        };
        let all: Vec<String> = match &groups[..] {
            [one, _] => told(one).into_iter().collect(),
            _ => groups.iter().filter_map(|group| Some(format!("{} {}", group.name, told(group)?))).collect(),
        };
        (!all.is_empty()).then(|| format!("distance of vocabularies (0 same, 1 nothing shared): {}", all.join(", ")))
    }

    /// Returns the number of sources where words rest on few.
    fn few_sources(&self) -> Option<String> {
        let groups = &self.response.groups;
        // Bullets and highlights have no sources.
        if groups.iter().all(|group| group.total_sources == 0) {
            return None;
        }
        let is_few = |group: &GroupResponse| group.total_sources < MIN_REASSIGNED;
        let has_words = groups.iter().any(|group| !group.terms.is_empty());
        if !self.request.split.is_of_perspectives() || !has_words || !groups.iter().any(is_few) {
            return None;
        }
        let sources =
            groups.iter().map(|group| format!("{} of {}", counted(group.total_sources, "source"), group.name));
        let sources: Vec<String> = sources.collect();
        Some(format!("words rest on {}: too few to say what other sources would use", sources.join(", ")))
    }

    /// Returns how much of each group is of sources that are in several groups: what groups have in common there is not a
    /// difference between their sources.
    fn shared_sources(&self, kind: Kind) -> Option<String> {
        let SharedSources { sources, entries } = self.response.shared_sources.as_ref()?;
        let groups = self.response.groups.iter().zip(entries);
        let of = groups.map(|(group, of)| {
            format!("{} of {} {kind}s of {}", grouped(*of), grouped(group.sampled.found), group.name)
        });
        let several = if self.response.groups.len() == 2 { "both" } else { "several" };
        let what = match self.request.split.is_of_perspectives() {
            true => "perspectives",
            false => "groups",
        };
        let are = counted_as(*sources, "source is", "sources are");
        Some(format!("{are} in {several} {what}: {}", of.collect::<Vec<_>>().join(", ")))
    }

    /// Returns why there are no groups, where entries were found.
    fn without_groups(&self, kind: Kind) -> Option<Message> {
        let found = self.response.total_entries;
        let Split::Field(field) = self.request.split else { return None };
        let what =
            format!("nothing to compare: none of the {} has a {}", counted(found, kind.as_str()), field.spec().label);
        let other = || message!["try ", option("kind").value(Kind::Bullet.as_str()), ", "];
        (found > 0).then(|| match (field, kind) {
            (Field::Perspective, Kind::Title) => {
                message![what, "; ", other(), "or name perspectives by a rule (docs/layouts.md)"]
            }
            (Field::Perspective, _) => message![what, "; name perspectives by a rule (docs/layouts.md)"],
            _ => message![what, "; name another field with ", option("by")],
        })
    }

    /// Returns why words cannot be compared.
    fn not_comparable(&self, kind: Kind) -> Message {
        let group = |group: &GroupResponse| {
            let langs = group.sampled.langs.iter().filter(|(_, (found, _))| *found > 0);
            let langs =
                langs.map(|(lang, (found, _))| format!("{} {}", lang.as_deref().unwrap_or("?"), grouped(*found)));
            let langs: Vec<String> = langs.collect();
            format!("{} ({})", group.name, if langs.is_empty() { "none".to_owned() } else { langs.join(", ") })
        };
        let groups = self.response.groups.iter().map(group).collect::<Vec<_>>().join(" and ");
        let all = &self.response.groups;
        let is_common = |lang: &Option<String>| {
            all.iter().all(|group| group.sampled.langs.get(lang).is_some_and(|(found, _)| *found > 0))
        };
        let why = if all[0].sampled.langs.keys().any(is_common) {
            format!("too few {kind}s to compare words")
        } else {
            format!("no language has enough {kind}s of each group to compare words")
        };
        let why = Message::from(format!("{why}: {groups}; at least {MIN_TEXTS} each in one language needed"));
        match kind {
            Kind::Title => message![why, "; try ", option("kind").value(Kind::Bullet)],
            _ => why,
        }
    }
}
