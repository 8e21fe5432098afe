//! What the names and descriptions of one document were found to mean: each is looked up once.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::grammar::Who;
use super::segment::Speaker;

/// Answers by what was asked.
#[derive(Debug, Default)]
pub(super) struct Memo {
    named: RefCell<FxHashMap<String, Option<Who>>>,
    described: RefCell<FxHashMap<String, Vec<Speaker>>>,
}

impl Memo {
    /// Whom a name means, with the title before it where that matters.
    pub fn named(&self, title: Option<&str>, name: &str, find: impl FnOnce() -> Option<Who>) -> Option<Who> {
        // No name holds a line break.
        let titled = title.map(|title| format!("{title}\n{name}"));
        let key = titled.as_deref().unwrap_or(name);
        if let Some(who) = self.named.borrow().get(key) {
            return who.clone();
        }
        let who = find();
        self.named.borrow_mut().insert(key.to_owned(), who.clone());
        who
    }

    /// Whom a description means.
    pub fn described(&self, words: &str, find: impl FnOnce() -> Vec<Speaker>) -> Vec<Speaker> {
        if let Some(meant) = self.described.borrow().get(words) {
            return meant.clone();
        }
        let meant = find();
        self.described.borrow_mut().insert(words.to_owned(), meant.clone());
        meant
    }
}
