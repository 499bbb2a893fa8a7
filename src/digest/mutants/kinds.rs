//! Mutations of digests.

use fastrand::Rng;

use super::synthetic::SyntheticDigest;

/// Mutates a digest; `None` if the mutation does not apply.
pub type Mutate = fn(&SyntheticDigest, &mut Rng) -> Option<String>;

const SENTENCE: &str = "This summary is based on ";

/// Mutations by name. A person could detect each mutant as wrong. Undetectable mutants are omitted, such as two lines
/// exchanged together with their numbers.
pub const KINDS: [(&str, Mutate); 57] = [
    ("sources heading in another form", |digest, rng| form(digest, rng, "## Sources", false)),
    ("sources heading underlined, in another form", |digest, rng| {
        let line = ["-----", "===", "=", "---"][rng.usize(..4)];
        Some(digest.text().replace("## Sources\n", &format!("Sources\n{line}\n")))
    }),
    ("sources heading dropped", |digest, _| Some(digest.text().replace("## Sources\n", ""))),
    ("sources heading a rule", |digest, rng| {
        Some(digest.text().replace("## Sources\n", ["---\n", "***\n", "* * *\n"][rng.usize(..3)]))
    }),
    ("sources heading and sentence dropped", |digest, _| {
        Some(without_lines(&digest.text(), |line| line == "## Sources" || line.starts_with(SENTENCE)))
    }),
    ("sources heading misspelt", |digest, rng| {
        let other = ["## Sorces", "### Sources of it", "# Source", "### Links", "###### x"][rng.usize(..5)];
        Some(without_lines(&digest.text().replace("## Sources\n", &format!("{other}\n")), |line| {
            line.starts_with(SENTENCE)
        }))
    }),
    ("sources heading of one perspective", |digest, rng| {
        let name = digest.perspectives[rng.usize(..digest.perspectives.len())].name;
        Some(digest.text().replace("## Sources\n", &format!("## {name} Sources\n")))
    }),
    ("heading in another form", |digest, rng| {
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        form(digest, rng, &heading, true)
    }),
    ("heading underlined, in another form", |digest, rng| {
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        let line = ["-----", "===", "--"][rng.usize(..3)];
        Some(digest.text().replace(&heading, &format!("{}\n{line}", &heading[3..])))
    }),
    ("heading dropped", |digest, rng| {
        Some(digest.text().replace(&digest.heading(rng.usize(..digest.perspectives.len())), ""))
    }),
    ("heading dropped with its blank line", |digest, rng| {
        Some(digest.text().replace(&(digest.heading(rng.usize(..digest.perspectives.len())) + "\n\n"), ""))
    }),
    ("heading of another level", |digest, rng| {
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        let marks = ["#", "###", "####", "######", "########"][rng.usize(..5)];
        Some(digest.text().replace(&heading, &format!("{marks}{}", &heading[2..])))
    }),
    ("heading a copy of another", |digest, rng| {
        let (a, b) = two(digest, rng)?;
        Some(digest.text().replace(&digest.heading(a), &digest.heading(b)))
    }),
    ("heading of two perspectives", |digest, rng| {
        let (a, b) = two(digest, rng).filter(|_| !digest.is_early)?;
        let (one, other) = (digest.perspectives[a].name, digest.perspectives[b].name);
        Some(digest.text().replace(&digest.heading(a), &format!("## {one} Perspective ({other} Sources)")))
    }),
    ("headings swapped", |digest, rng| {
        let (a, b) = two(digest, rng)?;
        let (one, other) = (digest.heading(a), digest.heading(b));
        Some(digest.text().replace(&one, "\0").replace(&other, &one).replace('\0', &other)).filter(|_| !digest.is_early)
    }),
    ("line break before a heading lost", |digest, rng| {
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        Some(digest.text().replace(&format!("\n\n{heading}"), &format!(" {heading}")))
    }),
    ("heading misspelt", |digest, rng| {
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        let level = ["## ", "### ", "#### "][rng.usize(..3)];
        Some(digest.text().replace(&heading, &format!("{level}{}", misspelt(&heading[3..], rng))))
    }),
    ("heading of the highlights dropped", |digest, _| {
        let dropped = if digest.is_early { "## Overall Summary" } else { "## Overall Highlights" };
        Some(digest.text().replace(dropped, ""))
    }),
    ("heading of the highlights another's", |digest, rng| {
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        Some(digest.text().replace("## Overall Highlights", &heading).replace("## Overall Summary", &heading))
    }),
    ("heading of the differences dropped", |digest, rng| {
        let other = ["", "### Differences", "- Key Differences in Coverage", "Key Differences"][rng.usize(..4)];
        Some(digest.text().replace("## Key Differences in Coverage", other)).filter(|_| digest.is_early)
    }),
    ("heading of the differences in another form", |digest, rng| {
        form(digest, rng, "## Key Differences in Coverage", false).filter(|text| !text.contains("\n- Key"))
    }),
    ("heading among the sources", |digest, rng| {
        let line = digest.lines[rng.usize(..digest.lines.len())].text();
        let heading = digest.heading(rng.usize(..digest.perspectives.len()));
        Some(digest.text().replace(&line, &format!("\n{heading}\n\n{line}")))
    }),
    ("source list in sections", |digest, _| parts(digest, |perspective| perspective)),
    ("source list in sections of another's name", |digest, _| parts(digest, |perspective| perspective ^ 1)),
    ("section of the source list without its heading", |digest, rng| {
        let n = rng.usize(..digest.perspectives.len());
        let parts = parts(digest, |perspective| perspective)?;
        Some(parts.replace(&format!("### {} Sources\n", digest.perspectives[n].name), ""))
    }),
    ("perspectives swapped, without sections", |digest, rng| {
        let (a, b) = two(digest, rng)?;
        let mut digest = digest.clone();
        digest.sections.clear();
        // Only the counts keep their order.
        let text = digest.text();
        digest.perspectives.swap(a, b);
        digest.counts.swap(a, b);
        let swapped = digest.text();
        let (head, tail) = (swapped.split_once("perspectives:\n")?, text.split_once("perspectives:\n")?);
        let keys = |text: &str| text.find("Sources:").map(|at| text[..at].rfind('\n').unwrap_or_default());
        Some(format!("{}perspectives:\n{}{}", head.0, &head.1[..keys(head.1)?], &tail.1[keys(tail.1)?..]))
    }),
    ("sections swapped", |digest, rng| {
        let (a, b) = two(digest, rng)?;
        let mut digest = digest.clone();
        digest.sections.swap(a, b);
        Some(digest.text())
    }),
    ("section twice", |digest, rng| {
        let section = digest.section(rng.usize(..digest.perspectives.len()));
        Some(digest.text().replace(&section, &section.repeat(2)))
    }),
    ("sources before the sections", |digest, _| {
        let text = digest.text();
        let (before, list) = text.split_once("## Sources\n")?;
        let (head, sections) = before.split_once("## ")?;
        Some(format!("{head}## Sources\n{list}\n## {sections}"))
    }),
    ("perspectives swapped", |digest, rng| {
        changed(digest, rng, |digest, a, b| {
            digest.sections = (0..digest.perspectives.len())
                .map(|perspective| {
                    if perspective == a {
                        b
                    } else if perspective == b {
                        a
                    } else {
                        perspective
                    }
                })
                .collect();
            digest.perspectives.swap(a, b);
            digest.counts.swap(a, b);
            digest.sources.swap(a, b);
        })
    }),
    ("names swapped", |digest, rng| {
        let (a, b) = two(digest, rng).filter(|_| !digest.is_early)?;
        let of = |perspective: usize| format!("name: \"{}\"", digest.perspectives[perspective].name);
        // Where neither name resembles an id, the mutant is as plausible as the original.
        let is_seen = [a, b].iter().any(|&a| digest.perspectives[a].name.to_lowercase() == digest.perspectives[a].id);
        Some(digest.text().replace(&of(a), "\0").replace(&of(b), &of(a)).replace('\0', &of(b))).filter(|_| is_seen)
    }),
    ("ids swapped", |digest, rng| {
        let (a, b) = two(digest, rng).filter(|_| !digest.is_early)?;
        let of = |perspective: usize| format!("- id: \"{}\"", digest.perspectives[perspective].id);
        let is_seen = [a, b].iter().any(|&a| digest.perspectives[a].name.to_lowercase() == digest.perspectives[a].id);
        Some(digest.text().replace(&of(a), "\0").replace(&of(b), &of(a)).replace('\0', &of(b))).filter(|_| is_seen)
    }),
    ("counts swapped", |digest, rng| changed(digest, rng, |digest, a, b| digest.counts.swap(a, b))),
    ("counts of sources swapped", |digest, rng| changed(digest, rng, |digest, a, b| digest.sources.swap(a, b))),
    ("one article counted for another perspective", |digest, rng| {
        changed(digest, rng, |digest, a, b| {
            let counts = if digest.is_early { &mut digest.sources } else { &mut digest.counts };
            if let Some(less) = counts[a].checked_sub(1) {
                (counts[a], counts[b]) = (less, counts[b] + 1);
            }
        })
    }),
    ("counts swapped in both places", |digest, rng| {
        // Only the dates can show this; not in short lists, nor with three perspectives, where only the last line
        // changes.
        let (a, b) = two(digest, rng)
            .filter(|(a, b)| digest.counts[*a].min(digest.counts[*b]) >= 5 && digest.perspectives.len() == 2)?;
        let mut digest = digest.clone();
        digest.counts.swap(a, b);
        digest.sources.swap(a, b);
        Some(digest.text()).filter(|_| !digest.is_early)
    }),
    ("count wrong", |digest, rng| {
        let mut digest = digest.clone();
        let perspective = rng.usize(..digest.perspectives.len());
        let counts = if digest.is_early || rng.bool() { &mut digest.sources } else { &mut digest.counts };
        counts[perspective] = rng.usize(..21);
        Some(digest.text())
    }),
    ("count missing", |digest, rng| {
        let n = rng.usize(..digest.perspectives.len());
        let mut seen = 0;
        Some(without_lines(&digest.text(), |line| {
            seen += usize::from(line.starts_with("    count:"));
            line.starts_with("    count:") && seen == n + 1
        }))
    }),
    ("empty perspective added", |digest, rng| {
        let at = if rng.bool() { "articleCount" } else { "perspectives" };
        let text = digest.text();
        let (before, after) = text.split_once("perspectives:\n")?;
        let more = "  - id: \"other\"\n    name: \"Other\"\n    count: 0\n";
        Some(match at {
            "perspectives" => format!("{before}perspectives:\n{more}{after}"),
            _ => format!(
                "{before}perspectives:\n{}",
                after.replacen(
                    &format!("{}Sources:", digest.perspectives[0].id),
                    &format!("{more}{}Sources:", digest.perspectives[0].id),
                    1
                )
            ),
        })
    }),
    ("locales swapped", |digest, rng| {
        let (a, b) = two(digest, rng)?;
        let (one, other) =
            (format!("[{}]", digest.perspectives[a].locale), format!("[{}]", digest.perspectives[b].locale));
        Some(digest.text().replace(&one, "\0").replace(&other, &one).replace('\0', &other))
            .filter(|_| !digest.is_early && digest.perspectives.iter().any(|perspective| perspective.locale == "en-US"))
    }),
    ("locale of one line", |digest, rng| {
        let mut digest = digest.clone();
        let at = rng.usize(..digest.lines.len());
        digest.lines[at].locale = digest.perspectives[rng.usize(..digest.perspectives.len())].locale;
        Some(digest.text())
    }),
    ("lines swapped", |digest, rng| lines(digest, rng, |digest, a, b| digest.lines.swap(a, b))),
    ("lines in any order", |digest, rng| {
        let mut digest = digest.clone();
        rng.shuffle(&mut digest.lines);
        Some(digest.text())
    }),
    ("lines backwards", |digest, _| {
        let mut digest = digest.clone();
        digest.lines.reverse();
        Some(digest.text())
    }),
    ("numbers in any order", |digest, rng| {
        let mut digest = digest.clone();
        let mut numbers: Vec<usize> = (1..=digest.lines.len()).collect();
        rng.shuffle(&mut numbers);
        digest.lines.iter_mut().zip(numbers).for_each(|(line, number)| line.number = number);
        Some(digest.text())
    }),
    ("numbers restart", |digest, rng| {
        let mut digest = digest.clone();
        let at = rng.usize(..digest.lines.len());
        digest.lines[at..].iter_mut().zip(1..).for_each(|(line, number)| line.number = number);
        Some(digest.text())
    }),
    ("numbers lost", |digest, rng| {
        let (mark, all) = (["-", "*", "1."][rng.usize(..3)], rng.bool());
        let renumber = |line: &str| match line.split_once(". [") {
            Some((_, rest)) if all || line.len().is_multiple_of(2) => format!("{mark} [{rest}\n"),
            _ => format!("{line}\n"),
        };
        Some(digest.text().lines().map(renumber).collect()).filter(|_| all || mark != "1.")
    }),
    ("line lost", |digest, rng| lines(digest, rng, |digest, a, _| digest.lines.retain(|line| line.number != a + 1))),
    ("line lost and one twice", |digest, rng| {
        lines(digest, rng, |digest, a, b| digest.lines[a] = digest.lines[b].clone()).filter(|_| digest.lines.len() > 2)
    }),
    ("line among the bullets", |digest, rng| {
        let line = digest.lines[rng.usize(..digest.lines.len())].text() + "\n";
        let heading = digest.heading(rng.usize(..digest.perspectives.len())) + "\n\n";
        Some(digest.text().replace(&line, "").replace(&heading, &(heading.clone() + &line)))
    }),
    ("comment over lines", |digest, rng| around(digest, rng, "<!--", Some("-->"))),
    ("comment without an end", |digest, rng| around(digest, rng, "<!-- note", None)),
    ("fence over lines", |digest, rng| {
        let (open, close) = [("```", "```"), ("~~~", "~~~"), ("````text", "`````")][rng.usize(..3)];
        around(digest, rng, open, Some(close))
    }),
    ("fence without an end", |digest, rng| {
        let open = ["```", "~~~~", "```md"][rng.usize(..3)];
        around(digest, rng, open, None)
    }),
    ("HTML over lines", |digest, rng| {
        let tag = ["div", "pre", "details", "script"][rng.usize(..4)];
        let close = Some(format!("</{tag}>")).filter(|_| rng.bool());
        around(digest, rng, &format!("<{tag}>"), close.as_deref())
    }),
    ("lines with a mark before them", |digest, rng| {
        let mark = ["> ", "    ", "\t", "  "][rng.usize(..4)];
        let text = digest.text();
        let (from, to) = span(&text, rng);
        let mark = |(at, line): (usize, &str)| format!("{}{line}\n", if (from..to).contains(&at) { mark } else { "" });
        Some(text.lines().enumerate().map(mark).collect())
    }),
    ("blank lines lost", |digest, rng| {
        let text = digest.text();
        let (from, to) = span(&text, rng);
        let mut at = 0;
        Some(without_lines(&text, |line| {
            at += 1;
            line.is_empty() && (from..to).contains(&(at - 1))
        }))
    }),
];

