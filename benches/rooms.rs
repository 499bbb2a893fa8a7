//! The time of each room over the sample corpus.
//!
//! ```sh
//! cargo bench --bench rooms [-- PART_OF_A_NAME]
//! ```
//!
//! Also prints the change since the last run. Reading, parsing and making documents are of the whole corpus.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use digest_search::digest::documents;
use digest_search::digest::{Conventions, Digest, Outcome, parse};
use digest_search::ingest::{self, Options};
use digest_search::model::Field;
use digest_search::options::{
    CompareOptions, CountOptions, FieldOptions, FilterOptions, GapsOptions, Limit, QueryOptions, Question,
    SelectionOptions, StoriesOptions, TrendOptions,
};
use digest_search::render::{Format, Output, Style, render, render_report};
use digest_search::report::Spec;
use digest_search::text::{Language, streams};
use digest_search::{ask, corpus};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const REPORT: &str = include_str!("../reports/two-perspectives.yaml");

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Indexes the corpus, or brings its index up to date.
fn index(index: &Path) -> Result<()> {
    let options = Options {
        corpora: vec![Path::new(CORPUS).to_path_buf().into()],
        index: index.into(),
        rebuild: false,
        dry_run: false,
        strict: false,
        drafts: false,
        allow_shrink: false,
        shards: Default::default(),
        // Long after the last change of a file.
        started: i64::MAX,
        // Relative dates count from the newest digest before.
        today: NaiveDate::MAX,
    };
    ingest::run(&options, &())?;
    Ok(())
}

fn writing(c: &mut Criterion) -> Result<()> {
    let root = Path::new(CORPUS);
    let (_, yaml) = corpus::read_conventions(root).map_err(|(_, error)| error)?;
    let conventions = Conventions::from_yaml(&yaml)?;
    let files = corpus::walk(root)?.files;
    let read = || files.iter().map(|(path, _)| Ok(corpus::read(&root.join(path))?.text)).collect::<Result<Vec<_>>>();
    let texts = read()?;
    let parse_all = || texts.iter().map(|text| parse(text, &conventions).outcome).collect::<Vec<_>>();
    let digests: Vec<Box<Digest>> = parse_all()
        .into_iter()
        .filter_map(|outcome| match outcome {
            Outcome::Digest(digest) => Some(digest),
            _ => None,
        })
        .collect();
    let make_all = || digests.iter().map(|digest| documents((**digest).clone(), &conventions)).collect::<Vec<_>>();
    let entries: Vec<_> = make_all().into_iter().flatten().collect();
    c.bench_function("corpus: walk", |b| b.iter(|| corpus::walk(root).map(|found| found.files.len())));
    c.bench_function("corpus: read", |b| b.iter(read));
    c.bench_function("digest: parse", |b| b.iter(parse_all));
    c.bench_function("schema: streams of English", |b| {
        b.iter(|| entries.iter().map(|entry| streams(&entry.text, Language::of(Some("en"))).stem.len()).sum::<usize>());
    });
    c.bench_function("schema: documents", |b| b.iter(make_all));
    let folder = tempfile::tempdir()?;
    let mut n = 0;
    c.bench_function("ingest: all", |b| {
        b.iter(|| {
            n += 1;
            index(&folder.path().join(n.to_string())).map_err(|error| error.to_string())
        });
    });
    let folder = folder.path().join(n.to_string());
    c.bench_function("ingest: nothing changed", |b| b.iter(|| index(&folder).map_err(|error| error.to_string())));
    Ok(())
}

fn questions() -> Vec<(&'static str, Question)> {
    let of = |text: &str, topic: &[&str]| {
        let mut fields = FieldOptions::default();
        fields.0.set(Field::Topic, topic.iter().map(|topic| (*topic).to_owned()).collect());
        let filters = FilterOptions { fields, ..FilterOptions::default() };
        SelectionOptions { text: vec![text.to_owned()], filters, ..SelectionOptions::default() }
    };
    let stories = GapsOptions { selection: of("", &["china-japan"]), ..GapsOptions::default() };
    let query = |selection| QueryOptions { selection, ..QueryOptions::default() };
    let facets = ["source", "topic", "perspective"].map(str::to_owned).to_vec();
    let all = Some(Limit(None));
    vec![
        ("query: term", Question::Query(query(of("tariff", &[])))),
        ("query: and", Question::Query(query(of("export controls", &[])))),
        ("query: or", Question::Query(query(of("steel OR acero", &[])))),
        ("query: phrase", Question::Query(query(of("\"rare earths\"", &[])))),
        ("query: prefix", Question::Query(query(of("licen*", &[])))),
        ("query: filter", Question::Query(query(of("tariff", &["us-mexico"])))),
        (
            "query: facets",
            Question::Query(QueryOptions { limit: Some(Limit(Some(0))), facets, ..query(of("tariff", &[])) }),
        ),
        ("query: all, copies as one", Question::Query(QueryOptions { limit: all, ..query(of("", &[])) })),
        (
            "query: all, every copy",
            Question::Query(QueryOptions { limit: all, all_copies: true, ..query(of("", &[])) }),
        ),
        (
            "count",
            Question::Count(CountOptions { by: ["source", "month"].map(str::to_owned).to_vec(), ..Default::default() }),
        ),
        ("compare", Question::Compare(CompareOptions { selection: of("", &["china-japan"]), ..Default::default() })),
        ("trend", Question::Trend(TrendOptions { selection: of("tariff", &["us-mexico"]), ..Default::default() })),
        ("stories", Question::Stories(StoriesOptions { shared: stories, ..Default::default() })),
    ]
}

fn reading(c: &mut Criterion) -> Result<()> {
    let folder = tempfile::tempdir()?;
    index(folder.path())?;
    c.bench_function("open", |b| b.iter(|| digest_search::index::open(folder.path())));
    let reader = digest_search::index::open(folder.path())?;
    let answered =
        |question: &Question| Ok::<_, Box<dyn Error>>(ask::answer(question.request(reader.catalog())?, &reader)?);
    for (name, question) in questions() {
        answered(&question)?;
        c.bench_function(name, |b| b.iter(|| answered(&question).map_err(|error| error.to_string())));
    }
    let output = |format| {
        let style = Style { color: true, ..Style::plain(80, digest_search::diagnostic::plain) };
        Output { format, style, fields: Vec::new(), raw: false, bom: false }
    };
    let many = QueryOptions { limit: Some(Limit(Some(100))), ..QueryOptions::default() };
    let answer = answered(&Question::Query(many))?;
    let mut out = Vec::new();
    for format in [Format::Text, Format::Json, Format::Csv, Format::Md] {
        c.bench_function(&format!("render: 100 hits, {}", format.as_str()), |b| {
            b.iter(|| {
                out.clear();
                render(black_box(&answer), &output(format), &mut out)
            });
        });
    }
    let report = Spec::read(REPORT, &[]).map_err(|_| "a report that can't be read")?.answer(&reader);
    let report = report.map_err(|_| "a report that can't be answered")?;
    c.bench_function("render: a report, html", |b| {
        b.iter(|| {
            out.clear();
            render_report(black_box(&report), &output(Format::Html), &mut out)
        });
    });
    fs::remove_dir_all(folder.path())?;
    Ok(())
}

fn rooms(c: &mut Criterion) {
    writing(c).and_then(|()| reading(c)).expect("the sample corpus can be indexed and queried");
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = rooms
}
criterion_main!(benches);
