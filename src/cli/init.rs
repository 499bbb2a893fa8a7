//! `digest-search init`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use digest_search::ask;
use digest_search::corpus::CONVENTIONS_FILE;
use digest_search::files;
use digest_search::lint::settings;
use digest_search::render::{Answer, InitAnswer};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::output;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search init ./news
  digest-search init ./news --write    write ./news/digest-search.yaml
  digest-search init ./news --format json")]
pub struct Args {
    /// Folder of digests
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write a `digest-search.yaml` to edit, unless the folder has one
    #[arg(long)]
    write: bool,
    #[command(flatten)]
    output: output::OutputArgs,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let path = args.folder.join(CONVENTIONS_FILE);
    if args.write {
        refuse_other(&path)?;
    }
    let overview = ask::overview(&args.folder)?;
    if args.write {
        files::replace(&path, settings(&overview).as_bytes()).map_err(|error| unwritable(&path, &error))?;
    }
    let answer = InitAnswer { folder: args.folder, overview, written: args.write.then_some(path) };
    context.answer(&Answer::Init(answer), &args.output.output(context)?, Exit::Done)
}

/// Refuses to replace settings.
fn refuse_other(path: &Path) -> Result<(), Failure> {
    for path in [path.to_path_buf(), path.with_extension("yml")] {
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unwritable(&path, &error)),
            Ok(_) => {
                let message = format!("{} exists already", path.display());
                return Err(Failure::message(
                    "init",
                    message,
                    "edit it, or move it away; without --write, nothing is written",
                ));
            }
        }
    }
    Ok(())
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::message("init", format!("cannot write {}: {error}", path.display()), "check the permissions of the folder")
}
