//! `digest-search man`

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::Command;
use digest_search::render;

use super::context::{Context, written};
use super::exit::Exit;
use super::failure::Failure;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search man | man -l -
  digest-search man query | man -l -
  digest-search man > ~/.local/share/man/man1/digest-search.1")]
pub struct Args {
    /// Name of a command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let mut all = (context.program)();
    all.build();
    let page = match &args.command {
        None => all,
        Some(name) => all.find_subcommand(name).cloned().ok_or_else(|| unknown(&all, name))?,
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff).map_err(render::Error::from)?;
    // The library's heading for the text after the options is EXTRA.
    let roff = in_ascii(&String::from_utf8_lossy(&roff).replace(".SH EXTRA", ".SH NOTES"));
    written(io::stdout().write_all(roff.as_bytes()).map_err(render::Error::from), Exit::Done)
}

/// Converts a page to ASCII, since `man` without preconv, or in another locale, garbles other bytes. A character
/// without an escape in roff becomes its code point, with `?` for devices that lack it.
fn in_ascii(roff: &str) -> String {
    let mut out = String::with_capacity(roff.len());
    let mut named = BTreeSet::new();
    for c in roff.chars() {
        match c {
            // A dot at the start of a line would be a request.
            '…' if out.is_empty() || out.ends_with('\n') => out.push_str("\\&..."),
            '…' => out.push_str("..."),
            '–' => out.push_str("\\(en"),
            '—' => out.push_str("\\(em"),
            '‘' => out.push_str("\\(oq"),
            '’' => out.push_str("\\(cq"),
            '“' => out.push_str("\\(lq"),
            '”' => out.push_str("\\(rq"),
            '\u{a0}' => out.push_str("\\ "),
            c if c.is_ascii() => out.push(c),
            c => {
                let name = format!("\\[u{:04X}]", u32::from(c));
                out.push_str(&name);
                named.insert(name);
            }
        }
    }
    named.iter().map(|name| format!(".fchar {name} ?\n")).collect::<String>() + &out
}

fn unknown(all: &Command, name: &str) -> Failure {
    let known: Vec<&str> = all.get_subcommands().map(Command::get_name).collect();
    Failure::message("usage", format!("unknown command `{name}`"), format!("commands: {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::in_ascii;

    #[test]
    fn a_page_is_ascii() {
        assert_eq!(in_ascii("a… b – c\n…d ’"), "a... b \\(en c\n\\&...d \\(cq");
        assert_eq!(in_ascii("海 é"), ".fchar \\[u00E9] ?\n.fchar \\[u6D77] ?\n\\[u6D77] \\[u00E9]");
    }
}
