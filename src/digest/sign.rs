//! Lines that identify a digest.

use super::{placeholder, source_line, text};

/// Reports whether a line occurs only in digests.
pub fn is_sign(line: &str) -> bool {
    let line = line.trim_matches(text::is_blank);
    match line.as_bytes().first() {
        Some(b'#') => line.ends_with(" Sources)") && (line.contains(" Perspective (") || line.contains(" Inside ")),
        Some(b'T' | b'N' | b'U' | b'-') => placeholder::is_placeholder(line.trim_start_matches(['-', ' '])),
        Some(b'0'..=b'9') => source_line::scan(line).iter().any(|(_, source)| source.locale.is_some()),
        _ => false,
    }
}
