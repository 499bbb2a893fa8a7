//! Memory for lists.

use std::hint::black_box;

/// Bytes of a list of two million entries.
const LARGE: usize = 8 << 20;

/// Lets a large piece of memory come and go, which is never touched and takes next to no time.
///
/// A search for what is frequent makes some large lists and drops them. The C library's `malloc` gives them back to the
/// system, and the next search waits until the system has cleared them again. By the largest piece that has come and gone
/// it learns what is usual: up to that size it keeps pieces, and twice as much of what is free in all (M_MMAP_THRESHOLD
/// and M_TRIM_THRESHOLD in mallopt(3)). Elsewhere this does no harm.
pub fn keep_for_lists() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE)));
}
