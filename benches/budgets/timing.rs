//! Measuring how long something takes.

use std::time::{Duration, Instant};

/// Times, the shortest first.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time within which so many of a hundred lie, in milliseconds.
    pub(crate) fn within(&self, percent: usize) -> f64 {
        let place = (self.0.len() * percent / 100).min(self.0.len() - 1);
        self.0[place].as_secs_f64() * 1e3
    }
}

/// Does something again and again, after some times that do not count.
pub(crate) fn repeat(times: usize, mut work: impl FnMut(usize)) -> Times {
    (0..times.div_ceil(10)).for_each(&mut work);
    let time = |turn| {
        let since = Instant::now();
        work(turn);
        since.elapsed()
    };
    Times::new((0..times).map(time).collect())
}

/// Seconds that something takes once.
pub(crate) fn once<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let since = Instant::now();
    let done = work();
    (done, since.elapsed().as_secs_f64())
}
