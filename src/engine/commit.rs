//! The commit file: what is indexed, file by file, and a summary of it. One is written for each commit, never changed,
//! and named in the commit's payload, so that documents and list always belong together.
//!
//! Its first line is the [`Catalog`], which every command reads; the files follow, a line each, which only `index`,
//! `status` and the page of a digest read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Error;
use crate::corpus::Stat;
use crate::digest::{DigestId, Warning};

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commit {
    /// The summary.
    pub catalog: Catalog,
    /// All Markdown files of the corpus, sorted by path.
    pub files: Vec<FileEntry>,
}

/// The summary of an index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The version of the index's form.
    pub version: u32,
    /// Stands for all that decides how a file is indexed, the corpus's own conventions included.
    pub fingerprint: String,
    /// The folder that is indexed.
    pub corpus: String,
    /// When the run that made this commit began, in nanoseconds since 1970.
    pub started: i64,
    /// The newest digest's day that is not later than the day of the run.
    pub as_of: Option<NaiveDate>,
    /// How many digests there are.
    pub digests: usize,
    /// How many units there are.
    pub units: UnitCounts,
    /// How many words all units have.
    pub words: u64,
    /// How many titles' perspectives are known, by how they are.
    pub attribution: BTreeMap<String, usize>,
    /// The topics by id.
    pub topics: BTreeMap<String, Topic>,
}

/// The units of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCounts {
    /// Highlights.
    pub highlights: usize,
    /// Bullets.
    pub bullets: usize,
    /// Titles.
    pub titles: usize,
}

impl UnitCounts {
    /// All kinds together.
    pub fn total(&self) -> usize {
        self.highlights + self.bullets + self.titles
    }
}

/// The summary of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name in the newest digest.
    pub name: String,
    /// How many digests it has.
    pub digests: usize,
    /// The first digest's day.
    pub first: NaiveDate,
    /// The last digest's day.
    pub last: NaiveDate,
    /// All names it has had.
    pub names: BTreeSet<String>,
    /// The perspectives by id.
    pub perspectives: BTreeMap<String, Side>,
}

/// The summary of a perspective of a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Its name in the newest digest that has it.
    pub name: String,
    /// All names it has had.
    pub names: BTreeSet<String>,
}

/// A Markdown file of the corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path below the corpus's folder.
    pub path: String,
    /// Its size and time when it was read.
    #[serde(flatten)]
    pub stat: Stat,
    /// The hash of its bytes; none where it could not be read.
    pub hash: Option<u64>,
    /// What became of it.
    pub state: State,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is indexed.
    Digest(DigestEntry),
    /// Some other Markdown.
    NotADigest,
    /// A draft, and drafts were not asked for.
    Draft,
    /// It can't be used.
    Unusable(Warning),
    /// It can't be read now.
    Unreadable(String),
    /// Another file is the digest of that topic and day.
    Duplicate {
        /// The topic.
        topic: String,
        /// The day.
        date: NaiveDate,
        /// The file that is indexed instead.
        of: String,
        /// Whether it is a draft.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        draft: bool,
    },
}

/// What is needed to know of an indexed digest without reading it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestEntry {
    /// The topic's id.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// Whether it is a draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// Ids and names of the perspectives.
    pub perspectives: Vec<(String, String)>,
    /// Its units.
    pub units: UnitCounts,
    /// How many words they have.
    pub words: u64,
    /// How many titles' perspectives are known, by how they are.
    pub attribution: BTreeMap<String, usize>,
    /// What was odd in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

impl DigestEntry {
    /// The digest's id.
    pub fn id(&self) -> DigestId {
        DigestId { topic: self.topic.clone(), date: self.date }
    }
}

