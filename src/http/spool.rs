//! Bytes that are made piece by piece: the few stay in memory, the many go to a temporary file.
//!
//! That file has no name, so it is gone with the last who reads it, however the program ends.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use futures_util::stream::try_unfold;
use poem::Body;
use tempfile::{SpooledData, SpooledTempFile};

/// More than this goes to a file: the downloads of a province of hundreds of places do not.
const IN_MEMORY: usize = 2 << 20;

/// What is read of a file at a time, for each client that takes it.
const PIECE: usize = 64 * 1024;

/// What a byte in a file counts for where bytes in memory are counted: so what is kept takes at most so many times more of the disk.
const OF_DISK: usize = 64;

/// What is being written.
pub(super) struct Spool(BufWriter<SpooledTempFile>);

impl Spool {
    pub(super) fn new() -> Self {
        Self::holding(IN_MEMORY)
    }

    fn holding(in_memory: usize) -> Self {
        Self(BufWriter::with_capacity(PIECE, SpooledTempFile::new(in_memory)))
    }

    /// All that was written.
    ///
    /// # Errors
    /// Those of the temporary file.
    pub(super) fn finish(self) -> io::Result<Spooled> {
        match self.0.into_inner().map_err(io::IntoInnerError::into_error)?.into_inner() {
            SpooledData::InMemory(bytes) => Ok(Spooled::Memory(bytes.into_inner().into())),
            SpooledData::OnDisk(file) => Spooled::file(file),
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What was written, to be read by many at once.
#[derive(Clone, Debug)]
pub(super) enum Spooled {
    Memory(Bytes),
    /// With its length.
    File(Arc<Mutex<File>>, usize),
}

impl Spooled {
    /// All of a file, whose name nobody needs any more.
    ///
    /// # Errors
    /// Where its length cannot be told.
    pub(super) fn file(file: File) -> io::Result<Self> {
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Self::File(Arc::new(Mutex::new(file)), length))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Memory(bytes) => bytes.len(),
            Self::File(_, length) => *length,
        }
    }

    /// Bytes of memory that it counts for.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Memory(bytes) => bytes.len(),
            Self::File(_, length) => length / OF_DISK,
        }
    }

    /// A part of it, as the body of an answer. Of a file no more is read than the client takes.
    pub(super) fn body(&self, range: Range<usize>) -> Body {
        match self {
            Self::Memory(bytes) => Body::from_bytes(bytes.slice(range)),
            Self::File(..) => {
                let pieces = (self.clone(), range);
                Body::from_bytes_stream(try_unfold(pieces, |(of, range)| async move {
                    if range.is_empty() {
                        return Ok::<_, io::Error>(None);
                    }
                    let end = range.end.min(range.start + PIECE);
                    let (piece, of) =
                        tokio::task::spawn_blocking(move || of.piece(range.start..end).map(|piece| (piece, of)))
                            .await??;
                    Ok(Some((piece, (of, end..range.end))))
                }))
            }
        }
    }

    /// From the beginning to the end.
    pub(super) fn reader(&self) -> impl Read {
        Reader { of: self, at: 0 }
    }

    fn piece(&self, range: Range<usize>) -> io::Result<Bytes> {
        match self {
            Self::Memory(bytes) => Ok(bytes.slice(range)),
            Self::File(file, _) => {
                let mut piece = vec![0; range.len()];
                // Where it stands is told before each reading, so it does not matter who panicked where.
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(range.start as u64))?;
                file.read_exact(&mut piece)?;
                Ok(piece.into())
            }
        }
    }
}

struct Reader<'a> {
    of: &'a Spooled,
    at: usize,
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let end = self.of.len().min(self.at + into.len());
        let piece = self.of.piece(self.at..end)?;
        into[..piece.len()].copy_from_slice(&piece);
        self.at = end;
        Ok(piece.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spooled(bytes: &[u8], in_memory: usize) -> Spooled {
        let mut spool = Spool::holding(in_memory);
        // As writers do: now a little, now much.
        for part in bytes.chunks(1_000) {
            spool.write_all(part).unwrap();
        }
        spool.finish().unwrap()
    }

    #[tokio::test]
    async fn what_is_read_is_what_was_written_wherever_it_is() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number % 251) as u8).collect();
        let (few, many) = (spooled(&bytes, 1 << 20), spooled(&bytes, 1 << 10));
        assert!(matches!((&few, &many), (Spooled::Memory(_), Spooled::File(..))));
        for of in [few, many] {
            assert_eq!(of.len(), bytes.len());
            let mut read = Vec::new();
            of.reader().read_to_end(&mut read).unwrap();
            assert!(read == bytes);
            for range in [0..0, 0..1, 0..200_000, 5..65_541, 65_535..65_537, 199_999..200_000, 200_000..200_000] {
                let body = of.body(range.clone()).into_bytes().await.unwrap();
                assert!(body == bytes[range.clone()], "{range:?}");
            }
        }
    }

    #[tokio::test]
    async fn who_reads_a_file_at_once_gets_each_his_own() {
        let bytes: Vec<u8> = (0..300_000_u32).map(|number| (number % 241) as u8).collect();
        let of = spooled(&bytes, 0);
        let readers = (0..40).map(|number| tokio::spawn(of.body(number * 1_000..300_000).into_bytes()));
        for (number, read) in readers.collect::<Vec<_>>().into_iter().enumerate() {
            assert!(read.await.unwrap().unwrap() == bytes[number * 1_000..], "{number}");
        }
    }
}
