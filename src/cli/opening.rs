//! Opens the index for a reading command, brought up to date before where that is wanted.

use std::io::{self, Write};
use std::mem::ManuallyDrop;

use digest_search::backend::{self, Depth};
use digest_search::index;
use digest_search::ingest;
use digest_search::planning::Reader;

use super::context::Context;
use super::failure::Failure;
use super::index::{Bar, now};

/// How the index is opened
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None::<&str>)]
pub struct OpeningArgs {
    /// Bring the index up to date with its folder first
    #[arg(long)]
    refresh: bool,
    /// Hold all files of the index against what was written first
    #[arg(long)]
    verify: bool,
}

impl OpeningArgs {
    /// The newest commit. It is not closed: the process ends with the command, and to let go of each file by itself takes
    /// as long as many a query.
    pub fn open(&self, context: &Context) -> Result<ManuallyDrop<Reader>, Failure> {
        if self.refresh {
            let (started, today) = now();
            let bar = Bar::new(context.terminal.progress);
            let refreshed = ingest::refresh(&context.index, started, today, &bar);
            bar.0.finish_and_clear();
            match refreshed {
                // Another run is at it already.
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
