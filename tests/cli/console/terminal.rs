//! A terminal that is played by a test.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

use crate::shop::Shop;

/// The smallest terminal that the console is made for, and a roomy one.
pub const SMALL: (u16, u16) = (80, 24);
pub const LARGE: (u16, u16) = (120, 40);

/// For so long a test waits for what is to appear. It mostly takes a few hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a terminal is asked to say how far it is, and what it answers.
pub const ASKED: &[u8] = b"\x1b[5n";
pub const ANSWER: &[u8] = b"\x1b[0n";

/// The console of a shop in a terminal, which answers as terminals do.
pub struct Terminal {
    screen: Arc<Mutex<Parser>>,
    /// Everything that the console wrote.
    written: Arc<Mutex<Vec<u8>>>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    console: Box<dyn Child + Send + Sync>,
    /// Closes the terminal when it is dropped.
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Opens the console on a terminal of so many columns and rows, and waits for the queue.
    pub fn open(shop: &Shop, size: (u16, u16)) -> Self {
        Self::with(shop, size, &[])
    }

    /// As [`Terminal::open`], with more in its environment.
    pub fn with(shop: &Shop, size: (u16, u16), more: &[(&str, &str)]) -> Self {
        let program = CommandBuilder::new(cargo_bin("holdline"));
        let terminal = Self::running(shop, size, program, more);
        terminal.shows("All open");
        terminal
    }

    /// A terminal in which a program runs, in the shop's environment.
    pub fn running(
        shop: &Shop,
        (cols, rows): (u16, u16),
        mut command: CommandBuilder,
        more: &[(&str, &str)],
    ) -> Self {
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env_clear();
        command.cwd(shop.path("."));
        for (name, value) in shop.environment() {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        // Programs that the console runs are found.
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in more {
            command.env(name, value);
        }
        let console = pair.slave.spawn_command(command).unwrap();
        let size = |many| NonZeroU16::new(many).unwrap();
        let screen = Arc::new(Mutex::new(Parser::new(size(rows), size(cols), 0)));
        let mut output = pair.master.try_clone_reader().unwrap();
        let written: Arc<Mutex<Vec<u8>>> = Arc::default();
        let keys = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (seen, kept, answers) = (screen.clone(), written.clone(), keys.clone());
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            let mut answered = 0;
            while let Ok(count @ 1..) = output.read(&mut part) {
                seen.lock().unwrap().process(&part[..count]);
                let mut kept = kept.lock().unwrap();
                kept.extend(&part[..count]);
                while let Some(at) = find(&kept[answered..], ASKED) {
                    answered += at + ASKED.len();
                    // The console may have ended meanwhile.
                    let _ = answers.lock().unwrap().write_all(ANSWER);
                }
                answered = answered.max(kept.len().saturating_sub(ASKED.len() - 1));
            }
        });
        Self {
            screen,
            written,
            keys,
            console,
            master: pair.master,
        }
    }

    /// The process that runs in it.
    pub fn process(&self) -> Pid {
        let pid = self.console.process_id().unwrap();
        Pid::from_raw(pid.try_into().unwrap())
    }

    /// Waits for the program's end, and gives its exit code.
    pub fn ends(&mut self) -> u32 {
        let since = Instant::now();
        loop {
            if let Some(status) = self.console.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(since.elapsed() < PATIENCE, "no end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Makes the terminal larger or smaller.
    pub fn resize(&self, (cols, rows): (u16, u16)) {
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        self.master.resize(size).unwrap();
        let size = |many: u16| NonZeroU16::new(many).unwrap();
        let mut screen = self.screen.lock().unwrap();
        screen.screen_mut().set_size(size(rows), size(cols));
    }

    /// Makes the line larger or smaller while the screen stays as large as it was, which must be large enough: nothing of
    /// it is drawn twice.
    pub fn resize_line(&self, (cols, rows): (u16, u16)) {
        let size = PtySize {
            rows,
            cols,
            ..PtySize::default()
        };
        self.master.resize(size).unwrap();
    }

    /// Everything that the console has written so far, as text.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.written.lock().unwrap()).into_owned()
    }

    /// The columns at which a text begins in the rows of a list, which have the countdowns.
    pub fn columns_of(&self, text: &str) -> Vec<usize> {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let (rows, cols) = screen.size();
        let (rows, cols): (u16, u16) = (rows.into(), cols.into());
        let contents = |row, col| screen.contents_between(row, col, row, cols);
        let begins = |row| (0..cols).find(|col| contents(row, *col).starts_with(text));
        let list = (0..rows).filter(|row| contents(*row, 0).contains("1000"));
        list.filter_map(begins).map(usize::from).collect()
    }

    /// The lines that have a cell in reverse video.
    pub fn reversed(&self) -> Vec<String> {
        let cells = self.reversed_cells().into_iter();
        cells.map(|(line, _)| line).collect()
    }

    /// Waits until the selected row has this text and is so many columns wide.
    pub fn selects(&self, text: &str, columns: usize) {
        waits_for(&format!("{text}, {columns} columns"), || {
            let rows = self.reversed_cells();
            let rows = rows.iter().filter(|(line, _)| line.contains(text));
            let rows: Vec<String> = rows
                .map(|(_, columns)| format!("{text}, {columns} columns"))
                .collect();
            rows.join("\n")
        });
    }

    /// The lines that have cells in reverse video, and how many.
    fn reversed_cells(&self) -> Vec<(String, usize)> {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let (rows, cols) = screen.size();
        let lines = screen.rows(0, cols.into()).zip(0..rows.into());
        let reversed = lines.map(|(line, row)| {
            let cell = |col: &u16| screen.cell(row, *col).is_some_and(vt100::Cell::inverse);
            (line, (0..cols.into()).filter(cell).count())
        });
        reversed.filter(|(_, cells)| *cells > 0).collect()
    }

    /// Sends the console a signal, and waits for its end.
    pub fn ends_by(mut self, signal: Signal) {
        kill(self.process(), signal).unwrap();
        self.console.wait().unwrap();
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the screen has this text, and gives the screen.
    pub fn shows(&self, text: &str) -> String {
        waits_for(text, || self.screen())
    }

    /// Waits until this text was written, and gives everything that was written so far.
    pub fn writes(&self, text: &str) -> String {
        waits_for(text, || self.written())
    }

    /// Presses keys, by their names with spaces between; a single character is itself.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.type_in(match key {
                "enter" => "\r",
                "esc" => "\u{1b}",
                "tab" => "\t",
                "shift-tab" => "\u{1b}[Z",
                "down" => "\u{1b}[B",
                "backspace" => "\u{7f}",
                "ctrl-d" => "\u{4}",
                one => one,
            });
        }
        self
    }

    /// Types text.
    pub fn type_in(&mut self, text: &str) -> &mut Self {
        let mut keys = self.keys.lock().unwrap();
        keys.write_all(text.as_bytes()).unwrap();
        keys.flush().unwrap();
        drop(keys);
        self
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.console.kill();
        let _ = self.console.wait();
    }
}

/// Waits until what is looked at has this text, and gives it.
fn waits_for(text: &str, look: impl Fn() -> String) -> String {
    let since = Instant::now();
    loop {
        let seen = look();
        if seen.contains(text) {
            return seen;
        }
        assert!(since.elapsed() < PATIENCE, "no \"{text}\" in:\n{seen}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|some| some == sought)
}
