//! Charts.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tifa::analysis::{Comparison, Dimension};
use tifa::chart::{Drawing, Font, Style, is_png, to_png};
use tifa::error::{Error, Result};
use tifa::report::{ChartOptions, Kind, NamedComparison, Settings, chart};
use tifa::table::write_whole;

use crate::errors::raised;
use crate::scan::Scan;

/// A drawn chart.
#[pyclass(frozen, module = "tifa._tifa")]
pub(crate) struct Chart {
    drawing: Drawing,
}

#[pymethods]
impl Chart {
    /// Draws one chart of a scan.
    #[new]
    #[allow(clippy::too_many_arguments, reason = "called by name from Python alone")]
    fn new(
        py: Python<'_>,
        scan: &Scan,
        kind: &str,
        period: Option<&str>,
        top: usize,
        each: &str,
        within: &str,
        a: Option<&str>,
        b: Option<&str>,
        look: (String, i32, i32, String),
        filter: &str,
    ) -> PyResult<Chart> {
        let draw = || -> Result<Drawing> {
            let kind: Kind = kind.parse()?;
            let comparison = a.map(|a| Ok::<_, Error>(Comparison::of(a.parse()?, b.map(str::parse).transpose()?))).transpose()?;
            let (theme, width, height, ui) = &look;
            if !(Style::NARROWEST..=Style::WIDEST).contains(width) || !(120..=2000).contains(height) {
                let message = format!("a chart is {} to {} pixels wide, and each plot 120 to 2000 high", Style::NARROWEST, Style::WIDEST);
                return Err(Error::Usage(message));
            }
            if !(1..=40).contains(&top) {
                return Err(Error::Usage(format!("top {top}: from 1 to 40")));
            }
            let settings = Settings {
                ui: ui.parse()?,
                period: period.map(Dimension::period).transpose()?,
                top,
                filter: Scan::filter(filter)?,
                comparisons: comparison.into_iter().map(|comparison| NamedComparison { name: "groups".into(), comparison }).collect(),
                each: Dimension::of_text(each)?,
                ..Settings::default()
            };
            let within = ["document", "paragraph", "sentence"].into_iter().find(|w| *w == within);
            let within = within.ok_or_else(|| Error::Usage("within: not one of document, paragraph, sentence".into()))?;
            let style = Style { width: *width, plot: *height, theme: theme.parse()?, font: Font::default() };
            chart(kind, &scan.scan, &scan.lexicons, &settings, ChartOptions { apart: None, within }, style)
        };
        Ok(Chart { drawing: py.detach(draw).map_err(raised)? })
    }

    /// The chart as SVG.
    #[getter]
    fn svg(&self) -> &str {
        &self.drawing.svg
    }

    /// Whether there was nothing to draw.
    #[getter]
    fn is_empty(&self) -> bool {
        self.drawing.is_empty
    }

    /// The chart as a PNG of twice its width.
    fn png<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| to_png(&self.drawing.svg, &Font::default())).map_err(raised)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Writes the chart, as .svg or .png.
    fn write(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let write = || match is_png(&path)? {
            true => write_whole(&path, &to_png(&self.drawing.svg, &Font::default())?),
            false => write_whole(&path, self.drawing.svg.as_bytes()),
        };
        py.detach(write).map_err(raised)
    }
}
