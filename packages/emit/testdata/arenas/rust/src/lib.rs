//! Implementation of `words.v1.Words`.

mod generated;

pub use generated::*;

use grout::{Arena, Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Words for Service {
    fn split(&self, _cx: &Cx, request: SplitRequest<'_>) -> Result<SplitResponse, Error> {
        let text = request.text;
        let mut words = Arena::<Word>::with_capacity(2 * text.len());
        let mut starts = Arena::default();
        for word in text.split_whitespace() {
            let at = (word.as_ptr().addr() - text.as_ptr().addr()) as u64;
            let kind = Some(kind_of(word));
            words.push(Word {
                text: word,
                at,
                kind,
            });
            starts.push(at);
        }
        let longest = words
            .iter()
            .map(|word| word.text)
            .max_by_key(|word| word.len());
        Ok(SplitResponse {
            summary: longest.map(|longest| Summary {
                longest: longest.to_owned(),
            }),
            lines: text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect(),
            kinds: words.iter().filter_map(|word| word.kind).collect(),
            words,
            starts,
        })
    }
}

fn kind_of(word: &str) -> Kind {
    match word.chars().next() {
        Some(first) if first.is_uppercase() => Kind::Name,
        Some(first) if first.is_numeric() => Kind::Number,
        _ => Kind::Unspecified,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O25: who calls the service in Rust reads the items where they lie.
    #[test]
    fn items_can_be_read_in_rust() {
        let request = SplitRequest {
            text: "Ada wrote 7",
        };
        let response = Service
            .split(&Cx::background(), request)
            .expect("a response");
        let words: Vec<&str> = response.words.iter().map(|word| word.text).collect();
        assert_eq!(words, ["Ada", "wrote", "7"]);
        assert_eq!(response.starts.iter().sum::<u64>(), 14);
    }
}
