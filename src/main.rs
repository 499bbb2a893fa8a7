//! The command line of digest-search. All the work is done by the library; see `cli` for what it is asked to do.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main().into()
}
