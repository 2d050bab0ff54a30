//! A service of Go that this program hosts: an archive of Go is linked into it.

use crate::call::{Call, FRAME_VERSION};
use crate::cancel::CancelFn;
use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::exchange::{Answer, exchange, unpacked};
use crate::handshake::layout_sum;
use crate::output::Tail;
use crate::pack::{Pack, PackError, Packer};
use crate::record::Side;
use crate::unpack::{Unpack, UnpackOwned, Unpacker};
use std::sync::OnceLock;

/// This side's function by which Go gets room for an answer: where `len` bytes of the tail are.
pub type MakeRoomFn = unsafe extern "C" fn(*mut Tail, usize) -> *mut u8;

/// What an archive of Go exports. A request is lent for its call.
#[derive(Debug, Clone, Copy)]
pub struct Archive {
    /// The version of the frame that the archive was built with. The symbol exists in an archive with the same ABI only.
    pub frame_version: unsafe extern "C" fn() -> u8,
    /// Keeps how to get room, and answers who the archive is.
    pub handshake: unsafe extern "C" fn(MakeRoomFn, *mut Answer) -> u32,
    /// Makes the implementation.
    pub open: unsafe extern "C" fn(*mut Call, *mut Answer) -> u32,
    /// Calls the method with that number.
    pub call: unsafe extern "C" fn(u32, *mut Call, *const u8, usize, *mut Answer) -> u32,
    /// Cancels a call that runs.
    pub cancel: CancelFn,
}

/// What the generated Rust side knows about itself.
#[derive(Debug, Clone, Copy)]
pub struct HostIdentity {
    /// Names the Rust side, e.g. `the Rust crate pricing-rust`.
    pub bindings: &'static str,
    /// Full name of the service, e.g. `pricing.v1.Pricing`.
    pub service: &'static str,
    /// `abi_major` of the contract's service.
    pub abi_major: u32,
    /// Hash of everything in the contract that the ABI depends on.
    pub abi_hash: u64,
    /// Digest of the contract's text.
    pub contract: &'static str,
    /// Names of the features that are on, of those that both sides know.
    pub features: &'static [&'static str],
}

/// A service of Go in this process.
#[derive(Debug)]
pub struct Hosted {
    archive: Archive,
    identity: HostIdentity,
    is_known: OnceLock<()>,
}

impl Hosted {
    /// The service of an archive.
    ///
    /// # Safety
    /// The functions are those of one archive, and may be called from any thread at any time.
    #[must_use]
    pub const unsafe fn new(archive: Archive, identity: HostIdentity) -> Self {
        Self {
            archive,
            identity,
            is_known: OnceLock::new(),
        }
    }

    /// Makes sure, once, that the archive fits, and that Go has made the implementation.
    ///
    /// # Errors
    /// `HANDSHAKE` when the two sides do not fit together; the error of Go when the implementation could not be made,
    /// which is tried again by the next call.
    pub fn connect(&self) -> Result<(), Error> {
        if self.is_known.get().is_none() {
            self.shake_hands()?;
            self.is_known.get_or_init(|| ());
        }
        let opened: Result<Nothing, Error> = exchange(
            self.identity.service,
            &Cx::background(),
            None,
            &Nothing,
            // SAFETY: whoever made this vouches for the function; all that is passed lives for the call.
            |frame, _, _, answer| unsafe { (self.archive.open)(frame, answer) },
        );
        opened.map(|Nothing| ())
    }

    /// Calls a method; `method` is its name for people.
    ///
    /// # Errors
    /// Those of the method; `CANCELED` or `DEADLINE_EXCEEDED`, without a call, when the context is done.
    pub fn call<Q: Pack, R: UnpackOwned, C: ErrorCode>(
        &self,
        number: u32,
        method: &'static str,
        cx: &Cx,
        request: &Q,
    ) -> Result<R, Error<C>> {
        let answered = cx.refuse_if_done().and_then(|()| {
            exchange(
                self.identity.service,
                cx,
                Some(self.archive.cancel),
                request,
                // SAFETY: whoever made this vouches for the function; all that is passed lives for the call.
                |frame, request, len, answer| unsafe {
                    (self.archive.call)(number, frame, request, len, answer)
                },
            )
        });
        answered.map_err(|error| error.in_method(Side::Rust, method))
    }

