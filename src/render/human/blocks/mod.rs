//! The blocks that answers for people are made of. They are data: texts as they are, without the syntax or the escapes of
//! any format. Each format has one renderer of blocks, which escapes every text that it writes.

mod block;
mod columns;
mod detail;
mod items;
mod line;
mod list;
mod prose;
mod step;
mod table;

pub use block::{Block, Column, Columns, Item, Items, List, Section};
pub use detail::Detail;
pub use line::{Line, Role, Span, Target};
pub use list::{Asides, Fold};
pub use prose::{Definition, HOW_TO_READ, Level, NOTHING, Sense};
pub use step::{Point, point_cells};
pub use table::{Align, Header, STORIES, Table, Tally, TallyRow, Terms};
