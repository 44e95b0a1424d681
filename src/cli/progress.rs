//! A progress bar on standard error, for what takes a while.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// How many steps lie between two looks at the bar.
const STRIDE: u64 = 64;

/// A bar that shows itself on a terminal alone, and goes away when it is done.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `what` is counted.
    pub(super) fn new(what: &str) -> Self {
        let bar = ProgressBar::new(0).with_message(what.to_owned());
        let style = "{bar:32} {human_pos} of {human_len} {msg}, {eta} left";
        // The bar's own style serves where this one does not.
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Shows that of something else than before `done` of `of` are done.
    pub(super) fn show_of(&self, what: &str, done: u64, of: u64) {
        if self.bar.message() != what {
            self.bar.reset();
            self.bar.set_message(what.to_owned());
        }
        self.show(done, of);
    }

    /// Shows that `done` of `of` are done.
    pub(super) fn show(&self, done: u64, of: u64) {
        if done.is_multiple_of(STRIDE) || done == of {
            self.bar.set_length(of);
            self.bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What a signal to end sets, so that what is half made is cleared away first.
pub(super) fn stopped_by_a_signal() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // Where this cannot be had, what is half made stays there as a draft.
        let _ = signal_hook::flag::register(signal, Arc::clone(&stopped));
    }
    stopped
}
