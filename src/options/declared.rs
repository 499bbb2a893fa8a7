//! Registry of the options that each struct declares. A server reads options with every request, so they are built
//! once per process.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::builder::ValueRange;
use clap::error::Error;
use clap::{Args, Command};

use super::Argument;

/// The declared options of a command.
pub struct Declared {
    /// The options in order of declaration.
    pub options: Vec<Argument>,
    /// A clap command with these options, in which each value is an argument of its own.
    command: Mutex<Command>,
}

static ALL: Mutex<BTreeMap<TypeId, Arc<Declared>>> = Mutex::new(BTreeMap::new());

/// Returns the declared options of a command.
pub fn declared<T: Args + 'static>() -> Arc<Declared> {
    unpoisoned(&ALL).entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(Declared::new::<T>())).clone()
}

/// Returns the options of a command as a list.
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

    /// Parses arguments into the struct that declares them.
    pub fn parse<T: Args>(&self, args: Vec<String>) -> Result<T, Error> {
        let mut matches = unpoisoned(&self.command).try_get_matches_from_mut(args)?;
        T::from_arg_matches_mut(&mut matches)
    }
}

/// Locks a mutex whose data no panic can leave inconsistent.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
