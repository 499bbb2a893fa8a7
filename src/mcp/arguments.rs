//! Arguments of a tool, read as options. Arguments that no option reads are errors.

use serde_json::{Map, Value};

use crate::backend::did_you_mean;
use crate::diagnostic::OptionRef;
use crate::failure::Failure;
use crate::options::{Argument, Expected, OptionSource, ValueParser, canonical, option_synonym};
use crate::planning::nearest;

/// The unread arguments of a call, by the name of the option.
#[derive(Debug)]
pub struct Arguments {
    given: Map<String, Value>,
    known: Vec<String>,
}

/// Returns the name of an option's argument: with underscores, as keys of answers have them.
pub fn name(option: &str) -> String {
    option.replace('-', "_")
}

/// Formats an option as an argument: `` `topic: china-japan` ``.
pub fn syntax(option: &OptionRef) -> String {
    match (option.name, &option.value) {
        // An option of the command that starts the server.
        ("index", _) => "`--index`".to_owned(),
        (option, Some(value)) => format!("`{}: {value}`", name(option)),
        (option, None) => format!("`{}`", name(option)),
    }
}

impl Arguments {
    /// Returns arguments of which none is read. Null is as good as no argument.
    pub fn new(given: Map<String, Value>) -> Result<Self, Failure> {
        let mut by_option = Map::new();
        for (name, value) in given.into_iter().filter(|(_, value)| !value.is_null()) {
            let option = canonical(&name.replace('_', "-")).to_owned();
            if by_option.insert(option.clone(), value).is_some() {
                let message = format!("argument `{}` is given under two names", self::name(&option));
                return Err(Failure::message("usage", message, "give it once"));
            }
        }
        Ok(Self { given: by_option, known: Vec::new() })
    }

    /// Returns an error for the first unread argument.
    pub fn finish(self) -> Result<(), Failure> {
        let Some((option, _)) = self.given.into_iter().next() else { return Ok(()) };
        let is_known = |name: &str| self.known.iter().any(|known| known == name);
        let synonym = option_synonym(&option, is_known).map(|option| vec![name(option)]);
        let known: Vec<String> = self.known.iter().map(|option| name(option)).collect();
        let similar = || nearest(&option, known.iter().cloned().collect());
        // One argument resembles any name more than no other does.
        let suggestion = synonym.or_else(|| (known.len() > 1).then(similar)).and_then(|names| did_you_mean(&names));
        let suggestion = suggestion.map_or_else(String::new, |suggestion| suggestion + " ");
        let hint = format!("{suggestion}valid arguments: {}", known.join(", "));
        Err(Failure::message("usage", format!("unknown argument `{}`", name(&option)), hint))
    }

    /// Reads the values of an option.
    fn take(&mut self, option: &Argument) -> Result<Vec<String>, Failure> {
        self.known.push(option.name().to_owned());
        match self.given.remove(option.name()) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) if option.is_list() => values.iter().map(|value| one(option, value)).collect(),
            Some(value) => one(option, &value).map(|value| option.split(&value)),
        }
    }
}

/// Returns a value as text. A model may write a number as text and text as a number.
fn one(option: &Argument, value: &Value) -> Result<String, Failure> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(is_set) if *option.form() == ValueParser::Flag => Ok(is_set.to_string()),
        other => {
            let expected = match option.form() {
                ValueParser::Flag => "true or false",
                _ if option.is_list() => "a list of texts",
                ValueParser::Number(_) => "a number",
                _ => "one text",
            };
            Err(invalid_value(option.name(), &other.to_string(), &format!("expected: {expected}")))
        }
    }
}

fn invalid_value(option: &str, value: &str, hint: &str) -> Failure {
    Failure::message("usage", format!("invalid value `{value}` for `{}`", name(option)), hint)
}

impl OptionSource for Arguments {
    type Error = Failure;

    fn values(&mut self, option: &Argument) -> Result<Vec<String>, Failure> {
        let values = self.take(option)?;
        if values.is_empty() && option.is_required() {
            return Err(Failure::message(
                "usage",
                format!("missing argument `{}`", name(option.name())),
                option.help(),
            ));
        }
        // An empty text is no value, but it may be a value of a list.
        Ok(values.into_iter().filter(|value| !value.is_empty()).collect())
    }

    fn invalid(&self, option: &str, value: &str, expected: Expected) -> Failure {
        invalid_value(option, value, &expected.hint(value))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::options::{CountOptions, Limit, QueryOptions, read};

    fn arguments(given: Value) -> Result<Arguments, Failure> {
        Arguments::new(given.as_object().cloned().unwrap_or_default())
    }

    fn query(given: Value) -> Result<QueryOptions, Failure> {
        let mut arguments = arguments(given)?;
        let options = read(&mut arguments)?;
        arguments.finish().map(|()| options)
    }

    fn message(given: Value) -> String {
        query(given).expect_err("wrong").text(false)
    }

    #[test]
    fn json_is_read_as_options() {
        let options = query(json!({
            "text": "a -b", "topic": ["x, y", "z"], "outlet": "A, B", "limit": 3, "offset": "2", "all_copies": true, "as-of": null,
        }));
        let QueryOptions { selection, limit, offset, all_copies, .. } = options.expect("read");
        assert_eq!(selection.text(), "a -b");
        let fields = format!("{:?}", selection.filters.fields);
        assert!(fields.contains(r#"["x, y", "z"]"#), "{fields}");
        assert!(fields.contains(r#"["A, B"]"#), "an alias, and one text instead of a list: {fields}");
        assert!(limit == Some(Limit(Some(3))) && offset == 2 && all_copies);
        let count: CountOptions = read(&mut arguments(json!({ "by": "week,topic" })).expect("read")).expect("read");
        assert_eq!(count.by, ["week", "topic"]);
    }

    #[test]
    fn wrong_arguments_say_what_is_right() {
        assert!(message(json!({ "limt": 3 })).contains("unknown argument `limt`"));
        assert!(message(json!({ "limt": 3 })).contains("did you mean `limit`? valid arguments: sort, limit"));
        assert!(message(json!({ "publisher": "x" })).contains("did you mean `source`?"), "a synonym");
        assert!(message(json!({ "text": ["a", "b"] })).contains("expected: one text"));
        assert!(message(json!({ "topic": { "id": 1 } })).contains("expected: a list of texts"));
        assert!(message(json!({ "any": 1 })).contains("valid values: true, false"));
        assert!(message(json!({ "limit": -1 })).contains("a number or `all`"));
        assert!(message(json!({ "offset": true })).contains("expected: a number"));
        assert!(message(json!({ "since": "1d", "from": "2d" })).contains("`since` is given under two names"));
        assert!(message(json!({ "sort": "best" })).contains("did you mean `relevance`?"));
    }
}
