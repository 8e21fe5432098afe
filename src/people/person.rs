//! A person of the registry: names, offices with their dates, side.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::key::name_key;
use crate::text::is_han;

/// A person who speaks or is spoken for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The usual full English name: the one in tables.
    pub name: String,
    /// Chinese forms.
    #[serde(default)]
    pub zh: Vec<String>,
    /// Other English forms.
    #[serde(default)]
    pub en: Vec<String>,
    /// What running English text says after the first mention.
    #[serde(default)]
    pub short: Vec<String>,
    /// State (ISO 3166 alpha-2) or organisation.
    #[serde(default)]
    pub side: String,
    /// What confirms the entry: a page, a data set, a document with its date.
    #[serde(default)]
    pub source: String,
    /// Offices.
    #[serde(default, rename = "role")]
    pub roles: Vec<Role>,
    /// Its place in the registry.
    #[serde(skip)]
    pub(crate) index: usize,
}

/// An office that a person held. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an absent one is not known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// In English.
    pub title: String,
    /// In Chinese.
    #[serde(default)]
    pub zh: String,
    /// Since when.
    #[serde(default)]
    pub from: String,
    /// Until when.
    #[serde(default)]
    pub to: String,
}

impl Role {
    /// Whether the office was held on `day`, as far as its dates are known.
    fn held_on(&self, day: &[u8]) -> bool {
        let (from, to) = (self.from.as_bytes(), self.to.as_bytes());
        let began = from <= &day[..from.len().min(day.len())];
        let ended = !to.is_empty() && to < &day[..to.len().min(day.len())];
        began && !ended
    }
}

/// A day as `YYYY-MM-DD`. Years of more than four digits are not met with.
fn written(date: NaiveDate) -> [u8; 10] {
    let digit = |n: u32| b'0' + (n % 10) as u8;
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    let [a, b, c, d] = [year / 1000, year / 100, year / 10, year].map(digit);
    [a, b, c, d, b'-', digit(month / 10), digit(month), b'-', digit(day / 10), digit(day)]
}

impl Person {
    /// The office held on `date`: of several, the one begun last. Without a date, the only one there is.
    pub fn role_on(&self, date: Option<NaiveDate>) -> &str {
        if date.is_none() && self.roles.len() > 1 {
            return "";
        }
        self.roles_on(date).max_by(|a, b| a.from.cmp(&b.from)).map_or("", |r| &r.title)
    }

    /// The offices held on `date`; without a date, all. One of several of which no date is known is not among them.
    pub fn roles_on(&self, date: Option<NaiveDate>) -> impl Iterator<Item = &Role> {
        let known = |r: &&Role| !(r.from.is_empty() && r.to.is_empty() && self.roles.len() > 1);
        let day = date.map(written);
        self.roles.iter().filter(move |r| day.is_none_or(|day| r.held_on(&day) && known(r)))
    }

    /// Every full form of the name.
    pub fn forms(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.en).chain(&self.zh)
    }

    /// Whether the person goes by that short form.
    pub fn goes_by(&self, short: &str) -> bool {
        let key = name_key(short);
        self.short_keys().contains(&key)
    }

    /// The keys of the short forms, and of the last word of the name where it is not Chinese.
    pub(super) fn short_keys(&self) -> BTreeSet<String> {
        let mut keys: BTreeSet<String> = self.short.iter().map(|s| name_key(s)).collect();
        let name = name_key(&self.name);
        keys.extend(name.split(' ').next_back().filter(|last| !last.chars().any(is_han)).map(str::to_owned));
        keys
    }
}
