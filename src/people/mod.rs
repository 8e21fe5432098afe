//! Who speaks: people with their names in several scripts and their offices, and the bodies and media that issue documents
//! or ask questions. All of it is data in `lexicons/people.toml` and `lexicons/outlets.toml`.

mod registry;

pub use registry::{Outlet, People, Person, Place, Role, name_key};
