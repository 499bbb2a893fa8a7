//! Bodies of answers: written in pieces that are counted before they are allocated, and freed one by one as the client
//! takes them. One answer has a bound, and so have all that wait to be read, together.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use hyper::body::{Bytes, Frame, SizeHint};

use super::limits::Limits;
use super::places::Seat;
use crate::backend::{megabytes, smaller};
use crate::diagnostic::{message, option};
use crate::failure::Failure;

/// Bytes of a piece.
const PIECE: usize = 64 << 10;

/// Longer answers leave a part of the memory to others.
const LARGE: usize = 1 << 20;

/// The memory of all bodies that wait to be read.
pub struct Memory {
    /// Bytes of one body.
    answer: usize,
    /// Bytes of all.
    all: usize,
    taken: AtomicUsize,
}

/// Bytes that are given back when this is dropped.
struct Share {
    memory: Arc<Memory>,
    bytes: usize,
}

impl Memory {
    pub fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self { answer: limits.answer, all: limits.answers, taken: AtomicUsize::new(0) })
    }

    /// A share, if there is so much left: to large bodies, of three quarters.
    fn take(self: &Arc<Self>, bytes: usize, is_large: bool) -> Option<Share> {
        let all = if is_large { self.all / 4 * 3 } else { self.all };
        let taken = |taken: usize| taken.checked_add(bytes).filter(|taken| *taken <= all);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).ok()?;
        Some(Share { memory: self.clone(), bytes })
    }

    #[cfg(test)]
    fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.memory.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Bytes with the share of memory that they take.
struct Piece {
    bytes: Vec<u8>,
    _share: Share,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A body that is all there.
#[derive(Default)]
pub struct Body {
    pieces: VecDeque<Bytes>,
    len: usize,
}

impl Body {
    /// A text of our own, which is short.
    pub fn own(text: String) -> Self {
        Self::shared(Bytes::from(text))
    }

    /// What all who ask for it share.
    pub fn shared(bytes: Bytes) -> Self {
        Self { len: bytes.len(), pieces: VecDeque::from([bytes]) }
    }

    /// A text that depends on an index.
    pub fn counted(text: &str, memory: &Arc<Memory>) -> Result<Self, Failure> {
        let mut writer = Writer::new(memory);
        // What it says is known from the writer.
        let _ = writer.write_all(text.as_bytes());
        writer.finish()
    }

    pub fn len(&self) -> usize {
        self.len
    }

    #[cfg(any(test, fuzzing))]
    pub fn into_bytes(self) -> Vec<u8> {
        Vec::from(self.pieces).concat()
    }

    /// To be sent; the seat learns when all of it is handed over.
    pub fn sent_from(self, seat: Arc<Seat>) -> Sent {
        Sent { body: self, seat }
    }
}

/// Writes a body.
pub struct Writer {
    memory: Arc<Memory>,
    body: Body,
    /// The piece that is being written.
    piece: Option<Piece>,
    refused: Option<Refused>,
}

/// Why a body can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    TooLarge,
    NoMemory,
}

impl Writer {
    pub fn new(memory: &Arc<Memory>) -> Self {
        Self { memory: memory.clone(), body: Body::default(), piece: None, refused: None }
    }

    /// The body, or why there is none.
    pub fn finish(mut self) -> Result<Body, Failure> {
        self.seal();
        match self.refused {
            None => Ok(self.body),
            Some(Refused::TooLarge) => {
                let message = format!("the answer is larger than {}", megabytes(self.memory.answer));
                Err(Failure::message("too_large", message, message![smaller(), ", or fewer ", option("fields")]))
            }
            Some(Refused::NoMemory) => {
                let message = "too many answers wait to be read by their clients".to_owned();
                Err(Failure::message("busy", message, "try again a little later, or ask for less"))
            }
        }
    }

