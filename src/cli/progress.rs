//! How far a scan is, as a bar on standard error: only on a terminal, only if it takes long, and gone at the end.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Global;
use crate::scan::Progress;

/// What is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is drawn.
const EVERY: Duration = Duration::from_millis(200);

/// What has been done so far.
#[derive(Default)]
struct Done {
    files: AtomicU64,
    files_read: AtomicU64,
    found: AtomicU64,
    searched: AtomicU64,
}

/// Counts, and has a thread that draws; without a terminal it does nothing. Dropped, it takes its bar away.
pub(super) struct Bar {
    done: Arc<Done>,
    drawing: Mutex<Option<(Sender<()>, JoinHandle<()>)>>,
}

impl Bar {
    pub fn new(global: &Global) -> Bar {
        let done = Arc::new(Done::default());
        let drawing = (!global.quiet && std::io::stderr().is_terminal()).then(|| {
            let (stop, stopped) = channel::<()>();
            let counts = Arc::clone(&done);
            let thread = std::thread::spawn(move || {
                // An end that comes before is no timeout.
                if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                let bar = ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::stderr());
                if let Ok(style) = ProgressStyle::with_template(" {bar:30} {msg}") {
                    bar.set_style(style.progress_chars("█▌░"));
                }
                loop {
                    draw(&bar, &counts);
                    if stopped.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                        return bar.finish_and_clear();
                    }
                }
            });
            (stop, thread)
        });
        Bar { done, drawing: Mutex::new(drawing) }
    }

    /// Waits for the bar to be gone.
    fn stop(&self) {
        let drawing = self.drawing.lock().ok().and_then(|mut drawing| drawing.take());
        if let Some((stop, thread)) = drawing {
            drop(stop);
            let _ = thread.join();
        }
    }
}

fn draw(bar: &ProgressBar, done: &Done) {
    let get = |n: &AtomicU64| n.load(Ordering::Relaxed);
    // Of a finished scan nothing is read.
    if get(&done.files) == 0 {
        return;
    }
    let (files, read, found, searched) = (get(&done.files), get(&done.files_read), get(&done.found), get(&done.searched));
    // A file that has not been read is taken for one document.
    bar.set_length((files.saturating_sub(read) + found).max(1));
    bar.set_position(searched);
    bar.set_message(format!("{read} of {files} {}, {searched} documents", if files == 1 { "file" } else { "files" }));
    bar.tick();
}

impl Progress for Bar {
    fn begin(&self, files: usize) {
        self.done.files.store(files as u64, Ordering::Relaxed);
    }

    fn found(&self, documents: usize) {
        self.done.found.fetch_add(documents as u64, Ordering::Relaxed);
    }

    fn read(&self) {
        self.done.files_read.fetch_add(1, Ordering::Relaxed);
    }

    fn searched(&self) {
        self.done.searched.fetch_add(1, Ordering::Relaxed);
    }

    fn end(&self) {
        self.stop();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.stop();
    }
}
