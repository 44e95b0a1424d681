//! A terminal in which a program is measured: when its answers are there, how many bytes they take, and what it does
//! when nothing happens.

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;
/// Nothing more comes of a key once nothing has come for so long: longer than between the presses of a key that is held
/// down, for which less is drawn.
const QUIET: Duration = Duration::from_millis(100);
/// Between the presses of a key that is held down.
const HELD: Duration = Duration::from_millis(33);
/// A screen is at rest on which nothing changes for so long.
const RESTS: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(20);
/// How a program asks how far the terminal is, and what it is told.
const ASKED: &[u8] = b"\x1b[5n";
const WELL: &[u8] = b"\x1b[0n";

type Keys = Arc<Mutex<Box<dyn Write + Send>>>;

/// What came so far.
struct Came {
    screen: Parser,
    bytes: usize,
    last: Instant,
}

/// A program in a terminal.
pub(crate) struct Terminal {
    came: Arc<Mutex<Came>>,
    keys: Keys,
    program: Box<dyn Child + Send + Sync>,
    begun: Instant,
    _open: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts a program.
    pub(crate) fn of(program: &Path, args: &[&str], home: &Path) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let size = |many| NonZeroU16::new(many).unwrap();
        let came = Arc::new(Mutex::new(Came {
            screen: Parser::new(size(ROWS), size(COLUMNS), 0),
            bytes: 0,
            last: Instant::now(),
        }));
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys: Keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (seen, answers) = (Arc::clone(&came), Arc::clone(&keys));
        let begun = Instant::now();
        let program = pair.slave.spawn_command(command).unwrap();
        std::thread::spawn(move || {
            let mut part = [0; 65_536];
            while let Ok(count @ 1..) = output.read(&mut part) {
                let now = Instant::now();
                let mut came = seen.lock().unwrap();
                came.last = now;
                came.bytes += count;
                came.screen.process(&part[..count]);
                drop(came);
                let asked = part[..count].windows(ASKED.len());
                for _ in asked.filter(|asked| *asked == ASKED) {
                    // It may have ended meanwhile.
                    let _ = type_in(&answers, WELL);
                }
            }
        });
        Self {
            came,
            keys,
            program,
            begun,
            _open: pair.master,
        }
    }

    /// Waits for a screen full of incidents, and says how long that took from the start.
    pub(crate) fn shows_the_queue(&self) -> Duration {
        loop {
            let came = self.came.lock().unwrap();
            let lines = came.screen.screen().contents();
            let rows = lines.lines().filter(|line| is_row(line)).count();
            if rows >= usize::from(ROWS) / 3 {
                return came.last - self.begun;
            }
            drop(came);
            assert!(self.begun.elapsed() < PATIENCE, "no queue in:\n{lines}");
            std::thread::sleep(Duration::from_micros(100));
        }
    }

    /// Presses a key, and says how long it took until all of its answer was there, and of how many bytes that was.
    pub(crate) fn press(&mut self, key: &str) -> (Duration, usize) {
        let before = self.came.lock().unwrap().bytes;
        let pressed = Instant::now();
        type_in(&self.keys, key.as_bytes()).unwrap();
        loop {
            std::thread::sleep(Duration::from_millis(2));
            let came = self.came.lock().unwrap();
            let answered = came.bytes > before && came.last > pressed;
            if answered && came.last.elapsed() > QUIET {
                return (came.last - pressed, came.bytes - before);
            }
            assert!(pressed.elapsed() < PATIENCE, "no answer to {key:?}");
        }
    }

    /// Holds a key down, thirty times a second; says how many bytes each cost, and how long after the last one something
    /// still came.
    pub(crate) fn holds(&mut self, key: &str, times: u32) -> (f64, Duration) {
        let before = self.came.lock().unwrap().bytes;
        for _ in 0..times {
            type_in(&self.keys, key.as_bytes()).unwrap();
            std::thread::sleep(HELD);
        }
        let released = Instant::now();
        loop {
            std::thread::sleep(Duration::from_millis(2));
            let came = self.came.lock().unwrap();
            if came.last.max(released).elapsed() > RESTS {
                let bytes = (came.bytes - before) as f64 / f64::from(times);
                return (bytes, came.last.saturating_duration_since(released));
            }
        }
    }

    /// What it does while nobody does anything: bytes a second, percent of a processor, wake-ups a second.
    pub(crate) fn idles(&self, seconds: u64) -> [f64; 3] {
        std::thread::sleep(Duration::from_secs(2));
        let look = || {
            let bytes = self.came.lock().unwrap().bytes as f64;
            let (nanoseconds, wakes) = self.used();
            [bytes, nanoseconds / 1e9 * 100.0, wakes]
        };
        let before = look();
        std::thread::sleep(Duration::from_secs(seconds));
        let after = look();
        [0, 1, 2].map(|what| (after[what] - before[what]) / seconds as f64)
    }

    /// Nanoseconds that all its threads ran, and how often they were woken.
    fn used(&self) -> (f64, f64) {
        let (mut ran, mut wakes) = (0.0, 0.0);
        for thread in fs::read_dir(self.proc("task")).unwrap() {
            let thread = thread.unwrap().path();
            let scheduled = fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
            ran += first_number(&scheduled);
            let status = fs::read_to_string(thread.join("status")).unwrap_or_default();
            wakes += field(&status, "voluntary_ctxt_switches:");
        }
        (ran, wakes)
    }

    /// The most memory that it had, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        let status = fs::read_to_string(self.proc("status")).unwrap();
        field(&status, "VmHWM:") / 1024.0
    }

    /// Seconds that all its threads ran so far.
    pub(crate) fn ran(&self) -> f64 {
        self.used().0 / 1e9
    }

    /// The memory that would be free without it, in MiB: its own, and its part of what it shares.
    pub(crate) fn share(&self) -> f64 {
        let rollup = fs::read_to_string(self.proc("smaps_rollup")).unwrap();
        field(&rollup, "Pss:") / 1024.0
    }

    fn proc(&self, what: &str) -> String {
        format!("/proc/{}/{what}", self.program.process_id().unwrap())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn type_in(keys: &Keys, typed: &[u8]) -> std::io::Result<()> {
    let mut keys = keys.lock().unwrap();
    keys.write_all(typed)?;
    keys.flush()
}

/// Whether a line shows an incident: it has a number of five digits or more.
fn is_row(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() >= 5)
}

fn first_number(text: &str) -> f64 {
    text.split_whitespace()
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(0.0)
}

/// A number of a status file of the system.
fn field(status: &str, name: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0.0, first_number)
}
