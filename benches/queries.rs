//! The latency of queries within a process: from the text to the bytes of the answer, as in the program.
//!
//! ```sh
//! cargo bench --bench queries -- INDEX QUERIES [--passes 5] [--exact] [--answers FILE]
//! ```
//!
//! QUERIES has one query per line, `TYPE TEXT [PERSPECTIVE FIRST LAST]`, with tabs between: `term`, `and`, `or`, `phrase`,
//! `prefix`, `filter` (a perspective and days, as `20260131`), `facet` (counts by source, topic and perspective, no hits)
//! or `count` (by source and month). With `--exact`, words match only as they are written. Prints a JSON object:
//! `us` has for each query its type and the median of the passes in microseconds, `entries` the number of matches, `bytes`
//! the size of its answer; `hash` is the XXH3 of all answers, concatenated, as `--answers` writes them to a file.

#![allow(clippy::print_stdout, reason = "what it measured")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use digest_search::ask;
use digest_search::model::Field;
use digest_search::options::{
    CountOptions, FieldOptions, FilterOptions, Limit, QueryOptions, Question, Request, SelectionOptions,
};
use digest_search::planning::Reader;
use digest_search::query::Collapse;
use digest_search::render::{Answer, Format, Output, Style, render};
use xxhash_rust::xxh3::xxh3_64;

/// The number of warm-up passes.
const WARM: usize = 2;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let exact = take(&mut arguments, "--exact").is_some();
    let passes = match take(&mut arguments, "--passes") {
        Some(at) => arguments.remove(at).parse()?,
        None => 5,
    };
    let written_to = take(&mut arguments, "--answers").map(|at| arguments.remove(at));
    let [index, queries] = &arguments[..] else {
        println!(
            "nothing measured: cargo bench --bench queries -- INDEX QUERIES [--passes N] [--exact] [--answers FILE]"
        );
        return Ok(());
    };
    let text = std::fs::read_to_string(queries)?;
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let reader = digest_search::index::open(Path::new(index))?;
    let mut times = vec![Vec::with_capacity(passes); lines.len()];
    let mut entries = vec![0; lines.len()];
    let mut bytes = vec![0; lines.len()];
    let (mut out, mut answers) = (Vec::new(), Vec::new());
    for pass in 0..passes + WARM {
        for (i, line) in lines.iter().enumerate() {
            let question = question(line, exact)?;
            let started = Instant::now();
            entries[i] = run(&question, &reader, &mut out)?;
            if pass >= WARM {
                times[i].push(started.elapsed().as_secs_f64() * 1e6);
            }
            if pass == 0 {
                bytes[i] = out.len();
                answers.extend_from_slice(&out);
            }
        }
    }
    let medians = times.iter_mut().map(|times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2].round()
    });
    let us: Vec<(&str, f64)> = lines.iter().map(|line| line[0]).zip(medians).collect();
    if let Some(file) = written_to {
        std::fs::write(file, &answers)?;
    }
    let hash = format!("{:016x}", xxh3_64(&answers));
    println!("{}", serde_json::json!({ "us": us, "entries": entries, "bytes": bytes, "hash": hash }));
    Ok(())
}

/// Removes an option; returns the index of its value.
fn take(arguments: &mut Vec<String>, option: &str) -> Option<usize> {
    let at = arguments.iter().position(|argument| argument == option)?;
    arguments.remove(at);
    Some(at)
}

fn question(line: &[&str], exact: bool) -> Result<Question, Box<dyn Error>> {
    let words = *line.get(1).ok_or("a line without a query")?;
    let each = |join: &str| {
        let written = |word: &str| if exact { format!("\"{word}\"") } else { word.to_owned() };
        words.split(' ').map(written).collect::<Vec<_>>().join(join)
    };
    let text = match line[0] {
        "or" => each(" OR "),
        "phrase" => format!("\"{words}\""),
        "prefix" => format!("{words}*"),
        _ => each(" "),
    };
    let day = |number: &&str| format!("{}-{}-{}", &number[..4], &number[4..6], &number[6..]);
    let mut fields = FieldOptions::default();
    fields.0.set(Field::Perspective, line.get(2).map(|perspective| (*perspective).to_owned()).into_iter().collect());
    let filters =
        FilterOptions { fields, since: line.get(3).map(day), until: line.get(4).map(day), ..FilterOptions::default() };
    let selection = SelectionOptions { text: vec![text], filters, ..SelectionOptions::default() };
    Ok(match line[0] {
        "count" => Question::Count(CountOptions {
            selection,
            by: ["source", "month"].map(str::to_owned).to_vec(),
            ..CountOptions::default()
        }),
        "facet" => Question::Query(QueryOptions {
            selection,
            limit: Some(Limit(Some(0))),
            facets: ["source", "topic", "perspective"].map(str::to_owned).to_vec(),
            ..QueryOptions::default()
        }),
        _ => Question::Query(QueryOptions { selection, ..QueryOptions::default() }),
    })
}

/// Answers a query and writes the answer. Returns the number of matches.
fn run(question: &Question, reader: &Reader, out: &mut Vec<u8>) -> Result<usize, Box<dyn Error>> {
    let style = Style::plain(80, digest_search::diagnostic::plain);
    let output = Output { format: Format::Text, style, fields: Vec::new(), raw: false, bom: false };
    let mut request = question.request(reader.catalog())?;
    if let Request::Query(request) = &mut request {
        request.collapse = Collapse::Counted;
    }
    let answer = ask::answer(request, reader)?;
    out.clear();
    render(&answer, &output, out)?;
    Ok(match answer {
        Answer::Query(answer) => answer.response.total_entries,
        Answer::Count(answer) => answer.response.total_entries,
        _ => 0,
    })
}
