//! A service of Go that this program hosts: an archive of Go is linked into it.

use crate::cancel::CancelFn;
use crate::code::{ErrorCode, RuntimeCode};
use crate::cx::Cx;
use crate::error::Error;
use crate::exchange::{CallFn, Callee, Invocation, MakeRoomFn, ask, exchange, make_room, unpacked};
use crate::handshake::layout_sum;
use crate::pack::PackError;
use crate::record::Side;
use crate::unpack::{Unpack, Unpacker};
use std::sync::OnceLock;

/// What an archive of Go exports.
#[derive(Debug, Clone, Copy)]
pub struct Archive {
    /// The version of the frame that the archive was built with. The symbol exists in an archive with the same ABI only.
    pub frame_version: unsafe extern "C" fn() -> u8,
    /// Keeps how to get room, and answers who the archive is.
    pub handshake: unsafe extern "C" fn(MakeRoomFn, *mut Invocation) -> u32,
    /// Makes the implementation.
    pub open: CallFn,
    /// Calls a method of it.
    pub call: CallFn,
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
    /// Version of the frame that the bindings were generated for.
    pub frame_version: u8,
    /// `abi_major` of the contract's service.
    pub abi_major: u32,
    /// Hash of everything in the contract that the ABI depends on.
    pub abi_hash: u64,
    /// Digest of the contract's text.
    pub contract: &'static str,
    /// Size and alignment of the structs of each method, in the order of the contract.
    pub layouts: &'static [[usize; 2]],
    /// Names of the features that are on, of those that both sides know.
    pub features: &'static [&'static str],
}

/// The number by which Go knows the one implementation.
const HOSTED_OBJECT: u64 = 0;

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
        let open = self.callee(self.archive.open, None);
        // SAFETY: whoever made this vouches for the function, which knows of no structs.
        unsafe {
            exchange(
                open,
                HOSTED_OBJECT,
                0,
                &Cx::background(),
                &(),
                |_: &(), _| Ok(()),
            )
        }
    }

    fn callee(&self, call: CallFn, cancel: Option<CancelFn>) -> Callee {
        let name = self.identity.service;
        Callee { name, call, cancel }
    }

    /// Makes a call of a method, which is named for people, as `make` says.
    ///
    /// # Errors
    /// Those of the method; `CANCELED` or `DEADLINE_EXCEEDED`, without a call, when the context is done.
    #[inline]
    pub fn call<R, C: ErrorCode>(
        &self,
        method: &'static str,
        cx: &Cx,
        make: impl FnOnce(Calling<'_>) -> Result<R, Error<C>>,
    ) -> Result<R, Error<C>> {
        let answered = cx
            .refuse_if_done()
            .and_then(|()| make(Calling { hosted: self, cx }));
        answered.map_err(|error| error.in_method(Side::Rust, method))
    }

    fn shake_hands(&self) -> Result<(), Error> {
        // SAFETY: whoever made this vouches for the function.
        let frame_version = unsafe { (self.archive.frame_version)() };
        if frame_version != self.identity.frame_version {
            let theirs = Greeting::default();
            let ours = u64::from(self.identity.frame_version);
            let there = u64::from(frame_version);
            return Err(self.refuse(&theirs, &differs("version of the call frame", ours, there)));
        }
        let greeting = ask(|call| {
            // SAFETY: whoever made this vouches for the function; the call lives as long.
            let _ = unsafe { (self.archive.handshake)(make_room, call) };
        });
        let theirs = unpacked::<Greeting>(Unpacker::of(&greeting)).map_err(|error| {
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
                u64::from(own.frame_version),
                u64::from(theirs.frame_version),
            ),
            (
                "abi_major",
                u64::from(own.abi_major),
                u64::from(theirs.abi_major),
            ),
            ("ABI hash", own.abi_hash, theirs.abi_hash),
            (
                "layout checksum",
                layout_sum(own.layouts),
                theirs.layout_sum,
            ),
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

/// A call that may be made.
#[derive(Debug, Clone, Copy)]
pub struct Calling<'a> {
    hosted: &'a Hosted,
    cx: &'a Cx,
}

impl Calling<'_> {
    /// Calls the method with that number; `read` makes the response of its struct, and of what Go asked room for.
    ///
    /// # Errors
    /// Those of the method; `PANIC` when it panicked; `INVALID_RESPONSE` for what the contract does not allow.
    ///
    /// # Safety
    /// `In` and `Out` are the structs of the method, and the pointers in `input` are valid for the lengths that come with
    /// them.
    #[inline]
    pub unsafe fn call<In, Out: Default, R, C: ErrorCode>(
        self,
        method: u32,
        input: &In,
        read: impl FnOnce(&Out, &[u8]) -> Result<R, PackError>,
    ) -> Result<R, Error<C>> {
        let Archive { call, cancel, .. } = self.hosted.archive;
        let callee = self.hosted.callee(call, Some(cancel));
        // SAFETY: whoever made the service vouches for the functions, and the caller for the structs.
        unsafe { exchange(callee, HOSTED_OBJECT, method, self.cx, input, read) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Call, FRAME_VERSION, STATUS_OK};
    use crate::cx::Cx;
    use crate::error::NoCode;
    use crate::handshake::layout_of;
    use crate::pack::{Pack, Packer};
    use std::time::UNIX_EPOCH;

    unsafe extern "C" fn version() -> u8 {
        FRAME_VERSION
    }

    unsafe extern "C" fn other_version() -> u8 {
        FRAME_VERSION + 1
    }

    const LAYOUTS: &[[usize; 2]] = &[layout_of::<u64>(), layout_of::<u32>()];

    /// Stands for Go of the contract 0123 with abi_major 3 and the feature simd.
    unsafe extern "C" fn greet(room: MakeRoomFn, call: *mut Invocation) -> u32 {
        let mut packer = Packer::default();
        let packed = [
            u32::from(FRAME_VERSION).pack(&mut packer),
            3_u32.pack(&mut packer),
            0xabcd_u64.pack(&mut packer),
            layout_sum(LAYOUTS).pack(&mut packer),
            "the Go package a".to_owned().pack(&mut packer),
            "0123".to_owned().pack(&mut packer),
            vec!["simd".to_owned()].pack(&mut packer),
        ];
        assert!(packed.iter().all(Result::is_ok));
        let bytes = packer.into_bytes();
        // SAFETY: `connect` lends the call, and `room` is its own.
        unsafe { room(call, bytes.len()).copy_from(bytes.as_ptr(), bytes.len()) };
        STATUS_OK
    }

    unsafe extern "C" fn open(_: *mut Invocation) -> u32 {
        STATUS_OK
    }

    unsafe extern "C" fn call(call: *mut Invocation) -> u32 {
        // SAFETY: `Hosted::call` lends it.
        let (object, method) = unsafe { ((*call).object, (*call).method) };
        assert_eq!(
            (object, method),
            (0, 9),
            "a method that refuses every frame"
        );
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
        frame_version: FRAME_VERSION,
        abi_major: 3,
        abi_hash: 0xabcd,
        contract: "0123",
        layouts: LAYOUTS,
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
                    layouts: &[],
                    ..IDENTITY
                },
                "layout checksum: 0x",
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
                "version of the call frame: 0x3 here, 0x4 there",
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
            // SAFETY: the structs are those of `call`.
            let called = hosted.call::<_, NoCode>("A.Do", &cx, |go| unsafe {
                go.call(number, &1_u32, |out: &u32, _| Ok(*out))
            });
            let error = called.expect_err("no call");
            assert_eq!(error.runtime_code(), Some(code));
            assert_eq!(error.method(), "A.Do");
        }
    }
}
