//! Paths in JSON: as text, or as a list of bytes if a path is not UTF-8, so that every path survives.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Deserialize)]
#[serde(untagged)]
enum Form {
    Text(PathBuf),
    Bytes(Vec<u8>),
}

pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    match path.to_str() {
        Some(text) => text.serialize(serializer),
        None => path.as_os_str().as_bytes().serialize(serializer),
    }
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match Form::deserialize(deserializer)? {
        Form::Text(path) => path,
        Form::Bytes(bytes) => OsString::from_vec(bytes).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_bytes() {
        #[derive(Serialize, Deserialize)]
        struct Written(#[serde(with = "super")] PathBuf);
        for (bytes, json) in [(&b"/a b\n"[..], "\"/a b\\n\""), (b"\xff/c", "[255,47,99]"), (b"", "\"\"")] {
            let path = PathBuf::from(OsString::from_vec(bytes.to_vec()));
            let written = serde_json::to_string(&Written(path.clone())).expect("written");
            assert_eq!(written, json);
            assert_eq!(serde_json::from_str::<Written>(&written).expect("read").0, path);
        }
    }
}
