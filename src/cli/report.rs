//! `digest-search report`

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueHint;
use digest_search::render::{self, Format, Output, ReportAnswer, Style, render_report, shown};
use digest_search::report::{self, Spec};

use super::context::{Context, written};
use super::exit::Exit;
use super::failure::Failure;
use super::opening;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Report spec in YAML (- for standard input)
    #[arg(value_name = "SPEC", value_hint = ValueHint::FilePath)]
    spec: PathBuf,
    /// Set a variable of the spec; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    set: Vec<(String, String)>,
    /// Write to this file, atomically, instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    output: Option<PathBuf>,
    #[command(flatten)]
    opening: opening::OpeningArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search report reports/weekly.yaml
  digest-search report reports/weekly.yaml --set topic=china-japan --set words='rare earths'
  digest-search report reports/two-perspectives.yaml --format html --output two-perspectives.html
  digest-search report reports/weekly.yaml --refresh --format md | mail -s 'The week' desk@example.com

Exit codes: 0 success, 1 an assertion failed, 2 error.";

/// Maximum size of a spec; a wrong file may be endless.
const MAX_BYTES: u64 = 1 << 20;

fn assignment(typed: &str) -> Result<(String, String), String> {
    let (name, value) = typed.split_once('=').ok_or_else(|| "expected NAME=VALUE".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let output = output(context, args.output.as_deref())?;
    let name = args.spec.display().to_string();
    let is_spec =
        |file: &PathBuf| matches!((fs::canonicalize(file), fs::canonicalize(&args.spec)), (Ok(a), Ok(b)) if a == b);
    if args.output.as_ref().is_some_and(is_spec) {
        let message = "the report would overwrite its spec".to_owned();
        return Err(Failure::message("usage", message, "name another file with --output"));
    }
    let source = read(&args.spec)?;
    let spec = Spec::read(&source, &args.set).map_err(|error| match error {
        report::Error::Spec(error) => Failure::spec(error, &name, &source),
        report::Error::Set(error) => Failure::message("usage", error.to_string(), error.hint()),
    })?;
    let reader = args.opening.open(context)?;
    let answer = spec.answer(&reader).map_err(|error| Failure::spec(error, &name, &source))?;
    let exit = match &args.output {
        Some(path) => replace(path, &answer, &output).map(|()| Exit::Done)?,
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            let done = render_report(&answer, &output, &mut out);
            written(done.and_then(|()| Ok(out.flush()?)), Exit::Done)?
        }
    };
    let mut exit = exit;
    for assertion in answer.failed() {
        let _ = writeln!(io::stderr(), "{}:{}: {}", shown(&name), assertion.line, shown(&assertion.failure()));
        exit = Exit::NothingFound;
    }
    Ok(exit)
}

/// Returns the output of the report. A file extension of another format is an error.
fn output(context: &Context, file: Option<&Path>) -> Result<Output, Failure> {
    let format = context.format;
    let extension = file.and_then(Path::extension).and_then(|extension| extension.to_str()).unwrap_or_default();
    let implied = match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Md),
        "json" => Some(Format::Json),
        _ => None,
    };
    match implied.filter(|implied| *implied != format) {
        Some(implied) => {
            let message =
                format!("output file with extension .{extension} does not match --format {}", format.as_str());
            Err(Failure::message("usage", message, format!("add --format {}", implied.as_str())))
        }
        None => Ok(Output {
            format,
            style: Style { syntax: report::syntax, ..context.style(false) },
            fields: Vec::new(),
            raw: false,
            bom: false,
        }),
    }
}

/// Returns a builder of temporary files with the permissions of ordinary files, not of the owner alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".report-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn read(path: &Path) -> Result<String, Failure> {
    let unreadable = |error: io::Error| {
        let message = format!("cannot read {}: {error}", path.display());
        Failure::message("io", message, "name a YAML file, such as reports/weekly.yaml")
    };
    let mut bytes = Vec::new();
    let input: Box<dyn Read> = match path == Path::new("-") {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(path).map_err(unreadable)?),
    };
    input.take(MAX_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| unreadable(io::Error::new(io::ErrorKind::InvalidData, "not UTF-8")))
}

/// Replaces a file by the report, atomically. A symbolic link is followed.
fn replace(path: &Path, answer: &ReportAnswer, output: &Output) -> Result<(), Failure> {
    let write = || {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file").into());
        }
        // An unpredictable name, so that no existing link is followed.
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut temporary = new_file().tempfile_in(parent)?;
        let mut out = io::BufWriter::new(temporary.as_file_mut());
        render_report(answer, output, &mut out)?;
        out.flush()?;
        drop(out);
        temporary.as_file().sync_all()?;
        if let Some(old) = old {
            temporary.as_file().set_permissions(old.permissions())?;
        }
        temporary.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: render::Error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::message("output", message, "name a file in a writable folder")
    })
}
