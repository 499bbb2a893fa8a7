//! Reads files of a corpus.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use xxhash_rust::xxh3::xxh3_64;

use super::listing::TOO_LONG;
use super::stat::{Stat, stat};
use super::{CONVENTIONS_FILE, OTHER_CONVENTIONS_FILE};

/// Maximum size of a digest. Real ones have about 15 KB.
const MAX_BYTES: u64 = 4 << 20;

/// Warning for the first line with invalid UTF-8.
pub const INVALID: &str = "invalid UTF-8; save the file as UTF-8";

/// Content of a file.
#[derive(Debug)]
pub struct Text {
    /// Text with `\n` as line ending and U+FFFD for invalid UTF-8.
    pub text: String,
    /// First line with invalid UTF-8, from 1.
    pub invalid_line: Option<usize>,
    /// XXH3 hash of the bytes.
    pub hash: u64,
    /// Metadata of the file read.
    pub stat: Stat,
}

/// Error of reading a file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Error of the system.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Larger than any digest.
    #[error("larger than {} MiB", MAX_BYTES >> 20)]
    TooLarge,
    /// A folder, a pipe or a device.
    #[error("not a regular file")]
    NotAFile,
    /// A symbolic link, which may lead anywhere.
    #[error("a symbolic link, which is not followed")]
    Link,
    /// The path is longer than the system allows.
    #[error("{TOO_LONG}")]
    TooLong,
    /// Invalid UTF-8 in a file that must be exact.
    #[error("invalid UTF-8 in line {line}")]
    NotUtf8 {
        /// First such line, from 1.
        line: usize,
    },
    /// Both names of the settings file exist.
    #[error("{OTHER_CONVENTIONS_FILE} exists, too; keep one of them")]
    TwoConventions,
    /// UTF-16 or UTF-32, detected from the byte order mark or from zero bytes.
    #[error("encoded as {0}; save the file as UTF-8")]
    Wide(&'static str),
}

/// Reads a file as text.
pub fn read(path: &Path) -> Result<Text, ReadError> {
    let (bytes, stat) = bytes(path)?;
    if let Some(encoding) = wide(&bytes) {
        return Err(ReadError::Wide(encoding));
    }
    let hash = xxh3_64(&bytes);
    let bytes = with_line_feeds(bytes);
    let (text, invalid_line) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(e) => {
            let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
            let line = 1 + memchr::memchr_iter(b'\n', before).count();
            (String::from_utf8_lossy(e.as_bytes()).into_owned(), Some(line))
        }
    };
    Ok(Text { text, invalid_line, hash, stat })
}

/// Detects UTF-16 and UTF-32. A digest begins with `---`, which has zero bytes in both; text in UTF-8 has none.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 4] = [
        (&[0xFF, 0xFE, 0, 0], "UTF-32"),
        (&[0, 0, 0xFE, 0xFF], "UTF-32"),
        (&[0xFF, 0xFE], "UTF-16"),
        (&[0xFE, 0xFF], "UTF-16"),
    ];
    if let Some((_, encoding)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(encoding);
    }
    let head = &bytes[..bytes.len().min(64)];
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    // Two of four bytes of a Chinese letter are zero in UTF-32, three of a Latin one; one of two in UTF-16.
    match (head.len() >= 4).then(|| zeros * 8 / head.len()) {
        Some(5..) => Some("UTF-32"),
        Some(2..) => Some("UTF-16"),
        _ => None,
    }
}

/// Reads the settings of the corpus. Returns the name of the file, `digest-search.yaml` or `.yml`, and its text, which
/// is empty where neither exists.
///
/// # Errors
/// The file cannot be read as text, or both exist.
pub fn read_conventions(root: &Path) -> Result<(&'static str, String), (&'static str, ReadError)> {
    let [first, second] = [CONVENTIONS_FILE, OTHER_CONVENTIONS_FILE].map(|name| {
        let text = match read(&root.join(name)) {
            Ok(Text { invalid_line: Some(line), .. }) => Err((name, ReadError::NotUtf8 { line })),
            Ok(text) => Ok(Some((name, text.text))),
            Err(ReadError::Io(e)) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err((name, e)),
        };
        text.transpose()
    });
    match (first, second) {
        (Some(_), Some(_)) => Err((CONVENTIONS_FILE, ReadError::TwoConventions)),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Ok((CONVENTIONS_FILE, String::new())),
    }
}

/// Returns the hash of a file's bytes, as in [`Text::hash`].
pub fn hash(path: &Path) -> Result<u64, ReadError> {
    Ok(xxh3_64(&bytes(path)?.0))
}

