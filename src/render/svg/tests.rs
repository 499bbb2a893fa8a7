//! Pictures of constructed answers.

mod reading;

use reading::{check, points};
use roxmltree::Document;

use super::*;
use crate::insight::{Bursting, By, Sampled, Series, Share, TrendRequest, TrendResponse};
use crate::model::{Field, Kind};
use crate::query::{Days, Filters, ParseOptions, Selection, TextQuery};

/// Returns a sample of digests with ten titles each, `found` of which match.
fn sampled(digests: usize, found: usize) -> Option<Sampled> {
    let share = Share::of((0..).zip(0..digests).map(|(day, _)| (day, found, 10)));
    Some(Sampled { entries: digests * 10, found: digests * found, share, ..Sampled::default() })
}

fn perspective(name: &str, points: Vec<Option<Sampled>>) -> Series {
    let all = sampled(points.iter().flatten().count() * 5, 1).unwrap_or_default();
    Series {
        id: name.to_lowercase(),
        name: name.to_owned(),
        is_topic: false,
        all,
        points,
        bursts: Some(Vec::new()),
        words: None,
    }
}

/// Returns spans from the end of 2023.
fn spans(by: By, number: usize) -> Vec<String> {
    let first = Days::parse("2023-11-20", None).ok().and_then(|days| days.first).expect("a day");
    let format = match by {
        By::Week => "%G-W%V",
        By::Month => "%Y-%m",
        By::Year => "%Y",
        By::Day | By::Facet(_) => "%Y-%m-%d",
    };
    let mut spans: Vec<String> = first.iter_days().take(150_000).map(|day| day.format(format).to_string()).collect();
    spans.dedup();
    spans.truncate(number);
    spans
}

fn answer(text: &str, by: By, spans: Vec<String>, perspectives: Vec<Series>) -> TrendAnswer {
    let filters = Filters::default().with(Field::Topic, vec!["us-china".to_owned()]);
    let text = TextQuery::parse(text, ParseOptions::default()).expect("a query");
    let request = TrendRequest { selection: Selection { text, filters, ..Selection::default() }, by, top: 10 };
    let kind = (!perspectives.is_empty()).then_some(Kind::Title);
    let response =
        TrendResponse { total_entries: 1, kind, spans, perspectives, spellings: Vec::new(), suggestions: None };
    TrendAnswer { request, response }
}

fn drawn(answer: &TrendAnswer) -> String {
    drawn_in(answer, Size::File)
}

