//! Opening of the index for commands that read it, with optional update and verification.

use std::io::{self, Write};
use std::mem::ManuallyDrop;

use digest_search::backend::{self, Depth};
use digest_search::index;
use digest_search::ingest;
use digest_search::planning::Reader;

use super::context::Context;
use super::failure::Failure;
use super::index::now;
use super::progress::Bar;

/// Opening of the index
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None::<&str>)]
pub struct OpeningArgs {
    /// Update the index before answering
    #[arg(long)]
    refresh: bool,
    /// Verify the index's checksums before answering
    #[arg(long)]
    verify: bool,
}

impl OpeningArgs {
    /// Opens the newest commit. It is not closed: the process ends with the command, and unmapping each file by itself
    /// takes as long as many queries.
    pub fn open(&self, context: &Context) -> Result<ManuallyDrop<Reader>, Failure> {
        if self.refresh {
            let (started, today) = now();
            let bar = Bar::new(context);
            let refreshed = ingest::refresh(&context.index, started, today, &bar);
            bar.clear();
            match refreshed {
                // Another run is already updating it.
                Err(ingest::Error::Engine(error @ backend::Error::Busy { .. })) => {
                    let _ =
                        writeln!(io::stderr(), "not refreshed: {}", digest_search::render::shown(&error.to_string()));
                }
                refreshed => drop(refreshed?),
            }
        }
        if self.verify {
            index::at(&context.index).verify(Depth::Bytes)?;
        }
        Ok(ManuallyDrop::new(index::open(&context.index)?))
    }
}