/// Returns two different perspectives.
fn two(digest: &SyntheticDigest, rng: &mut Rng) -> Option<(usize, usize)> {
    let (a, b) = (rng.usize(..digest.perspectives.len()), rng.usize(..digest.perspectives.len()));
    (a != b).then_some((a, b))
}

fn changed(digest: &SyntheticDigest, rng: &mut Rng, change: fn(&mut SyntheticDigest, usize, usize)) -> Option<String> {
    let (a, b) = two(digest, rng)?;
    let mut digest = digest.clone();
    change(&mut digest, a, b);
    Some(digest.text())
}

fn lines(digest: &SyntheticDigest, rng: &mut Rng, change: fn(&mut SyntheticDigest, usize, usize)) -> Option<String> {
    let (a, b) = (rng.usize(..digest.lines.len()), rng.usize(..digest.lines.len()));
    let mut digest = digest.clone();
    change(&mut digest, a, b);
    (a != b && !digest.lines.is_empty()).then(|| digest.text())
}

fn without_lines(text: &str, mut is_out: impl FnMut(&str) -> bool) -> String {
    text.lines().filter(|line| !is_out(line)).flat_map(|line| [line, "\n"]).collect()
}

/// Drops, doubles or moves letters of a text.
fn misspelt(text: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..rng.usize(1..4) {
        let at = rng.usize(..letters.len() - 1);
        match rng.usize(..3) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            _ => letters.swap(at, at + 1),
        }
    }
    letters.into_iter().collect()
}

