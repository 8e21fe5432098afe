//! Questions asked of a scan. Every analysis takes the tables and yields a table; none reads text again.

mod concordance;
mod count;
mod filter;
mod period;

pub use concordance::{concordance, selected_hits};
pub use count::{Dimension, NARRATION, UNATTRIBUTED, count};
pub use filter::{Filter, FilterSpec, parse_day};
pub use period::{periods, span, suitable};
