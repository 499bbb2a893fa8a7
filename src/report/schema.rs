//! JSON Schema of a spec, for editors, from the options' names and help texts.

use serde_json::{Map, Value, json};

use super::spec::DAYS;
use crate::options::{Argument, Command, FilterOptions, ValueParser, arguments};

/// Returns the schema of a spec.
pub fn schema() -> Value {
    let filters = arguments::<FilterOptions>();
    let days = filters.iter().filter(|filter| names(filter).iter().any(|name| DAYS.contains(&name.as_str())));
    let mut properties = keys(days);
    properties.insert("title".to_owned(), text("Title of the report"));
    properties.insert(
        "vars".to_owned(),
        json!({ "type": "object", "description": "Variables; {name} in a text is replaced by the value" }),
    );
    properties.insert("filters".to_owned(), mapping(&filters, "Filters of all sections"));
    properties.insert("sections".to_owned(), json!({ "type": "array", "minItems": 1, "items": section() }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report of digest-search",
        "type": "object",
        "required": ["sections"],
        "properties": properties,
        "additionalProperties": false,
    })
}

fn section() -> Value {
    let mut properties = Map::new();
    properties.insert("title".to_owned(), text("Title of the section"));
    properties.insert("assert".to_owned(), list(&text("Condition on the answer, such as total > 0")));
    properties.insert("text".to_owned(), text("Text in Markdown"));
    for command in Command::ALL {
        let help = format!("Options of `{}`", command.as_str());
        properties.insert(command.as_str().to_owned(), mapping(&command.arguments(), &help));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn text(help: &str) -> Value {
    json!({ "type": ["string", "number"], "description": help })
}

fn list(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

/// Returns the schema of a mapping of options, which may be empty.
fn mapping(options: &[Argument], help: &str) -> Value {
    json!({ "type": ["object", "null"], "description": help, "properties": keys(options), "additionalProperties": false })
}

fn keys<'a>(options: impl IntoIterator<Item = &'a Argument>) -> Map<String, Value> {
    options.into_iter().flat_map(|option| names(option).into_iter().map(move |name| (name, key(option)))).collect()
}

/// Returns the name of an option and its aliases.
fn names(option: &Argument) -> Vec<String> {
    super::keys::names_of(option.name())
}

/// Returns the schema of a number, or of a text that matches a regular expression.
fn pattern(pattern: &str, other: &Value) -> Value {
    json!({ "anyOf": [{ "type": "number" }, { "type": "string", "pattern": pattern }, other] })
}

/// Returns the schema of an option's value, which may contain a variable or commas.
fn key(option: &Argument) -> Value {
    let other = json!({ "type": "string", "pattern": "[{,]" });
    let one = match option.form() {
        ValueParser::Text => json!({ "type": ["string", "number"] }),
        ValueParser::Flag => json!({ "anyOf": [{ "type": "boolean" }, { "enum": ["yes", "no"] }, other] }),
        ValueParser::OneOf(names) => json!({ "anyOf": [{ "enum": names }, other] }),
        ValueParser::Number(number) => pattern(number.pattern(), &other),
        ValueParser::Pattern(text) => pattern(text, &other),
    };
    let mut schema = if option.is_list() { list(&one) } else { one };
    schema["description"] = option.help().into();
    schema
}
