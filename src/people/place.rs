//! States and organisations: they are no part of a person's name, and an office of one gives its holder's side.

use serde::Deserialize;

/// A state or organisation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its side: ISO 3166 alpha-2, or the id of an organisation.
    pub id: String,
    /// ISO 3166 alpha-3.
    #[serde(default)]
    pub iso3: String,
    /// English names.
    #[serde(default)]
    pub en: Vec<String>,
    /// English adjectives.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// English names of the capital.
    #[serde(default)]
    pub capital: Vec<String>,
    /// Chinese names.
    #[serde(default)]
    pub zh: Vec<String>,
    /// Chinese names of the capital.
    #[serde(default)]
    pub zh_capital: Vec<String>,
}
