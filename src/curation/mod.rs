//! For those who write lexicons: one held against itself, against a corpus, and against another.

mod check;
mod diff;
mod finding;
mod list;
mod seen;

pub use check::check;
pub use diff::{changes, shifts};
pub use finding::{Finding, Level, Seen, findings_table};
pub use list::formulas;
pub use seen::check_on;
pub(crate) use seen::{NearVariant, NearVariants};
