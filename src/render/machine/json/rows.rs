//! The records of an answer within its envelope.

use serde::{Serialize, Serializer};

use crate::render::machine::records::Records;

/// Records with the selected fields.
pub struct Rows<'a> {
    pub records: &'a Records<'a>,
    pub fields: &'a [&'static str],
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.records.rows(self.fields))
    }
}