    /// Puts the piece that was written to the others.
    fn seal(&mut self) {
        let Some(mut piece) = self.piece.take() else { return };
        if piece.bytes.len() < PIECE {
            piece.bytes.shrink_to_fit();
            let left = PIECE - piece.bytes.len();
            piece._share.bytes -= left;
            self.memory.taken.fetch_sub(left, Ordering::Relaxed);
        }
        self.body.pieces.push_back(Bytes::from_owner(piece));
    }

    /// The piece to write to; there is place in it.
    fn piece(&mut self) -> Result<&mut Vec<u8>, Refused> {
        if self.piece.as_ref().is_some_and(|piece| piece.bytes.len() == PIECE) {
            self.seal();
        }
        if self.piece.is_none() {
            let share = self.memory.take(PIECE, self.body.len >= LARGE).ok_or(Refused::NoMemory)?;
            self.piece = Some(Piece { bytes: Vec::with_capacity(PIECE), _share: share });
        }
        self.piece.as_mut().map(|piece| &mut piece.bytes).ok_or(Refused::NoMemory)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<usize, Refused> {
        if self.body.len + bytes.len() > self.memory.answer {
            return Err(Refused::TooLarge);
        }
        let piece = self.piece()?;
        let put = bytes.len().min(PIECE - piece.len());
        piece.extend_from_slice(&bytes[..put]);
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
            // What was written is of no use any more.
            (self.body, self.piece, self.refused) = (Body::default(), None, Some(refused));
            io::ErrorKind::OutOfMemory.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body on its way to a client.
pub struct Sent {
    body: Body,
    seat: Arc<Seat>,
}

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.body.pieces.pop_front();
        self.body.len -= piece.as_ref().map_or(0, Bytes::len);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.len == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.body.len as u64)
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.seat.hand_over();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(answer: usize, answers: usize) -> Arc<Memory> {
        Memory::new(&Limits { answer, answers, ..Limits::default() })
    }

    #[test]
    fn bodies_come_out_as_they_were_written() {
        let memory = memory(4 << 20, 8 << 20);
        for len in [0, 1, 100, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17] {
            let text: String = ('a'..='z').cycle().take(len).collect();
            let mut writer = Writer::new(&memory);
            text.as_bytes().chunks(1_000).for_each(|part| writer.write_all(part).expect("written"));
            let body = writer.finish().expect("a body");
            assert_eq!((body.len(), memory.taken()), (len, len));
            assert_eq!(body.into_bytes(), text.as_bytes());
            assert_eq!(memory.taken(), 0, "given back");
        }
    }

    #[test]
    fn what_is_sent_is_given_back_piece_by_piece() {
        let memory = memory(4 << 20, 8 << 20);
        let body = Body::counted(&"a".repeat(3 * PIECE), &memory).expect("a body");
        let mut sent = body.sent_from(Arc::default());
        let mut cx = Context::from_waker(std::task::Waker::noop());
        for left in (0..3).rev() {
            let frame = hyper::body::Body::poll_frame(Pin::new(&mut sent), &mut cx);
            assert!(matches!(&frame, Poll::Ready(Some(Ok(frame))) if frame.is_data()));
            drop(frame);
            assert_eq!(memory.taken(), left * PIECE);
        }
        assert!(hyper::body::Body::is_end_stream(&sent));
    }

    #[test]
    fn one_answer_is_bounded_and_so_are_all() {
        let memory = memory(2 * LARGE, 4 * LARGE);
        let code = |len: usize| Body::counted(&"a".repeat(len), &memory).map_err(|failure| failure.code());
        assert_eq!(code(2 * LARGE + 1).err(), Some("too_large"));
        assert_eq!(memory.taken(), 0, "nothing of it is kept");
        let first = code(2 * LARGE).expect("a body");
        assert_eq!(code(2 * LARGE).err(), Some("busy"), "a quarter is not for large ones");
        let others = [code(LARGE), code(LARGE)].map(|body| body.expect("a body"));
        assert_eq!(code(1).err(), Some("busy"));
        drop(first);
        assert!(code(1).is_ok());
        assert_eq!(memory.taken(), 2 * LARGE);
        drop(others);
        assert_eq!(memory.taken(), 0);
    }
}
