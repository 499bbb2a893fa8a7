//! Custom fields in the settings: keys of front matter, and attributes of sources.

use std::collections::BTreeMap;

use super::ConventionsError;
use super::form::{form, repeated, text};
use crate::digest::field_values::{MAX_VALUES, field_values, is_null};
use crate::model::{CustomField, CustomFields, CustomValue, Field, FieldSpec, RESERVED};
use crate::text::{fold, name_key};
use crate::yaml::{Key, Node, Place, Value};

/// The custom fields of a corpus: those of front matter, then the attributes of sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomSettings {
    /// All fields.
    pub fields: CustomFields,
    /// Folded keys of front matter, with their fields.
    pub keys: Vec<(String, CustomField)>,
    /// Keys of sources, with the values of their attributes.
    pub sources: BTreeMap<String, Vec<CustomValue>>,
}

/// Returns the fields of several corpora; none if they are too many.
pub fn united(all: impl Iterator<Item = CustomFields>) -> Option<CustomFields> {
    let mut names: [Vec<String>; 2] = Default::default();
    for field in all.flat_map(CustomFields::iter) {
        let names = &mut names[usize::from(field.name().starts_with(CustomFields::ATTRIBUTE))];
        if !names.iter().any(|name| name.to_lowercase() == field.name().to_lowercase()) {
            names.push(field.name().to_owned());
        }
    }
    let names = names.concat();
    (names.len() <= CustomFields::MAX).then(|| CustomFields::new(&names))
}

impl CustomSettings {
    /// Replaces the fields by a list that has them all.
    pub fn set_fields(&mut self, fields: CustomFields) {
        let same = |old: CustomField| {
            fields.iter().find(|field| field.name().to_lowercase() == old.name().to_lowercase()).unwrap_or(old)
        };
        self.keys.iter_mut().for_each(|(_, field)| *field = same(*field));
        for values in self.sources.values_mut() {
            values.iter_mut().for_each(|value| value.field = same(value.field));
            values.sort_by_key(|value| value.field);
        }
        self.fields = fields;
    }
}

/// The settings of custom fields as read. The fields are known only when all settings are read.
#[derive(Default)]
pub struct CustomDraft {
    /// Names and keys of front matter.
    keys: Vec<(String, String)>,
    /// Names of attributes.
    attributes: Vec<String>,
    /// Keys of sources, places of their attributes and values.
    sources: Vec<(String, usize, Vec<String>)>,
}

impl CustomDraft {
    /// Reads the section `fields`: keys of front matter as a list, or by the names of their fields. Returns each key with its
    /// line.
    pub fn fields(&mut self, node: &Node) -> Result<Vec<(String, usize)>, ConventionsError> {
        const PATH: &str = "fields: ";
        let pairs: Result<Vec<(Key, &str)>, ConventionsError> = match &node.value {
            Value::List(keys) => {
                let named = |node: &Node, key: &str| Key { place: node.place, name: key.to_owned() };
                keys.iter().map(|node| text(node, PATH).map(|key| (named(node, key), key))).collect()
            }
            Value::Map(pairs) => pairs.iter().map(|(name, node)| Ok((name.clone(), text(node, PATH)?))).collect(),
            Value::Text(text) if is_null(text) => Ok(Vec::new()),
            Value::Text(_) => return Err(form(node, PATH, "a list or a mapping")),
        };
        let pairs = pairs?;
        for (name, key) in &pairs {
            check(name, key)?;
            if self.keys.iter().any(|(other, _)| fold(other) == fold(&name.name)) {
                return Err(repeated(name, PATH));
            }
            self.keys.push((name.name.clone(), (*key).to_owned()));
            self.check_number(name.place)?;
        }
        Ok(pairs.into_iter().map(|(name, key)| (key.to_owned(), name.place.line)).collect())
    }

    /// Reads an attribute of a source; `path` is the path of the source.
    pub fn attribute(&mut self, source: &str, key: &Key, node: &Node, path: &str) -> Result<(), ConventionsError> {
        if !is_name(&key.name) {
            return Err(ConventionsError::FieldName {
                path: path.to_owned(),
                name: key.name.clone(),
                line: key.place.line,
            });
        }
        let path = format!("{path}{}: ", key.name);
        let values = match &node.value {
            Value::List(nodes) => nodes.iter().map(|node| text(node, &path)).collect::<Result<Vec<_>, _>>()?,
            Value::Text(text) => vec![text.as_str()],
            Value::Map(_) => return Err(form(node, &path, "one value or a list")),
        };
        let values = values.into_iter().take(MAX_VALUES).map(str::to_owned).collect();
        let place = self.attributes.iter().position(|name| fold(name) == fold(&key.name)).unwrap_or_else(|| {
            self.attributes.push(key.name.clone());
            self.attributes.len() - 1
        });
        self.check_number(key.place)?;
        let source = name_key(source);
        if self.sources.iter().rev().take_while(|(other, ..)| *other == source).any(|(_, other, _)| *other == place) {
            return Err(repeated(key, path.trim_end_matches(&format!("{}: ", key.name))));
        }
        self.sources.push((source, place, values));
        Ok(())
    }

