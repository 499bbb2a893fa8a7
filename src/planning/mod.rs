//! Query planning: words to terms, spellings and weights, values to ids, all to a query tree. The same for every
//! backend, which evaluates the tree.

mod called;
mod draft;
mod expand;
mod facets;
mod ids;
mod like;
mod marks;
mod names;
mod near;
mod nearest;
mod plan;
mod questions;
mod reader;
mod room;
mod search;
mod selected;
mod spelling;
mod suggest;
mod values;

pub use called::choices;
pub use nearest::nearest;
pub use reader::Reader;
pub use selected::Tally;
