//! Bodies of answers, in chunks that are accounted for before allocation and freed one by one as the client reads them.
//! There is a limit for one body, and one for all bodies together.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use hyper::body::{Bytes, Frame, SizeHint};

use super::limits::Limits;
use super::slots::Activity;
use crate::backend::{megabytes, smaller};
use crate::diagnostic::{message, option};
use crate::failure::Failure;

/// Size of a chunk in bytes.
const CHUNK: usize = 64 << 10;

/// Bodies longer than this may take only three quarters of the memory.
const LARGE: usize = 1 << 20;

/// The memory budget of all bodies.
pub struct Memory {
    /// Maximum size of one body in bytes.
    max_body: usize,
    /// Maximum size of all bodies in bytes.
    max_total: usize,
    taken: AtomicUsize,
}

/// Reserved bytes, released on drop.
struct Reservation {
    memory: Arc<Memory>,
    bytes: usize,
}

impl Memory {
    pub fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self { max_body: limits.max_body, max_total: limits.max_total, taken: AtomicUsize::new(0) })
    }

    /// Reserves bytes, if the budget allows: for large bodies, three quarters of it.
    fn take(self: &Arc<Self>, bytes: usize, is_large: bool) -> Option<Reservation> {
        let limit = if is_large { self.max_total / 4 * 3 } else { self.max_total };
        let taken = |taken: usize| taken.checked_add(bytes).filter(|taken| *taken <= limit);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).ok()?;
        Some(Reservation { memory: self.clone(), bytes })
    }

    #[cfg(test)]
    fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.memory.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Bytes with their reservation.
struct Chunk {
    bytes: Vec<u8>,
    _reservation: Reservation,
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A complete body.
#[derive(Default)]
pub struct Body {
    chunks: VecDeque<Bytes>,
    len: usize,
}

impl Body {
    /// Returns the body of a short text of the program.
    pub fn of_text(text: String) -> Self {
        Self::shared(Bytes::from(text))
    }

    /// Returns a body that all requests share.
    pub fn shared(bytes: Bytes) -> Self {
        Self { len: bytes.len(), chunks: VecDeque::from([bytes]) }
    }

    /// Returns the body of a text that depends on an index, within the budget.
    pub fn counted(text: &str, memory: &Arc<Memory>) -> Result<Self, Failure> {
        let mut writer = Writer::new(memory);
        // `finish` returns the error.
        let _ = writer.write_all(text.as_bytes());
        writer.finish()
    }

    pub fn len(&self) -> usize {
        self.len
    }

    #[cfg(any(test, fuzzing))]
    pub fn into_bytes(self) -> Vec<u8> {
        Vec::from(self.chunks).concat()
    }

    /// Returns the body for sending; the activity changes when all of it is handed over.
    pub fn into_stream(self, activity: Arc<Activity>) -> BodyStream {
        BodyStream { body: self, activity }
    }
}

/// Writes a body.
pub struct Writer {
    memory: Arc<Memory>,
    body: Body,
    /// The chunk being written.
    chunk: Option<Chunk>,
    refused: Option<WriteError>,
}

/// The reason why a body cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WriteError {
    TooLarge,
    NoMemory,
}

impl Writer {
    pub fn new(memory: &Arc<Memory>) -> Self {
        Self { memory: memory.clone(), body: Body::default(), chunk: None, refused: None }
    }

    /// Returns the body.
    pub fn finish(mut self) -> Result<Body, Failure> {
        self.seal();
        match self.refused {
            None => Ok(self.body),
            Some(WriteError::TooLarge) => {
                let message = format!("the answer exceeds {}", megabytes(self.memory.max_body));
                Err(Failure::message("too_large", message, message![smaller(), ", or fewer ", option("fields")]))
            }
            Some(WriteError::NoMemory) => {
                let message = "the memory for answers is in use".to_owned();
                Err(Failure::message("busy", message, "try again later, or request less"))
            }
        }
    }

    /// Appends the current chunk to the body.
    fn seal(&mut self) {
        let Some(mut chunk) = self.chunk.take() else { return };
        if chunk.bytes.len() < CHUNK {
            chunk.bytes.shrink_to_fit();
            let left = CHUNK - chunk.bytes.len();
            chunk._reservation.bytes -= left;
            self.memory.taken.fetch_sub(left, Ordering::Relaxed);
        }
        self.body.chunks.push_back(Bytes::from_owner(chunk));
    }

