//! Options from other sources than the command line: keys of a report, URL parameters. All values are text, parsed as
//! command line arguments are.

use clap::Args;
use clap::error::{ContextKind, ContextValue};

use super::declared::declared;
use super::{Argument, ValueParser, value_synonym};

/// A source of option values, by name.
pub trait OptionSource {
    /// The error of the source.
    type Error;

    /// Returns the values of an option, none if it is not set.
    fn values(&mut self, option: &Argument) -> Result<Vec<String>, Self::Error>;

    /// Returns the error for an invalid value.
    fn invalid(&self, option: &str, value: &str, expected: Expected) -> Self::Error;
}

/// Description of the valid values of an option.
#[derive(Debug)]
pub enum Expected {
    /// One of these names.
    OneOf(Vec<String>),
    /// A description in words.
    Form(String),
}

impl Expected {
    /// Returns a hint for another value: what is expected, and what the value may mean.
    pub fn hint(&self, value: &str) -> String {
        let names = match self {
            Self::OneOf(names) => names,
            Self::Form(expected) => return format!("expected: {expected}"),
        };
        let synonym = value_synonym(value, |known| names.iter().any(|name| name == known));
        let suggestion = synonym.map(|value| format!("did you mean `{value}`? ")).unwrap_or_default();
        format!("{suggestion}valid values: {}", names.join(", "))
    }
}

/// Reads all options of a command.
pub fn read<T: Args + 'static, W: OptionSource>(source: &mut W) -> Result<T, W::Error> {
    read_some(source, |_| true)
}

/// Reads the options of a command for which `is_offered` is true; the others stay unset.
pub fn read_some<T: Args + 'static, W: OptionSource>(
    source: &mut W,
    is_offered: impl Fn(&Argument) -> bool,
) -> Result<T, W::Error> {
    let (mut args, mut words) = (Vec::new(), Vec::new());
    let declared = declared::<T>();
    for option in declared.options.iter().filter(|option| is_offered(option)) {
        let name = option.name();
        for value in source.values(option)? {
            match option.form() {
                ValueParser::Flag => match value.to_ascii_lowercase().as_str() {
                    "true" => args.push(format!("--{name}")),
                    "false" => {}
                    _ => {
                        let expected = Expected::OneOf(["true", "false"].map(str::to_owned).to_vec());
                        return Err(source.invalid(name, &value, expected));
                    }
                },
                _ if option.is_positional() => words.push(value),
                _ => args.push(format!("--{name}={value}")),
            }
        }
    }
    args.push("--".to_owned());
    args.extend(words);
    declared.parse(args).map_err(|error| {
        let (option, value, expected) = invalid_value(&error);
        source.invalid(&option, &value, expected)
    })
}

/// Returns the option with an invalid value, the value, and the expected ones.
fn invalid_value(error: &clap::Error) -> (String, String, Expected) {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let option = text(ContextKind::InvalidArg);
    let option = option.trim_start_matches('-').split([' ', '=', '[']).next().unwrap_or_default().to_owned();
    let expected = match (error.get(ContextKind::ValidValue), std::error::Error::source(error)) {
        (Some(ContextValue::Strings(names)), _) => Expected::OneOf(names.clone()),
        (_, Some(expected)) => Expected::Form(expected.to_string()),
        _ => Expected::Form(error.kind().to_string()),
    };
    (option, text(ContextKind::InvalidValue), expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Field;
    use crate::options::{CompareOptions, CountOptions, GapsOptions, Limit, QueryOptions, StoriesOptions};

    /// Options as pairs; an error is the option, its value and the expected values.
    struct Pairs(Vec<(&'static str, &'static str)>);

    impl OptionSource for Pairs {
        type Error = (String, String, String);

        fn values(&mut self, option: &Argument) -> Result<Vec<String>, Self::Error> {
            let values = self.0.iter().filter(|(name, _)| *name == option.name());
            Ok(values.flat_map(|(_, value)| option.split(value)).collect())
        }

        fn invalid(&self, option: &str, value: &str, expected: Expected) -> Self::Error {
            let expected = match expected {
                Expected::OneOf(names) => names.join(" "),
                Expected::Form(expected) => expected,
            };
            (option.to_owned(), value.to_owned(), expected)
        }
    }

    fn pairs<T: Args + 'static>(pairs: &[(&'static str, &'static str)]) -> Result<T, (String, String, String)> {
        read(&mut Pairs(pairs.to_vec()))
    }

    #[test]
    fn values_are_parsed_as_arguments_are() {
        let count: CountOptions = pairs(&[("by", "week, Topic"), ("share", "true"), ("top", "3")]).expect("read");
        assert_eq!(count.by, ["week", "Topic"]);
        assert!(count.share && count.top == Some(3));
        let query: QueryOptions =
            pairs(&[("text", "-a --b"), ("topic", "a, b"), ("topic", "-c"), ("limit", "all"), ("any", "FALSE")])
                .expect("read");
        assert_eq!(query.selection.text(), "-a --b");
        assert_eq!(query.selection.filters.fields.0.get(Field::Topic), ["a, b", "-c"], "a name may have a comma");
        assert!(query.limit == Some(Limit(None)) && !query.selection.any);
        let compare: CompareOptions = pairs(&[("period", "2026-01")]).expect("read");
        assert_eq!(compare.period, ["2026-01"], "the number of periods is checked later");
    }

    #[test]
    fn errors_name_the_option_and_the_expected_values() {
        let wrong = |source| pairs::<CountOptions>(&[source]).map(drop).expect_err("wrong");
        let message = |(option, value, expected): (String, String, String)| format!("{option} {value}: {expected}");
        assert!(message(wrong(("kind", "titel"))).starts_with("kind titel: highlight bullet "));
        assert_eq!(message(wrong(("top", "-1"))), "top -1: a whole number");
        assert_eq!(message(wrong(("share", "maybe"))), "share maybe: true false");
        assert_eq!(message(wrong(("kind", ""))), "kind : highlight bullet title");
    }

    #[test]
    fn unset_options_have_their_defaults() {
        fn check<T: Args + Default + std::fmt::Debug + 'static>() {
            assert_eq!(format!("{:?}", pairs::<T>(&[]).expect("read")), format!("{:?}", T::default()));
        }
        check::<QueryOptions>();
        check::<CompareOptions>();
        check::<GapsOptions>();
        check::<StoriesOptions>();
    }
}
