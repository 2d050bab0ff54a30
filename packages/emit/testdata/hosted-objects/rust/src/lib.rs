//! Journals, which Go implements.

mod generated;

pub use generated::*;

#[cfg(all(test, feature = "archive"))]
mod fixtures {
    use super::*;
    use grout::Cx;

    impl BoundaryFixtures {
        pub(crate) fn journal(&self, from: &dyn Journals) -> Journal {
            let name = "suite".to_owned();
            let opened = from.open(&Cx::background(), OpenRequest { name });
            opened.expect("a journal")
        }

        pub(crate) fn cursor(&self, from: &Journal) -> Cursor {
            let cursor = from.read(&Cx::background(), ReadRequest {});
            cursor.expect("a cursor")
        }
    }
}
