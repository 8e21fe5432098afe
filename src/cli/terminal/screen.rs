//! How large the reader's window is.

use std::io::IsTerminal;

/// The columns and lines there are, as far as that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Screen {
    /// Of a terminal, or as COLUMNS says.
    pub width: Option<usize>,
    /// Of a terminal.
    pub height: Option<usize>,
}

/// Where the width is not known, views are as wide as this.
const USUAL_WIDTH: usize = 100;
/// Narrower than this, nothing can be aligned.
const LEAST_WIDTH: usize = 40;
/// The lines of a terminal that does not say how many it has.
const USUAL_HEIGHT: usize = 40;
/// However few there are, so many rows are shown.
const LEAST_ROWS: usize = 8;

impl Screen {
    /// That of standard output. Where that is no terminal, only COLUMNS makes it narrow.
    pub fn of_stdout() -> Screen {
        let out = std::io::stdout();
        let size = terminal_size::terminal_size_of(&out);
        let height = size.map(|(_, height)| usize::from(height.0));
        Screen {
            width: columns_wanted().or(size.map(|(width, _)| usize::from(width.0))).or(out.is_terminal().then_some(USUAL_WIDTH)),
            height: height.or(out.is_terminal().then_some(USUAL_HEIGHT)),
        }
    }

    /// The width of views.
    pub fn columns(&self) -> usize {
        self.width.unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH)
    }

    /// How many of `count` rows are shown where `others` lines stand above and below them.
    pub fn rows(&self, count: usize, others: usize) -> usize {
        self.height.map_or(count, |height| height.saturating_sub(others).max(LEAST_ROWS)).min(count)
    }
}

#[allow(clippy::disallowed_methods, reason = "how wide a table is drawn is no part of the result")]
fn columns_wanted() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|n| *n > 0)
}
