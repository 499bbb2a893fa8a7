//! The command line of digest-search. All the work is done by the library; see `cli` for what it is asked to do.

mod cli;

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main().into()
}
