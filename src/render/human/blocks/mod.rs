//! The blocks that answers for people are made of. They are data: texts as they are, without the syntax or the escapes of
//! any format. Each format has one renderer of blocks, which escapes every text that it writes.

mod beside;
mod block;
mod detail;
mod items;
mod line;
mod list;
mod prose;
mod step;
mod table;

pub use block::{Beside, Block, Column, Item, Items, List, Section};
pub use detail::Detail;
pub use line::{Line, Role, Span, Target};
pub use list::{Asides, Fold};
pub use prose::{Definition, HOW_TO_READ, Level, NOTHING, Note, Sense};
pub use step::{Point, point_cells};
pub use table::{Align, Header, Table, Tally, TallyRow, Terms};
