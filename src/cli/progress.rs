//! A progress bar on standard error, for what takes a while.

use indicatif::{ProgressBar, ProgressStyle};

/// How many steps lie between two looks at the bar.
const STRIDE: u64 = 64;

/// A bar that shows itself on a terminal alone, and goes away when it is done.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `what` is counted.
    pub(super) fn new(what: &str) -> Self {
        let bar = ProgressBar::new(0);
        let style = format!("{{bar:32}} {{human_pos}} of {{human_len}} {what}, {{eta}} left");
        // The bar's own style serves where this one does not.
        if let Ok(style) = ProgressStyle::with_template(&style) {
            bar.set_style(style);
        }
        Self { bar }
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
