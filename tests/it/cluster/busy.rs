//! A cluster that is too busy for large batches: it gets smaller ones, and has all documents in the end.

use crate::env::{TestEnv, digest};

use super::nodes::Cluster;

#[test]
#[ignore = "needs Java and Maven"]
fn a_node_with_little_memory_for_documents_takes_all_of_them() {
    // A batch of 5 MB is more than the node takes at a time.
    let Some(cluster) = Cluster::start(1, &["indexing_pressure.memory.limit=2mb"]) else { return };
    let address = format!("{}/news", cluster.addresses()[0]);
    let env = TestEnv::new();
    for day in 1..=20 {
        let words: String = (0..9_000).map(|n| format!("word{n} ")).collect();
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &words));
    }
    for index in [&*address, "local"] {
        env.ok(&["--index", index, "index", "corpus", "--quiet"]);
    }
    let count = |index: &str| env.json(&["--index", index, "count", "word8000", "--by", "kind"]);
    assert_eq!(count(&address), count("local"));
}
