//! Failures in the words of whoever asks over HTTP: who knows parameters, not options, and whose machine it is not.

use super::parameters::name;
use crate::failure::Failure;

/// A failure as it is told over HTTP. Where the index is at fault, its paths are the operator's alone, and so is the remedy.
pub fn told(failure: &Failure) -> Failure {
    let message = match failure.code() {
        "no_index" => "there is no index yet",
        "other_version" => "the index was made by another version of digest-search",
        "damaged" | "not_an_index" | "io" | "output" => "the index can't be read",
        "busy" => "the index is being written",
        _ => return failure.reworded(of_parameters),
    };
    let hint = "try again later; on the machine of the server, `digest-search status` tells more";
    Failure::message(failure.code(), message.to_owned(), hint)
}

/// Turns the options in a message into parameters. The rooms that find a mistake do not know where it was made, and most
/// are asked from the command line; so this is done in one place, on texts of our own: what is between backticks was
/// typed by somebody, or is to be, and stays.
fn of_parameters(text: &str) -> String {
    let piece = |(n, piece): (usize, &str)| match n % 2 {
        0 => unquoted(piece),
        _ => piece.to_owned(),
    };
    text.split('`').enumerate().map(piece).collect::<Vec<_>>().join("`")
}

fn unquoted(text: &str) -> String {
    let mut parts = text.split("--");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_option = part.starts_with(|c: char| c.is_ascii_lowercase()) && !out.ends_with(char::is_alphanumeric);
        let end = part.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(part.len());
        match is_option {
            true => out.extend([name(&part[..end]), &part[end..]]),
            false => out.extend(["--", part]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of_parameters;

    #[test]
    fn options_become_parameters() {
        for (text, expect) in [
            ("--by has week twice", "by has week twice"),
            ("choose one, such as --topic china-japan", "choose one, such as topic china-japan"),
            ("take fewer (--top 20), or --as-of", "take fewer (top 20), or as-of"),
            ("leave --q out", "leave max-q out"),
            ("no topic is called `--any`; see --any", "no topic is called `--any`; see any"),
            ("a -- b, c--d, 2026--01", "a -- b, c--d, 2026--01"),
        ] {
            assert_eq!(of_parameters(text), expect);
        }
    }
}
