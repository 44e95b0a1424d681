//! The console at the end of a slow line, which holds whatever it is given: two thousand bytes a second, a fifth of a second
//! each way. The terminal says how far it is when it is asked, as terminals do.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

use super::terminal::{ANSWER, ASKED, SMALL};
use crate::shop::Shop;

/// Bytes a second.
const RATE: f64 = 2_000.0;
const DELAY: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(60);

/// What came through the line.
struct Far {
    screen: Parser,
    sent: usize,
    /// When the line has passed on all that it was given.
    free: Instant,
}

/// The console behind a line.
struct Slow {
    far: Arc<Mutex<Far>>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    console: Box<dyn Child + Send + Sync>,
    _open: Box<dyn MasterPty + Send>,
}

impl Slow {
    /// A terminal that answers, or does not.
    fn open(shop: &Shop, (cols, rows): (u16, u16), answers: bool) -> Self {
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(cargo_bin("holdline"));
        command.env_clear();
        for (name, value) in shop.environment() {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let console = pair.slave.spawn_command(command).unwrap();
        let size = |many| NonZeroU16::new(many).unwrap();
        let far = Arc::new(Mutex::new(Far {
            screen: Parser::new(size(rows), size(cols), 0),
            sent: 0,
            free: Instant::now(),
        }));
        let (line, arrives) = channel::<(Instant, Vec<u8>)>();
        let mut output = pair.master.try_clone_reader().unwrap();
        let near = Arc::clone(&far);
        std::thread::spawn(move || take_all(&mut output, &near, &line));
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (shown, back) = (Arc::clone(&far), Arc::clone(&keys));
        std::thread::spawn(move || {
            // The end of what came before: a question may come in two parts.
            let mut tail: Vec<u8> = Vec::new();
            for (at, part) in arrives {
                std::thread::sleep(at.saturating_duration_since(Instant::now()));
                shown.lock().unwrap().screen.process(&part);
                let before = tail.len();
                tail.extend(&part);
                let asked = tail.windows(ASKED.len()).enumerate();
                let asked = asked.filter(|(at, four)| *four == ASKED && at + ASKED.len() > before);
                for _ in 0..if answers { asked.count() } else { 0 } {
                    let keys = Arc::clone(&back);
                    std::thread::spawn(move || {
                        std::thread::sleep(DELAY);
                        let _ = keys.lock().unwrap().write_all(ANSWER);
                    });
                }
                tail.drain(..tail.len().saturating_sub(ASKED.len() - 1));
            }
        });
        Self {
            far,
            keys,
            console,
            _open: pair.master,
        }
    }

    fn type_in(&self, text: &str) {
        self.keys
            .lock()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }

    fn sent(&self) -> usize {
        self.far.lock().unwrap().sent
    }

    /// Waits until what is at the far end is as it should be.
    fn until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let since = Instant::now();
        while !is_so(self.far.lock().unwrap().screen.screen()) {
            let shown = || self.far.lock().unwrap().screen.screen().contents();
            assert!(since.elapsed() < PATIENCE, "not {what}:\n{}", shown());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the line has passed on all, and nothing more comes.
    fn rests(&self) {
        let mut sent = usize::MAX;
        while std::mem::replace(&mut sent, self.sent()) != self.sent() || self.is_busy() {
            std::thread::sleep(Duration::from_millis(700));
        }
    }

    fn is_busy(&self) -> bool {
        self.far.lock().unwrap().free + DELAY > Instant::now()
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.console.kill();
        let _ = self.console.wait();
    }
}

/// Takes all that comes at once, as the programs between do, and passes it on a little at a time.
fn take_all(output: &mut dyn Read, near: &Mutex<Far>, line: &Sender<(Instant, Vec<u8>)>) {
    let mut part = [0; 4096];
    while let Ok(count @ 1..) = output.read(&mut part) {
        let mut near = near.lock().unwrap();
        near.sent += count;
        for few in part[..count].chunks(64) {
            let took = Duration::from_secs_f64(few.len() as f64 / RATE);
            near.free = near.free.max(Instant::now()) + took;
            if line.send((near.free + DELAY, few.to_vec())).is_err() {
                return;
            }
        }
    }
}

/// The row that is selected.
fn selected(screen: &vt100::Screen) -> Option<String> {
    let (rows, cols) = screen.size();
    let (rows, cols): (u16, u16) = (rows.into(), cols.into());
    let reversed = |row: &u16| screen.cell(*row, 10).is_some_and(vt100::Cell::inverse);
    let row = (0..rows).find(reversed)?;
    Some(screen.contents_between(row, 0, row, cols))
}

/// Bytes that were sent while `down` was held for three seconds and until the line was at rest; and how many the line could
/// pass on while the key was held.
fn held_down(answers: bool) -> (usize, usize) {
    let shop = Shop::empty();
    shop.ok(["demo", "--incidents", "300"]);
    let slow = Slow::open(&shop, SMALL, answers);
    slow.until("the queue", |screen| selected(screen).is_some());
    slow.rests();
    let (before, since) = (slow.sent(), Instant::now());
    for _ in 0..90 {
        slow.type_in("\u{1b}[B");
        std::thread::sleep(Duration::from_millis(33));
    }
    let passed = since.elapsed().as_secs_f64() * RATE;
    slow.rests();
    let sent = slow.sent() - before;
    // Nothing was left out at the end: what shows is where the keys led, and what stands under the list is about that.
    let select = |screen: &vt100::Screen| {
        let row = selected(screen)?;
        let number = row.split(['>', ' ']).find(|word| word.len() >= 5)?;
        let number: String = number.chars().take_while(|c| *c != '?').collect();
        Some((screen.contents().matches(&number).count(), number))
    };
    let twice = |screen: &vt100::Screen| select(screen).is_some_and(|(times, _)| times >= 2);
    slow.until("the selected incident under the list", twice);
    (sent, passed as usize)
}

#[test]
fn a_key_that_is_held_down_sends_no_more_than_a_slow_line_takes() {
    let (sent, passed) = held_down(true);
    // What is under way at the end is little.
    assert!(sent < passed + 5_000, "{sent} of {passed}");
}

#[test]
fn a_terminal_that_never_answers_shows_where_the_keys_led() {
    let (sent, _) = held_down(false);
    assert!(sent > 0);
}
