//! Escapes of control characters in JSON.

use std::io::{self, Write};

use crate::render::safe::acts;

/// A writer that escapes control characters in JSON, which has them in strings only.
pub struct Escaping<'a>(pub &'a mut dyn Write);

impl Write for Escaping<'_> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(json).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
        self.0.write_all(escaped(text).as_bytes())?;
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Escapes control characters and line separators in JSON, which has them in strings only.
pub fn escaped(json: &str) -> std::borrow::Cow<'_, str> {
    let to_escape = |c: char| c != '\n' && acts(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if !json.contains(to_escape) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if to_escape(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.into()
}
