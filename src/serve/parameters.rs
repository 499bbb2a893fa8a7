//! The parameters of an address, read as the options that they are. What nobody has read in the end is a mistake.

use percent_encoding::percent_decode_str;

use super::limits::MAX_PARAMETERS;
use crate::engine::{did_you_mean, nearest};
use crate::failure::Failure;
use crate::options::{Form, WHOLE, Written, canonical, meant_option, meant_value};

/// Names and values.
pub type Pairs = Vec<(String, String)>;

/// The parameters of an address, as far as they are not read.
#[derive(Debug)]
pub struct Parameters {
    given: Pairs,
    known: Vec<&'static str>,
}

/// What a parameter is called: as the option, but for the words to search for, which are `q` everywhere on the web, so
/// that the option `--q` needs another name.
pub fn name(option: &'static str) -> &'static str {
    renamed(option)
}

/// The same of a name that was found somewhere.
pub fn renamed(option: &str) -> &str {
    match option {
        "text" => "q",
        "q" => "max-q",
        option => option,
    }
}

impl Parameters {
    /// None of which is read yet.
    pub fn new(given: Pairs) -> Self {
        Self { given, known: Vec::new() }
    }

    /// What was given for an option. A field of a form that was left empty is not given.
    fn take(&mut self, option: &'static str) -> Vec<String> {
        let name = name(option);
        self.known.push(name);
        let (taken, left) = std::mem::take(&mut self.given).into_iter().partition(|(given, _)| given == name);
        self.given = left;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Whether all of them were read.
    pub fn finish(self) -> Result<(), Failure> {
        let Some((name, _)) = self.given.into_iter().next() else { return Ok(()) };
        let is_known = |option: &str| self.known.contains(&renamed(option));
        let meant = meant_option(&name, is_known).map(|option| vec![renamed(option).to_owned()]);
        let near = || nearest(&name, self.known.iter().map(ToString::to_string).collect());
        let near = did_you_mean(&meant.unwrap_or_else(near));
        let all = match self.known[..] {
            [] => "nothing can be chosen here".to_owned(),
            _ => format!("parameters are {}", self.known.join(", ")),
        };
        Err(Failure::message("usage", format!("there is no parameter `{name}`"), &near.unwrap_or(all)))
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

fn wrong(option: &'static str, value: &str, hint: &str) -> Failure {
    Failure::message("usage", format!("`{}` can't be `{value}`", name(option)), hint)
}

fn one_of<T: Copy>(option: &'static str, value: &str, all: &[T], as_str: fn(T) -> &'static str) -> Result<T, Failure> {
    let found = all.iter().copied().find(|known| as_str(*known).eq_ignore_ascii_case(value));
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|known| as_str(*known)).collect();
        let meant = meant_value(value, |known| names.contains(&known));
        let meant = meant.map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
        wrong(option, value, &format!("{meant}it is one of {}", names.join(", ")))
    })
}

impl Written for Parameters {
    type Error = Failure;

    fn text(&mut self, option: &'static str) -> Result<Option<String>, Failure> {
        let mut values = self.each(option)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            n => {
                let message = format!("`{}` is given {n} times", name(option));
                Err(Failure::message("usage", message, "give it once"))
            }
        }
    }

    fn each(&mut self, option: &'static str) -> Result<Vec<String>, Failure> {
        Ok(self.take(option).into_iter().filter(|value| !value.is_empty()).collect())
    }

    fn flag(&mut self, option: &'static str) -> Result<bool, Failure> {
        match &self.take(option)[..] {
            [] => Ok(false),
            [value] if value.is_empty() => Ok(true),
            [value] => one_of(option, value, &[true, false], |yes| if yes { "true" } else { "false" }),
            values => Err(wrong(option, &values.join(" "), "give it once")),
        }
    }

    fn number(&mut self, option: &'static str) -> Result<Option<usize>, Failure> {
        self.parsed(option, WHOLE)
    }

    fn parsed<T>(&mut self, option: &'static str, form: Form<T>) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(option)? else { return Ok(None) };
        (form.parse)(&text).map(Some).map_err(|expected| wrong(option, &text, &format!("expected: {expected}")))
    }

    fn choice<T: Copy>(
        &mut self,
        option: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Result<Option<T>, Failure> {
        let Some(text) = self.text(option)? else { return Ok(None) };
        one_of(option, &text, all, as_str).map(Some)
    }

    fn choices<T: Copy>(
        &mut self,
        option: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Result<Vec<T>, Failure> {
        let values = self.each(option)?;
        let parts = values.iter().flat_map(|value| value.split(',')).map(str::trim);
        parts.map(|part| one_of(option, part, all, as_str)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Read = (Option<String>, Vec<String>, bool, Option<usize>);

    fn read(query: &str) -> Result<Read, Failure> {
        let mut parameters = Parameters::new(pairs(query)?);
        let read = (
            parameters.text("text")?,
            parameters.each("source")?,
            parameters.flag("any")?,
            parameters.number("offset")?,
        );
        parameters.finish()?;
        Ok(read)
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
        assert_eq!(offset, Some(3));
        assert_eq!(read("q=&source=&offset=").expect("read"), (None, vec![], false, None), "an empty form");
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
        assert_eq!(read("outlet=x&outlet=y").expect("read").1, ["x", "y"], "an alias");
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
