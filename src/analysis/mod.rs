//! Questions asked of a scan. Every analysis takes the tables and yields a table; none reads text again.

mod concordance;
mod count;
mod facts;
mod families;
mod filter;
mod period;

pub use concordance::{concordance, selected_hits};
pub use count::{Dimension, NARRATION, UNATTRIBUTED, count};
pub use facts::is_by_year;
pub use families::Nested;
pub use filter::{DateBasis, Filter, FilterSpec, Translations, parse_day};
pub use period::{periods, span, suitable};
