//! Queries that each document answers by itself, so that nothing else of it is kept.

use std::path::PathBuf;

use super::Global;
use super::common::{NOTHING, QueryArgs, Words, lexicons, say_problems_of};
use super::progress::Bar;
use crate::analysis::{Filter, NO_HITS};
use crate::error::Result;
use crate::lexicon::Lexicons;
use crate::scan::{Asked, How, Scan};

/// What is asked.
pub(super) struct Asking<'a> {
    pub inputs: &'a [PathBuf],
    pub how: How,
    pub filter: Filter,
    pub lexicons: Lexicons,
    pub bar: Bar,
}

impl QueryArgs {
    /// What is asked, if each document can answer by itself: no input is a scan, and the filter names nothing.
    pub fn asking(&self, words: Words, global: &Global) -> Result<Option<Asking<'_>>> {
        self.output.check()?;
        let filter = self.filter.filter()?;
        if !filter.names_nothing() || self.inputs.input.iter().any(|i| Scan::is_in(i)) {
            return Ok(None);
        }
        let how = How { words: words == Words::Shown, ..self.inputs.how(self.shard)? };
        Ok(Some(Asking { inputs: &self.inputs.input, how, filter, lexicons: lexicons(global)?, bar: Bar::new(global) }))
    }

    /// Says what there is to say of an answer that came without a scan.
    pub fn say_of(&self, asked: &Asked, is_empty: bool, global: &Global) -> Result<()> {
        say_problems_of(&asked.problems, asked.documents, global)?;
        if is_empty && !global.quiet {
            say!("tifa: {}", if asked.hits == 0 { NO_HITS } else { NOTHING });
        }
        Ok(())
    }
}
