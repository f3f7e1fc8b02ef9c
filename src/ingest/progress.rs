//! How far the reading of a long file is, for whoever shows it.

use std::{
    fs::File,
    io::{Read, Result, Seek, SeekFrom},
    sync::Arc,
};

/// Is told how much of a file has been read, of how much, in bytes. A file that is read twice begins anew.
pub type Watch = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Tells nobody.
pub fn unwatched() -> Watch {
    Arc::new(|_, _| {})
}

/// A file that tells how far it has been read.
pub(crate) struct Watched {
    file: File,
    at: u64,
    length: u64,
    watch: Watch,
}

impl Watched {
    pub(crate) fn new(file: File, watch: &Watch) -> Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self { file, at: 0, length, watch: Arc::clone(watch) })
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.file.read(buffer)?;
        self.at += read as u64;
        (self.watch)(self.at, self.length);
        Ok(read)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Write as _, sync::Mutex};

    use super::*;

    #[test]
    fn it_is_told_how_much_of_how_much_was_read() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[7; 100]).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let to = Arc::clone(&told);
        let watch: Watch = Arc::new(move |at, of| to.lock().unwrap().push((at, of)));
        let mut watched = Watched::new(file, &watch).unwrap();
        let mut buffer = [0; 60];
        while watched.read(&mut buffer).unwrap() > 0 {}
        watched.seek(SeekFrom::Start(90)).unwrap();
        watched.read_to_end(&mut Vec::new()).unwrap();
        let told = told.lock().unwrap();
        assert_eq!(told[..3], [(60, 100), (100, 100), (100, 100)]);
        assert_eq!(told[3], (100, 100));
    }
}
