//! What stands under a heading: highlights, one perspective's points, or the source list.
//!
//! Headings seen: `Overall Highlights`, `China Perspective (China Sources)`, `Inside Venezuela (Venezuelan Sources)`,
//! `International Perspective (US/International Sources)`, `Key Points` below one of them, `Key Differences in
//! Coverage`, `Sources`. A heading that nobody foresaw counts as highlights, unless it clearly names one side.

use unicode_normalization::UnicodeNormalization;

use super::Perspective;

/// What stands under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Words about the topic as a whole.
    Highlights,
    /// The points of a perspective (index).
    Perspective(usize),
    /// The points of a perspective that the front matter does not name; its name as the heading has it.
    Undeclared(String),
    /// The list of articles.
    Sources,
    /// The same as above it.
    Inherit,
    /// The points of one perspective, but of which is unclear: the heading names several, or one by another's name.
    Unclear,
}

/// Words that say "what follows is one side's view", when a side is named beside them.
const SIDE_WORDS: [&str; 24] = [
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

/// Words of headings about the topic as a whole, whatever sides they name.
const WHOLE_WORDS: [&str; 9] =
    ["overall", "combined", "comparative", "comparison", "difference", "differences", "common", "shared", "both"];

/// Returns what stands under a heading of this level, given the perspectives that the front matter names.
///
/// The whole text decides before its words do: names hold parentheses, words such as `Common` or other names, or no
/// word at all (`🇨🇳`). The name decides before the id: it is what the writer puts into its headings.
pub fn role(heading: &str, level: u8, perspectives: &[Perspective]) -> Role {
    let whole = normal(heading.trim_end_matches(':'));
    if whole == "sources" {
        return Role::Sources;
    }
    let is_whole = |name: &str| {
        let name = normal(name);
        let of_name = whole.strip_prefix(&*name).filter(|_| !name.is_empty());
        of_name.is_some_and(|rest| {
            let aside = rest.strip_prefix(" perspective").and_then(|rest| rest.strip_prefix(" ("));
            let aside = aside.and_then(|aside| aside.strip_suffix(" sources)"));
            matches!(rest, "" | " perspective") || aside == Some(&*name)
        })
    };
    let find = |is_called: &dyn Fn(&Perspective) -> bool| {
        Vec::from_iter((0..perspectives.len()).filter(|&side| is_called(&perspectives[side])))
    };
    let by_name = find(&|p| is_whole(&p.name));
    let whole_of = if by_name.is_empty() { find(&|p| is_whole(&p.id)) } else { by_name };
    if let Some(role) = only(&whole_of, perspectives) {
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
    let says_side = [&main_words, &aside_words].iter().any(|ws| ws.iter().any(|w| SIDE_WORDS.contains(&w.as_str())));
    // The writer's own forms, and a name alone, are sure even where one perspective's name is part of another's.
    let is_form = |name: &str, words_in: &[String], last: &str| {
        let name = words(name);
        let before = words_in.strip_suffix(&[last.to_owned()]);
        !name.is_empty() && before == Some(&name[..])
    };
    let is_alone = |name: &str| !main_words.is_empty() && main_words == words(name);
    let in_main = find(&|p| is_form(&p.name, &main_words, "perspective") || is_alone(&p.name) || is_alone(&p.id));
    let in_aside = find(&|p| is_form(&p.name, &aside_words, "sources"));
    let named_in = [names_in(&main_words, perspectives), names_in(&aside_words, perspectives)];
    // Both parts of the writer's form name the same perspective.
    let [of_main, of_aside] = [(&in_main, &named_in[0]), (&in_aside, &named_in[1])]
        .map(|(called, named)| if called.is_empty() { named } else { called });
    let is_sure = !in_main.is_empty() || !in_aside.is_empty();
    if is_sure && !of_main.is_empty() && !of_aside.is_empty() && of_main.iter().all(|side| !of_aside.contains(side)) {
        return Role::Unclear;
    }
    let called = if in_main.is_empty() { &in_aside } else { &in_main };
    if let Some(role) = only(called, perspectives) {
        return role;
    }
    if let Some(role) = only(&find(&|p| same(&main_words, &words(&p.name))), perspectives) {
        return role;
    }
    if says_side {
        for named in named_in {
            match named[..] {
                [] => {}
                [_] => return only(&named, perspectives).unwrap_or(Role::Unclear),
                // Two sides named at once: about both.
                _ => return neutral(level),
            }
        }
        if let Some(name) = own_name(main, aside) {
            return Role::Undeclared(name);
        }
    }
    neutral(level)
}

/// The role of a heading that means one of these perspectives; none where there are none.
fn only(found: &[usize], perspectives: &[Perspective]) -> Option<Role> {
    match *found {
        [] => None,
        [side] if !is_crossed(side, perspectives) => Some(Role::Perspective(side)),
        _ => Some(Role::Unclear),
    }
}

/// Whether a perspective has the id of another as its name, or the name of another as its id.
pub fn is_crossed(side: usize, perspectives: &[Perspective]) -> bool {
    let this = &perspectives[side];
    let is_named = |name: &Perspective, id: &Perspective| {
        normal(&name.name) == normal(&id.id) && normal(&name.name) != normal(&name.id)
    };
    let mut others = perspectives.iter().enumerate().filter(|(other, _)| *other != side);
    others.any(|(_, other)| is_named(this, other) || is_named(other, this))
}

/// Whether a heading is one of the writer's own: `<Name> Perspective`, `… (<Name> Sources)`.
pub fn is_own_form(heading: &str) -> bool {
    let heading = normal(heading.trim_end_matches(':'));
    heading.ends_with(" perspective") || heading.ends_with(" sources)")
}

/// Whether a name stands in a text, if only as a form of it.
pub fn holds(text: &str, name: &str) -> bool {
    let (text, name) = (words(text), words(name));
    !name.is_empty() && text.windows(name.len()).any(|words| same(words, &name))
}

/// Whether a heading stands above a list of articles: `China Sources`.
pub fn is_list(heading: &str) -> bool {
    let (main, _) = split(heading);
    words(main).last().is_some_and(|word| matches!(word.as_str(), "sources" | "articles" | "references"))
}

fn neutral(level: u8) -> Role {
    if level > 2 { Role::Inherit } else { Role::Highlights }
}

/// Composed, without full-width forms and what nobody sees, with one space between words.
pub fn clean(text: &str) -> String {
    let is_seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}');
    let text: String = if text.is_ascii() { text.to_owned() } else { text.nfkc().filter(is_seen).collect() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text for comparison: clean, in lower case.
pub fn normal(text: &str) -> String {
    clean(text).to_lowercase()
}

/// Lower-case words of a text.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// `Main part (aside)`. Names hold parentheses, too: the last one closes the one that it matches.
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

/// The perspectives whose name or id stands in the words, if only as a form of it (`Venezuela`, `Venezuelan`). One
/// that is part of a longer name there (`Korea` in `North Korea`) does not stand in them.
fn names_in(words_in: &[String], perspectives: &[Perspective]) -> Vec<usize> {
    let find = |name: &str| {
        let name = words(name);
        let at = if name.is_empty() { None } else { words_in.windows(name.len()).position(|w| same(w, &name)) };
        at.map(|at| at..at + name.len())
    };
    let place = |p: &Perspective| find(&p.name).or_else(|| find(&p.id));
    let places: Vec<_> = perspectives.iter().map(place).collect();
    let is_part = |range: &std::ops::Range<usize>| {
        places
            .iter()
            .flatten()
            .any(|other| other.len() > range.len() && other.start <= range.start && range.end <= other.end)
    };
    (0..places.len()).filter(|&side| places[side].as_ref().is_some_and(|range| !is_part(range))).collect()
}

fn same(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| kin(a, b))
}

/// Whether two words are a country and its adjective, by their common beginning: `mexico`, `mexican`.
fn kin(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let rest = |w: &str| w.chars().count() - common;
    a == b || common >= 4 && rest(a) <= 3 && rest(b) <= 3
}

/// The name in `<Name> Perspective` or, failing that, in `(<Name> Sources)`.
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

    fn check(heading: &str, level: u8, sides: &[(&str, &str)], expect: Role) {
        let sides: Vec<_> = sides
            .iter()
            .map(|(id, name)| Perspective { id: (*id).to_owned(), name: (*name).to_owned(), count: None })
            .collect();
        assert_eq!(role(heading, level, &sides), expect, "{heading}");
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
    fn headings_nobody_foresaw() {
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
    fn names_that_are_part_of_each_other() {
        for (short, long) in [("Sudan", "South Sudan"), ("Korea", "North Korea"), ("Niger", "Nigeria")] {
            let sides = [("a", short), ("b", long)];
            check(&format!("{short} Perspective ({short} Sources)"), 2, &sides, Role::Perspective(0));
            check(&format!("{long} Perspective ({long} Sources)"), 2, &sides, Role::Perspective(1));
            check(&format!("{long} Perspective"), 2, &sides, Role::Perspective(1));
        }
    }

    #[test]
    fn sides_come_from_headings_where_nothing_else_names_them() {
        check("Inside Venezuela (Venezuelan Sources)", 2, &[], Role::Undeclared("Venezuelan".to_owned()));
        check(
            "International Perspective (US/International Sources)",
            2,
            &[],
            Role::Undeclared("International".to_owned()),
        );
    }
}
