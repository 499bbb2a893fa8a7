use std::fs;

use super::*;
use crate::backend::Catalog;
use crate::backend::{Commit, Session, Shards};
use crate::digest::documents;
use crate::digest::{Conventions, Digest, Outcome, parse};
use crate::model::CustomFields;
use crate::tantivy::indexing::writer::Store;
use crate::tantivy::snapshot::OpenCommit;
use crate::tantivy::storage::folder::Folder;
use crate::tantivy::storage::layout::SOURCES;

#[test]
fn the_most_frequent_spelling_is_shown() {
    let names = [("POST", 2), ("Post", 2), ("Café", 1), ("CAFE", 3), ("Other", 1), ("post.example", 4)];
    let sources = Sources::of(names.into());
    let shown = ["POST", "Post", "Café", "CAFE", "Other", "New"].map(|name| sources.shown(name));
    assert_eq!(shown, ["POST", "POST", "CAFE", "CAFE", "Other", "New"]);
    let values = ["", "Café", "Other", "Post"].map(str::to_owned);
    assert_eq!(sources.renamed(&values), [(1, "CAFE"), (3, "POST")]);
    assert_eq!(sources.likely("post"), [("post.example".to_owned(), 4)]);
    assert_eq!(sources.likely("cafe"), []);
}

/// Returns a digest with a title of each source.
fn digest(day: u32, sources: &[&str]) -> Digest {
    let head = format!("---\ntopic: t\ndate: 2026-01-{day:02}\n---\n\n## Sources\n\n");
    let line = |(n, source)| format!("{n}. [Title {n}](https://example.com/{n}) - {source} (1/1/2026)\n");
    let titles: String = (1..).zip(sources).map(line).collect();
    match parse(&(head + &titles), &Conventions::default()).outcome {
        Outcome::Digest(digest) => *digest,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_file_equals_the_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let steps: [(&[&str], &str); 3] =
        [(&["Post", "POST", "Post"], "Post"), (&["POST", "POST"], "POST"), (&["Post", "post"], "Post")];
    for (step, (sources, shown)) in (1..).zip(steps) {
        let store = Store::lock(folder.path()).expect("locked");
        let writer =
            if step == 1 { store.rebuild(0, CustomFields::default(), Shards::default()) } else { store.update(0) }
                .expect("a writer");
        writer.add(documents(digest(step, sources), &Conventions::default())).expect("added");
        let catalog = Catalog { version: crate::digest::VERSION, ..Catalog::default() };
        if step == 3 {
            writer.remove(&"t/2026-01-02".parse().expect("an id")).expect("removed");
        }
        writer.commit(&Commit { catalog, ..Commit::default() }).expect("committed");
        let open = || open(folder.path());
        let reader = open();
        let written = reader.sources().expect("read");
        assert_eq!(*written, count(&reader.segments).expect("counted"));
        assert_eq!(["post", "POST"].map(|name| written.shown(name)), [if step == 3 { shown } else { "post" }, shown]);
        let path = folder.path().join("g1").join(SOURCES);
        let whole = fs::read_to_string(&path).expect("read");
        assert!(whole.starts_with(&format!("{step}\n")), "of this commit: {whole}");
        for other in ["", "9", &whole[..whole.len() - 3], &whole.replacen(&step.to_string(), "9", 1)] {
            fs::write(&path, other).expect("written");
            assert_eq!(open().sources().expect("counted"), written, "counted from the column");
        }
        fs::write(&path, &whole).expect("written");
    }
}

fn open(index: &std::path::Path) -> OpenCommit {
    let generation = Folder::new(index).pin_current().expect("an index");
    OpenCommit::open(generation).expect("opened")
}