fn drawn_in(answer: &TrendAnswer, size: Size) -> String {
    let mut out = Vec::new();
    write(answer, answer.note().map(|note| note.to_string()).as_deref(), size, &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn any_number_of_perspectives_and_spans_fits() {
    for by in [By::Day, By::Week, By::Month, By::Year] {
        for number in [1, 3, 12, 53, 300] {
            for perspectives in [1, 3, 4, 9] {
                let point = |at: usize, perspective: usize| {
                    sampled(3, (at + perspective) % 4).filter(|_| (at + perspective) % 11 != 5)
                };
                let mut perspectives: Vec<Series> = (0..perspectives)
                    .map(|s| {
                        perspective(&format!("Perspective number {s}"), (0..number).map(|at| point(at, s)).collect())
                    })
                    .collect();
                let burst = Bursting { first: 0, last: number / 3, weight: 9.5, found: 5, sampled: 20, p: 0.01 };
                perspectives[0].bursts = Some(vec![burst]);
                let answer = answer("tariff", by, spans(by, number), perspectives);
                for size in [Size::File, Size::Wide, Size::Narrow] {
                    check(&drawn_in(&answer, size));
                }
            }
        }
    }
}

/// Of 2% in each of 53 weeks with ten titles, whose intervals go up to a half and more.
#[test]
fn the_axis_fits_the_shares_and_every_point_has_a_mark() {
    let points = (0..53).map(|at| sampled(5, usize::from(at % 50 == 0))).collect();
    let svg = drawn(&answer("tariff", By::Week, spans(By::Week, 53), vec![perspective("China", points)]));
    check(&svg);
    let document = Document::parse(&svg).expect("XML");
    let texts: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
    assert!(texts.contains(&"20%") && !texts.contains(&"30%"), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("arrows: intervals that go on above the axis")), "{texts:?}");
    let marks = document.descendants().filter(|node| node.tag_name().name() == "circle").count();
    assert_eq!(marks, 53 + 1, "one for each point and one for the name");
    let is_arrow = |node: &roxmltree::Node<'_, '_>| {
        node.attribute("fill") == Some("#0072B2") && node.has_attribute("d") && !node.has_attribute("fill-opacity")
    };
    assert_eq!(document.descendants().filter(is_arrow).count(), 53, "each interval is cut off");
}

#[test]
fn unsampled_spans_are_not_interpolated() {
    let samples =
        vec![sampled(5, 1), sampled(5, 2), None, sampled(5, 1), None, sampled(5, 3), sampled(5, 0), sampled(5, 0)];
    let svg = drawn(&answer("tariff", By::Week, spans(By::Week, 8), vec![perspective("China", samples)]));
    check(&svg);
    let document = Document::parse(&svg).expect("XML");
    let paths = |name: &str| {
        let paths = document.descendants().filter(|node| node.has_attribute(name) && node.has_attribute("d"));
        paths.flat_map(points).collect::<Vec<_>>()
    };
    let (bands, lines) = (paths("fill-opacity"), paths("stroke-dasharray"));
    // The last line is that of the name.
    assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [2, 3, 2], "none for single points");
    assert_eq!(bands.iter().map(Vec::len).collect::<Vec<_>>(), [4, 6]);
    for (line, band) in lines.iter().zip(&bands) {
        for (at, (x, y)) in line.iter().enumerate() {
            let (high, low) = (band[at], band[band.len() - 1 - at]);
            assert!(high.0 == *x && low.0 == *x && high.1 <= *y && *y <= low.1, "{high:?} {y} {low:?}");
        }
    }
    let marks = document.descendants().filter(|node| node.tag_name().name() == "circle").count();
    assert_eq!(marks, 6 + 1, "one for each sample and one for the name");
    let title = |text: &str| {
        document
            .descendants()
            .any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")) && node.text() == Some(text))
    };
    assert!(title("2023-W49 (2023-12-04 to 2023-12-10)\nChina: not sampled"), "{svg}");
    assert!(title("China: not sampled 2023-W49"), "{svg}");
    assert!(
        title(
            "2023-W48 (2023-11-27 to 2023-12-03)\nChina: 20.0% (6.4–47.7%), 10 of 50 sampled titles, effective\u{a0}n\u{a0}25"
        ),
        "{svg}"
    );
}

#[test]
fn omitted_time_is_marked() {
    let spans = ["2023-W50", "2023-W51", "2062-W01"].map(str::to_owned).to_vec();
    let svg = drawn(&answer("tariff", By::Week, spans, vec![perspective("China", vec![sampled(5, 1); 3])]));
    check(&svg);
    let document = Document::parse(&svg).expect("XML");
    let lines = document.descendants().filter(|node| node.has_attribute("stroke-dasharray")).flat_map(points);
    assert_eq!(lines.map(|line| line.len()).collect::<Vec<_>>(), [2, 2], "no line over years, and that of the name");
    assert!(svg.contains(">2062<"), "{svg}");
}

#[test]
fn hostile_names_are_escaped() {
    let hostile = "<script>alert(1)</script>&\"'\u{202e}\u{0}\u{1b}\u{ffff}]]>";
    for name in [hostile, "العربية", &"W".repeat(300), "中华人民共和国中华人民共和国中华人民共和国", ""]
    {
        for number in [1, 3, 5] {
            let perspectives =
                (0..number).map(|_| perspective(name, vec![sampled(5, 1), None, sampled(5, 2)])).collect();
            let mut answer = answer("tariff", By::Month, spans(By::Month, 3), perspectives);
            answer.request.selection.filters.set(Field::Source, vec![name.to_owned()]);
            let svg = drawn(&answer);
            check(&svg);
            assert!(!svg.contains('\u{202e}') && !svg.contains("<script"));
        }
    }
}

