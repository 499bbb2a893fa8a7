//! The modules and items that files of a program use.

use std::collections::BTreeSet;

use crate::rooms::without_tests;

/// A path to a module or an item.
pub type Path = Vec<String>;

/// A use in a file.
pub struct Use {
    /// As written.
    pub path: Path,
    /// The name under which others get it from the file, where the file re-exports it.
    pub exported: Option<String>,
}

/// The uses of a file, and the identifiers of its code without comments, tests and `use`s.
pub struct Source {
    pub file: String,
    pub uses: Vec<Use>,
    pub words: BTreeSet<String>,
}

impl Source {
    pub fn new(file: &str, text: &str) -> Self {
        let code = without_tests(text).lines().map(|line| line.split("//").next().unwrap());
        let mut source = Self { file: file.to_owned(), uses: Vec::new(), words: BTreeSet::new() };
        for statement in code.collect::<Vec<_>>().join("\n").split(';') {
            let lines: Vec<&str> = statement.lines().map(str::trim).collect();
            let is_use = |line: &&str| line.starts_with("use ") || line.starts_with("pub") && line.contains(" use ");
            // A statement ends with its `use`, if it has one.
            let (before, used) = lines.split_at(lines.iter().position(is_use).unwrap_or(lines.len()));
            let used = used.join(" ");
            if let Some((visibility, tree)) = used.split_once("use ") {
                source.expand("", tree, !visibility.is_empty());
            }
            let is_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            for path in before.join(" ").split(|c| !is_of_path(c)) {
                let path: Path = path.split("::").map(str::to_owned).collect();
                source.words.extend(path.iter().cloned());
                if path.len() > 1 {
                    source.uses.push(Use { path, exported: None });
                }
            }
        }
        source
    }

    /// Adds the paths of a tree such as `a::{b, c::{d, e as f}}`.
    fn expand(&mut self, before: &str, tree: &str, exports: bool) {
        if let Some((head, branches)) = tree.trim().strip_suffix('}').and_then(|tree| tree.split_once('{')) {
            let mut depth = 0;
            let is_between = |c: char| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                c == ',' && depth == 0
            };
            let branches: Vec<&str> = branches.split(is_between).filter(|branch| !branch.trim().is_empty()).collect();
            branches.iter().for_each(|branch| self.expand(&format!("{before}{head}"), branch, exports));
        } else {
            let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree));
            let path: Path = format!("{before}{path}").split("::").map(|name| name.trim().to_owned()).collect();
            let name = name.rsplit("::").next().unwrap().trim().to_owned();
            self.uses.push(Use { path, exported: exports.then_some(name) });
        }
    }
}
