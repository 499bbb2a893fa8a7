//! What a route reads, told instead of read.

use std::convert::Infallible;

use serde_json::{Value, json};

use crate::options::{Form, WHOLE, Written};
use crate::serve::parameters::name;
use crate::serve::route::Route;

/// The parameters that were asked for so far.
#[derive(Default)]
pub struct Described(Vec<Value>);

/// What each is, by its name in an address. Tests hold that none is missing.
const TOLD: [(&str, &str); 31] = [
    ("q", "words to search for, in the query language"),
    ("any", "match any of the words instead of all"),
    ("words", "take q as plain words, without operators"),
    ("fuzzy", "take a word that no unit has for those within one edit of it"),
    ("topic", "id or name of a topic"),
    ("perspective", "id or name of a perspective; `side` is the same"),
    ("source", "name of an outlet; `outlet` is the same"),
    ("kind", "kind of unit"),
    ("lang", "language, such as es"),
    ("since", "first day: 2026-01-07, 2026-01, Jan 7 2026, 12/25/2025, 7d, last month …; `from` is the same"),
    ("until", "last day; `to` is the same"),
    ("on", "a day, or days such as 2026-01 or 2026-01-05..2026-01-09"),
    ("as-of", "count relative dates from this day instead of the newest digest's"),
    ("sort", "what comes first"),
    ("limit", "how many to show, 1,000 at most"),
    ("offset", "how many hits to pass over; with limit, 10,000 at most"),
    ("like", "the id of a unit: those most like it, copies of it left out"),
    ("explain", "tell what each score is made of"),
    ("all-copies", "every copy of an article, instead of one for all"),
    ("facets", "count all matching units by these fields"),
    ("by", "count, or follow, by these: fields, or spans of time"),
    ("share", "tell which share of what was sampled there the units are"),
    ("top", "so many values of a field, or words of a side"),
    ("period", "two periods of one side to compare, instead of the sides"),
    ("ngrams", "how many words a term has: 1, 1-2, 1-3 …"),
    ("keep-names", "the sides' own names are words, too"),
    ("max-q", "the greatest q-value: the part of what is told that is expected to be accidents"),
    ("prior", "weight of what is usual, in texts"),
    ("min", "how many titles a story has at least"),
    ("id", "ids of digests or units, with # as %23, or days, for all their digests"),
    ("fields", "only these fields of the records, in this order; with commas between"),
];

impl Described {
    /// All parameters of a route.
    pub fn parameters(route: Route) -> Vec<Value> {
        let mut described = Self::default();
        match route.read(&mut described) {
            Ok(_) => described.0,
            Err(never) => match never {},
        }
    }

    fn add(&mut self, option: &'static str, schema: Value) {
        let name = name(option);
        let told = TOLD.iter().find(|(known, _)| *known == name).map(|(_, told)| told);
        self.0.push(json!({
            "name": name,
            "in": "query",
            "required": name == "id",
            "description": told,
            "schema": schema,
        }));
    }
}

fn names<T: Copy>(all: &[T], as_str: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| as_str(*value)).collect()
}

impl Written for Described {
    type Error = Infallible;

    fn text(&mut self, option: &'static str) -> Result<Option<String>, Infallible> {
        self.add(option, json!({ "type": "string" }));
        Ok(None)
    }

    fn each(&mut self, option: &'static str) -> Result<Vec<String>, Infallible> {
        self.add(option, json!({ "type": "array", "items": { "type": "string" } }));
        Ok(Vec::new())
    }

    fn flag(&mut self, option: &'static str) -> Result<bool, Infallible> {
        self.add(option, json!({ "type": "boolean" }));
        Ok(false)
    }

    fn number(&mut self, option: &'static str) -> Result<Option<usize>, Infallible> {
        self.parsed(option, WHOLE)
    }

    fn parsed<T>(&mut self, option: &'static str, form: Form<T>) -> Result<Option<T>, Infallible> {
        self.add(option, json!({ "type": "string", "pattern": form.pattern }));
        Ok(None)
    }

    fn choice<T: Copy>(
        &mut self,
        option: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Result<Option<T>, Infallible> {
        self.add(option, json!({ "type": "string", "enum": names(all, as_str) }));
        Ok(None)
    }

    fn choices<T: Copy>(
        &mut self,
        option: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Result<Vec<T>, Infallible> {
        self.add(option, json!({ "type": "array", "items": { "type": "string", "enum": names(all, as_str) } }));
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::route::ROUTES;

    #[test]
    fn every_parameter_is_told_of_and_none_that_is_not() {
        let mut used: Vec<String> = Vec::new();
        for (path, route) in ROUTES {
            for parameter in Described::parameters(route) {
                assert!(parameter["description"].is_string(), "{path}: {parameter}");
                used.push(parameter["name"].as_str().expect("a name").to_owned());
            }
        }
        for (name, _) in TOLD {
            assert!(used.iter().any(|used| used == name), "{name}");
        }
    }
}