    fn shake_hands(&self) -> Result<(), Error> {
        // SAFETY: whoever made this vouches for the function.
        let frame_version = unsafe { (self.archive.frame_version)() };
        if frame_version != FRAME_VERSION {
            let theirs = Greeting::default();
            let (ours, there) = (u64::from(FRAME_VERSION), u64::from(frame_version));
            return Err(self.refuse(&theirs, &differs("version of the call frame", ours, there)));
        }
        let mut answer = Answer::default();
        // SAFETY: whoever made this vouches for the function; the answer lives for the call.
        let _ = unsafe { (self.archive.handshake)(make_room, &raw mut answer) };
        let theirs = unpacked::<Greeting>(answer.view()).map_err(|error| {
            self.refuse(
                &Greeting::default(),
                &format!("its answer is none: {error}"),
            )
        })?;
        self.compare(&theirs)
    }

    fn compare(&self, theirs: &Greeting) -> Result<(), Error> {
        let own = &self.identity;
        for (what, ours, there) in [
            (
                "version of the handshake",
                u64::from(FRAME_VERSION),
                u64::from(theirs.frame_version),
            ),
            (
                "abi_major",
                u64::from(own.abi_major),
                u64::from(theirs.abi_major),
            ),
            ("ABI hash", own.abi_hash, theirs.abi_hash),
            ("layout checksum", layout_sum(&[]), theirs.layout_sum),
        ] {
            if ours != there {
                return Err(self.refuse(theirs, &differs(what, ours, there)));
            }
        }
        let is_missing = |name: &&&str| !theirs.features.iter().any(|it| it == **name);
        let missing: Vec<&str> = own.features.iter().filter(is_missing).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let reason = format!(
            "this program was built with {}, the archive without",
            missing.join(",")
        );
        Err(self.refuse(theirs, &reason))
    }

    /// Names both sides.
    fn refuse(&self, theirs: &Greeting, reason: &str) -> Error {
        let HostIdentity {
            bindings, contract, ..
        } = self.identity;
        let there = if theirs.bindings.is_empty() {
            "the archive of Go"
        } else {
            &theirs.bindings
        };
        let message = format!(
            "{bindings} (contract {contract:.12}) and {there} (contract {:.12}) do not fit together: {reason}; \
             run nx sync, then build both sides again with the same features",
            theirs.contract
        );
        Error::runtime(RuntimeCode::Handshake, message)
    }
}

fn differs(what: &str, ours: u64, there: u64) -> String {
    format!("{what}: {ours:#x} here, {there:#x} there")
}

unsafe extern "C" fn make_room(tail: *mut Tail, len: usize) -> *mut u8 {
    // SAFETY: Go passes the tail of the answer to a call that runs.
    unsafe { &mut *tail }.make_room(len)
}

/// What Go says of itself.
#[derive(Debug, Default)]
struct Greeting {
    frame_version: u32,
    abi_major: u32,
    abi_hash: u64,
    layout_sum: u64,
    bindings: String,
    contract: String,
    features: Vec<String>,
}

impl Unpack<'_> for Greeting {
    fn unpack(unpacker: &mut Unpacker<'_>) -> Result<Self, PackError> {
        Ok(Self {
            frame_version: unpacker.field("frame_version")?,
            abi_major: unpacker.field("abi_major")?,
            abi_hash: unpacker.field("abi_hash")?,
            layout_sum: unpacker.field("layout_sum")?,
            bindings: unpacker.field("bindings")?,
            contract: unpacker.field("contract")?,
            features: unpacker.field("features")?,
        })
    }
}

/// Neither a request nor a response.
struct Nothing;

impl Pack for Nothing {
    fn pack(&self, _: &mut Packer) -> Result<(), PackError> {
        Ok(())
    }
}

