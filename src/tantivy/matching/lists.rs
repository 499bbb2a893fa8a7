//! Columns of lists of texts.

use tantivy::DocId;
use tantivy::columnar::Column;

/// A column of lists of texts. An entry with an empty list has the code 0; texts have higher codes.
#[derive(Default)]
pub struct Lists {
    /// The sorted texts.
    pub texts: Vec<String>,
    /// The places of each entry's texts; none if no entry has any.
    pub numbers: Option<Column<u64>>,
}

impl Lists {
    /// Returns the sorted codes of an entry; at least one.
    pub fn codes(&self, doc: DocId) -> Vec<u64> {
        let places = self.numbers.iter().flat_map(|numbers| numbers.values_for_doc(doc));
        let mut codes: Vec<u64> = places.map(|place| place + 1).collect();
        codes.sort_unstable();
        if codes.is_empty() { vec![0] } else { codes }
    }

    /// Returns the text of a code.
    pub fn text(&self, code: u64) -> Option<&str> {
        code.checked_sub(1).map(|place| self.texts[place as usize].as_str())
    }
}
