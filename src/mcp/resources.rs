//! Digests as resources: `digest://TOPIC/DAY`, in Markdown.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::arguments::syntax;
use crate::ask;
use crate::failure::Failure;
use crate::options::ShowOptions;
use crate::planning::Reader;
use crate::render::{Answer, Format, Output, Style, render};

/// The beginning of each address.
const SCHEME: &str = "digest://";

/// The address of any digest, as a template.
pub const TEMPLATE: &str = "digest://{topic}/{day}";

/// The media type of a digest.
pub const MARKDOWN: &str = "text/markdown";

/// Characters that are not escaped in an address. A colon is escaped, since a port would follow it.
const UNESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Size of an item in a list besides its address and its name.
const ITEM: usize = 100;

/// Digests in a list, as their ids.
pub struct Listed {
    pub ids: Vec<String>,
    /// The last of them, if there are more.
    pub next: Option<String>,
}

/// Returns the address of a digest.
pub fn address(id: &str) -> String {
    format!("{SCHEME}{}", utf8_percent_encode(id, UNESCAPED))
}

/// Returns the digests after one, the newest first, as many as the budget allows.
pub fn list(after: Option<&str>, reader: &Reader, budget: usize) -> Result<Listed, Failure> {
    let all: Vec<String> = ask::digests(reader)?.iter().map(ToString::to_string).collect();
    let start = match after {
        None => 0,
        Some(after) => all.iter().position(|id| id == after).map(|at| at + 1).ok_or_else(|| {
            Failure::message("cursor", format!("invalid cursor `{after}`"), "list the resources again from the first")
        })?,
    };
    let mut size = ITEM;
    let fits = |id: &&String| {
        size += ITEM + id.len() + address(id).len();
        size <= budget
    };
    let ids: Vec<String> = all[start..].iter().take_while(fits).cloned().collect();
    let next = ids.last().filter(|_| start + ids.len() < all.len()).cloned();
    Ok(Listed { ids, next })
}

/// Returns a digest in Markdown, up to a number of bytes.
pub fn read(address: &str, reader: &Reader, budget: usize) -> Result<String, Failure> {
    let id = address.strip_prefix(SCHEME).and_then(|id| percent_decode_str(id).decode_utf8().ok());
    let id = id.filter(|id| id.contains('/')).ok_or_else(|| {
        let hint = format!("write {TEMPLATE}, such as digest://china-japan/2026-02-10");
        Failure::message("not_found", format!("unknown resource `{address}`"), hint)
    })?;
    let request = ShowOptions { id: vec![id.trim_end_matches('/').to_owned()] }.request();
    let request = request.map_err(|error| ask::invalid_id(&error, Some(reader)))?;
    let answer = ask::show(request, reader)?;
    if let Some(missing) = answer.missing.first() {
        return Err(Failure::message("not_found", missing.clone(), "list the resources, or call `status`"));
    }
    let output =
        Output { format: Format::Md, style: Style::plain(80, syntax), fields: Vec::new(), raw: false, bom: false };
    let mut out = Vec::new();
    render(&Answer::Show(answer), &output, &mut out)?;
    Ok(shortened(String::from_utf8_lossy(&out).into_owned(), &id, budget))
}

/// Ends a text at the last line within the budget, with a note.
fn shortened(mut text: String, id: &str, budget: usize) -> String {
    let escaped = |text: &str| serde_json::Value::from(text).to_string().len();
    let note = format!("\n(The rest is left out: `show` with the id `{id}` has all of it, in pages.)\n");
    let room = budget.saturating_sub(ITEM * 2 + note.len() + 3 * id.len());
    let is_cut = escaped(&text) > room;
    while escaped(&text) > room {
        let excess = (escaped(&text) - room).div_ceil(2);
        let target = (0..=text.len().saturating_sub(excess)).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(target.unwrap_or_default());
        text.truncate(text.rfind('\n').map_or(text.len(), |end| end.max(text.len() / 2)));
    }
    if is_cut { text + &note } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_escape_what_other_programs_would_misread() {
        assert_eq!(address("china-japan/2026-02-10"), "digest://china-japan/2026-02-10");
        assert_eq!(address("papers:é x/2026-02-10~en"), "digest://papers%3A%C3%A9%20x/2026-02-10~en");
    }

    #[test]
    fn a_long_digest_ends_at_a_line_with_a_note() {
        let text = shortened("é \"line\"\n".repeat(2_000), "a/2026-01-01", 5_000);
        assert!(serde_json::Value::from(text.as_str()).to_string().len() <= 5_000 && text.len() > 3_000);
        assert!(
            text.ends_with("\n(The rest is left out: `show` with the id `a/2026-01-01` has all of it, in pages.)\n")
        );
        assert_eq!(shortened("short\n".to_owned(), "a/2026-01-01", 5_000), "short\n");
    }
}
