//! Secrets that are typed: from standard input, never an argument, and never echoed by a terminal.

use std::io::{BufRead, IsTerminal, Read, Write, stdin};
use std::os::fd::AsFd;

use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};

use super::Failure;
use crate::incident::Pin;

/// More than any PIN has: what is longer is no PIN, and is not read to its end.
const MOST: u64 = 256;

/// Reads a PIN from the first line of standard input; asks for it there, where that is a terminal.
///
/// # Errors
/// When it is none.
pub(super) fn pin(ask: &str) -> Result<Pin, Failure> {
    Ok(Pin::new(&typed(ask)?)?)
}

/// As [`pin`], for one that is to be kept: at a terminal, where nobody sees what is typed, it is asked for twice.
///
/// # Errors
/// When it is none, or the two differ.
pub(super) fn new_pin() -> Result<Pin, Failure> {
    let new = pin("New PIN: ")?;
    if stdin().is_terminal() && pin("Once more: ")? != new {
        return Err(Failure::Input("the two PINs differ: try again".to_owned()));
    }
    Ok(new)
}

/// Reads a line that does not show; what is asked is said at a terminal alone.
///
/// # Errors
/// When standard input cannot be read.
pub(super) fn typed(ask: &str) -> Result<String, Failure> {
    let _silent_until_the_end = if stdin().is_terminal() {
        let mut screen = std::io::stderr().lock();
        write!(screen, "{ask}")?;
        screen.flush()?;
        Some(Silence::new()?)
    } else {
        None
    };
    let mut line = String::new();
    stdin().lock().take(MOST).read_line(&mut line)?;
    Ok(line)
}

/// A terminal that shows nothing of what is typed, for as long as this lives.
struct Silence {
    before: Termios,
}

impl Silence {
    fn new() -> Result<Self, Failure> {
        let before = tcgetattr(stdin().as_fd()).map_err(Failure::input)?;
        let mut silent = before.clone();
        silent.local_flags.remove(LocalFlags::ECHO);
        // The end of the line shows, so that the next words stand on a line of their own.
        silent.local_flags.insert(LocalFlags::ECHONL);
        tcsetattr(stdin().as_fd(), SetArg::TCSAFLUSH, &silent).map_err(Failure::input)?;
        Ok(Self { before })
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // Nothing more can be done for a terminal that has gone.
        let _ = tcsetattr(stdin().as_fd(), SetArg::TCSAFLUSH, &self.before);
    }
}
