//! Parameters of a route, recorded by an option source without values.

use serde_json::{Value, json};

use crate::options::{Argument, Expected, OptionSource, ValueParser};
use crate::serve::parameters::name;
use crate::serve::route::Route;

/// Descriptions of the parameters read so far.
#[derive(Default)]
pub struct ParameterList(Vec<Value>);

impl ParameterList {
    /// Returns the parameters of a route.
    pub fn of(route: Route) -> Vec<Value> {
        let mut list = Self::default();
        // Without values there are no errors.
        let _ = route.read(&mut list);
        list.0
    }
}

/// Returns the help text of an option, with its aliases.
fn description(option: &Argument) -> String {
    let aliases = option.aliases().into_iter().map(|alias| format!("; alias `{alias}`"));
    std::iter::once(option.help()).chain(aliases).collect()
}

fn schema(option: &Argument) -> Value {
    let mut one = match option.form() {
        ValueParser::Text => json!({ "type": "string" }),
        ValueParser::Flag => json!({ "type": "boolean" }),
        ValueParser::OneOf(names) => json!({ "type": "string", "enum": names }),
        ValueParser::Number(number) => json!({ "type": "string", "pattern": number.pattern() }),
        ValueParser::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
    };
    if let Some(value) = option.default_value() {
        one["default"] = value.into();
    }
    if option.is_list() { json!({ "type": "array", "items": one }) } else { one }
}

impl OptionSource for ParameterList {
    type Error = String;

    fn values(&mut self, option: &Argument) -> Result<Vec<String>, String> {
        self.0.push(json!({
            "name": name(option.name()),
            "in": "query",
            "required": option.is_required(),
            "description": description(option),
            "schema": schema(option),
        }));
        Ok(Vec::new())
    }

    fn invalid(&self, option: &str, _value: &str, _expected: Expected) -> String {
        option.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::route::ROUTES;

    #[test]
    fn every_parameter_has_a_help_text() {
        for (path, route) in ROUTES {
            for parameter in ParameterList::of(route) {
                let help = parameter["description"].as_str().unwrap_or_default();
                assert!(!help.is_empty(), "{path}: {parameter}");
            }
        }
    }
}
