//! The death of nodes: each of three is killed in turn, and runs and questions go on.

use crate::env::{TestEnv, digest};

use super::nodes::Cluster;

#[test]
#[ignore = "needs Java and Maven"]
fn an_index_outlives_the_death_of_each_node() {
    let Some(mut cluster) = Cluster::start(3, &[]) else { return };
    let address = format!("{}/news", cluster.addresses().join(","));
    let env = TestEnv::with_digests(2);
    let entries =
        |index: &str| env.json(&["--index", index, "query", "highlight OR bullet OR title", "--limit", "all"]);
    let index = |index: &str| env.ok(&["--index", index, "index", "corpus", "--quiet"]);
    index(&address);
    for node in 0..3 {
        cluster.kill(node);
        env.write("corpus/t/2026-01-02.md", digest(2, &format!("word{node}")));
        env.write(&format!("corpus/t/2026-01-1{node}.md"), digest(10 + node as u32, "new"));
        // Shards whose primary is gone have another one only after a moment.
        assert_eq!(env.json(&["--index", &address, "count"])["total_entries"], 10 + 5 * node);
        index(&address);
        index("local");
        assert_eq!(entries(&address), entries("local"), "without node {node}");
        cluster.restart(node);
        assert_eq!(entries(&address), entries("local"), "with node {node} again");
    }
}
