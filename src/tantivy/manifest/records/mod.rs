//! The files of a commit as bytes. To read them as JSON took longer than to ask the system for each file's size and time.
//!
//! First come the heads of digests, each once, then the files, sorted by path, each of which names its head by number.
//! Numbers have seven bits a byte, the lowest first; a text follows its length. What is random, times and hashes, takes
//! its eight bytes. A change of this form is one of [`VERSION`](crate::digest::VERSION).

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;

const DIGEST: u8 = 0;
const NOT_A_DIGEST: u8 = 1;
const DRAFT: u8 = 2;
const UNUSABLE: u8 = 3;
const UNREADABLE: u8 = 4;
const DUPLICATE: u8 = 5;
/// The bits of the first byte that tell the state; the others are marks.
const STATE: u8 = 0x0f;
const HAS_HASH: u8 = 0x10;
const IS_DRAFT: u8 = 0x20;
