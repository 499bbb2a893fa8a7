//! Verification of checksums.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use tantivy::index::SegmentId;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Checksum, parse};
use crate::backend::{Checked, Damage, Depth, Error};
use crate::files;
use crate::tantivy::storage::layout::{
    CHECKSUMS, COPIES, Deletes, MANAGED, META, Meta, SOURCES, SegmentMeta, commit_file,
};

/// Size of the read buffer in bytes.
const BUFFER_BYTES: usize = 1 << 20;

/// The files that the commit of a generation refers to.
pub struct Needed(Meta);

/// Returns the files of a generation's commit; `None` if `meta.json` is damaged.
pub fn needed(generation: &Path) -> Option<Needed> {
    let meta = files::read(&generation.join(META)).ok()?;
    let checksum = Checksum { size: meta.len() as u64, hash: xxh3_64(&meta) };
    let checksums = files::read(&generation.join(CHECKSUMS)).ok()?;
    if !parse_all(&checksums).get(META)?.contains(&checksum) {
        return None;
    }
    let meta: Meta = serde_json::from_slice(&meta).ok()?;
    // If the list of files is missing, or of another version, another commit file may have it.
    let list = commit_file(generation, meta.payload.as_ref()?.parse().ok()?);
    fs::symlink_metadata(list).is_ok_and(|list| list.is_file()).then_some(Needed(meta))
}

impl Needed {
    /// Reports whether a file is among them.
    pub fn has(&self, name: &str) -> bool {
        // Temporary files of the document store are not part of a segment.
        is_needed(&self.0, name) && !name.ends_with(".temp")
    }
}

/// Returns a result with only the damage of a file that the verification depends on.
fn only(damage: Damage) -> Checked {
    Checked { damage: vec![damage], ..Checked::default() }
}

/// Reports whether a commit refers to a file.
fn is_needed(commit: &Meta, name: &str) -> bool {
    let number = || commit.payload.as_ref()?.parse().ok();
    let is_list = || number().is_some_and(|number| commit_file("".as_ref(), number) == Path::new(name));
    let of = |segment: &SegmentMeta| {
        let end = name.strip_prefix(&segment.segment_id.replace('-', ""));
        end.is_some_and(|end| match &segment.deletes {
            Some(Deletes { opstamp }) => !end.ends_with(".del") || end == format!(".{opstamp}.del"),
            None => !end.ends_with(".del"),
        })
    };
    matches!(name, META | MANAGED | COPIES | SOURCES) || is_list() || commit.segments.iter().any(of)
}

/// Verifies the files of a generation's commit.
///
/// # Errors
/// A file cannot be read at the moment, which does not count as damage.
pub fn damage(generation: &Path, depth: Depth) -> Result<Checked, Error> {
    let damage = |name: &str, message: &str| Damage { path: generation.join(name), message: message.to_owned() };
    let Some(checksums) = read(&generation.join(CHECKSUMS))? else {
        return Ok(only(damage(CHECKSUMS, "the file is missing, so the others cannot be verified")));
    };
    let Some(meta) = read(&generation.join(META))? else {
        return Ok(only(damage(META, "the file is missing")));
    };
    let Ok(meta) = serde_json::from_slice::<Meta>(&meta) else {
        return Ok(only(damage(META, "checksum mismatch")));
    };
    let known = parse_all(&checksums);
    let mut names: BTreeSet<String> = known.keys().cloned().collect();
    for entry in fs::read_dir(generation).map_err(Error::io(generation))? {
        names.extend(entry.map_err(Error::io(generation))?.file_name().into_string().ok());
    }
    names.retain(|name| is_needed(&meta, name));
    let found = names.into_par_iter().map(|name| {
        let path = generation.join(&name);
        let depth = if is_data(&name) { depth } else { Depth::Bytes };
        let (size, hash) = match measure(&path, depth) {
            Ok(found) => found,
            // Written after the commit; answers are the same without them.
            Err(e) if e.kind() == io::ErrorKind::NotFound && matches!(&*name, COPIES | SOURCES) => {
                return Ok((0, None));
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Ok((0, Some(damage(&name, "the file is missing"))));
            }
            Err(e) => return Err(Error::io(path)(e)),
        };
        let Some(checksums) = known.get(&name) else { return Ok((size, Some(damage(&name, "no checksum in `sums`")))) };
        let same_size = checksums.iter().filter(|checksum| checksum.size == size).collect::<Vec<_>>();
        let damage = match (&same_size[..], checksums.last()) {
            ([], Some(checksum)) => {
                Some(damage(&name, &format!("size mismatch: {size} bytes, expected {}", checksum.size)))
            }
            (same_size, _) if hash.is_none_or(|hash| same_size.iter().any(|checksum| checksum.hash == hash)) => None,
            _ => Some(damage(&name, "checksum mismatch")),
        };
        Ok((size, damage))
    });
    let found = found.collect::<Result<Vec<_>, Error>>()?;
    Ok(Checked {
        files: found.len(),
        bytes: found.iter().map(|(size, _)| size).sum(),
        damage: found.into_iter().filter_map(|(_, damage)| damage).collect(),
        ..Checked::default()
    })
}

