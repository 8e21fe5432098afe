//! Who wants to know how far a scan is.

/// Is told how far a scan is, from several threads at once. `()` does not listen.
pub trait Progress: Sync {
    /// There are so many files to read.
    fn begin(&self, _files: usize) {}
    /// So many documents more have been read.
    fn found(&self, _documents: usize) {}
    /// A file has been read to its end.
    fn read(&self) {}
    /// A document has been attributed and searched.
    fn searched(&self) {}
    /// All files are done.
    fn end(&self) {}
}

impl Progress for () {}
