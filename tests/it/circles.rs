//! No circular uses among the files of a room.

mod uses;

use std::collections::{BTreeMap, BTreeSet};

use crate::rooms::sources;
use uses::{Path, Source};

/// The files of a program, by module.
struct Program(BTreeMap<Path, Source>);

impl Program {
    fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let module = |file: &str| {
            let names = file.trim_end_matches(".rs").trim_end_matches("/mod");
            names.split('/').map(str::to_owned).collect()
        };
        Self(files.into_iter().map(|(file, text)| (module(file), Source::new(file, text))).collect())
    }

    /// The absolute path of a use; none for other crates.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                Some([module.get(..module.len().checked_sub(ups)?)?, &path[ups..]].concat())
            }
            _ => Some([module, path].concat()).filter(|path| self.0.contains_key(&path[..=module.len()])),
        }
    }

    /// The module whose file defines the item at a path.
    fn home(&self, path: &[String]) -> Option<Path> {
        let module = (1..=path.len()).rev().map(|end| &path[..end]).find(|module| self.0.contains_key(*module))?;
        let Some(item) = path.get(module.len()) else { return Some(module.to_vec()) };
        let origin = self.0[module].uses.iter().find(|used| used.exported.as_ref() == Some(item));
        match origin.and_then(|used| self.absolute(module, &used.path)) {
            Some(origin) => self.home(&[&origin, &path[module.len() + 1..]].concat()),
            None => Some(module.to_vec()),
        }
    }

    /// The modules of the same room that a module uses.
    fn used(&self, module: &Path) -> BTreeSet<Path> {
        let source = &self.0[module];
        let homes = source.uses.iter().filter_map(|used| {
            let path = self.absolute(module, &used.path)?;
            // A re-export of an item of a child is not a use, unless the file uses the item itself.
            let is_type = |name: &String| name.starts_with(char::is_uppercase) && source.words.contains(name);
            let is_used = match &used.exported {
                Some(name) if path.starts_with(module) => is_type(name),
                _ => true,
            };
            self.home(&path).filter(|home| is_used && home != module && home[0] == module[0])
        });
        homes.collect()
    }

    /// The circles of files that use one another.
    fn circles(&self) -> BTreeSet<Vec<&str>> {
        let used: BTreeMap<&Path, BTreeSet<Path>> = self.0.keys().map(|module| (module, self.used(module))).collect();
        let reached = |from: &Path| {
            let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
            while let Some(module) = open.pop() {
                open.extend(used[module].iter().filter(|next| reached.insert((*next).clone())));
            }
            reached
        };
        let reached: BTreeMap<&Path, BTreeSet<Path>> = self.0.keys().map(|module| (module, reached(module))).collect();
        let circle = |module: &&Path| {
            let circle = reached[*module].iter().filter(|other| reached[*other].contains(*module));
            circle.map(|module| self.0[module].file.as_str()).collect::<Vec<_>>()
        };
        self.0.keys().map(|module| circle(&module)).filter(|circle| !circle.is_empty()).collect()
    }
}

#[test]
fn no_room_has_circular_uses() {
    let sources = sources();
    let is_of_room = |file: &str| !matches!(file, "lib.rs" | "main.rs") && !file.ends_with("tests.rs");
    let files = sources.iter().map(|(file, text)| (file.as_str(), text.as_str())).filter(|(file, _)| is_of_room(file));
    let program = Program::new(files);
    let circles = program.circles();
    assert!(circles.is_empty(), "these files use one another; move what they share into a separate file: {circles:#?}");
}

#[test]
fn planted_circles_are_found() {
    let check = |root: &str, one: &str, two: &str, circle: &[&str]| {
        let program =
            Program::new([("a/mod.rs", root), ("a/one.rs", one), ("a/two.rs", two), ("b.rs", "use crate::a;")]);
        assert_eq!(Vec::from_iter(program.circles()), Vec::from_iter((!circle.is_empty()).then(|| circle.to_vec())));
    };
    let root = "mod one;\nmod two;\n\npub use one::{One, first};\npub(crate) use two::Two as Second;\n";
    let both = ["a/one.rs", "a/two.rs"];
    check(root, "use super::two::Two;", "use crate::b;", &[]);
    check(root, "use super::two::Two;", "use std::{fs, io};\nuse crate::a::{self, one::{Other, One}};", &both);
    check(root, "use super::{\n    Second,\n    first,\n};", "fn f() -> super::One {}", &both);
    check(root, "use super::two::Two;", "// crate::a::One\n#[cfg(test)]\nmod tests {\n    use super::super::One;", &[]);
    let uses_child = format!("{root}struct Pair(One);\nfn f() {{ two::g() }}\nconst MOST: u8 = 1;");
    check(&uses_child, "", "", &[]);
    check(&uses_child, "use super::MOST;", "", &["a/mod.rs", "a/one.rs"]);
    check(&uses_child, "", "use super::MOST;", &["a/mod.rs", "a/two.rs"]);
}
