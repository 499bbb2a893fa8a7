//! The ways in which digests are damaged.

use fastrand::Rng;

use super::making::Made;

/// Damages a digest, if it is one that can be damaged in this way.
pub type Mutate = fn(&Made, &mut Rng) -> Option<String>;

const SENTENCE: &str = "This summary is based on ";

/// By name. A mutant is as wrong as a person could tell: where nothing but what was changed says whose a title is, as
/// where two lines change places together with their numbers, there is no mutant.
pub const KINDS: [(&str, Mutate); 57] = [
    ("sources heading in another form", |made, rng| form(made, rng, "## Sources", false)),
    ("sources heading underlined, in another form", |made, rng| {
        let line = ["-----", "===", "=", "---"][rng.usize(..4)];
        Some(made.text().replace("## Sources\n", &format!("Sources\n{line}\n")))
    }),
    ("sources heading dropped", |made, _| Some(made.text().replace("## Sources\n", ""))),
    ("sources heading a rule", |made, rng| {
        Some(made.text().replace("## Sources\n", ["---\n", "***\n", "* * *\n"][rng.usize(..3)]))
    }),
    ("sources heading and sentence dropped", |made, _| {
        Some(without_lines(&made.text(), |line| line == "## Sources" || line.starts_with(SENTENCE)))
    }),
    ("sources heading misspelt", |made, rng| {
        let other = ["## Sorces", "### Sources of it", "# Source", "### Links", "###### x"][rng.usize(..5)];
        Some(without_lines(&made.text().replace("## Sources\n", &format!("{other}\n")), |line| {
            line.starts_with(SENTENCE)
        }))
    }),
    ("sources heading of one perspective", |made, rng| {
        let name = made.perspectives[rng.usize(..made.perspectives.len())].name;
        Some(made.text().replace("## Sources\n", &format!("## {name} Sources\n")))
    }),
    ("heading in another form", |made, rng| {
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        form(made, rng, &heading, true)
    }),
    ("heading underlined, in another form", |made, rng| {
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        let line = ["-----", "===", "--"][rng.usize(..3)];
        Some(made.text().replace(&heading, &format!("{}\n{line}", &heading[3..])))
    }),
    ("heading dropped", |made, rng| Some(made.text().replace(&made.heading(rng.usize(..made.perspectives.len())), ""))),
    ("heading dropped with its blank line", |made, rng| {
        Some(made.text().replace(&(made.heading(rng.usize(..made.perspectives.len())) + "\n\n"), ""))
    }),
    ("heading of another level", |made, rng| {
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        let marks = ["#", "###", "####", "######", "########"][rng.usize(..5)];
        Some(made.text().replace(&heading, &format!("{marks}{}", &heading[2..])))
    }),
    ("heading a copy of another", |made, rng| {
        let (a, b) = two(made, rng)?;
        Some(made.text().replace(&made.heading(a), &made.heading(b)))
    }),
    ("heading of two perspectives", |made, rng| {
        let (a, b) = two(made, rng).filter(|_| !made.is_early)?;
        let (one, other) = (made.perspectives[a].name, made.perspectives[b].name);
        Some(made.text().replace(&made.heading(a), &format!("## {one} Perspective ({other} Sources)")))
    }),
    ("headings swapped", |made, rng| {
        let (a, b) = two(made, rng)?;
        let (one, other) = (made.heading(a), made.heading(b));
        Some(made.text().replace(&one, "\0").replace(&other, &one).replace('\0', &other)).filter(|_| !made.is_early)
    }),
    ("line break before a heading lost", |made, rng| {
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        Some(made.text().replace(&format!("\n\n{heading}"), &format!(" {heading}")))
    }),
    ("heading misspelt", |made, rng| {
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        let level = ["## ", "### ", "#### "][rng.usize(..3)];
        Some(made.text().replace(&heading, &format!("{level}{}", misspelt(&heading[3..], rng))))
    }),
    ("heading of the highlights dropped", |made, _| {
        let dropped = if made.is_early { "## Overall Summary" } else { "## Overall Highlights" };
        Some(made.text().replace(dropped, ""))
    }),
    ("heading of the highlights another's", |made, rng| {
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        Some(made.text().replace("## Overall Highlights", &heading).replace("## Overall Summary", &heading))
    }),
    ("heading of the differences dropped", |made, rng| {
        let other = ["", "### Differences", "- Key Differences in Coverage", "Key Differences"][rng.usize(..4)];
        Some(made.text().replace("## Key Differences in Coverage", other)).filter(|_| made.is_early)
    }),
    ("heading of the differences in another form", |made, rng| {
        form(made, rng, "## Key Differences in Coverage", false).filter(|text| !text.contains("\n- Key"))
    }),
    ("heading among the sources", |made, rng| {
        let line = made.lines[rng.usize(..made.lines.len())].text();
        let heading = made.heading(rng.usize(..made.perspectives.len()));
        Some(made.text().replace(&line, &format!("\n{heading}\n\n{line}")))
    }),
    ("source list in parts", |made, _| parts(made, |perspective| perspective)),
    ("source list in parts of another's name", |made, _| parts(made, |perspective| perspective ^ 1)),
    ("part of the source list without its heading", |made, rng| {
        let n = rng.usize(..made.perspectives.len());
        let parts = parts(made, |perspective| perspective)?;
        Some(parts.replace(&format!("### {} Sources\n", made.perspectives[n].name), ""))
    }),
    ("perspectives swapped, without sections", |made, rng| {
        let (a, b) = two(made, rng)?;
        let mut made = made.clone();
        made.sections.clear();
        // The counts below keep their order.
        let text = made.text();
        made.perspectives.swap(a, b);
        made.counts.swap(a, b);
        let swapped = made.text();
        let (head, tail) = (swapped.split_once("perspectives:\n")?, text.split_once("perspectives:\n")?);
        let keys = |text: &str| text.find("Sources:").map(|at| text[..at].rfind('\n').unwrap_or_default());
        Some(format!("{}perspectives:\n{}{}", head.0, &head.1[..keys(head.1)?], &tail.1[keys(tail.1)?..]))
    }),
    ("sections swapped", |made, rng| {
        let (a, b) = two(made, rng)?;
        let mut made = made.clone();
        made.sections.swap(a, b);
        Some(made.text())
    }),
    ("section twice", |made, rng| {
        let section = made.section(rng.usize(..made.perspectives.len()));
        Some(made.text().replace(&section, &section.repeat(2)))
    }),
    ("sources before the sections", |made, _| {
        let text = made.text();
        let (before, list) = text.split_once("## Sources\n")?;
        let (head, sections) = before.split_once("## ")?;
        Some(format!("{head}## Sources\n{list}\n## {sections}"))
    }),
    ("perspectives swapped", |made, rng| {
        changed(made, rng, |made, a, b| {
            made.sections = (0..made.perspectives.len())
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
            made.perspectives.swap(a, b);
            made.counts.swap(a, b);
            made.sources.swap(a, b);
        })
    }),
    ("names swapped", |made, rng| {
        let (a, b) = two(made, rng).filter(|_| !made.is_early)?;
        let of = |perspective: usize| format!("name: \"{}\"", made.perspectives[perspective].name);
        // Where neither name resembles an id, it is as right as any other.
        let is_seen = [a, b].iter().any(|&a| made.perspectives[a].name.to_lowercase() == made.perspectives[a].id);
        Some(made.text().replace(&of(a), "\0").replace(&of(b), &of(a)).replace('\0', &of(b))).filter(|_| is_seen)
    }),
    ("ids swapped", |made, rng| {
        let (a, b) = two(made, rng).filter(|_| !made.is_early)?;
        let of = |perspective: usize| format!("- id: \"{}\"", made.perspectives[perspective].id);
        let is_seen = [a, b].iter().any(|&a| made.perspectives[a].name.to_lowercase() == made.perspectives[a].id);
        Some(made.text().replace(&of(a), "\0").replace(&of(b), &of(a)).replace('\0', &of(b))).filter(|_| is_seen)
    }),
    ("counts swapped", |made, rng| changed(made, rng, |made, a, b| made.counts.swap(a, b))),
    ("counts of sources swapped", |made, rng| changed(made, rng, |made, a, b| made.sources.swap(a, b))),
    ("one article counted for another perspective", |made, rng| {
        changed(made, rng, |made, a, b| {
            let counts = if made.is_early { &mut made.sources } else { &mut made.counts };
            if let Some(less) = counts[a].checked_sub(1) {
                (counts[a], counts[b]) = (less, counts[b] + 1);
            }
        })
    }),
    ("counts swapped in both places", |made, rng| {
        // Only the days can say it: not those of short lists, nor of three, where only the last line changes.
        let (a, b) = two(made, rng)
            .filter(|(a, b)| made.counts[*a].min(made.counts[*b]) >= 5 && made.perspectives.len() == 2)?;
        let mut made = made.clone();
        made.counts.swap(a, b);
        made.sources.swap(a, b);
        Some(made.text()).filter(|_| !made.is_early)
    }),
    ("count wrong", |made, rng| {
        let mut made = made.clone();
        let perspective = rng.usize(..made.perspectives.len());
        let counts = if made.is_early || rng.bool() { &mut made.sources } else { &mut made.counts };
        counts[perspective] = rng.usize(..21);
        Some(made.text())
    }),
    ("count missing", |made, rng| {
        let n = rng.usize(..made.perspectives.len());
        let mut seen = 0;
        Some(without_lines(&made.text(), |line| {
            seen += usize::from(line.starts_with("    count:"));
            line.starts_with("    count:") && seen == n + 1
        }))
    }),
    ("empty perspective added", |made, rng| {
        let at = if rng.bool() { "articleCount" } else { "perspectives" };
        let text = made.text();
        let (before, behind) = text.split_once("perspectives:\n")?;
        let more = "  - id: \"other\"\n    name: \"Other\"\n    count: 0\n";
        Some(match at {
            "perspectives" => format!("{before}perspectives:\n{more}{behind}"),
            _ => format!(
                "{before}perspectives:\n{}",
                behind.replacen(
                    &format!("{}Sources:", made.perspectives[0].id),
                    &format!("{more}{}Sources:", made.perspectives[0].id),
                    1
                )
            ),
        })
    }),
    ("locales swapped", |made, rng| {
        let (a, b) = two(made, rng)?;
        let (one, other) = (format!("[{}]", made.perspectives[a].locale), format!("[{}]", made.perspectives[b].locale));
        Some(made.text().replace(&one, "\0").replace(&other, &one).replace('\0', &other))
            .filter(|_| !made.is_early && made.perspectives.iter().any(|perspective| perspective.locale == "en-US"))
    }),
    ("locale of one line", |made, rng| {
        let mut made = made.clone();
        let at = rng.usize(..made.lines.len());
        made.lines[at].locale = made.perspectives[rng.usize(..made.perspectives.len())].locale;
        Some(made.text())
    }),
    ("lines swapped", |made, rng| lines(made, rng, |made, a, b| made.lines.swap(a, b))),
    ("lines in any order", |made, rng| {
        let mut made = made.clone();
        rng.shuffle(&mut made.lines);
        Some(made.text())
    }),
    ("lines backwards", |made, _| {
        let mut made = made.clone();
        made.lines.reverse();
        Some(made.text())
    }),
    ("numbers in any order", |made, rng| {
        let mut made = made.clone();
        let mut numbers: Vec<usize> = (1..=made.lines.len()).collect();
        rng.shuffle(&mut numbers);
        made.lines.iter_mut().zip(numbers).for_each(|(line, number)| line.number = number);
        Some(made.text())
    }),
    ("numbers begin anew", |made, rng| {
        let mut made = made.clone();
        let at = rng.usize(..made.lines.len());
        made.lines[at..].iter_mut().zip(1..).for_each(|(line, number)| line.number = number);
        Some(made.text())
    }),
    ("numbers lost", |made, rng| {
        let (mark, all) = (["-", "*", "1."][rng.usize(..3)], rng.bool());
        let renumber = |line: &str| match line.split_once(". [") {
            Some((_, rest)) if all || line.len().is_multiple_of(2) => format!("{mark} [{rest}\n"),
            _ => format!("{line}\n"),
        };
        Some(made.text().lines().map(renumber).collect()).filter(|_| all || mark != "1.")
    }),
    ("line lost", |made, rng| lines(made, rng, |made, a, _| made.lines.retain(|line| line.number != a + 1))),
    ("line lost and one twice", |made, rng| {
        lines(made, rng, |made, a, b| made.lines[a] = made.lines[b].clone()).filter(|_| made.lines.len() > 2)
    }),
    ("line among the bullets", |made, rng| {
        let line = made.lines[rng.usize(..made.lines.len())].text() + "\n";
        let heading = made.heading(rng.usize(..made.perspectives.len())) + "\n\n";
        Some(made.text().replace(&line, "").replace(&heading, &(heading.clone() + &line)))
    }),
    ("comment over lines", |made, rng| around(made, rng, "<!--", Some("-->"))),
    ("comment without an end", |made, rng| around(made, rng, "<!-- note", None)),
    ("fence over lines", |made, rng| {
        let (open, close) = [("```", "```"), ("~~~", "~~~"), ("````text", "`````")][rng.usize(..3)];
        around(made, rng, open, Some(close))
    }),
    ("fence without an end", |made, rng| {
        let open = ["```", "~~~~", "```md"][rng.usize(..3)];
        around(made, rng, open, None)
    }),
    ("HTML over lines", |made, rng| {
        let tag = ["div", "pre", "details", "script"][rng.usize(..4)];
        let close = Some(format!("</{tag}>")).filter(|_| rng.bool());
        around(made, rng, &format!("<{tag}>"), close.as_deref())
    }),
    ("lines with a mark before them", |made, rng| {
        let mark = ["> ", "    ", "\t", "  "][rng.usize(..4)];
        let text = made.text();
        let (from, to) = span(&text, rng);
        let mark = |(at, line): (usize, &str)| format!("{}{line}\n", if (from..to).contains(&at) { mark } else { "" });
        Some(text.lines().enumerate().map(mark).collect())
    }),
    ("blank lines lost", |made, rng| {
        let text = made.text();
        let (from, to) = span(&text, rng);
        let mut at = 0;
        Some(without_lines(&text, |line| {
            at += 1;
            line.is_empty() && (from..to).contains(&(at - 1))
        }))
    }),
];

