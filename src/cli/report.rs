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
    /// What to tell, in YAML (- for standard input)
    #[arg(value_name = "SPEC", value_hint = ValueHint::FilePath)]
    spec: PathBuf,
    /// A value for a variable of the file; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    set: Vec<(String, String)>,
    /// Write into this file, at once or not at all, instead of standard output
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

Exit codes: 0 done, and all that is asserted holds; 1 something asserted does not hold; 2 error.";

/// Nobody writes longer ones, and what is no spec may have no end.
const MAX_BYTES: u64 = 1 << 20;

fn assignment(typed: &str) -> Result<(String, String), String> {
    let (name, value) = typed.split_once('=').ok_or_else(|| "NAME=VALUE is expected".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let output = output(context, args.output.as_deref())?;
    let name = args.spec.display().to_string();
    let is_spec =
        |file: &PathBuf| matches!((fs::canonicalize(file), fs::canonicalize(&args.spec)), (Ok(a), Ok(b)) if a == b);
    if args.output.as_ref().is_some_and(is_spec) {
        let message = "the report would be written over its spec".to_owned();
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

/// How the report is to be written. What a file is called must not say otherwise.
fn output(context: &Context, file: Option<&Path>) -> Result<Output, Failure> {
    let format = context.format;
    let extension = file.and_then(Path::extension).and_then(|extension| extension.to_str()).unwrap_or_default();
    let meant = match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Md),
        "json" => Some(Format::Json),
        _ => None,
    };
    match meant.filter(|meant| *meant != format) {
        Some(meant) => {
            let message = format!("a file that ends in .{extension} would be written as {}", format.as_str());
            Err(Failure::message("usage", message, format!("add --format {}", meant.as_str())))
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

/// Like any file that a program makes, and not for its owner alone, as temporary ones are.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".report-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn read(path: &Path) -> Result<String, Failure> {
    let unreadable = |error: io::Error| {
        let message = format!("can't read {}: {error}", path.display());
        Failure::message("io", message, "name a file in YAML, such as reports/weekly.yaml")
    };
    let mut bytes = Vec::new();
    let input: Box<dyn Read> = match path == Path::new("-") {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(path).map_err(unreadable)?),
    };
    input.take(MAX_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|_| unreadable(io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8")))
}

/// Puts the report in the place of a file: whoever reads it meanwhile has the old one or the new. A link stays one.
fn replace(path: &Path, answer: &ReportAnswer, output: &Output) -> Result<(), Failure> {
    let write = || {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is there, and no file").into());
        }
        // Made anew, with a name that nobody foresees: a link that lies there already is not followed.
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut beside = new_file().tempfile_in(parent)?;
        let mut out = io::BufWriter::new(beside.as_file_mut());
        render_report(answer, output, &mut out)?;
        out.flush()?;
        drop(out);
        beside.as_file().sync_all()?;
        if let Some(old) = old {
            beside.as_file().set_permissions(old.permissions())?;
        }
        beside.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|error: render::Error| {
        let message = format!("can't write {}: {error}", path.display());
        Failure::message("output", message, "name a file in a folder that can be written to")
    })
}
