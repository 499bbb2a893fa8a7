//! Scripts of OpenSearch.

/// Returns a script without comments and indentation. Comments are on lines of their own.
pub fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}
