//! The options of a question as its struct declares them. A server reads them with each request, so that they are made
//! once a run.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::builder::ValueRange;
use clap::error::Error;
use clap::{Args, Command};

use super::Argument;

/// The options of a question.
pub struct Declared {
    /// Each of them.
    pub options: Vec<Argument>,
    /// A command that has them, each value of which is an argument of its own.
    command: Mutex<Command>,
}

static ALL: Mutex<BTreeMap<TypeId, Arc<Declared>>> = Mutex::new(BTreeMap::new());

/// Returns the options of a question.
pub fn declared<T: Args + 'static>() -> Arc<Declared> {
    unpoisoned(&ALL).entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(Declared::new::<T>())).clone()
}

/// Returns the options of a question, one by one.
pub fn arguments<T: Args + 'static>() -> Vec<Argument> {
    declared::<T>().options.clone()
}

impl Declared {
    fn new<T: Args>() -> Self {
        let command = T::augment_args(Command::new("options"));
        let options = command.get_arguments().cloned().map(Argument::new).collect();
        let command = command.no_binary_name(true).disable_help_flag(true).disable_version_flag(true);
        let command = command.mut_args(|arg| {
            let takes_two = arg.get_num_args() == Some(ValueRange::new(2));
            let arg = if takes_two { arg.num_args(1).value_name("VALUE") } else { arg };
            arg.required(false)
        });
        Self { options, command: Mutex::new(command) }
    }

    /// Parses arguments.
    pub fn parse<T: Args>(&self, args: Vec<String>) -> Result<T, Error> {
        let mut matches = unpoisoned(&self.command).try_get_matches_from_mut(args)?;
        T::from_arg_matches_mut(&mut matches)
    }
}

/// Nothing that is done while it is locked can leave it half done.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
