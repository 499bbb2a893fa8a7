//! Loss of nodes: each of three is killed while a run writes and others read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use digest_search::query::{Filters, Selection};

use super::nodes::Cluster;
use crate::contract::{asked, both, check, check_whole};
use crate::corpus::{Corpus, entries};
use crate::parity::sample_texts;

/// Time for which a killed node is down: the others elect a manager and replace the copies of its shards.
const DOWN: Duration = Duration::from_secs(3);

/// Counts the entries of the index again and again, and returns how often; each count must be one of the expected ones.
fn read(corpus: &Corpus, expected: [usize; 2], is_done: &AtomicBool) -> usize {
    let mut answers = 0;
    while !is_done.load(Ordering::Relaxed) {
        let tally = corpus.reader().tally(&Selection::default(), &[]).expect("an answer");
        assert!(expected.contains(&tally.counts.entries), "{} entries, expected {expected:?}", tally.counts.entries);
        answers += 1;
    }
    answers
}

#[test]
#[ignore = "needs Java and Maven"]
fn the_loss_of_any_node_loses_no_commit_and_no_answer() {
    let Some(mut cluster) = Cluster::start(3, &[]) else { return };
    let texts: Vec<String> = sample_texts().iter().map(|text| text.replace("\r\n", "\n")).collect();
    let corpus = Corpus::at(&format!("{}/losses", cluster.addresses().join(",")), 3);
    let step = texts.len() / 4;
    corpus.index(&texts[..step]);
    for node in 0..3 {
        let [before, after] = [node + 1, node + 2].map(|steps| &texts[..steps * step]);
        let expected = [before, after].map(|texts| entries(texts).len());
        let is_done = AtomicBool::new(false);
        thread::scope(|scope| {
            let readers: Vec<_> = (0..2).map(|_| scope.spawn(|| read(&corpus, expected, &is_done))).collect();
            let writer = scope.spawn(|| corpus.index(after));
            cluster.kill(node);
            thread::sleep(DOWN);
            cluster.restart(node);
            writer.join().expect("a commit");
            is_done.store(true, Ordering::Relaxed);
            let answers: usize = readers.into_iter().map(|reader| reader.join().expect("right answers")).sum();
            assert!(answers > 0);
        });
        let readers = both(&corpus, after);
        check_whole(&readers);
        // What shards count is put together on one node.
        check(&readers, &asked("export controls", Filters::default()));
    }
}
