//! The backend in a cluster, on OpenSearch in processes of this machine. Its answers equal those of the backend in memory,
//! scores included. These tests need Java and Maven: `cargo test --test it cluster -- --ignored`. Those on a scripted server
//! run always.

mod busy;
mod case;
mod damage;
mod deaths;
mod fake;
mod java;
mod locks;
mod losses;
mod nodes;
mod partial;
mod port;
mod prepared;
mod refusals;
mod request;
mod stub;
mod sweep;
mod wear;
mod wire;
mod writes;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::contract::{both, check, check_sample, check_whole, check_word_orders, others, word_orders};
use crate::corpus::Corpus;
use crate::parity::{digest, request, sample_texts, words};

use nodes::Cluster;

/// Returns the address of a new index in a cluster of one node, which all tests share; `None` where there can be none.
fn address() -> Option<String> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let cluster = CLUSTER.get_or_init(|| Cluster::start(1, &[])).as_ref()?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Some(format!("{}/test-{number}", cluster.addresses()[0]))
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() })
}

/// Compares random corpora, before and after edits, with the backend in memory.
fn random_corpora_equal_the_backend_in_memory(shards: usize) {
    // Three cases; PROPTEST_CASES=20000 makes 250 of them, which ask 2,000 questions.
    let mut runner = runner(ProptestConfig::default().cases / 80);
    let case = (
        prop::collection::vec(digest(), 2..6),
        prop::collection::vec(digest(), 0..4),
        prop::collection::vec(request(words()), 8),
        0usize..100,
    );
    let run = |(texts, before, requests, at): (Vec<String>, Vec<String>, Vec<_>, usize)| {
        let Some(address) = address() else { return Ok(()) };
        let corpus = Corpus::at(&address, shards);
        corpus.edit(&texts, &before);
        let readers = both(&corpus, &texts);
        check_whole(&readers);
        for request in &requests {
            check(&readers, request);
        }
        others(&readers, &requests[0], at).iter().for_each(|request| check(&readers, request));
        Ok(())
    };
    runner.run(&case, run).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
#[ignore = "needs Java and Maven"]
fn random_corpora_in_one_shard_equal_the_backend_in_memory() {
    random_corpora_equal_the_backend_in_memory(1);
}

#[test]
#[ignore = "needs Java and Maven"]
fn random_corpora_in_three_shards_equal_the_backend_in_memory() {
    random_corpora_equal_the_backend_in_memory(3);
}

#[test]
#[ignore = "needs Java and Maven"]
fn twenty_rounds_of_edits_equal_the_backend_in_memory() {
    let round = (prop::collection::vec(any::<bool>(), 10), prop::collection::vec(request(words()), 3));
    let case = (prop::collection::vec(digest(), 10), prop::collection::vec(round, 20));
    let run = |(texts, rounds): (Vec<String>, Vec<(Vec<bool>, Vec<_>)>)| {
        let Some(address) = address() else { return Ok(()) };
        let corpus = Corpus::at(&address, 3);
        for (is_there, requests) in &rounds {
            let there = texts.iter().zip(is_there).filter(|(_, is_there)| **is_there);
            let there: Vec<String> = there.map(|(text, _)| text.clone()).collect();
            corpus.index(&there);
            let readers = both(&corpus, &there);
            check_whole(&readers);
            requests.iter().for_each(|request| check(&readers, request));
        }
        Ok(())
    };
    runner(1).run(&case, run).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
#[ignore = "needs Java and Maven"]
fn the_sample_in_a_cluster_equals_the_backend_in_memory() {
    let Some(address) = address() else { return };
    let texts: Vec<String> = sample_texts().iter().map(|text| text.replace("\r\n", "\n")).collect();
    let corpus = Corpus::at(&address, 3);
    corpus.index(&texts);
    check_sample(&both(&corpus, &texts));
}

#[test]
#[ignore = "needs Java and Maven"]
fn word_orders_in_a_cluster_equal_the_backend_in_memory() {
    let Some(address) = address() else { return };
    let texts = word_orders();
    let corpus = Corpus::at(&address, 1);
    corpus.index(&texts);
    check_word_orders(&both(&corpus, &texts));
}