/// Replaces line endings by `\n`: a line feed, a carriage return, or both (CommonMark 0.31, 2.1).
fn with_line_feeds(mut bytes: Vec<u8>) -> Vec<u8> {
    let Some(first) = memchr::memchr(b'\r', &bytes) else { return bytes };
    let mut to = first;
    for from in first..bytes.len() {
        if bytes[from] == b'\r' && bytes.get(from + 1) == Some(&b'\n') {
            continue;
        }
        bytes[to] = if bytes[from] == b'\r' { b'\n' } else { bytes[from] };
        to += 1;
    }
    bytes.truncate(to);
    bytes
}

/// Returns the first lines of a file, as far as they are within the first 4 KiB; none of an unreadable file, and of one with
/// invalid UTF-8 or other line endings than `\n` there.
pub fn read_head(path: &Path) -> Option<String> {
    const HEAD: usize = 4 << 10;
    let mut head = Vec::with_capacity(HEAD);
    open_file(path).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    // The last line may be cut.
    if head.len() == HEAD {
        head.truncate(memchr::memrchr(b'\n', &head).map_or(0, |end| end + 1));
    }
    String::from_utf8(head).ok().filter(|head| !head.contains('\r'))
}

fn bytes(path: &Path) -> Result<(Vec<u8>, Stat), ReadError> {
    let file = open_file(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile);
    }
    if metadata.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // The file may grow while it is read.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    Ok((bytes, stat(&metadata)))
}

fn open_file(path: &Path) -> Result<File, ReadError> {
    // Since the walk, the file may have been replaced by a link, or by a pipe, which would block.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    match open(path, flags, Mode::empty()) {
        Err(Errno::LOOP) => Err(ReadError::Link),
        // A socket.
        Err(Errno::NXIO) => Err(ReadError::NotAFile),
        Err(Errno::NAMETOOLONG) => Err(ReadError::TooLong),
        opened => Ok(File::from(opened.map_err(io::Error::from)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn check(bytes: &[u8]) -> Result<Text, ReadError> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("a.md");
        fs::write(&path, bytes).expect("written");
        read(&path)
    }

    #[test]
    fn invalid_bytes_are_replaced_and_their_line_reported() {
        let text = check(b"one\ntwo \xff\n").expect("read");
        assert_eq!((text.text.as_str(), text.invalid_line), ("one\ntwo \u{fffd}\n", Some(2)));
        assert_eq!(check("é\n".as_bytes()).expect("read").invalid_line, None);
    }

    #[test]
    fn the_head_of_a_file_ends_with_a_line() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let head = |text: &str| {
            let path = dir.path().join("a.md");
            fs::write(&path, text).expect("written");
            read_head(&path)
        };
        let long = "x".repeat(4090) + "\n## Overall Highlights of May\n";
        assert_eq!(head(&long).as_deref(), Some(&long[..4091]), "the heading is cut");
        assert_eq!(head("a\nb").as_deref(), Some("a\nb"));
        assert_eq!(head("a\r\nb"), None);
    }

    #[test]
    fn all_line_endings_become_line_feeds() {
        for (written, text) in [("a\r\nb\r\n", "a\nb\n"), ("a\rb\r", "a\nb\n"), ("a\rb\n\r\n\r", "a\nb\n\n\n")] {
            assert_eq!(check(written.as_bytes()).expect("read").text, text, "{written:?}");
        }
        assert_eq!(check(b"one\rtwo\r\nthree \xff\r").expect("read").invalid_line, Some(3));
    }

    #[test]
    fn large_files_links_and_wide_encodings_are_refused() {
        let wide = |width: usize, big: bool, mark: bool| -> Vec<u8> {
            let text = if mark { "\u{feff}---\ntopic: 新\n" } else { "---\ntopic: 新\n" };
            let bytes = |c: char| {
                let bytes = (c as u32).to_be_bytes()[4 - width..].to_vec();
                if big { bytes } else { bytes.into_iter().rev().collect() }
            };
            text.chars().flat_map(bytes).collect()
        };
        for (big, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            assert!(matches!(check(&wide(2, big, mark)), Err(ReadError::Wide("UTF-16"))), "{big} {mark}");
            assert!(matches!(check(&wide(4, big, mark)), Err(ReadError::Wide("UTF-32"))), "{big} {mark}");
        }
        assert!(check(b"a \0 in a text that is none of wide characters\n").is_ok());
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("a.md");
        File::create(&path).and_then(|f| f.set_len(MAX_BYTES + 1)).expect("a large file");
        assert!(matches!(read(&path), Err(ReadError::TooLarge)));
        assert!(matches!(read(&dir.path().join("none")), Err(ReadError::Io(_))));
        assert!(matches!(read(dir.path()), Err(ReadError::NotAFile)));
        let link = dir.path().join("link.md");
        std::os::unix::fs::symlink(&path, &link).expect("linked");
        assert!(matches!(read(&link), Err(ReadError::Link)));
    }
}