impl Unpack<'_> for Nothing {
    fn unpack(_: &mut Unpacker<'_>) -> Result<Self, PackError> {
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::STATUS_OK;
    use crate::cx::Cx;
    use crate::error::NoCode;
    use std::time::UNIX_EPOCH;

    unsafe extern "C" fn version() -> u8 {
        FRAME_VERSION
    }

    unsafe extern "C" fn other_version() -> u8 {
        FRAME_VERSION + 1
    }

    /// Stands for Go of the contract 0123 with abi_major 3 and the feature simd.
    unsafe extern "C" fn greet(room: MakeRoomFn, answer: *mut Answer) -> u32 {
        let mut packer = Packer::default();
        let packed = [
            u32::from(FRAME_VERSION).pack(&mut packer),
            3_u32.pack(&mut packer),
            0xabcd_u64.pack(&mut packer),
            layout_sum(&[]).pack(&mut packer),
            "the Go package a".to_owned().pack(&mut packer),
            "0123".to_owned().pack(&mut packer),
            vec!["simd".to_owned()].pack(&mut packer),
        ];
        assert!(packed.iter().all(Result::is_ok));
        let bytes = packer.into_bytes();
        // SAFETY: `connect` lends the answer, and `room` is its own.
        unsafe {
            let place = room(&raw mut (*answer).bytes, bytes.len());
            place.copy_from(bytes.as_ptr(), bytes.len());
            (*answer).len = bytes.len();
        }
        STATUS_OK
    }

    unsafe extern "C" fn open(_: *mut Call, _: *mut Answer) -> u32 {
        STATUS_OK
    }

    unsafe extern "C" fn call(
        number: u32,
        _: *mut Call,
        _: *const u8,
        _: usize,
        _: *mut Answer,
    ) -> u32 {
        assert_eq!(number, 9, "a method that refuses every frame");
        2
    }

    unsafe extern "C" fn cancel(_: *mut Call) {}

    const ARCHIVE: Archive = Archive {
        frame_version: version,
        handshake: greet,
        open,
        call,
        cancel,
    };

    const IDENTITY: HostIdentity = HostIdentity {
        bindings: "the Rust crate b",
        service: "a.v1.A",
        abi_major: 3,
        abi_hash: 0xabcd,
        contract: "0123",
        features: &["simd"],
    };

    fn connect(archive: Archive, identity: HostIdentity) -> Result<(), Error> {
        // SAFETY: the functions above may be called at any time.
        unsafe { Hosted::new(archive, identity) }.connect()
    }

    // Rule G2
    #[test]
    fn an_archive_that_does_not_fit_is_refused_and_both_sides_are_named() {
        assert_eq!(connect(ARCHIVE, IDENTITY), Ok(()));
        let other_frame = Archive {
            frame_version: other_version,
            ..ARCHIVE
        };
        for (archive, identity, reason) in [
            (
                ARCHIVE,
                HostIdentity {
                    abi_major: 4,
                    ..IDENTITY
                },
                "the Go package a (contract 0123) do not fit together: abi_major: 0x4 here, 0x3 there",
            ),
            (
                ARCHIVE,
                HostIdentity {
                    abi_hash: 1,
                    ..IDENTITY
                },
                "ABI hash: 0x1 here, 0xabcd there",
            ),
            (
                ARCHIVE,
                HostIdentity {
                    features: &["simd", "otel"],
                    ..IDENTITY
                },
                "this program was built with otel, the archive without",
            ),
            (
                other_frame,
                IDENTITY,
                "version of the call frame: 0x1 here, 0x2 there",
            ),
        ] {
            let error = connect(archive, identity).expect_err(reason);
            assert_eq!(error.runtime_code(), Some(RuntimeCode::Handshake));
            let message = error.message();
            assert!(
                message.starts_with("the Rust crate b (contract 0123) and "),
                "{message}"
            );
            assert!(message.contains(reason), "{message}");
        }
    }

    // Rules C2 and C8
    #[test]
    fn a_call_whose_context_is_done_does_not_reach_go() {
        // SAFETY: as before.
        let hosted = unsafe { Hosted::new(ARCHIVE, IDENTITY) };
        let (canceled, canceler) = Cx::background().cancelable();
        canceler.cancel();
        let expired = Cx::background().with_deadline(UNIX_EPOCH);
        for (cx, number, code) in [
            (canceled, 0, RuntimeCode::Canceled),
            (expired, 0, RuntimeCode::DeadlineExceeded),
            (Cx::background(), 9, RuntimeCode::Handshake),
        ] {
            let error = hosted
                .call::<_, u32, NoCode>(number, "A.Do", &cx, &1_u32)
                .expect_err("no call");
            assert_eq!(error.runtime_code(), Some(code));
            assert_eq!(error.method(), "A.Do");
        }
    }
}
