//! Markdown's marks of list items.

/// Returns the text after a list mark (`3.`, `3)`, `-`, `*`, `+`).
pub fn unmarked(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+'])?,
        1..=9 => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let body = rest.trim_start_matches([' ', '\t']);
    (body.len() < rest.len()).then_some(body)
}

/// Returns the number at the start of a line.
pub fn number(line: &str) -> Option<u32> {
    let line = line.trim_start_matches([' ', '\t']);
    line[..line.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}
