//! Questions asked of a scan. Every analysis takes the tables and yields a table; none reads text again.

mod absent;
mod adopt;
mod compare;
mod concordance;
mod cooccur;
mod count;
mod counting;
mod dimension;
mod disperse;
mod each;
mod evidence;
mod facts;
mod families;
mod filter;
mod listing;
mod measure;
mod period;
mod tally;
mod trend;

pub use absent::{NO_HITS, absent, why_empty};
pub use adopt::{Adoption, adopt, echo};
pub use compare::{Comparison, Group, PRIOR, compare, distances, profiles};
pub use concordance::{concordance, selected_hits};
pub use cooccur::{Cooccurrence, Measure, Within};
pub use count::count;
pub use counting::count_read;
pub use dimension::{Dimension, NARRATION, UNATTRIBUTED};
pub use disperse::{disperse, parts};
pub use evidence::evidence;
pub use families::Nested;
pub(crate) use filter::speaker_expr;
pub use filter::{DateBasis, Filter, FilterSpec, Translations, parse_day, speaker_hint, speakers_named};
pub use listing::{hits_head, list_hits};
pub use period::{period_for, periods, periods_from, span};
pub use trend::{Tier, Trends, renderings};
