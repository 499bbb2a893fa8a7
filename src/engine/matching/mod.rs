//! What matches: a plan is asked, segment by segment, for the list of units that match. Lists are made whole, one word
//! after the other, rarest first; what must match besides is only sought within what is left. Scores come with them, but
//! for what only adds to a score: that is asked for where it can matter.

mod bonus;
mod evaluate;
mod found;
mod list;
mod scored;
mod segment;
mod terms;
mod union;

pub use bonus::{Bonus, completed};
pub use evaluate::{Scoring, list_all};
pub use found::Found;
pub use list::List;
pub use scored::Scored;
pub use segment::{Names, Number, Numbers, Segment};
pub use terms::Terms;
