//! Messages and their packed bytes, which the tests of both sides check.

use super::json::Json;
use super::packed::{hex, pack, unpack};
use crate::pack::Pack;
use crate::unpack::Unpack;
use std::fmt::Debug;

/// The vectors of a bridge's contract.
#[derive(Debug)]
pub struct Vectors {
    accepted: Vec<Vector>,
    refused: Vec<Vector>,
}

#[derive(Debug)]
struct Vector {
    message: String,
    name: String,
    bytes: Vec<u8>,
    /// What both sides say of what they refuse; empty where only that they do is checked.
    error: String,
}

/// How many arbitrary bytes are made of each vector.
const ROUNDS: u32 = if cfg!(miri) { 2 } else { 200 };

impl Vectors {
    /// Reads a file of vectors.
    ///
    /// # Panics
    /// When the generator did not write it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let json = Json::read(text);
        let list = |key| json.items(key).iter().map(Vector::of).collect();
        Self {
            accepted: list("accepted"),
            refused: list("refused"),
        }
    }

    /// Makes sure that each vector of a message is unpacked to its value, and the value packed to it. What `values` lacks
    /// is only unpacked and packed again.
    ///
    /// # Panics
    /// When one is not, or there is no vector of a value.
    pub fn check_accepted<T>(&self, message: &str, values: &[(&str, T)])
    where
        T: Pack + Unpack<'static> + PartialEq + Debug,
    {
        let vectors = of_message(&self.accepted, message);
        for (name, _) in values {
            let has_vector = vectors.iter().any(|vector| vector.name == *name);
            assert!(has_vector, "there is no vector {message}: {name}");
        }
        for Vector { name, bytes, .. } in vectors {
            let unpacked: T = unpack(bytes)
                .unwrap_or_else(|error| panic!("{message}: {name} is refused: {error}"));
            if let Some((_, value)) = values.iter().find(|(of, _)| of == name) {
                assert_eq!(unpacked, *value, "{message}: {name} is unpacked");
            }
            assert_eq!(
                pack(&unpacked).map(|again| hex(&again)),
                Ok(hex(bytes)),
                "{message}: {name} is packed"
            );
        }
    }

    /// Makes sure that bytes which are none of a message are refused, in the words that Go uses too.
    ///
    /// # Panics
    /// When some are not.
    pub fn check_refused<T: Unpack<'static> + Debug>(&self, message: &str) {
        for Vector {
            name, bytes, error, ..
        } in of_message(&self.refused, message)
        {
            let refusal = unpack::<T>(bytes).expect_err(name).to_string();
            assert!(
                error.is_empty() || *error == refusal,
                "{message}: {name}: refused with {refusal:?}, want {error:?}"
            );
        }
    }

    /// Makes sure that arbitrary bytes are refused, or are those that their message is packed to but for the order of
    /// maps. The bytes are vectors with a few changes, the same ones each time.
    ///
    /// # Panics
    /// When they are not.
    pub fn check_arbitrary<T: Pack + Unpack<'static> + Debug>(&self, message: &str) {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let vectors = self.accepted.iter().chain(&self.refused);
        for vector in vectors.filter(|vector| vector.message == message) {
            for _ in 0..ROUNDS {
                check_bytes::<T>(&random.changed(&vector.bytes));
            }
        }
    }
}

fn check_bytes<T: Pack + Unpack<'static> + Debug>(bytes: &[u8]) {
    let Ok(value) = unpack::<T>(bytes) else {
        return;
    };
    let again = pack(&value).unwrap_or_else(|error| panic!("{value:?} is not packed: {error}"));
    assert_eq!(again.len(), bytes.len(), "{value:?}");
    let sorted: T = unpack(&again).unwrap_or_else(|error| panic!("{value:?} is refused: {error}"));
    assert_eq!(
        pack(&sorted).map(|bytes| hex(&bytes)),
        Ok(hex(&again)),
        "{value:?}"
    );
}

fn of_message<'a>(vectors: &'a [Vector], message: &str) -> Vec<&'a Vector> {
    vectors
        .iter()
        .filter(|vector| vector.message == message)
        .collect()
}

impl Vector {
    fn of(json: &Json) -> Self {
        let text = |key: &str| json.text(key).unwrap_or_default().to_owned();
        Self {
            message: text("message"),
            name: text("name"),
            bytes: unhex(&text("bytes")),
            error: text("error"),
        }
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal digits"))
        .collect()
}

/// Xorshift: good enough to reach what a decoder decides on.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap_or_default()
    }

    fn changed(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(changed.len() + 1);
            let byte = [0, 1, 2, 0x7f, 0xff, self.below(256) as u8][self.below(6)];
            match self.below(4) {
                0 => changed.truncate(at),
                1 => changed.insert(at, byte),
                _ if at < changed.len() => changed[at] = byte,
                _ => changed.push(byte),
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
        "accepted": [
            {"message": "a.Flag", "name": "on", "bytes": "01"},
            {"message": "a.Flag", "name": "off", "bytes": "00", "value": {}}
        ],
        "refused": [
            {"message": "a.Flag", "name": "two", "bytes": "02", "error": "2 is neither 0 nor 1 (at byte 0 of 1)"},
            {"message": "a.Flag", "name": "empty", "bytes": ""}
        ]
    }"#;

    #[test]
    fn right_values_pass() {
        let vectors = Vectors::read(FILE);
        vectors.check_accepted("a.Flag", &[("on", true)]);
        vectors.check_refused::<bool>("a.Flag");
        vectors.check_arbitrary::<bool>("a.Flag");
    }

    #[test]
    #[should_panic(expected = "a.Flag: on is unpacked")]
    fn a_wrong_value_does_not() {
        Vectors::read(FILE).check_accepted("a.Flag", &[("on", false), ("off", false)]);
    }

    #[test]
    #[should_panic(expected = "there is no vector a.Flag: dim")]
    fn a_value_without_its_vector_does_not() {
        Vectors::read(FILE).check_accepted("a.Flag", &[("dim", true)]);
    }

    #[test]
    #[should_panic(expected = "empty")]
    fn bytes_that_are_accepted_are_not_refused() {
        Vectors::read(&FILE.replace("\"bytes\": \"\"", "\"bytes\": \"00\""))
            .check_refused::<bool>("a.Flag");
    }

    #[test]
    #[should_panic(expected = "refused with")]
    fn other_words_are_not_those_of_go() {
        Vectors::read(&FILE.replace("neither", "not")).check_refused::<bool>("a.Flag");
    }
}
