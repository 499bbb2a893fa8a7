//! Where errors are written: on stderr, for people or for programs.

use std::io::{self, Write};
use std::path::Path;

use clap::error::ErrorKind;
use digest_search::backend::{self, Depth};
use digest_search::diagnostic::OptionRef;
pub use digest_search::failure::Failure;
use digest_search::index;

use super::exit::Exit;

/// Options as they are typed: `--topic china-japan`.
pub fn syntax(option: &OptionRef) -> String {
    match (option.name, &option.value) {
        ("text", _) => "TEXT".to_owned(),
        (name, Some(value)) => format!("--{name} {value}"),
        (name, None) => format!("--{name}"),
    }
}

/// Writes it to stderr and says with which code to exit.
pub fn write(failure: &Failure, json: bool, color: bool) -> Exit {
    let failure = failure.clone().in_syntax(syntax);
    let text = if json { failure.json() } else { failure.text(color) };
    // Where stderr is gone, there is nobody left to tell.
    let _ = io::stderr().write_all(text.as_bytes());
    Exit::Error
}

/// What came of a damaged index is told with the file that is damaged; a panic as nothing but that.
pub fn or_damage(failure: Failure, index: &Path) -> Failure {
    let is_panic = failure.code() == "internal";
    let may_be = is_panic || failure.code() == "damaged";
    match may_be.then(|| index::at(index).verify(Depth::Bytes)) {
        Some(Err(error @ backend::Error::Damaged { .. })) if is_panic => error.into(),
        Some(Err(error @ backend::Error::Damaged { .. })) => failure.because(&error.into()),
        _ => failure,
    }
}

/// Writes what is wrong with the arguments, or the help that was asked for.
pub fn usage(error: &clap::Error, json: bool) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return Exit::Done;
    }
    let text = error.to_string();
    if !json {
        // It repeats what was typed, which may hold anything.
        let is_plain = !text.contains(|c: char| c != '\n' && digest_search::render::acts(c));
        if is_plain {
            let _ = error.print();
        } else {
            let lines: Vec<String> = text.lines().map(digest_search::render::shown).collect();
            let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
        }
        return Exit::Error;
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let hint = lines.find_map(|line| line.strip_prefix("tip: ")).unwrap_or("see --help");
    write(&Failure::message("usage", message, hint), true, false)
}
