//! What is shown of a unit: what is stored of it, and its day, which is in a column alone.

use tantivy::DocAddress;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

use super::fields::{day, field};
use super::matching::Number;
use super::{Error, Reader};
use crate::model::Kind;
use crate::model::{DigestId, Section, UnitId};
use crate::query::{Side, Unit};

/// What is stored of a unit.
#[derive(Default)]
struct Stored {
    id: Option<String>,
    text: Option<String>,
    url: Option<String>,
    perspective: Option<String>,
    source: Option<String>,
    lang: Option<String>,
    locale: Option<String>,
    attribution: Option<String>,
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let mut stored = Self::default();
        while let Some((name, value)) = document.next_field::<String>()? {
            let place = match name {
                name if name == const { field("id") } => &mut stored.id,
                name if name == const { field("text") } => &mut stored.text,
                name if name == const { field("url") } => &mut stored.url,
                name if name == const { field("perspective") } => &mut stored.perspective,
                name if name == const { field("source") } => &mut stored.source,
                name if name == const { field("lang") } => &mut stored.lang,
                name if name == const { field("locale") } => &mut stored.locale,
                name if name == const { field("attribution") } => &mut stored.attribution,
                _ => continue,
            };
            *place = Some(value);
        }
        Ok(stored)
    }
}

impl Reader {
    /// The unit at an address.
    pub(super) fn unit(&self, address: DocAddress) -> Result<Unit, Error> {
        let stored = self.stored(address)?;
        let UnitId { digest: DigestId { topic, date: digest_date }, section, .. } = self.id_of(&stored)?;
        let side = |id: String| Side { name: self.catalog.perspective_name(&topic, &id).to_owned(), id };
        // What a unit has not is empty.
        let [perspective, source, lang] =
            [stored.perspective, stored.source, stored.lang].map(|name| name.filter(|name| !name.is_empty()));
        self.counted(Unit {
            kind: match section {
                Section::Highlights => Kind::Highlight,
                Section::Bullets(_) => Kind::Bullet,
                Section::Titles => Kind::Title,
            },
            perspective: perspective.map(side),
            attribution: stored.attribution,
            source: source.map(|source| Ok::<_, Error>(self.sources()?.shown(&source).to_owned())).transpose()?,
            lang,
            locale: stored.locale,
            date: day(self.number(Number::Date, address)?),
            digest_date,
            text: stored.text.ok_or_else(|| self.damaged("text"))?,
            url: stored.url,
            id: stored.id.unwrap_or_default(),
            topic: Side {
                name: self.catalog.topics.get(&topic).map_or(&topic, |topic| &topic.name).clone(),
                id: topic,
            },
        })
    }

    /// The id of the unit at an address.
    pub(super) fn id(&self, address: DocAddress) -> Result<UnitId, Error> {
        self.id_of(&self.stored(address)?)
    }

    /// A number of the unit at an address.
    pub(super) fn number(&self, which: Number, address: DocAddress) -> Result<u64, Error> {
        let segment = &self.segments[address.segment_ord as usize];
        let numbers = segment.numbers(which).map_err(Error::tantivy(&self.held.path))?;
        Ok(numbers.get_val(address.doc_id))
    }

    fn stored(&self, address: DocAddress) -> Result<Stored, Error> {
        self.searcher.doc(address).map_err(Error::tantivy(&self.held.path))
    }

    fn id_of(&self, stored: &Stored) -> Result<UnitId, Error> {
        stored.id.as_deref().and_then(|id| id.parse().ok()).ok_or_else(|| self.damaged("id"))
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Damaged { path: self.held.path.clone(), message: format!("a unit is stored without its {what}") }
    }
}
