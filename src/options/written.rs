//! Options as somebody wrote them elsewhere than on a command line: keys of a report, parameters of an address. All are
//! texts, as arguments are, and are parsed in the same way.

use clap::Args;
use clap::error::{ContextKind, ContextValue};

use super::declared::declared;
use super::{Argument, Form};

/// What was written for options, by their names.
pub trait Written {
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
pub fn read<T: Args + 'static, W: Written>(written: &mut W) -> Result<T, W::Error> {
    read_some(written, |_| true)
}

/// Reads those options of a question that are offered; the others are not set.
pub fn read_some<T: Args + 'static, W: Written>(
    written: &mut W,
    is_offered: impl Fn(&Argument) -> bool,
) -> Result<T, W::Error> {
    let (mut args, mut words) = (Vec::new(), Vec::new());
    let declared = declared::<T>();
    for option in declared.options.iter().filter(|option| is_offered(option)) {
        let name = option.name();
        for value in written.values(option)? {
            match option.form() {
                Form::Flag => match value.to_ascii_lowercase().as_str() {
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
