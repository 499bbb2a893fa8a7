//! URL parameters, read as options. Parameters that no option reads are errors.

use percent_encoding::percent_decode_str;

use super::limits::MAX_PARAMETERS;
use crate::backend::did_you_mean;
use crate::diagnostic::OptionRef;
use crate::failure::Failure;
use crate::options::{Argument, Expected, OptionSource, ValueParser, canonical, option_synonym};
use crate::planning::nearest;

/// Names and values.
pub type Pairs = Vec<(String, String)>;

/// The unread parameters of a URL.
#[derive(Debug)]
pub struct Parameters {
    given: Pairs,
    known: Vec<String>,
}

/// Returns the name of an option's parameter: the option's own, except `q` for the words to search for, as is usual on
/// the web, and `max-q` for the option `--q`.
pub fn name(option: &str) -> &str {
    match option {
        "text" => "q",
        "q" => "max-q",
        option => option,
    }
}

/// Formats an option as a parameter: `` `topic=china-japan` ``.
pub fn syntax(option: &OptionRef) -> String {
    match &option.value {
        Some(value) => format!("`{}={value}`", name(option.name)),
        None => format!("`{}`", name(option.name)),
    }
}

impl Parameters {
    /// Returns parameters of which none is read.
    pub fn new(given: Pairs) -> Self {
        Self { given, known: Vec::new() }
    }

    /// Reads the values of an option. An empty value is ignored, since forms send empty fields.
    fn take(&mut self, option: &str) -> Vec<String> {
        let name = name(option);
        self.known.push(name.to_owned());
        let (taken, left) = std::mem::take(&mut self.given).into_iter().partition(|(given, _)| given == name);
        self.given = left;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Returns an error for the first unread parameter.
    pub fn finish(self) -> Result<(), Failure> {
        let Some((name, _)) = self.given.into_iter().next() else { return Ok(()) };
        let is_known = |option: &str| self.known.iter().any(|known| known == self::name(option));
        let synonym = option_synonym(&name, is_known).map(|option| vec![self::name(option).to_owned()]);
        let similar = || nearest(&name, self.known.iter().cloned().collect());
        let suggestion = did_you_mean(&synonym.unwrap_or_else(similar));
        let all = match self.known[..] {
            [] => "this path takes no parameters".to_owned(),
            _ => format!("valid parameters: {}", self.known.join(", ")),
        };
        Err(Failure::message("usage", format!("unknown parameter `{name}`"), suggestion.unwrap_or(all)))
    }
}

/// Splits a query string into names and values.
pub fn pairs(query: &str) -> Result<Pairs, Failure> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    if pieces.clone().count() > MAX_PARAMETERS {
        let message = format!("more than {MAX_PARAMETERS} parameters");
        return Err(Failure::message("usage", message, "use fewer parameters"));
    }
    let pair = |piece: &str| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        Ok((canonical(&decoded(name)?).to_owned(), decoded(value)?))
    };
    pieces.map(pair).collect()
}

