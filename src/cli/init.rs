//! `digest-search init`

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
    let other = path.with_extension("yml");
    // Reading a large folder takes longer than this.
    if let Some(path) = [&path, &other].into_iter().find(|path| args.write && path.symlink_metadata().is_ok()) {
        return Err(exists(path));
    }
    let overview = ask::overview(&args.folder)?;
    if args.write {
        files::create_whole(&path, settings(&overview).as_bytes()).map_err(|error| unwritable(&path, &error))?;
    }
    let answer = InitAnswer { folder: args.folder, overview, written: args.write.then_some(path) };
    context.answer(&Answer::Init(answer), &args.output.output(context)?, Exit::Done)
}

fn exists(path: &Path) -> Failure {
    let message = format!("{} exists already", path.display());
    Failure::message("init", message, "edit it, or move it away; without --write, nothing is written")
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return exists(path);
    }
    let message = format!("cannot write {}: {error}", path.display());
    Failure::message("init", message, "check the permissions of the folder")
}
