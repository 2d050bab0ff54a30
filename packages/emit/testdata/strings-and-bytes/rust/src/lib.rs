//! Implementation of `notes.v1.Notes`.

mod generated;

pub use generated::*;

use grout::{Cx, Error};

/// Serves the calls.
#[derive(Debug, Default)]
pub struct Service;

impl Notes for Service {
    fn repeat(&self, _cx: &Cx, request: RepeatRequest) -> Result<RepeatResponse, Error> {
        let times = request.times as usize;
        Ok(RepeatResponse {
            title: request.title.repeat(times),
            body: request.body.repeat(times),
            footer: request.footer.repeat(times),
        })
    }

    fn score(&self, _cx: &Cx, note: Note) -> Result<Note, Error> {
        Ok(Note {
            id: note.id + 1,
            time: note.time + 1,
            score: note.score * 2.0,
            name: note.name + "-x",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeat_repeats_each_part() {
        let request = RepeatRequest {
            title: "ab".to_owned(),
            body: vec![1, 2],
            footer: String::new(),
            times: 2,
        };
        let response = Service
            .repeat(&Cx::background(), request)
            .expect("a response");
        assert_eq!(
            (response.title.as_str(), response.body),
            ("abab", vec![1, 2, 1, 2])
        );
    }
}
