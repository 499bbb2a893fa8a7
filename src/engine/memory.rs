//! Memory for lists.

use std::hint::black_box;

/// Bytes of a list of two million units.
const LARGE: usize = 8 << 20;

/// A search for what is frequent makes some large lists and drops them. The C library's `malloc` gives what is large back
/// to the system each time, and the next search waits until the system has cleared it again; but not what is no larger
/// than the largest that has come and gone before, nor twice that (M_MMAP_THRESHOLD and M_TRIM_THRESHOLD in mallopt(3)).
/// So this lets one come and go, which is never touched and takes next to no time. Elsewhere it does no harm.
pub fn keep_for_lists() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE)));
}
