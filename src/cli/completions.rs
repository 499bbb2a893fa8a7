//! `digest-search completions` and the completion engine: the shell runs this program for candidates, so topics,
//! perspectives and sources come from the index.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Arg, Command, ValueEnum};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};
use digest_search::ask;
use digest_search::index;
use digest_search::model::{Field, FieldValueKind};
use digest_search::planning::Reader;
use digest_search::render;

use super::context::{default_index, written};
use super::exit::Exit;
use super::failure::Failure;

/// The environment variable that requests completions, and the program's name.
const COMPLETE_VAR: &str = "DIGEST_SEARCH_COMPLETE";
const NAME: &str = "digest-search";

/// Whether a shell requests completions: then options also get completers, which take time to build.
static IS_COMPLETING: AtomicBool = AtomicBool::new(false);

/// The script for bash, which calls the program as the library's own does. Bash splits `--topic=us` into three words and
/// expects only the value as a candidate. It does not quote candidates, so the script does, in the style of the word
/// being typed: within its quotation marks, or with backslashes, also before colons, at which bash splits words.
const BASH: &str = r#"
_clap_complete_digest_search() {
    local index=$COMP_CWORD typed=${COMP_WORDS[COMP_CWORD]} word i
    local words=("${COMP_WORDS[@]}")
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        words[COMP_CWORD]="$2"
    fi
    for ((i = COMP_CWORD - 1; i > 0; i--)); do
        if [[ "${words[i]}" == "=" ]]; then
            words=("${words[@]:0:i}" "${words[@]:i+1}")
            ((index--))
        fi
    done
    COMPREPLY=()
    while IFS= read -r word || [[ -n "$word" ]]; do
        COMPREPLY+=("$word")
    done < <(_CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX="$index" _CLAP_COMPLETE_COMP_TYPE="$COMP_TYPE" \
        _CLAP_COMPLETE_SPACE=false COMPLETE_VAR=bash NAME -- "${words[@]}")
    for i in "${!COMPREPLY[@]}"; do
        word=${COMPREPLY[i]}
        case "$typed" in
        \'*) word=${word//\'/"'\\''"} ;;
        \"*)
            word=${word//\\/"\\\\"}
            word=${word//\$/"\\\$"}
            word=${word//\`/"\\\`"}
            word=${word//\"/"\\\""}
            ;;
        *)
            printf -v word %q "$word"
            word=${word//:/"\\:"}
            ;;
        esac
        COMPREPLY[i]=$word
    done
    # No space after a folder, or after an option's equals sign.
    if [[ "${#COMPREPLY[@]}" -ne 1 || "${COMPREPLY[0]}" != *[=/:] ]]; then
        compopt +o nospace 2> /dev/null
    fi
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nospace -o bashdefault -o nosort -F _clap_complete_digest_search NAME
else
    complete -o nospace -o bashdefault -F _clap_complete_digest_search NAME
fi
"#;

#[derive(Debug, clap::Args)]
#[command(after_help = "Add a line to the startup file of the shell:
  ~/.bashrc                   source <(digest-search completions bash)
  ~/.zshrc                    source <(digest-search completions zsh)
  ~/.config/fish/config.fish  digest-search completions fish | source")]
pub struct Args {
    /// Name of the shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub fn run(args: &Args) -> Result<Exit, Failure> {
    let name = args.shell.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut script = Vec::new();
    match (args.shell, Shells::builtins().completer(&name)) {
        (Shell::Bash, _) => script = BASH.replace("COMPLETE_VAR", COMPLETE_VAR).replace("NAME", NAME).into_bytes(),
        (_, Some(shell)) => {
            shell.write_registration(COMPLETE_VAR, NAME, NAME, NAME, &mut script).map_err(render::Error::from)?;
        }
        (_, None) => (),
    }
    written(io::stdout().write_all(&script).map_err(render::Error::from), Exit::Done)
}

/// Answers a completion request; reports whether there was one.
pub fn answer(command: fn() -> clap::Command) -> bool {
    // The library removes the variable before it builds the command.
    IS_COMPLETING.store(std::env::var_os(COMPLETE_VAR).is_some(), Ordering::Relaxed);
    let completer = CompleteEnv::with_factory(command).var(COMPLETE_VAR);
    let directory = std::env::current_dir().ok();
    // Errors give no candidates: a completion request has no place for messages.
    completer.try_complete(std::env::args_os(), directory.as_deref()).unwrap_or(true)
}

/// Adds completers of filter values from the index, if a shell requests completions.
pub fn with_completers(command: Command) -> Command {
    if IS_COMPLETING.load(Ordering::Relaxed) { command.mut_args(with_values) } else { command }
}

fn with_values(arg: Arg) -> Arg {
    let names: Option<fn(&Reader, &str) -> Vec<String>> = match arg.get_long() {
        Some("by") if arg.get_possible_values().is_empty() => Some(|reader, _| ask::by_names(reader)),
        Some("facets") => Some(|reader, _| ask::field_names(reader)),
        Some("where") => Some(|reader, typed| ask::conditions(typed, reader)),
        _ => None,
    };
    if let Some(names) = names {
        return arg.add(ArgValueCompleter::new(move |typed: &OsStr| candidates(typed, names)));
    }
    let field = Field::built_in(arg.get_id().as_str());
    let Some(field) = field.filter(|field| !matches!(field.spec().values, FieldValueKind::Words(_))) else {
        return arg;
    };
    arg.add(values(field))
}

fn values(field: Field) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| candidates(typed, |reader, _| ask::values(field, reader)))
}

/// Returns the texts from the index that begin with what is typed; only without one, in any case.
fn candidates(typed: &OsStr, texts: impl Fn(&Reader, &str) -> Vec<String>) -> Vec<CompletionCandidate> {
    let Ok(reader) = index::open(&index_typed(std::env::args_os())) else { return Vec::new() };
    let typed = unquoted(&typed.to_string_lossy());
    let values = texts(&reader, &typed);
    let safe = || values.iter().filter(|value| !value.contains(render::acts));
    let mut begun: Vec<&String> = safe().filter(|value| value.starts_with(&typed)).collect();
    if begun.is_empty() {
        let typed = typed.to_lowercase();
        begun = safe().filter(|value| value.to_lowercase().starts_with(&typed)).collect();
    }
    begun.into_iter().map(CompletionCandidate::new).collect()
}

/// Returns the index that the command line being typed names.
fn index_typed(args: impl Iterator<Item = OsString>) -> PathBuf {
    let args: Vec<OsString> = args.collect();
    let separate =
        args.windows(2).find(|pair| pair[0] == "--index" || pair[0] == "-i").map(|pair| pair[1].to_string_lossy());
    let joined = || args.iter().find_map(|arg| Some(arg.to_str()?.strip_prefix("--index=")?.into()));
    let Some(typed) = separate.or_else(joined) else { return default_index() };
    let path = PathBuf::from(unquoted(&typed));
    // The shell expands the tilde only when it runs the line.
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// Removes the quotation marks and backslashes that shells pass on. An unclosed quotation extends to the end.
fn unquoted(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut quote = None;
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            // A backslash is literal within single quotes; within double quotes it escapes these four characters.
            (None, '\\') => out.extend(chars.next()),
            (Some('"'), '\\') => out.extend(chars.next_if(|next| matches!(next, '$' | '`' | '"' | '\\')).or(Some(c))),
            (_, c) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn shell_quoting_is_removed() {
        for (typed, expect) in [
            ("Edo\\ B", "Edo B"),
            ("\"Edo B", "Edo B"),
            ("'Edo B'", "Edo B"),
            ("Dollar\\ \\$H", "Dollar $H"),
            ("\"Dollar \\$H", "Dollar $H"),
            ("'Dollar $H", "Dollar $H"),
            ("Back\\`t", "Back`t"),
            ("L\\'Express", "L'Express"),
            ("\"L'Ex", "L'Ex"),
            ("'L'\\''Ex", "L'Ex"),
            ("a\\\\b", "a\\b"),
            ("'a\\b", "a\\b"),
            ("\"a\\b", "a\\b"),
            ("a\\", "a"),
            ("\\\"Quoted\\\"", "\"Quoted\""),
        ] {
            assert_eq!(unquoted(typed), expect, "{typed}");
        }
    }
}
