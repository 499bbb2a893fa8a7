//! The list of perspectives.

use serde::Deserialize;

use super::entry::{Entry, plain};
use super::{MAX_PERSPECTIVES, Perspective, Subject, Warning};

/// A longer id is a mistake.
const MAX_ID_CHARS: usize = 100;

impl Entry<'_> {
    pub(super) fn perspectives(&self, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Perspective> {
        let listed = match self.value().and_then(Vec::<Listed>::deserialize) {
            Ok(listed) => listed,
            Err(_) => {
                warnings
                    .push(Subject::FrontMatter.at(self.line, "`perspectives` is not valid YAML; read line by line"));
                self.perspective_lines()
            }
        };
        if listed.len() > MAX_PERSPECTIVES {
            let message = format!("`perspectives` has {} entries; the first {MAX_PERSPECTIVES} count", listed.len());
            warnings.push(Subject::Side.at(self.line, message));
        }
        let mut out: Vec<Perspective> = Vec::new();
        for Listed { id: written, name, count } in listed.into_iter().take(MAX_PERSPECTIVES) {
            let id = typable(&written);
            if id != written {
                let message = format!("the perspective `{written}` has an id that can't be typed; it is called `{id}`");
                warnings.push(Subject::Side.at(self.line, message));
            }
            if id.is_empty() || out.iter().any(|p| p.id == id) {
                let message = format!("`perspectives` has an entry with an empty or repeated id `{id}`; left out");
                warnings.push(Subject::Side.at(self.line, message));
                continue;
            }
            let name = name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or_else(|| id.clone());
            out.push(Perspective { id, name, count });
        }
        out
    }

    /// The list of perspectives where a string in it is not escaped: each line is `- key: value` or `key: value`.
    fn perspective_lines(&self) -> Vec<Listed> {
        let mut out: Vec<Listed> = Vec::new();
        for line in self.yaml.lines().skip(1) {
            let line = line.trim();
            let item = line.strip_prefix("- ");
            if item.is_some() {
                out.push(Listed::default());
            }
            let (Some((key, value)), Some(last)) = (item.unwrap_or(line).split_once(':'), out.last_mut()) else {
                continue;
            };
            match key.trim() {
                "id" => last.id = plain(value),
                "name" => last.name = Some(plain(value)),
                "count" => last.count = plain(value).parse().ok(),
                _ => {}
            }
        }
        out
    }
}

#[derive(Default, Deserialize)]
struct Listed {
    #[serde(default)]
    id: String,
    name: Option<String>,
    count: Option<usize>,
}

/// An id with hyphens for what would end it in a unit's id, or can't be typed.
fn typable(id: &str) -> String {
    let good = |c: char| !c.is_whitespace() && !c.is_control() && c != '#';
    let id: String = id.chars().map(|c| if good(c) { c } else { '-' }).take(MAX_ID_CHARS).collect();
    id.trim_matches('-').to_owned()
}
