//! Charts: plain data drawn with plotters as SVG, and the SVG made into PNG.
//!
//! There is one drawing path: a PNG is the SVG rasterised with the embedded font, so that it can be read on a machine without
//! fonts. An SVG keeps its text as text and names a list of fonts to fall back on. No chart knows what its words mean: all of
//! them, in whatever language, come with the data.

mod axis;
mod bars;
mod canvas;
mod font;
mod heatmap;
mod intervals;
mod lanes;
#[cfg(test)]
mod looks;
mod plot;
mod raster;
mod stack;
mod style;
mod timeline;
mod trend;
mod xray;

pub use axis::thousands;
pub use bars::{Bar, BarBlock, BarPanel, Bars, bars};
pub use canvas::{Caption, Drawing, Link, Mark};
pub use font::Font;
pub use heatmap::{Block, Cell, Heatmap, Row, heatmap};
pub use intervals::{IntervalBlock, IntervalRow, Intervals, intervals};
pub use raster::{TextBox, is_png, text_boxes, to_png};
pub use stack::{Layer, Stack, StackPanel, stack};
pub use style::{Style, Theme, light_and_dark};
pub use timeline::{Origin, Timeline, TimelineGroup, TimelineRow, timeline};
pub use trend::{Panel, Point, Series, Trend, trend};
pub use xray::{Lane, Tick, Xray, XrayBlock, xray};