#[test]
fn shares_of_nothing_and_of_all_stay_in_the_plot() {
    for found in [0, 10] {
        for digests in [1, 50] {
            let perspectives =
                vec![perspective("China", vec![sampled(digests, found); 5]), perspective("Japan", vec![None; 5])];
            check(&drawn(&answer("tariff", By::Year, spans(By::Year, 5), perspectives)));
        }
    }
}

#[test]
fn sample_sizes_are_drawn_without_words() {
    let perspectives = vec![perspective("China", vec![sampled(31, 10), sampled(2, 10)])];
    let svg = drawn(&answer("kind:title", By::Month, spans(By::Month, 2), perspectives));
    check(&svg);
    for text in [">number of sampled titles<", ">400<", "China: 310 sampled titles", "kind:title"] {
        assert!(svg.contains(text), "{text}: {svg}");
    }
    assert!(!svg.contains("Wilson"), "{svg}");
}

#[test]
fn a_long_query_leaves_room_for_the_plot() {
    let query = "tariff OR ".repeat(60) + "steel";
    let svg =
        drawn(&answer(&query, By::Month, spans(By::Month, 3), vec![perspective("China", vec![sampled(5, 1); 3])]));
    check(&svg);
    let document = Document::parse(&svg).expect("XML");
    assert!(document.root_element().attribute("height").is_some_and(|height| height < "700"), "{svg}");
    assert!(svg.contains("steel: Share of sampled titles"), "{svg}");
}

#[test]
fn an_empty_answer_has_nothing_to_draw() {
    let svg = drawn(&answer("tariff", By::Month, Vec::new(), Vec::new()));
    check(&svg);
    assert!(svg.contains("Nothing to draw"), "{svg}");
}

#[test]
fn the_caption_has_samples_legend_and_description() {
    let mut perspective = perspective("China", vec![sampled(5, 1), None, sampled(5, 6)]);
    perspective.bursts = Some(vec![Bursting { first: 2, last: 2, weight: 12.34, found: 30, sampled: 50, p: 0.002 }]);
    let answer = answer("tariff", By::Month, spans(By::Month, 3), vec![perspective]);
    let svg = drawn(&answer);
    assert_eq!(svg, drawn(&answer));
    let document = Document::parse(&svg).expect("XML");
    let texts = document.descendants().filter(|node| node.tag_name().name() == "text").filter_map(|node| node.text());
    let caption = [
        "China: 10.0% (3.8–23.6%), 10 of 100 sampled titles, effective\u{a0}n\u{a0}50; bursts 2024-01 (weight 12.3, p\u{a0}0.002)",
        "Shaded areas and error bars: 95% intervals; bars above the plot: bursts; grey bars below the plot: not sampled",
    ];
    let texts: Vec<&str> = texts.collect();
    assert_eq!(texts[..2], ["tariff", "Share of sampled titles by month · topic us-china"]);
    assert_eq!(texts[2..4], ["share of sampled titles, in %", "months of digests"]);
    assert_eq!(texts[4..6], caption);
    assert_eq!(
        document.descendants().find(|node| node.tag_name().name() == "desc").and_then(|node| node.text()),
        Some(
            "Share of sampled titles by month · topic us-china · 2023-11 to 2024-01. China: 10.0% (3.8–23.6%), 10 of \
             100 sampled titles, effective\u{a0}n\u{a0}50; highest in 2024-01: 60.0% (36.8–79.4%), 30 of 50 sampled titles, \
             effective\u{a0}n\u{a0}33; bursts 2024-01 (weight 12.3, p\u{a0}0.002)"
        )
    );
}
