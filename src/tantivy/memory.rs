//! Tuning of the memory allocator for lists.

use std::hint::black_box;

/// Bytes of a list of two million entries.
const LARGE: usize = 8 << 20;

/// Allocates and frees a large block of memory, untouched, which takes next to no time.
///
/// A search for frequent terms allocates some large lists and frees them. glibc returns such blocks to the system, and the
/// next search waits for the system to clear them again. From the largest block freed it adapts its thresholds: it keeps
/// blocks up to that size, and twice as much free memory in total (M_MMAP_THRESHOLD and M_TRIM_THRESHOLD in mallopt(3)).
/// Elsewhere this has no effect.
pub fn keep_for_lists() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE)));
}
