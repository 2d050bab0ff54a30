//! Implementation of `diary.v1.Diary`.

mod generated;

pub use generated::*;

use grout::Cx;

/// Has nothing to read.
#[derive(Debug, Default)]
pub struct Service;

impl Diary for Service {
    fn read(&self, _cx: &Cx, request: ReadRequest) -> Result<ReadResponse, DiaryError> {
        match request.page.as_str() {
            "panic" => panic!("out of ink"),
            "private" => Err(DiaryErrorCode::Private.error("about Ada")),
            page => Err(DiaryErrorCode::Torn
                .error("unreadable")
                .caused_by(format!("no page {page}"))),
        }
    }
}
