//! The bytes of an error on its way between the sides: Protobuf's wire format, as docs/spec/errors.md of nx-grout lays it
//! down. Absent fields are not written and unknown ones not read, so that either side may be the newer one.

use crate::canonical::Canonical;
use crate::code::{ErrorCode, Retry, RuntimeCode};
use crate::record::{Arg, Cause, ErrorRecord, Hop, Side};
use std::borrow::Cow;
use std::time::Duration;

pub(crate) fn encode(record: &ErrorRecord) -> Vec<u8> {
    let mut out = Writer(Vec::with_capacity(256));
    out.text(1, &record.domain);
    out.signed(2, record.code);
    out.text(3, &record.name);
    out.text(4, &record.message);
    out.text(5, &record.hint);
    for arg in &record.args {
        out.nested(6, |out| {
            out.text(1, &arg.name);
            out.text(2, &arg.value);
        });
    }
    out.number(7, record.retry as u64);
    let wait = record.retry_after.unwrap_or_default().as_nanos();
    out.number(8, u64::try_from(wait).unwrap_or(u64::MAX));
    out.signed(9, record.canonical.map_or(0, Canonical::number));
    for cause in &record.causes {
        out.nested(10, |out| {
            out.text(1, &cause.domain);
            out.signed(2, cause.code);
            out.text(3, &cause.name);
            out.text(4, &cause.message);
        });
    }
    for hop in &record.hops {
        out.nested(11, |out| {
            out.number(1, hop.side as u64);
            out.text(2, &hop.method);
            out.text(3, &hop.location);
            out.number(4, hop.trace_id[0]);
            out.number(5, hop.trace_id[1]);
            out.number(6, hop.span_id);
        });
    }
    out.text(12, &record.backtrace);
    out.0
}

struct Writer(Vec<u8>);

impl Writer {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn number(&mut self, field: u64, value: u64) {
        if value != 0 {
            self.varint(field << 3);
            self.varint(value);
        }
    }

    fn signed(&mut self, field: u64, value: i32) {
        self.number(field, i64::from(value) as u64);
    }

    fn bytes(&mut self, field: u64, bytes: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, field: u64, text: &str) {
        if !text.is_empty() {
            self.bytes(field, text.as_bytes());
        }
    }

    fn nested(&mut self, field: u64, write: impl FnOnce(&mut Self)) {
        let mut inner = Self(Vec::new());
        write(&mut inner);
        self.bytes(field, &inner.0);
    }
}

/// The error that `bytes` say. Bytes that are none give an error that says so.
#[must_use]
pub fn decode_error(bytes: &[u8]) -> ErrorRecord {
    read_record(bytes).unwrap_or_else(|| ErrorRecord {
        domain: RuntimeCode::DOMAIN.into(),
        code: RuntimeCode::Handshake.number(),
        name: RuntimeCode::Handshake.name().into(),
        message: "the other side failed with an error that this side cannot read".to_owned(),
        hint: "run nx sync, then build both sides again".into(),
        retry: RuntimeCode::Handshake.retry(),
        canonical: Some(RuntimeCode::Handshake.canonical()),
        ..ErrorRecord::default()
    })
}

fn read_record(bytes: &[u8]) -> Option<ErrorRecord> {
    let mut record = ErrorRecord::default();
    read_fields(bytes, |field, value| {
        match field {
            1 => record.domain = value.name(),
            2 => record.code = value.signed(),
            3 => record.name = value.name(),
            4 => record.message = value.text(),
            5 => record.hint = value.name(),
            6 => record.args.push(read_arg(value.bytes())?),
            7 => record.retry = Retry::from_number(value.number()),
            8 => {
                let wait = Duration::from_nanos(value.number());
                record.retry_after = (!wait.is_zero()).then_some(wait);
            }
            9 => record.canonical = Canonical::from_number(value.signed()),
            10 => record.causes.push(read_cause(value.bytes())?),
            11 => record.hops.push(read_hop(value.bytes())?),
            12 => record.backtrace = value.text(),
            _ => {}
        }
        Some(())
    })?;
    Some(record)
}

fn read_arg(bytes: &[u8]) -> Option<Arg> {
    let mut arg = Arg::default();
    read_fields(bytes, |field, value| {
        match field {
            1 => arg.name = value.name(),
            2 => arg.value = value.text(),
            _ => {}
        }
        Some(())
    })?;
    Some(arg)
}

fn read_cause(bytes: &[u8]) -> Option<Cause> {
    let mut cause = Cause::default();
    read_fields(bytes, |field, value| {
        match field {
            1 => cause.domain = value.name(),
            2 => cause.code = value.signed(),
            3 => cause.name = value.name(),
            4 => cause.message = value.text(),
            _ => {}
        }
        Some(())
    })?;
    Some(cause)
}

fn read_hop(bytes: &[u8]) -> Option<Hop> {
    let mut hop = Hop::default();
    read_fields(bytes, |field, value| {
        match field {
            1 => hop.side = Side::from_number(value.number()),
            2 => hop.method = value.name(),
            3 => hop.location = value.text(),
            4 => hop.trace_id[0] = value.number(),
            5 => hop.trace_id[1] = value.number(),
            6 => hop.span_id = value.number(),
            _ => {}
        }
        Some(())
    })?;
    Some(hop)
}

