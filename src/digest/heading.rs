//! What stands under a heading: highlights, one perspective's points, or the source list.
//!
//! Headings seen: `Overall Highlights`, `China Perspective (China Sources)`, `Inside Venezuela (Venezuelan Sources)`,
//! `International Perspective (US/International Sources)`, `Key Points` below one of them, `Key Differences in
//! Coverage`, `Sources`. A heading that nobody foresaw counts as highlights, unless it clearly names one side.

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

/// Says what stands under a heading of this level, given the sides that the front matter names.
pub fn role(heading: &str, level: u8, perspectives: &[Perspective]) -> Role {
    let (main, aside) = split(heading);
    let (main_words, aside_words) = (words(main), words(aside));
    if is_source_list(&main_words) {
        return Role::Sources;
    }
    if main_words.iter().any(|w| WHOLE_WORDS.contains(&w.as_str())) {
        return neutral(level);
    }
    let says_side = [&main_words, &aside_words].iter().any(|ws| ws.iter().any(|w| SIDE_WORDS.contains(&w.as_str())));
    // The writer's own forms, and a name alone, are sure even where one side's name is part of another's.
    let is_called = |p: &Perspective| {
        let name = words(&p.name);
        let with = |last: &str| [&name[..], &[last.to_owned()]].concat();
        main_words == with("perspective")
            || main_words == name
            || main_words == words(&p.id)
            || aside_words == with("sources")
    };
    if let Some(at) = perspectives.iter().position(is_called) {
        return Role::Perspective(at);
    }
    if let Some(at) = perspectives.iter().position(|p| same(&main_words, &words(&p.name))) {
        return Role::Perspective(at);
    }
    if says_side {
        for named_in in [names_in(&main_words, perspectives), names_in(&aside_words, perspectives)] {
            match named_in[..] {
                [] => {}
                [one] => return Role::Perspective(one),
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

fn neutral(level: u8) -> Role {
    if level > 2 { Role::Inherit } else { Role::Highlights }
}

/// Lower-case words of a text.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// `Main part (aside)`.
fn split(heading: &str) -> (&str, &str) {
    let heading = heading.trim().trim_end_matches(':');
    heading.strip_suffix(')').and_then(|h| h.rsplit_once('(')).unwrap_or((heading, ""))
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

/// The perspectives whose name or id stands in the words, if only as a form of it (`Venezuela`, `Venezuelan`).
fn names_in(words_in: &[String], perspectives: &[Perspective]) -> Vec<usize> {
    let holds = |name: &str| {
        let name = words(name);
        !name.is_empty() && words_in.windows(name.len()).any(|w| same(w, &name))
    };
    (0..perspectives.len()).filter(|&i| holds(&perspectives[i].name) || holds(&perspectives[i].id)).collect()
}

fn same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| kin(a, b))
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
        (end.eq_ignore_ascii_case(last) && !words(name).is_empty()).then(|| name.to_owned())
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
