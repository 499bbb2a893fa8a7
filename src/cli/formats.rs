//! The formats of answers.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use digest_search::render::Format;

/// The formats, each with what is said of it.
pub const FORMATS: [(Format, &str); 9] = [
    (Format::Text, "For people"),
    (Format::Json, "One JSON object"),
    (Format::Jsonl, "A JSON object a line"),
    (Format::Csv, "Comma-separated values, safe for spreadsheets"),
    (Format::Tsv, "Tab-separated values, likewise"),
    (Format::Md, "Markdown, to paste into a document"),
    (Format::Svg, "A picture, of trend alone"),
    (Format::Html, "A page that needs nothing else, of a report"),
    (Format::Ids, "Ids alone, one a line"),
];

/// Understands the name of a format.
pub fn format() -> impl TypedValueParser<Value = Format> {
    let names = FORMATS.map(|(format, help)| PossibleValue::new(format.as_str()).help(help));
    PossibleValuesParser::new(names).try_map(|typed| {
        let format = FORMATS.into_iter().find(|(format, _)| format.as_str() == typed);
        format.map(|(format, _)| format).ok_or("no format has this name")
    })
}
