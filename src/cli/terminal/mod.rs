//! Tables as a person reads them. Each view is a pure function from a table and a [`Screen`] to text; `output` decides when they are
//! shown. Colours are escape codes, which `anstream` takes out where they are not wanted.

mod bar;
mod candidates;
mod compare;
mod fit;
mod grid;
mod kwic;
mod number;
mod renderings;
mod rows;
mod screen;
mod sparkline;
mod trend;

pub(super) use candidates::candidates;
pub(super) use compare::{Names, comparison, distances, profiles};
pub(super) use fit::fitted;
pub(super) use grid::printable;
pub(super) use kwic::lines;
pub(super) use renderings::renderings;
pub(super) use screen::Screen;
pub(super) use trend::{changes, series, summary};

use anstyle::{AnsiColor, Style};

/// What stands out.
pub(super) const STRONG: Style = Style::new().bold();
/// What stands back: names of columns, places, hints.
pub(super) const FAINT: Style = Style::new().dimmed();
/// A formula in its text, as `grep` marks what it finds: legible on dark and on light ground.
pub(super) const MARK: Style = AnsiColor::Red.on_default().bold();

#[cfg(test)]
mod tests;