    /// Returns a chunk with free space.
    fn chunk(&mut self) -> Result<&mut Vec<u8>, WriteError> {
        if self.chunk.as_ref().is_some_and(|chunk| chunk.bytes.len() == CHUNK) {
            self.seal();
        }
        if self.chunk.is_none() {
            let reservation = self.memory.take(CHUNK, self.body.len >= LARGE).ok_or(WriteError::NoMemory)?;
            self.chunk = Some(Chunk { bytes: Vec::with_capacity(CHUNK), _reservation: reservation });
        }
        self.chunk.as_mut().map(|chunk| &mut chunk.bytes).ok_or(WriteError::NoMemory)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<usize, WriteError> {
        if self.body.len + bytes.len() > self.memory.max_body {
            return Err(WriteError::TooLarge);
        }
        let chunk = self.chunk()?;
        let put = bytes.len().min(CHUNK - chunk.len());
        chunk.extend_from_slice(&bytes[..put]);
        self.body.len += put;
        Ok(put)
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        self.put(bytes).map_err(|refused| {
            // Free the partial body at once.
            (self.body, self.chunk, self.refused) = (Body::default(), None, Some(refused));
            io::ErrorKind::OutOfMemory.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body being sent to a client.
pub struct BodyStream {
    body: Body,
    activity: Arc<Activity>,
}

impl hyper::body::Body for BodyStream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = self.body.chunks.pop_front();
        self.body.len -= chunk.as_ref().map_or(0, Bytes::len);
        Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.len == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.body.len as u64)
    }
}

impl Drop for BodyStream {
    fn drop(&mut self) {
        self.activity.finish_body();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(max_body: usize, max_total: usize) -> Arc<Memory> {
        Memory::new(&Limits { max_body, max_total, ..Limits::default() })
    }

    #[test]
    fn bodies_are_returned_as_written() {
        let memory = memory(4 << 20, 8 << 20);
        for len in [0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17] {
            let text: String = ('a'..='z').cycle().take(len).collect();
            let mut writer = Writer::new(&memory);
            text.as_bytes().chunks(1_000).for_each(|part| writer.write_all(part).expect("written"));
            let body = writer.finish().expect("a body");
            assert_eq!((body.len(), memory.taken()), (len, len));
            assert_eq!(body.into_bytes(), text.as_bytes());
            assert_eq!(memory.taken(), 0, "released");
        }
    }

    #[test]
    fn sent_chunks_are_released() {
        let memory = memory(4 << 20, 8 << 20);
        let body = Body::counted(&"a".repeat(3 * CHUNK), &memory).expect("a body");
        let mut sent = body.into_stream(Arc::default());
        let mut cx = Context::from_waker(std::task::Waker::noop());
        for left in (0..3).rev() {
            let frame = hyper::body::Body::poll_frame(Pin::new(&mut sent), &mut cx);
            assert!(matches!(&frame, Poll::Ready(Some(Ok(frame))) if frame.is_data()));
            drop(frame);
            assert_eq!(memory.taken(), left * CHUNK);
        }
        assert!(hyper::body::Body::is_end_stream(&sent));
    }

    #[test]
    fn one_body_and_all_bodies_are_limited() {
        let memory = memory(2 * LARGE, 4 * LARGE);
        let code = |len: usize| Body::counted(&"a".repeat(len), &memory).map_err(|failure| failure.code());
        assert_eq!(code(2 * LARGE + 1).err(), Some("too_large"));
        assert_eq!(memory.taken(), 0, "the partial body is freed");
        let first = code(2 * LARGE).expect("a body");
        assert_eq!(code(2 * LARGE).err(), Some("busy"), "a quarter is reserved for small ones");
        let others = [code(LARGE), code(LARGE)].map(|body| body.expect("a body"));
        assert_eq!(code(1).err(), Some("busy"));
        drop(first);
        assert!(code(1).is_ok());
        assert_eq!(memory.taken(), 2 * LARGE);
        drop(others);
        assert_eq!(memory.taken(), 0);
    }
}
