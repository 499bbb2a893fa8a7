//! The parameters of an address, read as the options that they are. What nobody has read in the end is a mistake.

use percent_encoding::percent_decode_str;

use super::limits::MAX_PARAMETERS;
use crate::backend::did_you_mean;
use crate::diagnostic::OptionRef;
use crate::failure::Failure;
use crate::options::{Argument, Expected, OptionSource, ValueParser, canonical, meant_option, meant_value};
use crate::planning::nearest;

/// Names and values.
pub type Pairs = Vec<(String, String)>;

/// The parameters of an address, as far as they are not read.
#[derive(Debug)]
pub struct Parameters {
    given: Pairs,
    known: Vec<String>,
}

/// What the parameter of an option is called: as the option, but for the words to search for, which are `q` everywhere on
/// the web, so that the option `--q` needs another name.
pub fn name(option: &str) -> &str {
    match option {
        "text" => "q",
        "q" => "max-q",
        option => option,
    }
}

/// Options as parameters: `` `topic=china-japan` ``.
pub fn syntax(option: &OptionRef) -> String {
    match &option.value {
        Some(value) => format!("`{}={value}`", name(option.name)),
        None => format!("`{}`", name(option.name)),
    }
}

impl Parameters {
    /// None of which is read yet.
    pub fn new(given: Pairs) -> Self {
        Self { given, known: Vec::new() }
    }

    /// What was given for an option. A field of a form that was left empty is not given.
    fn take(&mut self, option: &str) -> Vec<String> {
        let name = name(option);
        self.known.push(name.to_owned());
        let (taken, left) = std::mem::take(&mut self.given).into_iter().partition(|(given, _)| given == name);
        self.given = left;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Whether all of them were read.
    pub fn finish(self) -> Result<(), Failure> {
        let Some((name, _)) = self.given.into_iter().next() else { return Ok(()) };
        let is_known = |option: &str| self.known.iter().any(|known| known == self::name(option));
        let meant = meant_option(&name, is_known).map(|option| vec![self::name(option).to_owned()]);
        let near = || nearest(&name, self.known.iter().cloned().collect());
        let near = did_you_mean(&meant.unwrap_or_else(near));
        let all = match self.known[..] {
            [] => "nothing can be chosen here".to_owned(),
            _ => format!("parameters are {}", self.known.join(", ")),
        };
        Err(Failure::message("usage", format!("there is no parameter `{name}`"), near.unwrap_or(all)))
    }
}

/// Names and values, as they stand behind the question mark of an address.
pub fn pairs(query: &str) -> Result<Pairs, Failure> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    if pieces.clone().count() > MAX_PARAMETERS {
        let message = format!("there are more than {MAX_PARAMETERS} parameters");
        return Err(Failure::message("usage", message, "ask for less"));
    }
    let pair = |piece: &str| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        Ok((canonical(&decoded(name)?).to_owned(), decoded(value)?))
    };
    pieces.map(pair).collect()
}

/// Text without its escapes.
fn decoded(text: &str) -> Result<String, Failure> {
    let wrong = |what: &str| {
        Failure::message(
            "usage",
            format!("the address {what}"),
            "write what is not ASCII as the bytes of UTF-8, as in %C3%A9",
        )
    };
    let mut escapes = text.split('%').skip(1).map(str::as_bytes);
    let is_escape = |escape: &[u8]| matches!(escape, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    if !escapes.all(is_escape) {
        return Err(wrong("has a % without two hexadecimal digits behind it"));
    }
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().map(String::from).map_err(|_| wrong("is not UTF-8"))
}

fn wrong(option: &str, value: &str, hint: &str) -> Failure {
    Failure::message("usage", format!("`{}` can't be `{value}`", name(option)), hint)
}

impl Parameters {
    /// The one value of a parameter that is not empty.
    pub fn one(&mut self, option: &str) -> Result<Option<String>, Failure> {
        let mut values: Vec<String> = self.take(option).into_iter().filter(|value| !value.is_empty()).collect();
        match values.len() {
            0 | 1 => Ok(values.pop()),
            n => {
                let message = format!("`{}` is given {n} times", name(option));
                Err(Failure::message("usage", message, "give it once"))
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
                values => Err(wrong(option.name(), &values.join(" "), "give it once")),
            };
        }
        if !option.is_list() {
            return Ok(self.one(option.name())?.into_iter().collect());
        }
        let given = self.take(option.name()).into_iter().filter(|value| !value.is_empty());
        Ok(given.flat_map(|value| option.split(&value)).collect())
    }

    fn wrong(&self, option: &str, value: &str, expected: Expected) -> Failure {
        let names = match expected {
            Expected::OneOf(names) => names,
            Expected::Form(expected) => return wrong(option, value, &format!("expected: {expected}")),
        };
        let meant = meant_value(value, |known| names.iter().any(|name| name == known));
        let meant = meant.map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
        wrong(option, value, &format!("{meant}it is one of {}", names.join(", ")))
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
    fn what_is_wrong_is_told() {
        assert_eq!(message("q=a&q=b"), "`q` is given 2 times");
        assert_eq!(message("text=a"), "there is no parameter `text`");
        assert_eq!(message("any=1"), "`any` can't be `1`");
        assert_eq!(message("offset=-1"), "`offset` can't be `-1`");
        for query in ["q=%", "q=%4", "q=%zz", "%4=x", "q=100%&x"] {
            assert!(message(query).contains("hexadecimal"), "{query}");
        }
        assert_eq!(message("q=%ff"), "the address is not UTF-8");
        assert_eq!(message(&"a&".repeat(129)), "there are more than 128 parameters");
        assert!(read("ofset=1").expect_err("unknown").json().contains("did you mean `offset`"));
        assert!(read("publisher=x").expect_err("unknown").json().contains("did you mean `source`"), "by meaning");
        assert_eq!(read("source=x&source=y").expect("read").1, ["x", "y"], "an alias");
    }

    proptest! {
        #[test]
        fn every_text_comes_as_it_was_sent(text in "\\PC{1,20}") {
            let sent: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            prop_assert_eq!(read(&format!("q={sent}")).expect("read").0, Some(text));
        }

        #[test]
        fn nothing_that_is_sent_does_harm(query in "[\\x21-\\x7e]{0,60}") {
            let _ = read(&query);
        }
    }
}
