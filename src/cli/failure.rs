//! Errors on stderr, as text or JSON.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use digest_search::backend::{self, Depth};
use digest_search::diagnostic::OptionRef;
pub use digest_search::failure::Failure;
use digest_search::index;

use super::exit::Exit;

/// Formats an option as it is typed: `--topic china-japan`.
pub fn syntax(option: &OptionRef) -> String {
    match (option.name, &option.value) {
        ("text", _) => "TEXT".to_owned(),
        // A value that begins with a hyphen would be an option.
        (name, Some(value)) if value.starts_with('-') => format!("--{name}={}", quoted(value)),
        (name, Some(value)) => format!("--{name} {}", quoted(value)),
        (name, None) => format!("--{name}"),
    }
}

/// Quotes a text for a shell. No argument has a null byte.
fn quoted(text: &str) -> Cow<'_, str> {
    shlex::try_quote(text).unwrap_or(Cow::Borrowed(text))
}

/// Writes an error to stderr and returns the exit code.
pub fn write(failure: &Failure, json: bool, color: bool) -> Exit {
    let failure = failure.clone().in_syntax(syntax);
    let text = if json { failure.json() } else { failure.text(color) };
    // A closed stderr leaves no place to report to.
    let _ = io::stderr().write_all(text.as_bytes());
    Exit::Error
}

/// Adds the damaged file to an error that a damaged index may have caused; replaces a panic by it.
pub fn or_damage(failure: Failure, index: &Path) -> Failure {
    let is_panic = failure.code() == "internal";
    let is_suspect = is_panic || failure.code() == "damaged";
    match is_suspect.then(|| index::at(index).verify(Depth::Bytes)) {
        Some(Err(error @ backend::Error::Damaged { .. })) if is_panic => error.into(),
        Some(Err(error @ backend::Error::Damaged { .. })) => failure.caused_by(&error.into()),
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_for_a_shell() {
        let written = |value: &str| {
            let option = OptionRef { name: "group", value: Some(value.to_owned()) };
            syntax(&option)
        };
        for (value, expect) in [
            ("us-mexico", "--group us-mexico"),
            ("Tōto Wire", "--group 'Tōto Wire'"),
            ("#x1", "--group '#x1'"),
            ("x`pwd`", "--group 'x`pwd`'"),
            ("it's", "--group \"it's\""),
            ("-a b", "--group='-a b'"),
            ("", "--group ''"),
        ] {
            assert_eq!(written(value), expect);
        }
    }
}
