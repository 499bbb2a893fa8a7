//! Comparisons with too little data.

use std::fmt::Write;

use crate::env::TestEnv;

/// A digest with titles of one group only.
fn digest(date: &str, group: &str) -> String {
    let mut text = format!(
        "---\ntopic: t\ntopicName: \"Ark vs Bell\"\ndate: {date}T04:00:00.000Z\narticleCount: 12\nperspectives:\n  - id: \
         \"{group}\"\n    name: \"{group}\"\n    count: 12\n---\n\n## Sources\n\n"
    );
    for n in 1..=12 {
        let _ = writeln!(
            text,
            "{n}. [en-US] [Plain news {n} of {date}](https://example.com/{date}/{n}) - Source (1/5/2026)"
        );
    }
    text
}

#[test]
fn groups_without_a_common_digest_have_a_note() {
    let env = TestEnv::new();
    env.write("corpus/t/1.md", digest("2026-01-05", "Ark"));
    env.write("corpus/t/2.md", digest("2026-01-06", "Bell"));
    env.ok(&["index", "corpus"]);
    let note = "no digest has both Ark and Bell";
    assert!(env.ok(&["compare"]).contains(note));
    assert!(
        !env.ok(&["compare", "--period", "2026-01-05", "2026-01-06", "--perspective", "Ark"])
            .contains("no digest has both")
    );
    let sample = TestEnv::indexed();
    assert!(!sample.ok(&["compare", "--topic", "arctic-shipping"]).contains("no digest has both"));
}
