//! Parts of a file's path below the corpus.

/// Folders that contain digests of any topic.
const CONTAINERS: [&str; 5] = ["_posts", "posts", "content", "src", "docs"];

/// Returns the folders of a path.
pub fn folders(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    parts
}

/// Returns the name of a file without its extension.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reports whether a file is the page of a folder in Hugo, which is never a digest.
pub fn is_index(path: &str) -> bool {
    let stem = stem(path);
    stem == "_index" || stem.starts_with("_index.")
}

/// Reports whether a folder contains digests of any topic.
pub fn is_container(folder: &str) -> bool {
    CONTAINERS.iter().any(|container| folder.eq_ignore_ascii_case(container))
}
