//! Filter options, built from the table of fields.

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::model::{Field, FieldValueKind, FieldValues};

/// One option per field, each with any number of values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldOptions(pub FieldValues);

fn arg(field: Field) -> Option<Arg> {
    let spec = field.spec();
    let option = spec.option?;
    let arg =
        Arg::new(spec.name).long(spec.name).help(option.help).value_name(option.placeholder).action(ArgAction::Append);
    let arg = option.letter.into_iter().fold(arg, Arg::short);
    let arg = option.alias.into_iter().fold(arg, Arg::visible_alias);
    Some(match spec.values {
        FieldValueKind::Words(words) => {
            let words = words.iter().map(|(word, help)| PossibleValue::new(*word).help(*help));
            arg.value_parser(words.collect::<Vec<_>>()).ignore_case(true)
        }
        _ => arg,
    })
}

impl clap::Args for FieldOptions {
    fn augment_args(command: Command) -> Command {
        command.args(Field::BUILT_IN.into_iter().filter_map(arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for FieldOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut options = Self::default();
        options.update_from_arg_matches(matches)?;
        Ok(options)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for field in Field::BUILT_IN {
            let values = matches.get_many::<String>(field.as_str()).into_iter().flatten();
            let values: Vec<String> = match field.spec().values {
                FieldValueKind::Words(_) => values.map(|word| word.to_lowercase()).collect(),
                _ => values.cloned().collect(),
            };
            self.0.set(field, values);
        }
        Ok(())
    }
}
