//! Binary encoding of the list of files. Reading it as JSON took longer than a system call for the size and time of each
//! file.
//!
//! First come the distinct heads of digests, then the files, sorted by path, each with the number of its head. Numbers
//! have seven bits per byte, lowest first; a text follows its length; times and hashes take eight bytes. A change of this
//! encoding requires a new [`VERSION`](crate::digest::VERSION).

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
/// The bits of the first byte that encode the state; the others are flags.
const STATE: u8 = 0x0f;
const HAS_HASH: u8 = 0x10;
const IS_DRAFT: u8 = 0x20;
const HAS_FACTS: u8 = 0x40;
