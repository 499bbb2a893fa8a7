//! Classification of headings: highlights, bullets of a perspective, or source list.
//!
//! Headings in real digests: `Overall Highlights`, `China Perspective (China Sources)`, `Inside Venezuela (Venezuelan
//! Sources)`, `International Perspective (US/International Sources)`, `Key Points` below one of them, `Key Differences
//! in Coverage`, `Sources`. Any other heading counts as highlights, unless it clearly names one perspective.

use super::names::{Names, normal, words};

/// Role of the section below a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Highlights of the topic as a whole.
    Highlights,
    /// Bullets of a perspective (index).
    Perspective(usize),
    /// Bullets of a perspective missing from the front matter; its name in the heading.
    Undeclared(String),
    /// List of articles.
    Sources,
    /// Role of the section above.
    Inherit,
    /// Bullets of an ambiguous perspective: the heading names several, or contradicts itself.
    Unclear,
}

/// Words that mark the section of a perspective when the heading also names a perspective.
const PERSPECTIVE_WORDS: [&str; 24] = [
    "perspective",
    "perspectives",
    "view",
    "views",
    "viewpoint",
    "side",
    "inside",
    "voices",
    "sources",
    "media",
    "press",
    "outlets",
    "coverage",
    "reporting",
    "takeaways",
    "highlights",
    "points",
    "say",
    "says",
    "sees",
    "tells",
    "perspectiva",
    "fuentes",
    "desde",
];

/// Words that mark a section about the topic as a whole, even where the heading names perspectives.
const WHOLE_WORDS: [&str; 9] =
    ["overall", "combined", "comparative", "comparison", "difference", "differences", "common", "shared", "both"];

/// Returns the role of the section below a heading of a level, given the names of the perspectives.
///
/// The whole text takes precedence over its words, since names contain parentheses, words such as `Common`, other
/// names, or no words (`🇨🇳`). The name takes precedence over the id, since the writer uses names in headings.
pub fn role(heading: &str, level: u8, names: &Names) -> Role {
    let whole = normal(heading.trim_end_matches(':'));
    if whole == "sources" {
        return Role::Sources;
    }
    let is_whole = |name: &str| {
        let of_name = whole.strip_prefix(name).filter(|_| !name.is_empty());
        of_name.is_some_and(|rest| {
            let aside = rest.strip_prefix(" perspective").and_then(|rest| rest.strip_prefix(" ("));
            let aside = aside.and_then(|aside| aside.strip_suffix(" sources)"));
            matches!(rest, "" | " perspective") || aside == Some(name)
        })
    };
    let whole_of = names.matching(|name| is_whole(&name.whole));
    let whole_of = if whole_of.is_empty() { names.matching(|name| is_whole(&name.id)) } else { whole_of };
    if let Some(role) = only(&whole_of) {
        return role;
    }
    let (main, aside) = split(heading);
    let (main_words, aside_words) = (words(main), words(aside));
    if is_source_list(&main_words) {
        return Role::Sources;
    }
    if main_words.iter().any(|w| WHOLE_WORDS.contains(&w.as_str())) {
        return neutral(level);
    }
    // The writer's own forms, and a name alone, are certain even where the name of one perspective contains another's.
    let is_before = |name: &[String], words_in: &[String], last: &str| {
        let before = words_in.split_last().filter(|(word, _)| *word == last);
        before.is_some_and(|(_, before)| !name.is_empty() && before == name)
    };
    let is_alone = |name: &[String]| !name.is_empty() && main_words == name;
    let in_main = names.matching(|name| {
        is_before(&name.words, &main_words, "perspective") || is_alone(&name.words) || is_alone(&name.id_words)
    });
    let in_aside = names.matching(|name| is_before(&name.words, &aside_words, "sources"));
    let (named_in_main, named_in_aside) = (names.within(&main_words), names.within(&aside_words));
    // Both parts of the writer's form name the same perspective.
    let of_main = if in_main.is_empty() { &named_in_main } else { &in_main };
    let of_aside = if in_aside.is_empty() { &named_in_aside } else { &in_aside };
    let is_sure = !in_main.is_empty() || !in_aside.is_empty();
    if is_sure
        && !of_main.is_empty()
        && !of_aside.is_empty()
        && of_main.iter().all(|perspective| !of_aside.contains(perspective))
    {
        return Role::Unclear;
    }
    let forms = names.matching(|name| name.is_form_of(&main_words));
    if let Some(role) = only(&in_main).or_else(|| only(&in_aside)).or_else(|| only(&forms)) {
        return role;
    }
    if main_words.iter().chain(&aside_words).any(|w| PERSPECTIVE_WORDS.contains(&w.as_str())) {
        for named in [named_in_main, named_in_aside] {
            match named[..] {
                [] => {}
                [perspective] => return Role::Perspective(perspective),
                // Names several: about the topic as a whole.
                _ => return neutral(level),
            }
        }
        if let Some(name) = own_name(main, aside) {
            return Role::Undeclared(name);
        }
    }
    neutral(level)
}

/// Returns the role of a heading that names these perspectives; `None` if it names none.
fn only(found: &[usize]) -> Option<Role> {
    match *found {
        [] => None,
        [perspective] => Some(Role::Perspective(perspective)),
        _ => Some(Role::Unclear),
    }
}

/// Reports whether a heading has the writer's own form: `<Name> Perspective`, `… (<Name> Sources)`.
pub fn is_own_form(heading: &str) -> bool {
    let heading = normal(heading.trim_end_matches(':'));
    heading.ends_with(" perspective") || heading.ends_with(" sources)")
}

