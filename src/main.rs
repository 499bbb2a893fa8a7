//! Entry point of the command line program; see `cli` and the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main().into()
}
