//! Keys of paths of headings, such as `News / Ports`.

use super::{bounded, name_key};

/// Maximum number of keys of a path.
pub const MAX_PATH_KEYS: usize = 8;

/// Returns the key shared by all spellings of a path: that of a name, without the spaces around slashes.
pub fn path_key(path: &str) -> String {
    let key = name_key(path);
    if key.contains('/') { key.split('/').map(str::trim).collect::<Vec<_>>().join("/") } else { key }
}

/// Returns the key of a path, then those of the paths that it is at or below, each with a slash at its end.
pub fn path_keys(path: &str) -> Vec<String> {
    let ends = path.match_indices(" / ").map(|(end, _)| end).chain([path.len()]);
    let above = ends.map(|end| path_key(&path[..end]) + "/");
    let keys = [path_key(path)].into_iter().chain(above);
    keys.take(MAX_PATH_KEYS).map(|key| bounded(&key).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_each_path_above_it() {
        assert_eq!(path_keys("News / TCP/IP"), ["news/tcp/ip", "news/", "news/tcp/ip/"]);
        assert_eq!(path_keys("Café"), ["cafe", "cafe/"]);
        for (typed, key) in [("News /  Ports", "news/ports"), ("news/PORTS", "news/ports"), ("News /", "news/")] {
            assert_eq!(path_key(typed), key);
        }
        assert_eq!(path_keys(&["a"; 20].join(" / ")).len(), MAX_PATH_KEYS);
        assert!(path_keys(&"b".repeat(300)).iter().all(|key| key.len() <= 255));
    }
}