/// Returns the digest with a heading above the source lines of each perspective.
fn parts(digest: &SyntheticDigest, name: fn(usize) -> usize) -> Option<String> {
    let list = |perspective: usize| {
        let lines = digest.lines.iter().filter(|line| line.perspective == digest.perspectives[perspective].id);
        let lines: String = lines.map(|line| line.text() + "\n").collect();
        Some(format!("### {} Sources\n\n{lines}\n", digest.perspectives.get(name(perspective))?.name))
    };
    let lists: Option<String> = (0..digest.perspectives.len()).map(list).collect();
    digest.text().split_once("## Sources\n").map(|(text, _)| Some(format!("{text}## Sources\n\n{}", lists?)))?
}

/// Writes a heading in an equivalent form.
fn form(digest: &SyntheticDigest, rng: &mut Rng, heading: &str, is_long: bool) -> Option<String> {
    let words = heading.trim_start_matches(['#', ' ']);
    let mut forms = vec![
        format!("##{words}"),
        format!("##\u{a0}{words}"),
        format!("##\u{3000}{words}"),
        format!("##\t {words}"),
        format!("## {words} ##"),
        format!("   ## {words}:"),
        format!("        ## {words}"),
        format!("**{words}**"),
        format!("__{words}:__"),
        format!("***{words}***"),
        format!("<h2>{words}</h2>"),
        format!("<h2 id=\"x\"><b>{words}</b></h2>"),
        format!("<strong>{words}</strong>"),
        format!("## 4. {words}"),
        format!("4. {words}"),
        format!("> ## {words}"),
        format!("- ## {words}"),
        format!("- {words}"),
        format!("## **{words}**"),
        format!("\\## {words}"),
        format!("## \u{200b}{words}\u{200b}"),
        format!("## {words} {{#x}}"),
        format!("## {words} <!-- x -->"),
        words.to_owned(),
        format!("## {}", words.to_uppercase()),
        format!("## {}", words.to_lowercase()),
    ];
    if is_long {
        forms.push(format!("## {}", words.replace(' ', "\u{a0}")));
    }
    Some(digest.text().replace(&format!("{heading}\n"), &format!("{}\n", forms[rng.usize(..forms.len())])))
}

/// Returns a random range of lines of the body.
fn span(text: &str, rng: &mut Rng) -> (usize, usize) {
    let (first, all) =
        (text.lines().skip(1).position(|line| line == "---").unwrap_or_default() + 2, text.lines().count());
    let (a, b) = (rng.usize(first..all), rng.usize(first..=all));
    (a.min(b), a.max(b))
}

/// Encloses some lines of the body in two new lines.
fn around(digest: &SyntheticDigest, rng: &mut Rng, above: &str, below: Option<&str>) -> Option<String> {
    let text = digest.text();
    let (from, to) = span(&text, rng);
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(below) = below {
        lines.insert(to, below);
    }
    lines.insert(from, above);
    Some(lines.into_iter().flat_map(|line| [line, "\n"]).collect())
}
