//! Messages and their bytes.

use super::keep::keep;
use crate::pack::{Pack, PackError, Packer};
use crate::unpack::{Unpack, Unpacker};

pub(super) fn pack<T: Pack>(value: &T) -> Result<Vec<u8>, PackError> {
    let mut packer = Packer::default();
    value.pack(&mut packer)?;
    Ok(packer.into_bytes())
}

/// The bytes are kept for as long as the tests run: the type of a message says how long what it borrows lives.
pub(super) fn unpack<T: Unpack<'static>>(bytes: &[u8]) -> Result<T, PackError> {
    let mut unpacker = Unpacker::of(keep(bytes.to_vec()));
    let value = T::unpack(&mut unpacker)?;
    unpacker.finish()?;
    Ok(value)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