impl Catalog {
    /// Adds up the indexed files. `today` is the day of the run.
    pub fn sum_up(mut self, files: &[FileEntry], today: NaiveDate) -> Self {
        let mut names_from: BTreeMap<(&str, &str), NaiveDate> = BTreeMap::new();
        for entry in files.iter().filter_map(FileEntry::digest) {
            self.digests += 1;
            self.units.highlights += entry.units.highlights;
            self.units.bullets += entry.units.bullets;
            self.units.titles += entry.units.titles;
            self.words += entry.words;
            for (how, count) in &entry.attribution {
                *self.attribution.entry(how.clone()).or_default() += count;
            }
            if entry.date <= today {
                self.as_of = self.as_of.max(Some(entry.date));
            }
            let topic = self.topics.entry(entry.topic.clone()).or_insert_with(|| Topic {
                name: entry.name.clone(),
                digests: 0,
                first: entry.date,
                last: entry.date,
                names: BTreeSet::new(),
                perspectives: BTreeMap::new(),
            });
            topic.names.insert(entry.name.clone());
            topic.digests += 1;
            topic.first = topic.first.min(entry.date);
            if entry.date >= topic.last {
                topic.last = entry.date;
                topic.name.clone_from(&entry.name);
            }
            for (id, name) in &entry.perspectives {
                let side = topic.perspectives.entry(id.clone()).or_default();
                side.names.insert(name.clone());
                let newest = names_from.entry((&entry.topic, id)).or_insert(entry.date);
                if entry.date >= *newest {
                    *newest = entry.date;
                    side.name.clone_from(name);
                }
            }
        }
        self
    }

    /// The name of a perspective of a topic; its id where it has none.
    pub fn perspective_name<'a>(&'a self, topic: &str, id: &'a str) -> &'a str {
        self.topics.get(topic).and_then(|t| t.perspectives.get(id)).map_or(id, |side| &side.name)
    }
}

impl FileEntry {
    /// What is known of it if it is an indexed digest.
    pub fn digest(&self) -> Option<&DigestEntry> {
        match &self.state {
            State::Digest(entry) => Some(entry),
            _ => None,
        }
    }
}

impl Commit {
    /// Writes the file and sees to it that it is on the disk.
    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        let write = || {
            let mut out = BufWriter::new(File::create(path)?);
            serde_json::to_writer(&mut out, &self.catalog)?;
            out.write_all(b"\n")?;
            for file in &self.files {
                serde_json::to_writer(&mut out, file)?;
                out.write_all(b"\n")?;
            }
            out.into_inner()?.sync_all()
        };
        write().map_err(Error::io(path))
    }

    /// Reads the whole of an open file.
    pub(super) fn read(file: &File, path: &Path) -> Result<Self, Error> {
        let mut rest = BufReader::new(FromStart { file, at: 0 });
        let catalog = Catalog::read_from(&mut rest, path)?;
        let mut files = Vec::new();
        let mut line = String::new();
        while rest.read_line(&mut line).map_err(Error::read(path))? > 0 {
            files.push(serde_json::from_str(&line).map_err(|e| damaged(path, &e))?);
            line.clear();
        }
        Ok(Self { catalog, files })
    }
}

/// Reads a file from its start, without the place in it that all who have it open share: several may read at a time.
struct FromStart<'a> {
    file: &'a File,
    at: u64,
}

impl Read for FromStart<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buf, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Catalog {
    /// Opens a commit file and reads its first line.
    pub(super) fn open(path: &Path) -> Result<(Self, File), Error> {
        let file = File::open(path).map_err(Error::read(path))?;
        Ok((Self::read_from(&mut BufReader::new(&file), path)?, file))
    }

    fn read_from(file: &mut impl BufRead, path: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let mut line = String::new();
        file.read_line(&mut line).map_err(Error::read(path))?;
        let Version { version } = serde_json::from_str(&line).map_err(|e| damaged(path, &e))?;
        if version != crate::schema::VERSION {
            return Err(Error::OtherVersion { path: path.to_path_buf() });
        }
        serde_json::from_str(&line).map_err(|e| damaged(path, &e))
    }
}

/// What an index that can't be read otherwise still says of itself: the same in every version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Remains {
    /// The folder that is indexed.
    pub corpus: String,
    /// How many digests there are.
    pub digests: usize,
}

impl Remains {
    pub(super) fn read(path: &Path) -> Option<Self> {
        let mut line = String::new();
        BufReader::new(File::open(path).ok()?).read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }
}

fn damaged(path: &Path, error: &serde_json::Error) -> Error {
    Error::Damaged { path: path.to_path_buf(), message: error.to_string() }
}
