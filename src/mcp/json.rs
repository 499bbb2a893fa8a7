//! JSON as a tree that keeps the order of keys and the digits of numbers, unlike the values of the library.

use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A value in a JSON text.
pub enum Node<'a> {
    /// A string, number, Boolean or null, as it is written.
    Scalar(&'a str),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object, with its keys in order.
    Object(Vec<(String, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Parses a text.
    pub fn parse(text: &'a str) -> serde_json::Result<Self> {
        Self::of(serde_json::from_str(text)?)
    }

    fn of(raw: &'a RawValue) -> serde_json::Result<Self> {
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                Ok(Self::List(items.into_iter().map(Self::of).collect::<Result<_, _>>()?))
            }
            Some(b'{') => {
                let entries = serde_json::Deserializer::from_str(text).deserialize_map(Entries)?;
                let entry = |(key, raw): (String, &'a RawValue)| Ok((key, Self::of(raw)?));
                Ok(Self::Object(entries.into_iter().map(entry).collect::<serde_json::Result<_>>()?))
            }
            _ => Ok(Self::Scalar(text)),
        }
    }

    /// Returns the value as text without spaces.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        let separate = |at: usize, out: &mut String| out.push_str(if at == 0 { "" } else { "," });
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    separate(at, out);
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    separate(at, out);
                    out.push_str(&quoted(key));
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Returns a text as a JSON string.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Reads the entries of an object in order.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn keys_keep_their_order_and_numbers_their_digits() {
        let text = r#"{"b":[1.10,-2e-9,0.30000000000000004],"a":{"z":null,"é\"":"\u2028 x"},"c":[],"d":{}}"#;
        assert_eq!(Node::parse(text).expect("JSON").text(), text);
        let spaced = "{ \"b\" : [ 1 ,\n 2 ] }";
        assert_eq!(Node::parse(spaced).expect("JSON").text(), r#"{"b":[1,2]}"#);
        assert!(Node::parse("{").is_err());
    }
}
