//! Holds what is there against what was written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use tantivy::index::SegmentId;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Sum, parse};
use crate::backend::{Checked, Damage, Depth, Error};
use crate::files;
use crate::tantivy::storage::layout::{
    CHECKSUMS, COPIES, Deletes, MANAGED, META, Meta, SOURCES, SegmentMeta, commit_file,
};

/// Files are read so many bytes at a time.
const PIECE: usize = 1 << 20;

/// The commit of a generation, as far as it says which files it needs.
pub struct Needed(Meta);

/// What the commit of a generation needs; none where it is not known, since `meta.json` is not what was written.
pub fn needed(generation: &Path) -> Option<Needed> {
    let meta = files::read(&generation.join(META)).ok()?;
    let sum = Sum { size: meta.len() as u64, hash: xxh3_64(&meta) };
    let sums = files::read(&generation.join(CHECKSUMS)).ok()?;
    if !known(&sums).get(META)?.contains(&sum) {
        return None;
    }
    let meta: Meta = serde_json::from_slice(&meta).ok()?;
    // Where the list of files is missing, or another version's, another file may still tell what is indexed.
    let list = commit_file(generation, meta.payload.as_ref()?.parse().ok()?);
    fs::symlink_metadata(list).is_ok_and(|list| list.is_file()).then_some(Needed(meta))
}

impl Needed {
    /// Whether a file is among them.
    pub fn has(&self, name: &str) -> bool {
        // What a segment's texts are collected in is no part of it.
        needs(&self.0, name) && !name.ends_with(".temp")
    }
}

/// Nothing but what is wrong with a file without which the others cannot be looked at.
fn only(damage: Damage) -> Checked {
    Checked { damage: vec![damage], ..Checked::default() }
}

/// Whether a commit needs a file.
fn needs(commit: &Meta, name: &str) -> bool {
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

/// Holds the files of a generation's commit against what was written.
///
/// # Errors
/// A file can't be read now, which says nothing of what it holds.
pub fn damage(generation: &Path, depth: Depth) -> Result<Checked, Error> {
    let damage = |name: &str, message: &str| Damage { path: generation.join(name), message: message.to_owned() };
    let Some(sums) = read(&generation.join(CHECKSUMS))? else {
        return Ok(only(damage(CHECKSUMS, "the file is missing: nothing is known of the others")));
    };
    let Some(meta) = read(&generation.join(META))? else {
        return Ok(only(damage(META, "the file is missing")));
    };
    let Ok(meta) = serde_json::from_slice::<Meta>(&meta) else {
        return Ok(only(damage(META, "it is not what was written")));
    };
    let known = known(&sums);
    let mut names: BTreeSet<String> = known.keys().cloned().collect();
    for entry in fs::read_dir(generation).map_err(Error::io(generation))? {
        names.extend(entry.map_err(Error::io(generation))?.file_name().into_string().ok());
    }
    names.retain(|name| needs(&meta, name));
    let found = names.into_par_iter().map(|name| {
        let path = generation.join(&name);
        let depth = if is_data(&name) { depth } else { Depth::Bytes };
        let (size, hash) = match look(&path, depth) {
            Ok(there) => there,
            // They are made behind the commit, and answers are the same without them.
            Err(e) if e.kind() == io::ErrorKind::NotFound && matches!(&*name, COPIES | SOURCES) => {
                return Ok((0, None));
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Ok((0, Some(damage(&name, "the file is missing"))));
            }
            Err(e) => return Err(Error::io(path)(e)),
        };
        let Some(sums) = known.get(&name) else { return Ok((size, Some(damage(&name, "`sums` says nothing of it")))) };
        let same_size = sums.iter().filter(|sum| sum.size == size).collect::<Vec<_>>();
        let damage = match (&same_size[..], sums.last()) {
            ([], Some(sum)) => Some(damage(&name, &format!("it has {size} bytes, and {} were written", sum.size))),
            (same_size, _) if hash.is_none_or(|hash| same_size.iter().any(|sum| sum.hash == hash)) => None,
            _ => Some(damage(&name, "it is not what was written")),
        };
        Ok((size, damage))
    });
    let found = found.collect::<Result<Vec<_>, Error>>()?;
    Ok(Checked {
        files: found.len(),
        bytes: found.iter().map(|(size, _)| size).sum(),
        damage: found.into_iter().filter_map(|(_, damage)| damage).collect(),
    })
}

/// Whether the files of a segment whose names have these ends, or all where there are none, are as they were written.
///
/// # Errors
/// A file can't be read now, which says nothing of what it holds.
pub fn is_sound(generation: &Path, segment: &SegmentId, ends: &[&str]) -> Result<bool, Error> {
    let has_end = |name: &str| ends.is_empty() || ends.iter().any(|end| name.ends_with(end));
    let of_it =
        |(name, _): &(String, Vec<Sum>)| name.starts_with(&segment.uuid_string()) && is_data(name) && has_end(name);
    let is_sound = |(name, sums): (String, Vec<Sum>)| {
        let path = generation.join(name);
        match look(&path, Depth::Bytes) {
            Ok((size, hash)) => Ok(sums.iter().any(|sum| (sum.size, Some(sum.hash)) == (size, hash))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(Error::io(path)(e)),
        }
    };
    let Some(sums) = read(&generation.join(CHECKSUMS))? else { return Ok(false) };
    let files: Vec<_> = known(&sums).into_iter().filter(of_it).collect();
    let are_sound = files.into_par_iter().map(is_sound).collect::<Result<Vec<_>, _>>()?;
    Ok(!are_sound.is_empty() && are_sound.into_iter().all(|is_sound| is_sound))
}

/// Whether a file holds what is indexed, which no commit changes: one of a segment, but not which of its entries are gone.
fn is_data(name: &str) -> bool {
    name.split_once('.').is_some_and(|(segment, end)| segment.len() == 32 && !end.ends_with("del"))
}

/// The sums of each file: several, if it was replaced.
pub fn known(sums: &[u8]) -> BTreeMap<String, Vec<Sum>> {
    let mut known: BTreeMap<String, Vec<Sum>> = BTreeMap::new();
    for (name, sum) in String::from_utf8_lossy(sums).lines().filter_map(parse) {
        known.entry(name.to_owned()).or_default().push(sum);
    }
    known
}

/// The size of a file, and the hash of its bytes where these are to be looked at.
pub fn look(path: &Path, depth: Depth) -> io::Result<(u64, Option<u64>)> {
    if depth == Depth::State {
        return Ok((fs::symlink_metadata(path)?.len(), None));
    }
    let mut file = files::open(path)?;
    let piece = PIECE.min(file.metadata()?.len() as usize + 1);
    let (mut hash, mut size, mut piece) = (Xxh3::new(), 0, vec![0; piece]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok((size, Some(hash.digest()))),
            read => {
                hash.update(&piece[..read]);
                size += read as u64;
            }
        }
    }
}

/// A file's bytes; none where there is no file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match files::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io(path)(e)),
    }
}
