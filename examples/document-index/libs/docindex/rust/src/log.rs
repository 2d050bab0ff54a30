//! The file of an index: one record after the other, each of two lengths, a key and a document.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use crate::{Code, Error};

/// A log that nobody else writes. Dropping it lets others open it.
pub struct Log {
    path: String,
    file: BufWriter<File>,
    _lock: Lock,
}

impl Log {
    /// Opens the log and gives each record that is in it.
    pub fn open(path: &str, mut record: impl FnMut(String, Vec<u8>)) -> Result<Self, Error> {
        let lock = Lock::take(path)?;
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(|error| file_error(path, "cannot be opened", error))?;
        let mut reader = BufReader::new(&file);
        while let Some((key, document)) = read_record(path, &mut reader)? {
            record(key, document);
        }
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::new(file),
            _lock: lock,
        })
    }

    pub fn append(&mut self, key: &str, document: &[u8]) -> Result<(), Error> {
        self.write(key, document)
            .map_err(|error| file_error(&self.path, "cannot be written", error))
    }

    fn write(&mut self, key: &str, document: &[u8]) -> io::Result<()> {
        // The contract allows a key of 1024 bytes.
        let key_len = u32::try_from(key.len()).map_err(io::Error::other)?;
        self.file.write_all(&key_len.to_le_bytes())?;
        self.file
            .write_all(&(document.len() as u64).to_le_bytes())?;
        self.file.write_all(key.as_bytes())?;
        self.file.write_all(document)?;
        self.file.flush()
    }
}

/// The file that is there while a log is open.
struct Lock(PathBuf);

impl Lock {
    fn take(path: &str) -> Result<Self, Error> {
        let lock = PathBuf::from(format!("{path}.lock"));
        match File::create_new(&lock) {
            Ok(_) => Ok(Self(lock)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Code::Locked
                .error(format!("{path} is open"))
                .with("lock", lock.display())),
            Err(error) => Err(file_error(path, "cannot be locked", error)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock that stays is told of by the next who opens the log.
        let _ = fs::remove_file(&self.0);
    }
}

fn file_error(path: &str, what: &str, cause: io::Error) -> Error {
    let error = Code::File.error(format!("{path} {what}"));
    error.with("path", path).caused_by(cause)
}

/// The next record; none at the end of the file.
fn read_record(path: &str, file: &mut impl Read) -> Result<Option<(String, Vec<u8>)>, Error> {
    let damaged = || Code::Damaged.error(format!("{path} is no index, or was cut off"));
    let mut read =
        |len: u64| read_bytes(file, len).map_err(|error| file_error(path, "cannot be read", error));
    let head = read(12)?;
    if head.is_empty() {
        return Ok(None);
    }
    let (key_len, document_len) = head.split_first_chunk::<4>().ok_or_else(damaged)?;
    let document_len: [u8; 8] = document_len.try_into().map_err(|_| damaged())?;
    let key_len = u64::from(u32::from_le_bytes(*key_len));
    let document_len = u64::from_le_bytes(document_len);
    let (key, document) = (read(key_len)?, read(document_len)?);
    if key.len() as u64 != key_len || document.len() as u64 != document_len {
        return Err(damaged());
    }
    let key = String::from_utf8(key).map_err(|error| damaged().caused_by(error))?;
    Ok(Some((key, document)))
}

/// At most so many bytes: what a damaged length says is not believed beforehand.
fn read_bytes(file: &mut impl Read, len: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(len).read_to_end(&mut bytes)?;
    Ok(bytes)
}
