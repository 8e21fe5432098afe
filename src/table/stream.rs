//! Tables that may be too long to be held: written and read in groups of rows.
//!
//! A group has the same number of rows whatever came in which portions, so that the bytes depend on the rows alone.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::*;
use polars_io::SerReader;
use polars_io::parquet::write::BatchedWriter;
use polars_io::prelude::{ParquetReader, ParquetWriter};

use super::format::csv_rows;
use super::{ColumnSpec, Format, Kind, create, date_column, schema_of, text_column};
use crate::error::{Error, Result};

/// How many rows are written together.
const GROUP: usize = 1 << 14;

/// Writes a table as its rows come.
pub struct TableWriter {
    files: Vec<TableFile>,
    /// Rows that do not make a group yet.
    waiting: DataFrame,
    rows: usize,
}

enum TableFile {
    Csv { path: PathBuf, file: File },
    Parquet { path: PathBuf, writer: Box<BatchedWriter<Remembering>>, failed: Failed },
}

impl TableWriter {
    /// Creates `name.parquet`, `name.csv` or both in `folder`.
    ///
    /// # Errors
    /// What the file system says.
    pub fn create(folder: &Path, name: &str, specs: &[ColumnSpec], formats: &[Format]) -> Result<TableWriter> {
        let waiting = DataFrame::empty_with_schema(&schema_of(specs));
        let mut files = Vec::new();
        for format in formats {
            let path = folder.join(format!("{name}.{}", format.ending()));
            let file = create(&path)?;
            files.push(match format {
                Format::Parquet => {
                    let failed = Failed::default();
                    let writer = ParquetWriter::new(Remembering { file, failed: Arc::clone(&failed) }).batched(waiting.schema());
                    TableFile::Parquet { writer: Box::new(writer.map_err(|e| reason(&path, &failed, e))?), path, failed }
                }
                _ => TableFile::Csv { path, file },
            });
        }
        let mut writer = TableWriter { files, waiting, rows: 0 };
        let empty = writer.waiting.clone();
        writer.put(&empty, true)?;
        Ok(writer)
    }

    /// Adds rows; their columns are those of the table.
    ///
    /// # Errors
    /// What the file system says; other columns.
    pub fn write(&mut self, rows: &DataFrame) -> Result<()> {
        self.rows += rows.height();
        self.waiting.vstack_mut(rows)?;
        while self.waiting.height() >= GROUP {
            let group = self.waiting.slice(0, GROUP);
            self.waiting = self.waiting.slice(GROUP as i64, usize::MAX);
            self.put(&group, false)?;
        }
        Ok(())
    }

