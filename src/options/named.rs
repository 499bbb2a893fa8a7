//! Fields by name, which are known when the index is: `--by`, `--facets` and `--where`.

use super::synonyms::value_synonym;
use super::{Error, Problem};
use crate::backend::Catalog;
use crate::insight::By;
use crate::model::Field;
use crate::planning::nearest;

/// Returns the fields to count by; `option` has their names.
pub fn by(option: &'static str, names: &[String], catalog: &Catalog) -> Result<Vec<By>, Error> {
    let known = || By::all(catalog.fields).map(By::as_str).collect();
    let by = |(at, name): (usize, &String)| {
        By::from_name(name, catalog.fields).ok_or_else(|| unknown(option, at, name, known()))
    };
    names.iter().enumerate().map(by).collect()
}

/// Returns distinct fields of entries; `option` has their names.
pub fn fields(option: &'static str, names: &[String], catalog: &Catalog) -> Result<Vec<Field>, Error> {
    let known = || Field::all(catalog.fields).map(Field::as_str).collect();
    let mut fields = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let field = Field::from_name(name, catalog.fields).ok_or_else(|| unknown(option, at, name, known()))?;
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    Ok(fields)
}

/// Returns one of the fields that satisfy a predicate; `option` has its name.
pub fn one_of_fields(
    option: &'static str,
    name: &str,
    can_be: impl Fn(&Field) -> bool,
    catalog: &Catalog,
) -> Result<Field, Error> {
    let known = Field::all(catalog.fields).filter(&can_be).map(Field::as_str).collect();
    let field = Field::from_name(name, catalog.fields).filter(can_be);
    field.ok_or_else(|| unknown(option, 0, name, known))
}

/// Returns the custom field and the value of a condition such as `tags=ai`, the value of `where` at an index.
pub fn condition(at: usize, text: &str, catalog: &Catalog) -> Result<(Field, String), Error> {
    let error = |problem| Error { at, ..Error::new("where", problem) };
    let (name, value) = text.split_once('=').map_or((text, ""), |(name, value)| (name.trim(), value.trim()));
    if let Some(name) = name.strip_suffix('!') {
        return Err(error(Problem::NegatedCondition { name: name.trim().to_owned(), value: value.to_owned() }));
    }
    if value.is_empty() {
        return Err(error(Problem::NoCondition(text.to_owned())));
    }
    match Field::from_name(name, catalog.fields) {
        Some(field @ Field::Custom(_)) => Ok((field, value.to_owned())),
        Some(field) => Err(error(Problem::OwnOption { field, value: value.to_owned() })),
        None => Err(unknown("where", at, name, catalog.fields.iter().map(|field| field.name()).collect())),
    }
}

fn unknown(option: &'static str, at: usize, name: &str, known: Vec<&'static str>) -> Error {
    let lower = name.to_lowercase();
    // `country` is an attribute of sources rather than a synonym of perspective.
    let attribute =
        known.iter().find(|known| known.rsplit('.').next() == Some(&lower)).map(|known| (*known).to_owned());
    let synonym = || value_synonym(&lower, |value| known.contains(&value)).map(str::to_owned);
    let similar = || nearest(name, known.iter().map(|name| (*name).to_owned()).collect()).into_iter().next();
    let instead = attribute.or_else(synonym).or_else(similar).filter(|_| !name.is_empty());
    Error { at, ..Error::new(option, Problem::UnknownField { name: name.to_owned(), instead, known }) }
}