/// Two perspectives.
fn two(made: &Made, rng: &mut Rng) -> Option<(usize, usize)> {
    let (a, b) = (rng.usize(..made.perspectives.len()), rng.usize(..made.perspectives.len()));
    (a != b).then_some((a, b))
}

fn changed(made: &Made, rng: &mut Rng, change: fn(&mut Made, usize, usize)) -> Option<String> {
    let (a, b) = two(made, rng)?;
    let mut made = made.clone();
    change(&mut made, a, b);
    Some(made.text())
}

fn lines(made: &Made, rng: &mut Rng, change: fn(&mut Made, usize, usize)) -> Option<String> {
    let (a, b) = (rng.usize(..made.lines.len()), rng.usize(..made.lines.len()));
    let mut made = made.clone();
    change(&mut made, a, b);
    (a != b && !made.lines.is_empty()).then(|| made.text())
}

fn without_lines(text: &str, mut is_out: impl FnMut(&str) -> bool) -> String {
    text.lines().filter(|line| !is_out(line)).flat_map(|line| [line, "\n"]).collect()
}

/// A text with letters missing, twice or in another place.
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

/// The source list with a heading above the lines of each perspective.
fn parts(made: &Made, name: fn(usize) -> usize) -> Option<String> {
    let list = |perspective: usize| {
        let lines = made.lines.iter().filter(|line| line.perspective == made.perspectives[perspective].id);
        let lines: String = lines.map(|line| line.text() + "\n").collect();
        Some(format!("### {} Sources\n\n{lines}\n", made.perspectives.get(name(perspective))?.name))
    };
    let lists: Option<String> = (0..made.perspectives.len()).map(list).collect();
    made.text().split_once("## Sources\n").map(|(text, _)| Some(format!("{text}## Sources\n\n{}", lists?)))?
}

/// A heading in a form that means the same.
fn form(made: &Made, rng: &mut Rng, heading: &str, is_long: bool) -> Option<String> {
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
    Some(made.text().replace(&format!("{heading}\n"), &format!("{}\n", forms[rng.usize(..forms.len())])))
}

/// Two places among the lines of the body.
fn span(text: &str, rng: &mut Rng) -> (usize, usize) {
    let (first, all) =
        (text.lines().skip(1).position(|line| line == "---").unwrap_or_default() + 2, text.lines().count());
    let (a, b) = (rng.usize(first..all), rng.usize(first..=all));
    (a.min(b), a.max(b))
}

/// Lines above and below some lines of the body.
fn around(made: &Made, rng: &mut Rng, above: &str, below: Option<&str>) -> Option<String> {
    let text = made.text();
    let (from, to) = span(&text, rng);
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(below) = below {
        lines.insert(to, below);
    }
    lines.insert(from, above);
    Some(lines.into_iter().flat_map(|line| [line, "\n"]).collect())
}
