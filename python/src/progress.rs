//! Long work beside the interpreter: the lock is let go, and the thread that asked is told how far it is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyo3::prelude::*;
use tifa::scan::Progress;

/// So often is said how far it is.
const TICK: Duration = Duration::from_millis(100);

/// How many documents there are, and how many are done.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    found: AtomicUsize,
    searched: AtomicUsize,
}

impl Progress for Counters {
    fn found(&self, documents: usize) {
        self.found.fetch_add(documents, Ordering::Relaxed);
    }

    fn searched(&self) {
        self.searched.fetch_add(1, Ordering::Relaxed);
    }
}

/// What `work` yields, done without the interpreter's lock; `told(done, known)` is called now and then, and at the end. An exception of
/// `told`, or an interrupt, is raised when the work is done: it cannot be broken off.
pub(crate) fn watched<T: Send>(py: Python<'_>, told: Option<&Bound<'_, PyAny>>, work: impl FnOnce(&Counters) -> T + Send) -> PyResult<T> {
    let counters = Counters::default();
    let Some(told) = told else {
        return Ok(py.detach(|| work(&counters)));
    };
    let tell = || {
        let (done, known) = (counters.searched.load(Ordering::Relaxed), counters.found.load(Ordering::Relaxed));
        py.check_signals().and_then(|()| told.call1((done, known)).map(drop))
    };
    let mut said = Ok(());
    let done = std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        let counters = &counters;
        scope.spawn(move || sender.send(work(counters)));
        let mut receiver = receiver;
        loop {
            let (back, waited) = py.detach(move || {
                let waited = receiver.recv_timeout(TICK);
                (receiver, waited)
            });
            receiver = back;
            match waited {
                Ok(done) => break Some(done),
                Err(RecvTimeoutError::Timeout) if said.is_ok() => said = tell(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break None,
            }
        }
    });
    said?;
    tell()?;
    done.ok_or_else(|| pyo3::exceptions::PyRuntimeError::new_err("the work ended without a result"))
}