/// Reports whether the files of a segment with some extensions, or all, match their checksums.
///
/// # Errors
/// A file cannot be read at the moment, which does not count as damage.
pub fn is_sound(generation: &Path, segment: &SegmentId, ends: &[&str]) -> Result<bool, Error> {
    let has_end = |name: &str| ends.is_empty() || ends.iter().any(|end| name.ends_with(end));
    let of_it = |(name, _): &(String, Vec<Checksum>)| {
        name.starts_with(&segment.uuid_string()) && is_data(name) && has_end(name)
    };
    let is_sound = |(name, checksums): (String, Vec<Checksum>)| {
        let path = generation.join(name);
        match measure(&path, Depth::Bytes) {
            Ok((size, hash)) => {
                Ok(checksums.iter().any(|checksum| (checksum.size, Some(checksum.hash)) == (size, hash)))
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(Error::io(path)(e)),
        }
    };
    let Some(checksums) = read(&generation.join(CHECKSUMS))? else { return Ok(false) };
    let files: Vec<_> = parse_all(&checksums).into_iter().filter(of_it).collect();
    let are_sound = files.into_par_iter().map(is_sound).collect::<Result<Vec<_>, _>>()?;
    Ok(!are_sound.is_empty() && are_sound.into_iter().all(|is_sound| is_sound))
}

/// Reports whether a file contains immutable data of a segment, unlike the list of its deletions.
fn is_data(name: &str) -> bool {
    name.split_once('.').is_some_and(|(segment, end)| segment.len() == 32 && !end.ends_with("del"))
}

/// Parses the checksums of each file: several, if it was replaced.
pub fn parse_all(checksums: &[u8]) -> BTreeMap<String, Vec<Checksum>> {
    let mut known: BTreeMap<String, Vec<Checksum>> = BTreeMap::new();
    for (name, checksum) in String::from_utf8_lossy(checksums).lines().filter_map(parse) {
        known.entry(name.to_owned()).or_default().push(checksum);
    }
    known
}

/// Returns the size of a file, and with `Depth::Bytes` its hash.
pub fn measure(path: &Path, depth: Depth) -> io::Result<(u64, Option<u64>)> {
    if depth == Depth::State {
        return Ok((fs::symlink_metadata(path)?.len(), None));
    }
    let mut file = files::open(path)?;
    let buffer = BUFFER_BYTES.min(file.metadata()?.len() as usize + 1);
    let (mut hash, mut size, mut buffer) = (Xxh3::new(), 0, vec![0; buffer]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((size, Some(hash.digest()))),
            read => {
                hash.update(&buffer[..read]);
                size += read as u64;
            }
        }
    }
}

/// Reads a file; `None` if it does not exist.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match files::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io(path)(e)),
    }
}
