//! Parallel reads, with fewer threads for large files: a parsed file takes about thirty times its size in memory.

use rayon::prelude::*;

use super::error::Error;
use super::plan::Unread;

/// Size in bytes above which a file is read after the others, in fewer threads. Real digests have about 15 KB.
const LARGE: u64 = 64 << 10;

/// Limit in bytes for all large files that are read at a time; the size limit of a single file.
const MAX_LARGE_BYTES: u64 = 4 << 20;

/// Reads each file and returns the results in any order.
pub fn read_all<'a, T: Send>(
    files: &[Unread<'a>],
    read: impl Fn(&Unread<'a>) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let (large, small): (Vec<Unread>, Vec<Unread>) = files.iter().partition(|file| file.size > LARGE);
    let mut done: Vec<T> = small.par_iter().map(&read).collect::<Result<_, _>>()?;
    let Some(largest) = large.iter().map(|file| file.size).max() else { return Ok(done) };
    let lanes = lanes(rayon::current_num_threads(), largest);
    // The allocator keeps freed memory per thread, so large files get threads that end here.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(lanes).build();
    let from_large = match pool {
        Ok(pool) => pool.install(|| large.par_iter().map(&read).collect::<Result<Vec<_>, _>>())?,
        // The system has no more threads.
        Err(_) => large.iter().map(&read).collect::<Result<_, _>>()?,
    };
    done.extend(from_large);
    Ok(done)
}

/// Returns the number of files to read at a time, given the size in bytes of the largest.
fn lanes(threads: usize, largest: u64) -> usize {
    threads.min(usize::try_from(MAX_LARGE_BYTES / largest.max(1)).unwrap_or(usize::MAX)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::{FileRecord, State};
    use crate::corpus::Stat;

    #[test]
    fn every_file_is_read_once() {
        let names: Vec<String> = (0..300).map(|n| n.to_string()).collect();
        let sizes = (0..).step_by(999).map(|n| n % (5 << 20));
        let files: Vec<Unread> = names.iter().zip(sizes).map(|(path, size)| Unread { path, size }).collect();
        let record = |file: &Unread| FileRecord {
            path: file.path.to_owned(),
            stat: Stat::default(),
            hash: None,
            state: State::NotADigest,
            facts: None,
        };
        let mut read: Vec<String> =
            read_all(&files, |file| Ok(record(file))).expect("read").into_iter().map(|f| f.path).collect();
        read.sort_by_key(|name| name.parse::<usize>().ok());
        assert_eq!(read, names);
        assert!(matches!(
            read_all(&files, |file| if file.path == "299" { Err(Error::Stopped) } else { Ok(record(file)) }),
            Err(Error::Stopped)
        ));
    }

    #[test]
    fn larger_files_have_fewer_lanes() {
        let of = |largest: u64| lanes(16, largest);
        assert_eq!([0, 64 << 10, 300 << 10, 1 << 20, 4 << 20, u64::MAX].map(of), [16, 16, 13, 4, 1, 1]);
    }
}
