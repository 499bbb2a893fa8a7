//! Reads files in parallel, large ones in few lanes: what is made of a file takes some thirty times its size, so that as
//! many large ones at a time as there are processors would take more memory than there is.

use rayon::prelude::*;

use super::error::Error;
use super::plan::Unread;
use crate::backend::FileRecord;

/// Real digests have about 15 KB. Larger files are read behind the others.
const LARGE: u64 = 64 << 10;

/// Large files that are read at a time have so many bytes together, as many as the largest that is read may have.
const TOGETHER: u64 = 4 << 20;

/// Does something with each file, and returns what comes of it in any order.
pub fn each<'a>(
    files: &[Unread<'a>],
    read: impl Fn(&Unread<'a>) -> Result<FileRecord, Error> + Sync,
) -> Result<Vec<FileRecord>, Error> {
    let (large, small): (Vec<Unread>, Vec<Unread>) = files.iter().partition(|file| file.size > LARGE);
    let mut done: Vec<FileRecord> = small.par_iter().map(&read).collect::<Result<_, _>>()?;
    let Some(largest) = large.iter().map(|file| file.size).max() else { return Ok(done) };
    let lanes = lanes(rayon::current_num_threads(), largest);
    // A thread keeps some of the memory that it has used, so that these are read by others than the small ones.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(lanes).build();
    let of_large = match pool {
        Ok(pool) => pool.install(|| large.par_iter().map(&read).collect::<Result<Vec<_>, _>>())?,
        // No thread can be had now.
        Err(_) => large.iter().map(&read).collect::<Result<_, _>>()?,
    };
    done.extend(of_large);
    Ok(done)
}

/// How many files are read at a time where the largest has so many bytes.
fn lanes(threads: usize, largest: u64) -> usize {
    threads.min(usize::try_from(TOGETHER / largest.max(1)).unwrap_or(usize::MAX)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::State;
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
        };
        let mut read: Vec<String> =
            each(&files, |file| Ok(record(file))).expect("read").into_iter().map(|f| f.path).collect();
        read.sort_by_key(|name| name.parse::<usize>().ok());
        assert_eq!(read, names);
        assert!(matches!(
            each(&files, |file| if file.path == "299" { Err(Error::Stopped) } else { Ok(record(file)) }),
            Err(Error::Stopped)
        ));
    }

    #[test]
    fn the_larger_the_fewer() {
        let of = |largest: u64| lanes(16, largest);
        assert_eq!([0, 64 << 10, 300 << 10, 1 << 20, 4 << 20, u64::MAX].map(of), [16, 16, 13, 4, 1, 1]);
    }
}
