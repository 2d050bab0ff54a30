//! Calls Go as often as it is told, by the generated bridge; `byhand.rs` does the same without one.

mod generated;

pub use generated::*;

use grout::{Cx, Error, ForwardExt};
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct Service;

pub struct Running {
    worker: Arc<dyn Worker>,
}

impl Runner for Service {
    type Run = Running;

    fn start(&self, _: &Cx, _: StartRequest, worker: Arc<dyn Worker>) -> Result<Running, Error> {
        Ok(Running { worker })
    }
}

impl Run for Running {
    fn sum(&self, cx: &Cx, request: SumTimes) -> Result<Total, Error> {
        let mut total: u64 = 0;
        for a in 0..request.times {
            let sum = self.worker.sum(cx, Numbers { a, b: 2, c: 3 }).forward()?;
            total = total.wrapping_add(sum.value);
        }
        Ok(Total { total })
    }

    fn mark(&self, cx: &Cx, request: MarkTimes) -> Result<Total, Error> {
        let mut total = 0;
        for id in 0..request.times {
            let note = Note {
                id,
                time: 8,
                score: 9.5,
                name: work::NAME.to_owned(),
            };
            let note = self.worker.mark(cx, note).forward()?;
            total += note.id + work::trace(note.name.as_bytes());
        }
        Ok(Total { total })
    }
}
