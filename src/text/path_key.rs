//! Keys of paths of headings, such as `News / Ports`.

use super::{bounded, name_key};

/// Returns the key shared by all spellings of a path: that of a name, without the spaces around slashes.
pub fn path_key(path: &str) -> String {
    let key = name_key(path);
    if key.contains('/') { key.split('/').map(str::trim).collect::<Vec<_>>().join("/") } else { key }
}

/// Returns the key of a path, then those of the paths that it is at or below, each with a slash at its end; `most` in all.
pub fn path_keys(path: &str, most: usize) -> Vec<String> {
    let ends = path.match_indices(" / ").map(|(end, _)| end).chain([path.len()]);
    let above = ends.map(|end| path_key(&path[..end]) + "/");
    let keys = [path_key(path)].into_iter().chain(above);
    keys.take(most).map(|key| bounded(&key).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_each_path_above_it() {
        assert_eq!(path_keys("News / TCP/IP", 8), ["news/tcp/ip", "news/", "news/tcp/ip/"]);
        assert_eq!(path_keys("Café", 8), ["cafe", "cafe/"]);
        for (typed, key) in [("News /  Ports", "news/ports"), ("news/PORTS", "news/ports"), ("News /", "news/")] {
            assert_eq!(path_key(typed), key);
        }
        assert_eq!(path_keys(&["a"; 20].join(" / "), 8).len(), 8);
        assert!(path_keys(&"b".repeat(300), 8).iter().all(|key| key.len() <= 255));
    }
}
