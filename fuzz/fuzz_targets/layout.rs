//! Fuzzes digests in any layout: reading them never panics or takes long, decisions are the same each time, entries are
//! complete and numbered correctly.
//!
//!     cargo +nightly fuzz run layout
#![no_main]

mod entries;

use digest_search::digest::{Conventions, Digest, Facts, Folder, Layout, LineIds, Outcome, Parsed, Use, read};
use libfuzzer_sys::fuzz_target;

/// Paths of the file, with and without a day and a language.
const PATHS: [&str; 3] = ["2026-03-25.md", "content/en/2026/03/25.md", "news/notes.markdown"];

/// Rules of every kind of place.
const RULES: &str = r"
layouts:
  - files: '**'
    date: [ { key: day }, { heading: '(?<day>\d+)\.(?<month>\d+)\.(?<year>\d+)' } ]
    topic: [ { key: beat }, { heading: { level: 1 } } ]
    language: { key: feed }
    perspective: [ { label: '^(A|B)', value: One }, { label: '.+' }, { heading: 'of (.+)' }, { name: '[a-z]+' } ]
    section: [ { heading: '[A-Z](.*)' }, none ]
    title: [ { heading: '(.+):' }, { label: 'Title' } ]
    source: [ { after: 'via (.*)' }, { label: 'By' }, { heading: 'From (.+)' } ]
    bullet: { label: 'Note' }
    highlight: { heading: 'Brief' }
skip: { sections: ['Ad*'] }
";

fuzz_target!(|text: &str| {
    for yaml in ["", RULES] {
        let conventions = Conventions::from_yaml(yaml).expect("valid settings");
        PATHS.into_iter().for_each(|path| check(text, path, &conventions));
    }
});

fn check(text: &str, path: &str, conventions: &Conventions) {
    let layout = Layout::of(text);
    let facts = if layout == Layout::General { Facts::of(text, path, conventions) } else { None };
    let folder = Folder::decide("news", facts.iter().map(|facts| (path, facts)));
    let reading = facts.as_ref().map(|facts| folder.reading(path, facts));
    let again = facts.as_ref().map(|facts| folder.reading(path, facts).fingerprint());
    assert_eq!(reading.as_ref().map(|reading| reading.fingerprint()), again);
    let Parsed { outcome, lines, .. } = read(text, layout, path, reading.as_ref(), conventions);
    let Outcome::Digest(digest) = outcome else { return };
    let perspectives = digest.perspectives.len();
    assert!(
        digest.bullets.iter().all(|bullet| bullet.perspective.is_none_or(|perspective| perspective < perspectives))
    );
    let last = text.split('\n').count();
    let ids = LineIds::new(&digest);
    for line in &lines {
        assert!((1..=last).contains(&line.line), "{line:?}");
        assert_eq!(ids.of(line.becomes).is_some(), is_of_entry(&digest, line.becomes), "{line:?}");
    }
    entries::check(*digest, conventions);
}

/// Reports whether a line belongs to an entry: a title without a text is none.
fn is_of_entry(digest: &Digest, becomes: Use) -> bool {
    match becomes {
        Use::Title(at) | Use::Source(at) | Use::Link(at) | Use::Description(at) => !digest.titles[at].text.is_empty(),
        Use::Highlight(_) | Use::Bullet(_) => true,
        Use::FrontMatter | Use::Heading | Use::Nothing(_) => false,
    }
}