/// A field as it was written. One of another kind than the reader expects reads as absent.
#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl Value<'_> {
    fn number(self) -> u64 {
        match self {
            Self::Number(number) => number,
            Self::Bytes(_) => 0,
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "as Protobuf reads an int32"
    )]
    fn signed(self) -> i32 {
        self.number() as i32
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Number(_) => &[],
            Self::Bytes(bytes) => bytes,
        }
    }

    /// Go's strings may hold anything; what is no UTF-8 is replaced.
    fn text(&self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    fn name(&self) -> Cow<'static, str> {
        self.text().into()
    }
}

fn read_fields(mut bytes: &[u8], mut each: impl FnMut(u64, Value<'_>) -> Option<()>) -> Option<()> {
    while !bytes.is_empty() {
        let tag = read_varint(&mut bytes)?;
        let value = match tag & 7 {
            0 => Value::Number(read_varint(&mut bytes)?),
            1 => Value::Bytes(take(&mut bytes, 8)?),
            2 => {
                let len = read_varint(&mut bytes)?;
                Value::Bytes(take(&mut bytes, usize::try_from(len).ok()?)?)
            }
            5 => Value::Bytes(take(&mut bytes, 4)?),
            _ => return None,
        };
        each(tag >> 3, value)?;
    }
    Some(())
}

fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for at in 0..10 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn take<'a>(bytes: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An error with everything, and its bytes. The Go runtime tests with the same ones.
    const BYTES: &str = "0a11746573742e76312e546573744572726f7210071a064c4f434b4544220a68656c642062792034\
        322a107761697420666f72206772c3bcc39f6532110a06686f6c64657212076772c3bcc39f653200\
        38024080dea0cb05480a522a0a136f746865722e76312e4f746865724572726f7210fdffffffffff\
        ffffff011a034f444422036f6464520b22096469736b2066756c6c5a300801120a53746f72652e4f\
        70656e1a117372632f73746f72652e72733a34313a39200128ffffffffffffffffff0130035a0208\
        026207303a206d61696e";

    fn whole() -> ErrorRecord {
        ErrorRecord {
            domain: "test.v1.TestError".into(),
            code: 7,
            name: "LOCKED".into(),
            message: "held by 42".to_owned(),
            hint: "wait for grüße".into(),
            args: vec![
                Arg {
                    name: "holder".into(),
                    value: "grüße".to_owned(),
                },
                Arg::default(),
            ],
            retry: Retry::Backoff,
            retry_after: Some(Duration::from_millis(1500)),
            canonical: Some(Canonical::Aborted),
            causes: vec![
                Cause {
                    domain: "other.v1.OtherError".into(),
                    code: -3,
                    name: "ODD".into(),
                    message: "odd".to_owned(),
                },
                Cause {
                    message: "disk full".to_owned(),
                    ..Cause::default()
                },
            ],
            hops: vec![
                Hop {
                    side: Side::Rust,
                    method: "Store.Open".into(),
                    location: "src/store.rs:41:9".to_owned(),
                    trace_id: [1, u64::MAX],
                    span_id: 3,
                },
                Hop {
                    side: Side::Go,
                    ..Hop::default()
                },
            ],
            backtrace: "0: main".to_owned(),
        }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    // Rule E19
    #[test]
    fn an_error_has_the_bytes_that_both_sides_know() {
        let bytes = encode(&whole());
        assert_eq!(hex(&bytes), BYTES);
        assert_eq!(decode_error(&bytes), whole());
        assert_eq!(
            decode_error(&encode(&ErrorRecord::default())),
            ErrorRecord::default()
        );
    }

    // Rule E19
    #[test]
    fn what_a_newer_side_adds_is_skipped() {
        let mut bytes = encode(&whole());
        let mut more = Writer(Vec::new());
        more.number(99, 5);
        more.text(100, "new");
        bytes.extend(more.0);
        bytes.extend([101 << 3 & 0x7f | 1 | 0x80, 6, 1, 2, 3, 4, 5, 6, 7, 8]);
        bytes.extend([101 << 3 & 0x7f | 5 | 0x80, 6, 1, 2, 3, 4]);
        assert_eq!(decode_error(&bytes), whole());
    }

    // Rule E19
    #[test]
    fn broken_bytes_are_an_error_of_their_own() {
        let bytes = encode(&whole());
        let mut refused = 0;
        for len in 0..bytes.len() {
            let record = decode_error(&bytes[..len]);
            refused += i32::from(record.name == "HANDSHAKE");
        }
        assert!(refused > 100, "{refused}");
        assert_eq!(decode_error(&[0xff; 11]).name, "HANDSHAKE");
        assert_eq!(decode_error(&[3]).name, "HANDSHAKE");
    }

    #[test]
    fn text_that_is_not_utf_8_is_replaced() {
        assert_eq!(decode_error(&[0x22, 2, b'a', 0xff]).message, "a\u{fffd}");
    }
}
