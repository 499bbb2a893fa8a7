//! Options as somebody wrote them elsewhere than on a command line: keys of a report, parameters of an address. All are
//! texts, as arguments are, and are parsed in the same way.

use clap::Args;
use clap::error::{ContextKind, ContextValue};

use super::declared::declared;
use super::{Argument, ValueParser};

/// What was written for options, by their names.
pub trait OptionSource {
    /// What can be wrong with it.
    type Error;

    /// The values of an option, none where it is not written.
    fn values(&mut self, option: &Argument) -> Result<Vec<String>, Self::Error>;

    /// The error for a value that an option cannot have.
    fn wrong(&self, option: &str, value: &str, expected: Expected) -> Self::Error;
}

/// What is expected of a value.
#[derive(Debug)]
pub enum Expected {
    /// One of these names.
    OneOf(Vec<String>),
    /// Something else, in words.
    Form(String),
}

/// Reads the options of a question.
pub fn read<T: Args + 'static, W: OptionSource>(written: &mut W) -> Result<T, W::Error> {
    read_some(written, |_| true)
}

/// Reads those options of a question that are offered; the others are not set.
pub fn read_some<T: Args + 'static, W: OptionSource>(
    written: &mut W,
    is_offered: impl Fn(&Argument) -> bool,
) -> Result<T, W::Error> {
    let (mut args, mut words) = (Vec::new(), Vec::new());
    let declared = declared::<T>();
    for option in declared.options.iter().filter(|option| is_offered(option)) {
        let name = option.name();
        for value in written.values(option)? {
            match option.form() {
                ValueParser::Flag => match value.to_ascii_lowercase().as_str() {
                    "true" => args.push(format!("--{name}")),
                    "false" => {}
                    _ => {
                        let expected = Expected::OneOf(["true", "false"].map(str::to_owned).to_vec());
                        return Err(written.wrong(name, &value, expected));
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
        let (option, value, expected) = wrong(&error);
        written.wrong(&option, &value, expected)
    })
}

/// The option that is wrong, its value, and what is expected.
fn wrong(error: &clap::Error) -> (String, String, Expected) {
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
    use crate::insight::By;
    use crate::model::Field;
    use crate::options::{CompareOptions, CountOptions, GapsOptions, Limit, QueryOptions, StoriesOptions};

    /// Options as pairs; an error is the option, its value and what is expected.
    struct Pairs(Vec<(&'static str, &'static str)>);

    impl OptionSource for Pairs {
        type Error = (String, String, String);

        fn values(&mut self, option: &Argument) -> Result<Vec<String>, Self::Error> {
            let values = self.0.iter().filter(|(name, _)| *name == option.name());
            Ok(values.flat_map(|(_, value)| option.split(value)).collect())
        }

        fn wrong(&self, option: &str, value: &str, expected: Expected) -> Self::Error {
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
    fn what_is_written_is_parsed_as_arguments_are() {
        let count: CountOptions = pairs(&[("by", "week, Topic"), ("share", "true"), ("top", "3")]).expect("read");
        assert_eq!(count.by, [By::Week, By::ALL[0]]);
        assert!(count.share && count.top == Some(3));
        let query: QueryOptions =
            pairs(&[("text", "-a --b"), ("topic", "a, b"), ("topic", "-c"), ("limit", "all"), ("any", "FALSE")])
                .expect("read");
        assert_eq!(query.selection.text(), "-a --b");
        assert_eq!(query.selection.filters.fields.0.get(Field::Topic), ["a, b", "-c"], "a name may have a comma");
        assert!(query.limit == Some(Limit(None)) && !query.selection.any);
        let compare: CompareOptions = pairs(&[("period", "2026-01")]).expect("read");
        assert_eq!(compare.period, ["2026-01"], "that there must be two is said later");
    }

    #[test]
    fn what_is_wrong_names_the_option_and_what_is_expected() {
        let wrong = |written| pairs::<CountOptions>(&[written]).map(drop).expect_err("wrong");
        let told = |(option, value, expected): (String, String, String)| format!("{option} {value}: {expected}");
        assert!(told(wrong(("by", "week,weak"))).starts_with("by weak: topic perspective source "));
        assert_eq!(told(wrong(("top", "-1"))), "top -1: a whole number");
        assert_eq!(told(wrong(("share", "maybe"))), "share maybe: true false");
        assert_eq!(told(wrong(("kind", ""))), "kind : highlight bullet title");
    }

    #[test]
    fn what_is_not_written_is_as_by_default() {
        fn check<T: Args + Default + std::fmt::Debug + 'static>() {
            assert_eq!(format!("{:?}", pairs::<T>(&[]).expect("read")), format!("{:?}", T::default()));
        }
        check::<QueryOptions>();
        check::<CompareOptions>();
        check::<GapsOptions>();
        check::<StoriesOptions>();
    }
}
