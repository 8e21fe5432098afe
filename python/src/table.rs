//! Tables, as Arrow and for people to see.

use std::path::PathBuf;

use polars::prelude::{CompatLevel, DataFrame, SchemaExt};
use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use tifa::error::Result;
use tifa::table::{ColumnSpec, Format, Kind, TABLES, is_right_aligned, shown, to_bytes, write_whole};

use crate::errors::raised;

/// A table of the library.
#[pyclass(frozen, module = "tifa._tifa")]
pub(crate) struct Table {
    pub frame: DataFrame,
}

impl From<DataFrame> for Table {
    fn from(mut frame: DataFrame) -> Table {
        // One chunk a column, as the stream hands out.
        frame.rechunk_mut();
        Table { frame }
    }
}

#[pymethods]
impl Table {
    /// The table as an Arrow stream (`arrow_array_stream`), which shares its memory. Of another schema that is asked for nothing is
    /// made, as the protocol allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let fields: Vec<Field> = self.frame.schema().to_arrow(CompatLevel::newest()).iter_values().cloned().collect();
        let dtype = ArrowDataType::Struct(fields);
        let of = dtype.clone();
        let frame = self.frame.clone();
        let batches: Vec<Box<dyn Array>> =
            frame.iter_chunks(CompatLevel::newest(), false).map(|batch| StructArray::new(of.clone(), batch.len(), batch.into_arrays(), None).boxed()).collect();
        let stream = ffi::export_iterator(Box::new(batches.into_iter().map(Ok)), Field::new("".into(), dtype, false));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.frame.height()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.frame.get_column_names().into_iter().map(ToString::to_string).collect()
    }

    /// The first rows as people read them: for each column its name, whether it stands at the right, and its cells.
    fn shown(&self, rows: usize) -> PyResult<Vec<(String, bool, Vec<String>)>> {
        let head = self.frame.head(Some(rows));
        let column = |c: &polars::prelude::Column| Ok((c.name().to_string(), is_right_aligned(c), shown(c)?));
        head.columns().iter().map(column).collect::<Result<_>>().map_err(raised)
    }

    /// The bytes of the table as a file of this ending.
    fn bytes<'py>(&self, py: Python<'py>, ending: &str) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| to_bytes(&self.frame, Format::of_ending(ending)?)).map_err(raised)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Writes the table; the ending of the file says how. Written whole or not at all.
    fn write(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        py.detach(|| write_whole(&path, &to_bytes(&self.frame, Format::of_ending(&ending)?)?)).map_err(raised)
    }
}

/// A column: name, kind and meaning.
type Described = (&'static str, &'static str, &'static str);

/// For each table of a scan its columns: name, kind (text, day, number, decimal) and meaning.
#[pyfunction]
pub(crate) fn columns() -> Vec<(&'static str, Vec<Described>)> {
    let of = |spec: &ColumnSpec| (spec.name, Kind::name(spec.kind), spec.meaning);
    TABLES.iter().map(|(name, specs)| (*name, specs.iter().map(of).collect())).collect()
}
