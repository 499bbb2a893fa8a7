//! Values of custom fields in the form in which they are indexed.

use crate::model::{CustomField, CustomValue};
use crate::text::{bounded, bounded_name, name_key};

/// Maximum number of values of a field in a digest.
pub const MAX_VALUES: usize = 100;

/// Returns the values of a field from texts as written: each once, without the white space around them. An empty text and
/// a null are no values.
pub fn field_values<'a>(field: CustomField, texts: impl IntoIterator<Item = &'a str>) -> Vec<CustomValue> {
    let mut values: Vec<CustomValue> = Vec::new();
    for text in texts.into_iter().filter(|text| !is_null(text.trim())) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = bounded_name(&text).into_owned();
        if !values.iter().any(|other| other.value == value) {
            values.push(CustomValue { field, key: bounded(&name_key(&text)).into_owned(), value });
        }
    }
    values
}

/// Reports whether a scalar of YAML is null or empty.
pub fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CustomFields;

    #[test]
    fn values_are_trimmed_and_distinct() {
        let field = CustomFields::new(&["tags".to_owned()]).iter().next().expect("a field");
        let values = field_values(field, [" AI ", "ai", "AI", "", "~", "null", "Café\n Bar", "2026-01-07", "1e3"]);
        let values: Vec<(&str, &str)> = values.iter().map(|value| (value.value.as_str(), value.key.as_str())).collect();
        let expect =
            [("AI", "ai"), ("ai", "ai"), ("Café Bar", "cafe bar"), ("2026-01-07", "2026-01-07"), ("1e3", "1e3")];
        assert_eq!(values, expect);
        let long = field_values(field, [&*"x".repeat(300), &*"x".repeat(301)]);
        assert!(long.len() == 2 && long.iter().all(|value| value.value.len() <= 255 && value.key.len() <= 255));
    }
}
