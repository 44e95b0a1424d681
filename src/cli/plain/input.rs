//! Lines from standard input, read only when one is asked for: what a command itself reads there is left to it.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::cli::Failure;

/// How long is waited for a line before one looks what has happened meanwhile.
const LOOK: Duration = Duration::from_secs(1);

/// What is typed.
pub(super) struct Input {
    ask: Sender<()>,
    lines: Receiver<io::Result<Option<String>>>,
    /// A line is being waited for.
    asked: bool,
}

impl Input {
    /// Input that is read from now on.
    pub(super) fn spawn() -> Self {
        let (ask, asked) = channel();
        let (send, lines) = channel();
        thread::spawn(move || {
            while asked.recv().is_ok() {
                let mut line = String::new();
                let read = io::stdin().read_line(&mut line);
                let line = read.map(|bytes| (bytes > 0).then_some(line));
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            ask,
            lines,
            asked: false,
        }
    }

    /// A line, or the end of input within; none where nothing was typed for a while.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub(super) fn wait(&mut self) -> Result<Option<Option<String>>, Failure> {
        if !self.asked {
            // The thread lives for as long as the program does.
            let _ = self.ask.send(());
            self.asked = true;
        }
        match self.lines.recv_timeout(LOOK) {
            Ok(line) => {
                self.asked = false;
                Ok(Some(line?))
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Ok(Some(None)),
        }
    }
}
