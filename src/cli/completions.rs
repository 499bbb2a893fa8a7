//! `digest-search completions` and what it sets up: the shell asks this program for what could come next, so that
//! topics, perspectives and sources are those of the index.

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
use digest_search::render;

use super::context::{default_index, written};
use super::exit::Exit;
use super::failure::Failure;

/// The variable by which a shell asks, and the program's name.
const ASKED_BY: &str = "DIGEST_SEARCH_COMPLETE";
const NAME: &str = "digest-search";

/// Whether a shell asks, which makes options cost more.
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// The script for bash, which asks as the library's own does. Bash takes the sign in `--topic=us` for a word between two
/// others, and wants what could be the second alone. It quotes nothing of what it is given, so the values are quoted here:
/// as the word is that is being typed, within its quotation marks or with backslashes, also before colons, at which bash
/// would begin a new word.
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
        _CLAP_COMPLETE_SPACE=false ASKED_BY=bash NAME -- "${words[@]}")
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
    # More may follow a folder or the name of an option with its sign.
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
#[command(after_help = "To set it up, add a line to the file that the shell reads at its start:
  ~/.bashrc                   source <(digest-search completions bash)
  ~/.zshrc                    source <(digest-search completions zsh)
  ~/.config/fish/config.fish  digest-search completions fish | source")]
pub struct Args {
    /// The shell
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
        (Shell::Bash, _) => script = BASH.replace("ASKED_BY", ASKED_BY).replace("NAME", NAME).into_bytes(),
        (_, Some(shell)) => {
            shell.write_registration(ASKED_BY, NAME, NAME, NAME, &mut script).map_err(render::Error::from)?;
        }
        (_, None) => (),
    }
    written(io::stdout().write_all(&script).map_err(render::Error::from), Exit::Done)
}

/// Answers a shell that asks; whether one did.
pub fn answer(command: fn() -> clap::Command) -> bool {
    // The library takes the variable away before it makes the command.
    IS_ASKED.store(std::env::var_os(ASKED_BY).is_some(), Ordering::Relaxed);
    let completer = CompleteEnv::with_factory(command).var(ASKED_BY);
    let directory = std::env::current_dir().ok();
    // A shell that gets no answer offers nothing; there is nobody to tell why.
    completer.try_complete(std::env::args_os(), directory.as_deref()).unwrap_or(true)
}

/// Completes the values of filters with those that are in the index, where a shell asks.
pub fn completed(command: Command) -> Command {
    if IS_ASKED.load(Ordering::Relaxed) { command.mut_args(with_values) } else { command }
}

fn with_values(arg: Arg) -> Arg {
    let field = Field::from_name(arg.get_id().as_str());
    let Some(field) = field.filter(|field| !matches!(field.spec().values, FieldValueKind::Words(_))) else {
        return arg;
    };
    arg.add(values(field))
}

fn values(field: Field) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| candidates(field, typed))
}

fn candidates(field: Field, typed: &OsStr) -> Vec<CompletionCandidate> {
    let Ok(reader) = index::open(&index_typed(std::env::args_os())) else { return Vec::new() };
    let typed = unquoted(&typed.to_string_lossy());
    let values = ask::values(field, &reader);
    let safe = || values.iter().filter(|value| !value.contains(render::acts));
    let mut begun: Vec<&String> = safe().filter(|value| value.starts_with(&typed)).collect();
    if begun.is_empty() {
        let typed = typed.to_lowercase();
        begun = safe().filter(|value| value.to_lowercase().starts_with(&typed)).collect();
    }
    begun.into_iter().map(CompletionCandidate::new).collect()
}

/// The index that the line being typed is about.
fn index_typed(args: impl Iterator<Item = OsString>) -> PathBuf {
    let args: Vec<OsString> = args.collect();
    let apart =
        args.windows(2).find(|pair| pair[0] == "--index" || pair[0] == "-i").map(|pair| pair[1].to_string_lossy());
    let joined = || args.iter().find_map(|arg| Some(arg.to_str()?.strip_prefix("--index=")?.into()));
    let Some(typed) = apart.or_else(joined) else { return default_index() };
    let path = PathBuf::from(unquoted(&typed));
    // The shell puts a folder there only when it runs the line.
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// What was typed, without the quotation marks and backslashes that shells pass on. A mark that is still open goes on to
/// the end.
fn unquoted(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut mark = None;
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        match (mark, c) {
            (None, '\'' | '"') => mark = Some(c),
            (Some(open), c) if c == open => mark = None,
            // Between single ones a backslash is no more than itself; between double ones it is before most signs.
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
    fn what_shells_pass_on_is_understood() {
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
