//! The formats of answers.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use digest_search::render::Format;

/// The formats and their help texts.
pub const FORMATS: [(Format, &str); 9] = [
    (Format::Text, "Text for people"),
    (Format::Json, "One JSON object"),
    (Format::Jsonl, "One JSON object per line"),
    (Format::Csv, "Comma-separated values, safe for spreadsheets"),
    (Format::Tsv, "Tab-separated values, safe for spreadsheets"),
    (Format::Md, "Markdown"),
    (Format::Svg, "A chart, of trend only"),
    (Format::Html, "A self-contained page, of report only"),
    (Format::Ids, "One id per line"),
];

/// Returns a parser for the name of a format.
pub fn format() -> impl TypedValueParser<Value = Format> {
    let names = FORMATS.map(|(format, help)| PossibleValue::new(format.as_str()).help(help));
    PossibleValuesParser::new(names).try_map(|typed| {
        let format = FORMATS.into_iter().find(|(format, _)| format.as_str() == typed);
        format.map(|(format, _)| format).ok_or("unknown format")
    })
}
