//! Arguments that look like options but are not. Each is an error: taken for a word, or for a word to exclude, it would
//! silently change the query.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use digest_search::options::fraction;

use super::failure::Failure;
use super::suggest::{self, long_option};

/// Dashes that word processors substitute for `-` and `--`.
const DASHES: [char; 6] = ['‐', '‑', '‒', '–', '—', '−'];

/// A mistake in an argument.
#[derive(Debug, PartialEq, Eq)]
enum Mistake {
    /// An unknown option.
    Unknown,
    /// A short option with its value attached.
    Glued(String),
    /// A lone dash in place of words.
    Dash,
    /// An option with a typographic dash; the option as it should be written.
    LooksLike(String),
    /// A number after `-q`, for a command with `--q`.
    NotQuiet(String),
}

/// Reports whether clap may misread an argument. Cheap, since every run asks.
pub fn may_mislead(args: &[OsString]) -> bool {
    let mut typed = args.iter().skip(1).map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--").peekable();
    while let Some(arg) = typed.next() {
        let misleads = match arg.strip_prefix('-') {
            Some("") => true,
            Some("q") => typed.peek().is_some_and(|next| fraction(next).is_ok()),
            Some(short) => !short.starts_with('-') && short.chars().nth(1).is_some(),
            None => arg.starts_with(DASHES),
        };
        if misleads {
            return true;
        }
    }
    false
}

/// Returns an error for the first argument that only looks like an option.
pub fn check(root: &Command, args: &[OsString]) -> Result<(), Failure> {
    let mut root = root.clone();
    root.build();
    let mut command = &root;
    let mut value_of: Option<&Arg> = None;
    let typed: Vec<_> = args.iter().skip(1).map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--").collect();
    for (at, arg) in typed.iter().enumerate() {
        let next = typed.get(at + 1).map(AsRef::as_ref);
        let (option, mistake) = examine(command, arg, next);
        // An argument that starts with a dash is an option, for clap, too.
        let is_value = value_of.is_some() && (!arg.starts_with('-') || **arg == *"-");
        if is_value {
            value_of = None;
            continue;
        }
        if let Some(mistake) = mistake {
            return Err(failure(&root, command, arg, &mistake, value_of));
        }
        value_of = option.filter(|option| takes_value(option) && !arg.contains('=') && !has_number(arg));
        if option.is_none() && std::ptr::eq(command, &root) {
            command = root.find_subcommand(arg.as_ref()).unwrap_or(command);
        }
    }
    Ok(())
}

/// Returns the option that an argument names, and the mistake if it only looks like one.
fn examine<'a>(command: &'a Command, arg: &str, next: Option<&str>) -> (Option<&'a Arg>, Option<Mistake>) {
    let name = |arg: &str| arg.split('=').next().unwrap_or_default().to_owned();
    if let Some(long) = arg.strip_prefix("--") {
        let option = long_option(command, &name(long));
        return (option, option.is_none().then_some(Mistake::Unknown));
    }
    if let Some(short) = arg.strip_prefix('-') {
        let mut chars = short.chars();
        let Some(first) = chars.next() else { return (None, takes_text(command).then_some(Mistake::Dash)) };
        let attached = chars.as_str();
        let option = short_option(command, first);
        let mistake = match option {
            None => Some(Mistake::Unknown),
            Some(_) if first == 'q' && next.is_some_and(|next| fraction(next).is_ok()) && attached.is_empty() => {
                let number = next.unwrap_or_default().to_owned();
                long_option(command, "q").map(|_| Mistake::NotQuiet(number))
            }
            Some(option)
                if attached.is_empty() || takes_value(option) && (attached.starts_with('=') || has_number(arg)) =>
            {
                None
            }
            Some(option) if takes_value(option) => Some(Mistake::Glued(attached.to_owned())),
            Some(_) => Some(Mistake::Unknown),
        };
        return (option, mistake);
    }
    let bare = arg.trim_start_matches(|c: char| c == '-' || DASHES.contains(&c));
    if bare.len() == arg.len() {
        return (None, None);
    }
    let mut letters = bare.chars();
    let intended = match (letters.next(), letters.as_str()) {
        (Some(letter), "") => short_option(command, letter).map(|_| format!("-{letter}")),
        _ => long_option(command, &name(bare)).map(|_| format!("--{bare}")),
    };
    (None, intended.map(Mistake::LooksLike))
}

