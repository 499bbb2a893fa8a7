//! Settings to edit, for a folder as it was found: everything is commented out.

use std::fmt::Write;

use super::overview::Overview;
use crate::digest::{Conventions, literal};

/// Number of labels in an example.
const LABELS: usize = 2;

/// Returns the text of a `digest-search.yaml` without effect. A line of YAML begins with `#`, a remark with `# `.
pub fn settings(overview: &Overview) -> String {
    let mut out = String::from(
        "# Settings of digest-search for this folder. Nothing here has an effect yet: all lines are comments.\n\
         # To use a line, remove its `#` and that of the indented lines below it.\n\
         # docs/layouts.md describes all settings. `digest-search check . --explain FILE` shows what becomes of each line\n\
         # of a file.\n\n# Found without settings:\n",
    );
    for part in &overview.parts {
        let examples = part.examples.first().map_or("", String::as_str);
        // Text of the corpus cannot end the comment.
        let examples: String = examples.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(out, "#   {:<12} {:<30} {:>7}  {examples}", part.part, part.place, part.count);
    }
    out.push_str(
        "\n# Where something was found in the wrong place: other places, tried in their order before the usual ones.\n",
    );
    out.push_str("# `none` at the end leaves out the usual places.\n");
    out.push_str("#layouts:\n#  - files: '**'\n#    topic: { constant: My topic }\n#    date: { key: published }\n");
    let labels: Vec<&str> = overview.labels.iter().take(LABELS).map(|(label, _)| label.as_str()).collect();
    match &labels[..] {
        [] => out.push_str("#    perspective: { heading: '^The view from (.+)' }\n"),
        labels => {
            let pattern = labels.iter().map(|label| literal(label)).collect::<Vec<_>>().join("|");
            let _ = writeln!(out, "#    perspective: {{ label: {} }}", quoted(&format!("^({pattern})$")));
        }
    }
    out.push_str("#    title: [ { heading: { level: 3 } }, none ]\n#    source: { after: 'via (.+)$' }\n");
    out.push_str("\n# Files and sections to skip.\n#skip:\n#  files: [drafts]\n#  sections: ['Sponsor*']\n");
    out.push_str("\n# Keys of front matter as fields: `--where KEY=VALUE`, `--by KEY`.\n");
    let fields: Vec<(String, &str)> = overview.keys.iter().filter_map(|key| field(&key.part)).collect();
    let _ = match &fields[..] {
        [] => writeln!(out, "#fields: [tags]"),
        fields if fields.iter().all(|(name, key)| name == key) => {
            writeln!(out, "#fields: [{}]", fields.iter().map(|(_, key)| quoted(key)).collect::<Vec<_>>().join(", "))
        }
        fields => {
            let pairs = fields.iter().map(|(name, key)| format!("{}: {}", quoted(name), quoted(key)));
            writeln!(out, "#fields: {{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    };
    out.push_str("\n# Other names of a source, and its attributes: `--where source.country=VALUE`.\n#sources:\n");
    let source = overview.parts.iter().find(|part| part.part == "source").and_then(|part| part.examples.first());
    let source = quoted(source.map_or("Harbour Daily", String::as_str));
    let _ = writeln!(out, "#  {source}: {{ aliases: [another name], country: xx }}");
    out
}

/// Returns the name of a field for a key, and the key: its own name, or another where that is reserved. None where neither can be one.
fn field(key: &str) -> Option<(String, &str)> {
    let is_valid = |name: &String| Conventions::from_yaml(&format!("fields: {{ {}: x }}", quoted(name))).is_ok();
    let name = [key.to_owned(), format!("my_{key}")].into_iter().find(is_valid)?;
    Some((name, key))
}

/// Returns a text as a quoted scalar in one line.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::FoundPart;

    #[test]
    fn settings_have_no_effect_until_their_lines_are_used() {
        let found = |part: &str, example: &str| FoundPart {
            part: part.to_owned(),
            place: "key",
            count: 3,
            examples: vec![example.to_owned()],
        };
        let overview = Overview {
            parts: vec![found("date", "2026-03-25"), found("source", "It's: \n#a [b]")],
            keys: vec![found("tags", "x"), found("Länder", "y"), found("source", "z"), found("a b", "z")],
            labels: vec![("Norway (north)".to_owned(), 9), ("秘鲁".to_owned(), 3), ("Chile".to_owned(), 3)],
            ..Overview::default()
        };
        for overview in [overview, Overview::default()] {
            let text = settings(&overview);
            assert_eq!(Conventions::from_yaml(&text).expect(&text), Conventions::default());
            let is_yaml = |line: &&str| line.starts_with('#') && !line.starts_with("# ");
            let yaml: String = text.lines().filter(is_yaml).map(|line| format!("{}\n", &line[1..])).collect();
            assert!(Conventions::from_yaml(&yaml).is_ok_and(|all| all != Conventions::default()), "{yaml}");
        }
    }
}
