//! A thread that looks for words among all incidents, with a connection of its own: on a large desk a common word takes a
//! while. Nothing else that the console asks for waits for it, and it stops as soon as something else is looked for.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::clock::Clock;
use super::msg::Msg;
use super::request::{Answer, QueueWanted};
use super::start::Start;
use super::worker::queue;
use crate::store::{Access, Desk};

/// The worker's side of the thread; it ends when this is dropped.
pub(super) struct Searcher {
    ask: Sender<(QueueWanted, Arc<AtomicBool>)>,
    /// What stops what is looked for now.
    now: Option<Arc<AtomicBool>>,
}

impl Searcher {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system grants no thread.
    pub(super) fn spawn(start: &Start, to: Sender<Msg>) -> std::io::Result<Self> {
        let (ask, asked) = channel();
        let (path, clock) = (start.desk.clone(), start.clock);
        thread::Builder::new()
            .name("search".into())
            .spawn(move || run(&path, clock, &asked, &to))?;
        Ok(Self { ask, now: None })
    }

    /// Looks for something, instead of what is looked for now. False where the thread has ended.
    pub(super) fn ask(&mut self, wanted: QueueWanted) -> bool {
        self.stop();
        let stop = Arc::new(AtomicBool::new(false));
        self.now = Some(Arc::clone(&stop));
        self.ask.send((wanted, stop)).is_ok()
    }

    /// Stops looking.
    pub(super) fn stop(&mut self) {
        if let Some(stop) = self.now.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Searcher {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(
    path: &Path,
    clock: Clock,
    asked: &Receiver<(QueueWanted, Arc<AtomicBool>)>,
    to: &Sender<Msg>,
) {
    while let Ok((wanted, stop)) = asked.recv() {
        let stopped = Arc::clone(&stop);
        let found = Desk::open(path, Access::Read).and_then(|mut desk| {
            desk.hold_little()?;
            desk.stop_when(move || stopped.load(Ordering::Relaxed))?;
            queue(&desk, wanted, clock.now())
        });
        // Whatever came of it, something else is looked for by now.
        if stop.load(Ordering::Relaxed) {
            continue;
        }
        let answer = found.unwrap_or_else(|error| Answer::Failed(error.to_string()));
        if to.send(answer.into()).is_err() {
            return;
        }
    }
}