/// Decodes percent escapes.
fn decoded(text: &str) -> Result<String, Failure> {
    let invalid = |reason: &str| {
        Failure::message(
            "usage",
            format!("invalid URL: {reason}"),
            "escape non-ASCII characters as UTF-8 bytes, such as %C3%A9",
        )
    };
    let mut escapes = text.split('%').skip(1).map(str::as_bytes);
    let is_escape = |escape: &[u8]| matches!(escape, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    if !escapes.all(is_escape) {
        return Err(invalid("% without two hexadecimal digits"));
    }
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().map(String::from).map_err(|_| invalid("not UTF-8"))
}

fn invalid_value(option: &str, value: &str, hint: &str) -> Failure {
    Failure::message("usage", format!("invalid value `{value}` for `{}`", name(option)), hint)
}

impl Parameters {
    /// Reads the only value of a parameter; `None` if it is empty.
    pub fn one(&mut self, option: &str) -> Result<Option<String>, Failure> {
        let mut values: Vec<String> = self.take(option).into_iter().filter(|value| !value.is_empty()).collect();
        match values.len() {
            0 | 1 => Ok(values.pop()),
            n => {
                let message = format!("parameter `{}` is set {n} times", name(option));
                Err(Failure::message("usage", message, "set it once"))
            }
        }
    }
}

impl OptionSource for Parameters {
    type Error = Failure;

    fn values(&mut self, option: &Argument) -> Result<Vec<String>, Failure> {
        if *option.form() == ValueParser::Flag {
            return match &self.take(option.name())[..] {
                [] => Ok(Vec::new()),
                [value] if value.is_empty() => Ok(vec!["true".to_owned()]),
                [value] => Ok(vec![value.clone()]),
                values => Err(invalid_value(option.name(), &values.join(" "), "set it once")),
            };
        }
        if !option.is_list() {
            return Ok(self.one(option.name())?.into_iter().collect());
        }
        let given = self.take(option.name()).into_iter().filter(|value| !value.is_empty());
        Ok(given.flat_map(|value| option.split(&value)).collect())
    }

    fn invalid(&self, option: &str, value: &str, expected: Expected) -> Failure {
        invalid_value(option, value, &expected.hint(value))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Field;
    use proptest::prelude::*;

    use super::*;
    use crate::options::{QueryOptions, read as read_options};

    type Read = (Option<String>, Vec<String>, bool, usize);

    fn read(query: &str) -> Result<Read, Failure> {
        let mut parameters = Parameters::new(pairs(query)?);
        let options: QueryOptions = read_options(&mut parameters)?;
        parameters.finish()?;
        let QueryOptions { selection, offset, .. } = options;
        Ok((
            selection.text.into_iter().next(),
            selection.filters.fields.0.get(Field::Source).to_vec(),
            selection.any,
            offset,
        ))
    }

    fn message(query: &str) -> String {
        read(query).expect_err(query).message_text().to_owned()
    }

    #[test]
    fn parameters_are_read_as_options() {
        let (text, sources, any, offset) = read("q=a+b%2Bc&source=%E6%B5%B7&source=A,+B&any&offset=3&&").expect("read");
        assert_eq!(text.as_deref(), Some("a b+c"));
        assert_eq!(sources, ["海", "A, B"]);
        assert!(any);
        assert_eq!(offset, 3);
        assert_eq!(read("q=&source=&offset=").expect("read"), (None, vec![], false, 0), "an empty form");
        assert!(!read("any=false").expect("read").2);
    }

    #[test]
    fn invalid_parameters_are_errors() {
        assert_eq!(message("q=a&q=b"), "parameter `q` is set 2 times");
        assert_eq!(message("text=a"), "unknown parameter `text`");
        assert_eq!(message("any=1"), "invalid value `1` for `any`");
        assert_eq!(message("offset=-1"), "invalid value `-1` for `offset`");
        for query in ["q=%", "q=%4", "q=%zz", "%4=x", "q=100%&x"] {
            assert!(message(query).contains("hexadecimal"), "{query}");
        }
        assert_eq!(message("q=%ff"), "invalid URL: not UTF-8");
        assert_eq!(message(&"a&".repeat(129)), "more than 128 parameters");
        assert!(read("ofset=1").expect_err("unknown").json().contains("did you mean `offset`"));
        assert!(read("publisher=x").expect_err("unknown").json().contains("did you mean `source`"), "a synonym");
        assert_eq!(read("source=x&source=y").expect("read").1, ["x", "y"], "an alias");
    }

    proptest! {
        #[test]
        fn texts_survive_escaping(text in "\\PC{1,20}") {
            let sent: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            prop_assert_eq!(read(&format!("q={sent}")).expect("read").0, Some(text));
        }

        #[test]
        fn no_query_string_panics(query in "[\\x21-\\x7e]{0,60}") {
            let _ = read(&query);
        }
    }
}
