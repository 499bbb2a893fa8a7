//! Input schemas of the tools, recorded by an option source without values.

use serde_json::{Map, Value, json};

use super::arguments::name;
use crate::options::{Argument, Expected, Number, OptionSource, ValueParser};

/// The arguments read so far.
#[derive(Default)]
pub struct SchemaRecorder {
    properties: Map<String, Value>,
    required: Vec<String>,
}

impl SchemaRecorder {
    /// Returns the schema of all arguments.
    pub fn finish(self) -> Map<String, Value> {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), self.properties.into());
        schema.insert("additionalProperties".to_owned(), false.into());
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), self.required.into());
        }
        schema
    }
}

/// Query syntax, with the examples that a model imitates.
const SYNTAX: &str = "All words must match, in any form. Examples: `tariff OR duty`, `\"rare earths\" licence`, \
                      `exports -steel`, `tarif*`, `\"export control\"~3`, `(port OR harbour) NOT strike`, `source:Reuters`";

fn description(option: &Argument) -> String {
    match option.name() {
        "text" => format!("{}. {SYNTAX}", option.help()),
        _ => option.help(),
    }
}

/// Returns the schema of one value, with its default.
fn value(option: &Argument) -> Value {
    let whole = json!({ "type": "integer", "minimum": 0 });
    let mut schema = match option.form() {
        ValueParser::Text => json!({ "type": "string" }),
        ValueParser::Flag => json!({ "type": "boolean" }),
        ValueParser::OneOf(names) => json!({ "type": "string", "enum": names }),
        ValueParser::Number(Number::Whole) => whole,
        ValueParser::Number(Number::WholeOrAll) => json!({ "anyOf": [whole, { "type": "string", "enum": ["all"] }] }),
        ValueParser::Number(Number::Fraction) => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        ValueParser::Number(Number::Positive) => json!({ "type": "number", "exclusiveMinimum": 0 }),
        ValueParser::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
    };
    if let Some(default) = option.default_value() {
        let number = matches!(option.form(), ValueParser::Number(_)).then(|| default.parse().ok()).flatten();
        schema["default"] = number.unwrap_or_else(|| default.into());
    }
    schema
}

impl OptionSource for SchemaRecorder {
    type Error = String;

    fn values(&mut self, option: &Argument) -> Result<Vec<String>, String> {
        let value = value(option);
        let mut schema = if option.is_list() { json!({ "type": "array", "items": value }) } else { value };
        schema["description"] = description(option).into();
        self.properties.insert(name(option.name()), schema);
        self.required.extend(option.is_required().then(|| name(option.name())));
        Ok(Vec::new())
    }

    fn invalid(&self, option: &str, _value: &str, _expected: Expected) -> String {
        option.to_owned()
    }
}
