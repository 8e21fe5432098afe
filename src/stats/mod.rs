//! Statistics: pure functions on numbers, each citing its source. Nothing here knows what the numbers are of.
//!
//! What is not defined is `None`, never NaN or infinity. `tests/oracles/` holds values of other programs and of publications for
//! each of them.

mod agreement;
mod association;
mod bootstrap;
mod change;
mod dispersion;
mod interval;
mod keyness;
mod multiple;
mod permutation;
mod profile;
mod retirement;
mod strata;
mod trend;

pub use agreement::nominal_alpha;
pub use association::{Association, association};
pub use bootstrap::{RESAMPLES, accelerated, bootstrap, bootstrap_rates, resample};
pub use change::{Changes, change_points, changes};
pub use dispersion::{Dispersion, dispersion};
pub use interval::{Interval, clustered_interval, poisson_interval, rate_ratio_interval, wilson_interval};
pub use keyness::{LogOdds, Pair, adjusted_residual, log_odds};
pub use multiple::benjamini_hochberg;
pub use permutation::{PERMUTATIONS, Unit, permutation_tests, relabellings};
pub use profile::{Order, average_linkage, jensen_shannon};
pub use retirement::retirement;
pub use strata::{RateRatio, mantel_haenszel};
pub use trend::{Kendall, Slope, autocorrelation, mann_kendall, seasonal_kendall, seasonal_slope, theil_sen};
