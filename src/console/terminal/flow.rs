//! What was sent and not shown yet. A line may take two thousand bytes a second and pass each on after a fifth of one; what
//! lies between holds whatever it is given, so that a key that is held down would be followed by a minute of frames. So
//! the terminal is asked now and then to say how far it is, and no frame is begun while too much is under way. Nobody
//! waits for a terminal that has never answered.

use std::time::{Duration, Instant};

/// The question for an answer (`ESC [ 0 n`) that follows everything that was sent before it. Every terminal since the
/// VT100 knows it; no key sends the like of its answer.
pub(super) const ASK: &[u8] = b"\x1b[5n";

/// What is known of a line, or assumed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pace {
    /// So many bytes a second it takes.
    rate: u128,
    /// From so many bytes on that may not be shown yet the terminal is asked.
    asked_from: usize,
    /// With more bytes under way no frame is begun.
    most: usize,
}

/// The slowest line: what is under way takes it a second.
const SLOW: Pace = Pace {
    rate: 1_000,
    asked_from: 1_024,
    most: 2_048,
};
/// A line that was fast the last time may have become slow: so it is asked all the same, but not with every key.
const FAST: Pace = Pace {
    rate: 4_000,
    asked_from: 4_096,
    most: 6_144,
};
/// A line is fast that has shown a kibibyte in less.
const FAST_WITHIN: Duration = Duration::from_millis(50);
/// An answer that has not come after so long is not waited for.
const LOST: Duration = Duration::from_secs(5);

/// What is under way to the terminal.
#[derive(Debug)]
pub(super) struct Flow {
    /// Bytes that were sent and may not be shown yet.
    under_way: usize,
    /// As of when.
    since: Instant,
    /// When it was asked, and how many bytes came before the question; nothing where it has answered.
    asked: Option<(Instant, usize)>,
    pace: Pace,
    /// Whether it has ever been asked, and whether it answers.
    known: bool,
    answers: bool,
}