    /// Returns the settings.
    pub fn finish(self) -> CustomSettings {
        let of_sources = self.attributes.iter().map(|name| format!("{}{name}", CustomFields::ATTRIBUTE));
        let names: Vec<String> = self.keys.iter().map(|(name, _)| name.clone()).chain(of_sources).collect();
        let fields = CustomFields::new(&names);
        let keys = self.keys.iter().zip(fields.iter()).map(|((_, key), field)| (fold(key), field)).collect();
        let attributes: Vec<CustomField> = fields.iter().skip(self.keys.len()).collect();
        let mut sources: BTreeMap<String, Vec<CustomValue>> = BTreeMap::new();
        for (source, place, values) in self.sources {
            let values = field_values(attributes[place], values.iter().map(String::as_str));
            sources.entry(source).or_default().extend(values);
        }
        sources.values_mut().for_each(|values| values.sort_by_key(|value| value.field));
        CustomSettings { fields, keys, sources }
    }

    fn check_number(&self, place: Place) -> Result<(), ConventionsError> {
        let is_too_many = self.keys.len() + self.attributes.len() > CustomFields::MAX;
        if is_too_many { Err(ConventionsError::TooManyFields { line: place.line }) } else { Ok(()) }
    }
}

/// Returns an error for a name that a field cannot have.
fn check(name: &Key, key: &str) -> Result<(), ConventionsError> {
    let line = name.place.line;
    let is_name_of = |field: Field| {
        let FieldSpec { name: own, name_key, label, .. } = field.spec();
        [Some(own), name_key, Some(label)].contains(&Some(&*name.name.to_lowercase()))
    };
    let lower = name.name.to_lowercase();
    let is_built_in = Field::built_in(&lower).is_some() || Field::BUILT_IN.into_iter().any(is_name_of);
    if is_built_in || RESERVED.contains(&&*lower) {
        return Err(ConventionsError::ReservedField { name: name.name.clone(), key: key.to_owned(), line });
    }
    if !is_name(&name.name) {
        return Err(ConventionsError::FieldName { path: "fields: ".to_owned(), name: name.name.clone(), line });
    }
    Ok(())
}

/// Reports whether a text can be the name of a field: of letters, digits, hyphens and underscores, a letter first.
fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && name.len() <= MAX_NAME_BYTES
}

/// Maximum length of a name in bytes.
const MAX_NAME_BYTES: usize = 60;

#[cfg(test)]
mod tests {
    use crate::digest::Conventions;

    fn check(yaml: &str, names: &[&str]) {
        let conventions = Conventions::from_yaml(yaml).expect(yaml);
        assert_eq!(conventions.fields().iter().map(|field| field.name()).collect::<Vec<_>>(), names, "{yaml}");
    }

    #[test]
    fn fields_are_a_list_of_keys_or_a_mapping() {
        check("fields: [tags, Länder, 标签]", &["tags", "Länder", "标签"]);
        check("fields: { feed: source, Tags: tags, more: tags }", &["feed", "Tags", "more"]);
        check("fields:", &[]);
        check("fields: []", &[]);
        let conventions = Conventions::from_yaml("fields: { feed: Source, more: source }").expect("valid");
        let of_key = |key| conventions.fields_of_key(key).map(|field| field.name()).collect::<Vec<_>>();
        assert_eq!((of_key("source"), of_key("sources")), (vec!["feed", "more"], vec![]));
    }

    #[test]
    fn attributes_of_sources_are_fields() {
        let yaml = "sources:\n  A: { aliases: [a.example], country: jp, lean: [left, left, ~] }\n  B: [b]\n  \
                    C: { Country: ' us ' }\nfields: [tags]\n";
        check(yaml, &["tags", "source.country", "source.lean"]);
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        let of = |source: &str| {
            let values = conventions.attributes(source).iter();
            values.map(|value| format!("{} {}", value.field.name(), value.value)).collect::<Vec<_>>()
        };
        assert_eq!(of("A"), ["source.country jp", "source.lean left"]);
        assert_eq!(of("c"), ["source.country us"], "in any case");
        assert_eq!((of("B"), conventions.source("a.example")), (vec![], "A"));
    }

    #[test]
    fn errors_name_the_field_and_the_line() {
        let many: Vec<String> = (0..65).map(|n| format!("f{n}")).collect();
        for (yaml, message) in [
            (
                "fields:\n  - tags\n  - source",
                "fields: `source` at line 3 is the name of a built-in field or column; give the field another one, such as \
                 `fields: { my_source: source }`",
            ),
            ("fields: { Week: w }", "such as `fields: { my_w: w }`"),
            ("fields: [language]", "`language` at line 1 is the name of a built-in field"),
            ("fields: [topic_name]", "`topic_name` at line 1 is the name of a built-in field"),
            ("fields: [a b]", "fields: invalid name `a b` at line 1; use letters, digits, `-` and `_`, a letter first"),
            ("fields: [source.a]", "invalid name `source.a`"),
            ("fields: [7]", "invalid name `7`"),
            ("fields: [tags, Tags]", "fields: repeated key `Tags` at line 1"),
            ("fields: tags", "fields: expected a list or a mapping at line 1, found one value"),
            ("fields: [[tags]]", "fields: expected one value at line 1, found a list"),
            ("fields: { a: [b] }", "fields: expected one value at line 1, found a list"),
            ("sources: { A: { b c: d } }", "sources: A: invalid name `b c` at line 1"),
            (
                "sources: { A: { b: { c: d } } }",
                "sources: A: b: expected one value or a list at line 1, found a mapping",
            ),
            ("sources:\n  A: { b: x, B: y }", "sources: A: repeated key `B` at line 2"),
            (&format!("fields: [{}]", many.join(", ")), "more than 64 custom fields at line 1"),
        ] {
            let error = Conventions::from_yaml(yaml).expect_err(yaml).to_string();
            assert!(error.contains(message), "{yaml}: {error}");
        }
    }
}
