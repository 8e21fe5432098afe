//! Charts: tables drawn with plotters as SVG, and the SVG made into PNG.
//!
//! There is one drawing path: a PNG is the SVG rasterised with the embedded font, so that it can be read on a machine without
//! fonts. An SVG keeps its text as text and names a list of fonts to fall back on.

mod canvas;
mod heatmap;
mod raster;
mod trend;

pub use canvas::thousands;
pub use heatmap::{Block, Heatmap, Row, heatmap};
pub use raster::to_png;
pub use trend::{Panel, Series, Trend, trend};