impl Flow {
    /// Nothing is under way at `now`.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            under_way: 0,
            since: now,
            asked: None,
            pace: SLOW,
            known: false,
            answers: false,
        }
    }

    /// Takes in that so many bytes are sent at `now`. True when the terminal is to be asked behind them.
    pub(super) fn sends(&mut self, bytes: usize, now: Instant) -> bool {
        if self.asked.is_none() {
            let passed = now.saturating_duration_since(self.since).as_millis();
            let shown = usize::try_from(passed * self.pace.rate / 1_000).unwrap_or(usize::MAX);
            self.under_way = self.under_way.saturating_sub(shown);
            self.since = now;
        }
        self.under_way += bytes;
        let asks = self.asked.is_none() && (self.under_way > self.pace.asked_from || !self.known);
        if asks {
            self.under_way += ASK.len();
            self.asked = Some((now, self.under_way));
            self.known = true;
        }
        asks
    }

    /// The terminal has answered at `now`.
    pub(super) fn shown(&mut self, now: Instant) {
        self.answers = true;
        if let Some((at, bytes)) = self.asked.take() {
            let took = now.saturating_duration_since(at);
            self.pace = match took < FAST_WITHIN && bytes >= SLOW.asked_from {
                true => FAST,
                false => SLOW,
            };
            self.under_way = self.under_way.saturating_sub(bytes);
            self.since = now;
        }
    }

    /// How long no frame is begun from `now` on, unless an answer comes before; nothing where one may be begun.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let (asked, _) = self.asked?;
        let left = LOST.saturating_sub(now.saturating_duration_since(asked));
        (self.answers && self.under_way > self.pace.most && !left.is_zero()).then_some(left)
    }

    /// Somebody else had the terminal: nothing is under way.
    pub(super) fn begin_anew(&mut self, now: Instant) {
        *self = Self {
            known: self.known,
            answers: self.answers,
            ..Self::new(now)
        };
    }

    /// Gives up an answer that has not come for long: the terminal may be another one by now.
    pub(super) fn give_up(&mut self, now: Instant) {
        let lost = |(asked, _): (Instant, usize)| now.saturating_duration_since(asked) >= LOST;
        if self.answers && self.asked.is_some_and(lost) {
            *self = Self {
                known: true,
                ..Self::new(now)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that shows `rate` bytes a second, each `delay` after it was sent, and answers as late again.
    struct Line {
        rate: f64,
        delay: Duration,
        free: Instant,
        /// When answers come back.
        answers: Vec<Instant>,
    }

    impl Line {
        fn takes(&mut self, bytes: usize, asked: bool, now: Instant) {
            let took = Duration::from_secs_f64(bytes as f64 / self.rate);
            self.free = self.free.max(now) + took;
            if asked {
                self.answers.push(self.free + 2 * self.delay);
            }
        }
    }

    /// A key is held down for three seconds, each wants a frame of so many bytes. Gives how many frames were begun, and for
    /// how long the line goes on after it.
    fn held(rate: f64, delay: Duration, bytes: usize, answers: bool) -> (usize, Duration) {
        let start = Instant::now();
        let mut flow = Flow::new(start);
        let mut line = Line {
            rate,
            delay,
            free: start,
            answers: Vec::new(),
        };
        flow.sends(2_000, start);
        if answers {
            // It did so when the console was opened.
            flow.shown(start + Duration::from_secs(1));
        }
        let (mut frames, mut wanted) = (0, false);
        let mut now = start;
        for ms in 0..3_000 {
            now = start + Duration::from_millis(ms);
            while line.answers.first().is_some_and(|at| *at <= now) {
                line.answers.remove(0);
                if answers {
                    flow.shown(now);
                }
            }
            wanted |= ms % 33 == 0;
            flow.give_up(now);
            if wanted && flow.wait(now).is_none() {
                let asked = flow.sends(bytes, now);
                line.takes(bytes, asked, now);
                (frames, wanted) = (frames + 1, false);
            }
        }
        (frames, line.free.saturating_duration_since(now) + delay)
    }

    #[test]
    fn a_slow_line_is_never_far_behind() {
        for bytes in [100, 400, 1_200] {
            let (frames, after) = held(2_000.0, Duration::from_millis(200), bytes, true);
            assert!(after < Duration::from_secs(3), "{bytes}: {after:?}");
            // And it is kept busy.
            assert!(frames * bytes > 3_000, "{bytes}: {frames}");
        }
    }

    #[test]
    fn on_a_fast_line_every_frame_is_drawn_also_where_answers_take_long() {
        let wanted = held(1e9, Duration::ZERO, 1_200, true).0;
        assert_eq!(wanted, 91);
        assert_eq!(held(1e6, Duration::from_millis(20), 1_200, true).0, wanted);
        // Where they take a fifth of a second, some are left out.
        assert!(held(1e6, Duration::from_millis(100), 300, true).0 > wanted / 2);
    }

    #[test]
    fn nobody_waits_for_a_terminal_that_never_answers() {
        let (frames, _) = held(2_000.0, Duration::from_millis(200), 1_200, false);
        assert_eq!(frames, 91);
    }

    #[test]
    fn a_lost_answer_stops_nothing_for_long() {
        let start = Instant::now();
        let mut flow = Flow::new(start);
        assert!(flow.sends(100, start));
        flow.shown(start);
        assert!(flow.sends(FAST.most + 1, start));
        assert_eq!(flow.wait(start), Some(LOST));
        let later = start + LOST;
        assert_eq!(flow.wait(later), None);
        flow.give_up(later);
        // It is asked again, and not waited for until it has answered.
        assert!(flow.sends(FAST.most + 1, later));
        assert_eq!(flow.wait(later), None);
        flow.shown(later);
        assert!(flow.sends(FAST.most + 1, later));
        assert!(flow.wait(later).is_some());
    }

    #[test]
    fn a_line_that_was_fast_and_is_slow_now_is_soon_found_out() {
        let start = Instant::now();
        let mut flow = Flow::new(start);
        assert!(flow.sends(2_000, start));
        flow.shown(start);
        assert_eq!(flow.pace, FAST);
        let mut sent = 0;
        while flow.wait(start).is_none() {
            flow.sends(500, start);
            sent += 500;
        }
        assert!(sent <= FAST.most + 500, "{sent}");
        flow.shown(start + Duration::from_secs(2));
        assert_eq!(flow.pace, SLOW);
    }

    #[test]
    fn a_clock_that_ticks_asks_nothing() {
        let start = Instant::now();
        let mut flow = Flow::new(start);
        flow.sends(3_000, start);
        flow.shown(start);
        let asked = (1..60).any(|s| flow.sends(80, start + Duration::from_secs(s)));
        assert!(!asked);
    }
}
