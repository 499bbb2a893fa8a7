//! Escapes for what would act where JSON is read.

use std::io::{self, Write};

use crate::render::safe::acts;

/// Writes JSON with escapes for characters that would act on a terminal, which stand in strings only.
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

/// JSON with escapes for characters that would act on a terminal, and for those that some readers take for the end of a
/// line. They stand in strings only.
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