/// Reports whether an argument is `-n` with its number attached, as in `-n5`.
fn has_number(arg: &str) -> bool {
    arg.strip_prefix("-n").is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn failure(root: &Command, command: &Command, arg: &str, mistake: &Mistake, value_of: Option<&Arg>) -> Failure {
    let name = arg.split('=').next().unwrap_or_default();
    let mut hints: Vec<String> = Vec::new();
    if let Some(option) = value_of.and_then(Arg::get_long) {
        hints.push(format!("attach a value that starts with -: --{option}={arg}"));
    }
    match mistake {
        Mistake::Unknown if std::ptr::eq(root, command) && is_of_any_command(root, name) => {
            hints.push(format!("put options of a command after its name, as in `digest-search query steel {arg}`"));
        }
        Mistake::Unknown => hints.extend(suggest::option(root, command, name)),
        Mistake::Glued(_) => {}
        Mistake::Dash => hints.push("remove it, or put it into one quoted TEXT".to_owned()),
        Mistake::LooksLike(option) => hints.push(format!("write {option} with plain hyphens")),
        Mistake::NotQuiet(number) => hints.push(format!("write --q {number}; -q is --quiet and takes no value")),
    }
    let is_text = matches!(mistake, Mistake::Unknown | Mistake::Glued(_) | Mistake::Dash) && takes_text(command);
    // The suggested option is enough.
    let is_known = arg.starts_with("--") && !hints.is_empty();
    if is_text && value_of.is_none() && !is_known {
        let word = arg.trim_start_matches('-');
        let excluded = if word.is_empty() || arg.starts_with("--") { "steel" } else { word };
        hints.push(format!("to exclude a word, write 'tariff -{excluded}' in one quoted TEXT, or NOT {excluded}"));
        hints.push("put -- before a TEXT that begins with -".to_owned());
    }
    // Last, since excluded words are more frequent than values without a space.
    if let Mistake::Glued(value) = mistake {
        let letter: String = arg.chars().take(2).collect();
        hints.push(format!("for the option {letter}, put a space before its value: {letter} {value}"));
    }
    let message = match mistake {
        Mistake::LooksLike(_) => format!("`{arg}` starts with a dash that is not a hyphen"),
        Mistake::NotQuiet(_) => "-q takes no value".to_owned(),
        _ => format!("unknown option `{arg}`"),
    };
    let hint = if hints.is_empty() { "see --help".to_owned() } else { hints.join("; ") };
    Failure::message("usage", message, &hint)
}

fn is_of_any_command(root: &Command, arg: &str) -> bool {
    let is_of = |command: &Command| match (arg.strip_prefix("--"), arg.chars().nth(1)) {
        (Some(name), _) => long_option(command, name).is_some(),
        (None, Some(letter)) if arg.chars().count() == 2 => short_option(command, letter).is_some(),
        _ => false,
    };
    root.get_subcommands().any(is_of)
}

fn takes_text(command: &Command) -> bool {
    let is_text = |arg: &Arg| arg.get_value_names().is_some_and(|names| names.iter().any(|name| name == "TEXT"));
    command.get_positionals().any(is_text)
}

fn short_option(command: &Command, letter: char) -> Option<&Arg> {
    command.get_arguments().find(|arg| arg.get_short() == Some(letter))
}

/// Reports whether an option takes a value.
fn takes_value(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::Set | ArgAction::Append)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn error_text(typed: &str) -> Option<String> {
        let args: Vec<OsString> = typed.split('|').map(Into::into).collect();
        check(&crate::cli::command_line::Cli::command(), &args).err().map(|failure| failure.text(false))
    }

    /// Checks the message and a part of the hint.
    fn check_wrong(typed: &str, message: &str, hint: &str) {
        let text = error_text(typed).unwrap_or_default();
        assert!(text.starts_with(&format!("error: {message}\n")) && text.contains(hint), "{typed}: {text}");
    }

    #[test]
    fn words_with_a_dash_are_errors() {
        let excluded = "'tariff -steel' in one quoted TEXT, or NOT steel; put -- before";
        check_wrong("x|query|tariff|-steel", "unknown option `-steel`", excluded);
        check_wrong("x|query|-steel|tariff|-n|3", "unknown option `-steel`", "before its value: -s teel");
        check_wrong("x|search|-wheat", "unknown option `-wheat`", "NOT wheat");
        check_wrong("x|query|a|-5", "unknown option `-5`", "NOT 5");
        check_wrong("x|query|a|-\"b c\"", "unknown option `-\"b c\"`", "one quoted TEXT");
        check_wrong("x|query|a|-|b", "unknown option `-`", "remove it");
        check_wrong("x|count|--offset|3", "unknown option `--offset`", "in one quoted TEXT");
        check_wrong("x|show|-a", "unknown option `-a`", "short options:");
        check_wrong("x|query|-les", "unknown option `-les`", "-l es");
        check_wrong("x|query|-qv", "unknown option `-qv`", "quoted");
    }

    #[test]
    fn options_and_their_values_are_accepted() {
        for typed in [
            "x|query|a|-n|3|-t|b|-p=c|-n5|--limit=3|-q",
            "x|query|a|--|-steel|-|--x",
            "x|-i|query|query|a",
            "x|--index|-|status",
            "x|query|--batch|-",
            "x|report|-",
            "x|query|–|a|–5|—x",
            "x|index|-h",
            "x|-V",
            "x|count|-b|month|taiwan",
            "x|compare|a|-q|--q|0.1",
            "x|query|a|-q|0.1",
            "x|help|query",
            "x",
        ] {
            assert_eq!(error_text(typed), None, "{typed}");
        }
    }

    #[test]
    fn errors_suggest_the_intended_option() {
        check_wrong("x|query|a|--publisher|b", "unknown option `--publisher`", "did you mean `--source`?");
        check_wrong("x|query|a|--json", "unknown option `--json`", "did you mean `--format json`?");
        check_wrong("x|query|--perspektive=b", "unknown option `--perspektive=b`", "did you mean `--perspective`?");
        check_wrong("x|-n|3|query|a", "unknown option `-n`", "after its name");
        check_wrong("x|query|--source|-x", "unknown option `-x`", "--source=-x");
        check_wrong("x|query|a|–since|7d", "`–since` starts with a dash that is not a hyphen", "write --since");
        check_wrong("x|query|a|—n|3", "`—n` starts with a dash that is not a hyphen", "write -n");
        check_wrong("x|compare|a|-q|0.1", "-q takes no value", "write --q 0.1");
    }

    #[test]
    fn other_arguments_skip_the_check() {
        let may = |typed: &str| may_mislead(&typed.split('|').map(Into::into).collect::<Vec<_>>());
        assert!(!may("x|query|a|-n|3|--limit=3|-q|b|--|-steel|-"));
        for typed in ["x|query|-steel", "x|query|-", "x|query|–since", "x|gaps|-q|0.1", "x|query|-n5"] {
            assert!(may(typed), "{typed}");
        }
    }
}