/// Reports whether a heading introduces a list of articles: `China Sources`.
pub fn is_list(heading: &str) -> bool {
    let (main, _) = split(heading);
    words(main).last().is_some_and(|word| matches!(word.as_str(), "sources" | "articles" | "references"))
}

fn neutral(level: u8) -> Role {
    if level > 2 { Role::Inherit } else { Role::Highlights }
}

/// Splits `Main part (aside)` at the parenthesis that matches the last one, since names contain parentheses, too.
fn split(heading: &str) -> (&str, &str) {
    let heading = heading.trim().trim_end_matches(':');
    let mut depth = 0;
    let is_opening = |(_, c): &(usize, char)| {
        depth += i32::from(*c == ')') - i32::from(*c == '(');
        *c == '(' && depth == 0
    };
    let opening = heading.char_indices().rev().find(is_opening).filter(|_| heading.ends_with(')'));
    opening.map_or((heading, ""), |(at, _)| (&heading[..at], &heading[at + 1..heading.len() - 1]))
}

fn is_source_list(main: &[String]) -> bool {
    let main: Vec<&str> = main.iter().map(String::as_str).collect();
    matches!(
        main[..],
        ["sources"]
            | ["articles"]
            | ["references"]
            | ["source", "list"]
            | ["source", "articles"]
            | ["all", "sources"]
            | ["news", "sources"]
    )
}

/// Returns the name in `<Name> Perspective`, or else in `(<Name> Sources)`.
fn own_name(main: &str, aside: &str) -> Option<String> {
    let before = |text: &str, last: &str| {
        let (name, end) = text.trim().rsplit_once(' ')?;
        let name = name.trim();
        (end.eq_ignore_ascii_case(last) && !name.is_empty()).then(|| name.to_owned())
    };
    before(main, "perspective").or_else(|| before(aside, "sources"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Perspective;

    fn check(heading: &str, level: u8, sides: &[(&str, &str)], expect: Role) {
        let sides: Vec<_> = sides
            .iter()
            .map(|(id, name)| Perspective { id: (*id).to_owned(), name: (*name).to_owned(), count: None })
            .collect();
        assert_eq!(role(heading, level, &Names::new(&sides)), expect, "{heading}");
    }

    #[test]
    fn headings_of_the_writer() {
        let now = [("us", "United States"), ("china", "China")];
        check("Overall Highlights", 2, &now, Role::Highlights);
        check("China Perspective (China Sources)", 2, &now, Role::Perspective(1));
        check("United States Perspective (United States Sources)", 2, &now, Role::Perspective(0));
        check("Sources", 2, &now, Role::Sources);
        let early = [("venezuelan", "Venezuelan"), ("international", "International")];
        check("Inside Venezuela (Venezuelan Sources)", 2, &early, Role::Perspective(0));
        check("International Perspective (US/International Sources)", 2, &early, Role::Perspective(1));
        check("US Perspective (US Sources)", 2, &early, Role::Undeclared("US".to_owned()));
        check("Key Points", 3, &early, Role::Inherit);
        check("Key Differences in Coverage", 2, &early, Role::Highlights);
        check("Overall Summary", 2, &early, Role::Highlights);
    }

    #[test]
    fn unknown_headings_are_highlights_unless_they_name_a_perspective() {
        let sides = [("mexican", "Mexican"), ("us", "United States")];
        check("What to Watch", 2, &sides, Role::Highlights);
        check("What to Watch", 3, &sides, Role::Inherit);
        check("What Mexico says", 2, &sides, Role::Perspective(0));
        check("The view from Mexico", 3, &sides, Role::Perspective(0));
        check("US", 3, &sides, Role::Perspective(1));
        check("Takeaways: United States", 2, &sides, Role::Perspective(1));
        check("Mexican and US perspectives", 2, &sides, Role::Highlights);
        check("Mexico Trade Outlook", 2, &sides, Role::Highlights);
        check("Overall Perspective", 2, &sides, Role::Highlights);
        check("Mexicanissimo Perspective", 2, &sides, Role::Undeclared("Mexicanissimo".to_owned()));
        check("The View Ahead", 2, &sides, Role::Highlights);
        check("Key Differences in Coverage between Mexico and US", 2, &sides, Role::Highlights);
        check("Canada Perspective (Canada Sources)", 2, &sides, Role::Undeclared("Canada".to_owned()));
        check("", 2, &sides, Role::Highlights);
    }

    #[test]
    fn names_that_contain_each_other() {
        for (short, long) in [("Sudan", "South Sudan"), ("Korea", "North Korea"), ("Niger", "Nigeria")] {
            let sides = [("a", short), ("b", long)];
            check(&format!("{short} Perspective ({short} Sources)"), 2, &sides, Role::Perspective(0));
            check(&format!("{long} Perspective ({long} Sources)"), 2, &sides, Role::Perspective(1));
            check(&format!("{long} Perspective"), 2, &sides, Role::Perspective(1));
        }
    }

    #[test]
    fn undeclared_perspectives_come_from_headings() {
        check("Inside Venezuela (Venezuelan Sources)", 2, &[], Role::Undeclared("Venezuelan".to_owned()));
        check(
            "International Perspective (US/International Sources)",
            2,
            &[],
            Role::Undeclared("International".to_owned()),
        );
    }
}
