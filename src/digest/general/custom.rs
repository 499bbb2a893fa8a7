//! Values of the custom fields of a corpus in front matter of any kind.

use super::header::Header;
use crate::digest::field_values::{MAX_VALUES, field_values};
use crate::digest::{Conventions, Subject, Warning};
use crate::model::CustomValue;

/// Returns the values of custom fields, in the order of the fields, and a warning for each key with too many of them.
pub fn fields(header: &Header, conventions: &Conventions) -> (Vec<CustomValue>, Vec<(Subject, Warning)>) {
    let (mut values, mut warnings) = (Vec::new(), Vec::new());
    for (key, line, texts) in header.keys() {
        for field in conventions.fields_of_key(key) {
            let mut of_field = field_values(field, texts.iter().map(String::as_str));
            if of_field.len() > MAX_VALUES {
                let message = format!("`{key}` has {} values; only the first {MAX_VALUES} are used", of_field.len());
                warnings.push(Subject::FrontMatter.at(line, message));
                of_field.truncate(MAX_VALUES);
            }
            values.extend(of_field);
        }
    }
    values.sort_by_key(|value: &CustomValue| value.field);
    (values, warnings)
}
