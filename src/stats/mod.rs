//! Statistics: pure functions on numbers, each citing its source. Nothing here knows what the numbers are of.

mod agreement;
mod bootstrap;

pub use agreement::nominal_alpha;
pub use bootstrap::{Interval, RESAMPLES, bootstrap};
