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

/// The console of a shop in a terminal.
pub struct Terminal {
    screen: Arc<Mutex<Parser>>,
    keys: Box<dyn Write + Send>,
    console: Box<dyn Child + Send + Sync>,
    /// Closes the terminal when it is dropped.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Opens the console on a terminal of so many columns and rows, and waits for the queue.
    pub fn open(shop: &Shop, (cols, rows): (u16, u16)) -> Self {
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
        let screen = Arc::new(Mutex::new(Parser::new(size(rows), size(cols), 0)));
        let mut output = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut part) {
                seen.lock().unwrap().process(&part[..count]);
            }
        });
        let terminal = Self {
            screen,
            keys: pair.master.take_writer().unwrap(),
            console,
            _master: pair.master,
        };
        terminal.shows("All open");
        terminal
    }

    /// Sends the console a signal, and waits for its end.
    pub fn ends_by(mut self, signal: Signal) {
        let pid = self.console.process_id().unwrap();
        kill(Pid::from_raw(pid.try_into().unwrap()), signal).unwrap();
        self.console.wait().unwrap();
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the screen has this text, and gives the screen.
    pub fn shows(&self, text: &str) -> String {
        let since = Instant::now();
        loop {
            let screen = self.screen();
            if screen.contains(text) {
                return screen;
            }
            assert!(since.elapsed() < PATIENCE, "no \"{text}\" in:\n{screen}");
            std::thread::sleep(Duration::from_millis(10));
        }
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
        self.keys.write_all(text.as_bytes()).unwrap();
        self.keys.flush().unwrap();
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
