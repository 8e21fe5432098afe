//! Who speaks: people with their names in several scripts and their offices, and the bodies and media that issue documents
//! or ask questions. All of it is data in `lexicons/people.toml` and `lexicons/outlets.toml`.

mod finder;
mod key;
mod mentions;
mod person;
mod place;
mod registry;
mod tables;

pub use key::name_key;
pub(crate) use mentions::Mentions;
pub use person::{Person, Role};
pub use place::Place;
pub use registry::{Outlet, People};