    /// Writes what is left and ends the files. Returns how many rows there are.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(mut self) -> Result<usize> {
        let rest = std::mem::take(&mut self.waiting);
        if rest.height() > 0 {
            self.put(&rest, false)?;
        }
        for file in &self.files {
            if let TableFile::Parquet { path, writer, failed } = file {
                writer.finish().map_err(|e| reason(path, failed, e))?;
            }
        }
        Ok(self.rows)
    }

    fn put(&mut self, rows: &DataFrame, head: bool) -> Result<()> {
        let mut rows = rows.clone();
        rows.rechunk_mut();
        for file in &mut self.files {
            match file {
                TableFile::Csv { path, file } => file.write_all(&csv_rows(&rows, head)?).map_err(|e| Error::io(path.as_path(), e))?,
                TableFile::Parquet { path, writer, failed } => writer.write_batch(&rows).map_err(|e| reason(path, failed, e))?,
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for TableWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableWriter").field("rows", &self.rows).finish_non_exhaustive()
    }
}

/// What the file system has said: polars tells only that something went wrong.
type Failed = Arc<Mutex<Option<io::Error>>>;

/// A file that remembers what the file system said.
struct Remembering {
    file: File,
    failed: Failed,
}

impl Write for Remembering {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).inspect_err(|e| {
            let copy = e.raw_os_error().map_or_else(|| io::Error::from(e.kind()), io::Error::from_raw_os_error);
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(copy);
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn reason(path: &Path, failed: &Failed, error: PolarsError) -> Error {
    match failed.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(e) => Error::io(path, e),
        None => error.into(),
    }
}

/// Reads a table from its first row to its last.
pub struct TableReader {
    path: PathBuf,
    source: Source,
    columns: Vec<ColumnSpec>,
    /// Rows read and not taken yet.
    read: DataFrame,
}

enum Source {
    Parquet { file: File, next: usize, rows: usize },
    Csv { records: csv::StringRecordsIntoIter<File>, columns: Vec<usize> },
}

impl TableReader {
    /// Opens `name.parquet`, else `name.csv`, in `folder`.
    ///
    /// # Errors
    /// There is no such file, or a column is missing.
    pub fn open(folder: &Path, name: &str, columns: &[ColumnSpec]) -> Result<TableReader> {
        let path = [format!("{name}.parquet"), format!("{name}.csv")].map(|n| folder.join(n)).into_iter().find(|p| p.is_file());
        let path = path.unwrap_or_else(|| folder.join(format!("{name}.parquet")));
        let file = File::open(&path).map_err(|e| Error::io(&path, e))?;
        let missing = |column: &str| Error::Usage(format!("{}: there is no column `{column}`; scan the corpus again", path.display()));
        let source = if path.extension().is_some_and(|e| e == "parquet") {
            let mut reader = ParquetReader::new(file.try_clone().map_err(|e| Error::io(&path, e))?);
            let schema = reader.schema()?;
            if let Some(column) = columns.iter().find(|c| !schema.contains(c.name)) {
                return Err(missing(column.name));
            }
            Source::Parquet { rows: reader.num_rows()?, file, next: 0 }
        } else {
            let mut reader = csv::ReaderBuilder::new().from_reader(file);
            let head = reader.headers().map_err(|e| bad_csv(&path, &e))?.clone();
            let places: HashMap<&str, usize> = head.iter().enumerate().map(|(i, name)| (name, i)).collect();
            let columns = columns.iter().map(|c| places.get(c.name).copied().ok_or_else(|| missing(c.name))).collect::<Result<_>>()?;
            Source::Csv { records: reader.into_records(), columns }
        };
        let read = DataFrame::empty_with_schema(&schema_of(columns));
        Ok(TableReader { path, source, columns: columns.to_vec(), read })
    }

    /// The next `n` rows.
    ///
    /// # Errors
    /// There are fewer; a file that cannot be read.
    pub fn take(&mut self, n: usize) -> Result<DataFrame> {
        let mut taken = DataFrame::empty_with_schema(self.read.schema());
        while taken.height() < n {
            self.fill()?;
            let more = (n - taken.height()).min(self.read.height());
            taken.vstack_mut(&self.read.slice(0, more))?;
            self.read = self.read.slice(more as i64, usize::MAX);
        }
        Ok(taken)
    }

    /// Passes over `n` rows.
    ///
    /// # Errors
    /// As [`TableReader::take`].
    pub fn skip(&mut self, mut n: usize) -> Result<()> {
        while n > 0 {
            if let (0, Source::Parquet { next, rows, .. }) = (self.read.height(), &mut self.source)
                && *next + n <= *rows
            {
                *next += n;
                return Ok(());
            }
            self.fill()?;
            let passed = n.min(self.read.height());
            self.read = self.read.slice(passed as i64, usize::MAX);
            n -= passed;
        }
        Ok(())
    }

    /// The next group of rows, less what has been taken of it; none at the end.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn group(&mut self) -> Result<Option<DataFrame>> {
        if self.read.height() == 0 {
            self.load()?;
        }
        let group = std::mem::replace(&mut self.read, DataFrame::empty_with_schema(&schema_of(&self.columns)));
        Ok((group.height() > 0).then_some(group))
    }

    /// Sees to it that there are rows to take.
    fn fill(&mut self) -> Result<()> {
        if self.read.height() == 0 {
            self.load()?;
        }
        if self.read.height() > 0 {
            return Ok(());
        }
        Err(Error::Usage(format!("{}: has fewer rows than were written; scan the corpus again, with --fresh", self.path.display())))
    }

    fn load(&mut self) -> Result<()> {
        match &mut self.source {
            Source::Parquet { file, next, rows } => {
                // Up to the end of the group, so that none is read twice.
                let n = (GROUP - *next % GROUP).min(*rows - *next);
                if n == 0 {
                    return Ok(());
                }
                let file = file.try_clone().map_err(|e| Error::io(&self.path, e))?;
                let names = self.columns.iter().map(|c| c.name.to_owned()).collect();
                let read = ParquetReader::new(file).with_slice(Some((*next, n))).with_columns(Some(names)).finish()?;
                *next += n;
                self.read = read.select(self.columns.iter().map(|c| c.name))?;
            }
            Source::Csv { records, columns } => {
                let rows: Vec<csv::StringRecord> = records.take(GROUP).collect::<Result<_, _>>().map_err(|e| bad_csv(&self.path, &e))?;
                let cells = |i: usize| rows.iter().map(move |r| r.get(i).unwrap_or(""));
                let made = self.columns.iter().zip(columns.iter()).map(|(spec, &i)| match spec.kind {
                    Kind::Text => text_column(spec.name, cells(i)),
                    Kind::Date => date_column(spec.name, cells(i).map(|c| c.parse().ok())),
                    Kind::Number => Column::new(spec.name.into(), cells(i).map(|c| c.parse().ok()).collect::<Vec<Option<i64>>>()),
                    Kind::Real => Column::new(spec.name.into(), cells(i).map(|c| c.parse().ok()).collect::<Vec<Option<f64>>>()),
                });
                self.read = DataFrame::new(rows.len(), made.collect())?;
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for TableReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableReader").field("path", &self.path).finish_non_exhaustive()
    }
}

fn bad_csv(path: &Path, error: &csv::Error) -> Error {
    Error::Usage(format!("{}: {error}; scan the corpus again", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::number_column;

    const COLUMNS: &[ColumnSpec] = &[
        ColumnSpec { name: "t", kind: Kind::Text, meaning: "" },
        ColumnSpec { name: "n", kind: Kind::Number, meaning: "" },
        ColumnSpec { name: "d", kind: Kind::Date, meaning: "" },
    ];

    fn rows(numbers: std::ops::Range<usize>) -> DataFrame {
        let texts: Vec<String> = numbers.clone().map(|i| if i % 7 == 0 { String::new() } else { format!("row, \"{i}\"\n") }).collect();
        let day = |i: usize| (!i.is_multiple_of(3)).then(|| chrono::NaiveDate::default() + chrono::Days::new(i as u64 % 9000));
        DataFrame::new(
            numbers.len(),
            vec![text_column("t", texts.iter().map(String::as_str)), number_column("n", numbers.clone()), date_column("d", numbers.map(day))],
        )
        .unwrap()
    }

    fn write(folder: &Path, name: &str, portions: &[usize]) {
        let mut writer = TableWriter::create(folder, name, COLUMNS, &[Format::Parquet, Format::Csv]).unwrap();
        let mut at = 0;
        for n in portions {
            writer.write(&rows(at..at + n)).unwrap();
            at += n;
        }
        assert_eq!(writer.finish().unwrap(), at);
    }

    #[test]
    fn the_bytes_do_not_depend_on_the_portions_and_all_rows_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let n = 2 * GROUP + 10;
        write(dir.path(), "a", &[n]);
        write(dir.path(), "b", &[1, 0, GROUP - 2, 5, GROUP, 6]);
        let bytes = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
        assert!(bytes("a.csv") == bytes("b.csv") && bytes("a.parquet") == bytes("b.parquet"));
        std::fs::remove_file(dir.path().join("b.parquet")).unwrap();
        for name in ["a", "b"] {
            let mut reader = TableReader::open(dir.path(), name, COLUMNS).unwrap();
            assert!(reader.take(3).unwrap().equals_missing(&rows(0..3)), "{name}");
            reader.skip(GROUP).unwrap();
            assert!(reader.take(GROUP).unwrap().equals_missing(&rows(GROUP + 3..2 * GROUP + 3)), "{name}");
            assert!(reader.group().unwrap().unwrap().equals_missing(&rows(2 * GROUP + 3..n)) && reader.group().unwrap().is_none(), "{name}");
            assert!(reader.take(1).unwrap_err().to_string().contains("fewer rows"), "{name}");
        }
    }

    #[test]
    fn a_table_without_rows_has_its_columns() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "a", &[]);
        assert_eq!(std::fs::read_to_string(dir.path().join("a.csv")).unwrap(), "t,n,d\n");
        assert_eq!(crate::table::read(dir.path(), "a", COLUMNS).unwrap().shape(), (0, 3));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said_with_the_file() {
        let dir = tempfile::tempdir().unwrap();
        for format in [Format::Csv, Format::Parquet] {
            let path = dir.path().join(format!("full.{}", format.ending()));
            std::os::unix::fs::symlink("/dev/full", &path).unwrap();
            let made = TableWriter::create(dir.path(), "full", COLUMNS, &[format]).and_then(|mut w| w.write(&rows(0..GROUP)).map(|()| w));
            let message = made.and_then(TableWriter::finish).unwrap_err().to_string();
            assert!(message.starts_with(&path.display().to_string()) && message.contains("make room"), "{message}");
        }
    }
}
