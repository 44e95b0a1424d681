//! Signals, on a thread of their own: flags that a loop looks at would wait for a terminal that no longer answers.

use super::farewell::farewell;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;

/// The signals that end the program.
const ENDS: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

/// What a signal asks of the run loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Somebody asks the program to stop (`SIGTSTP`): give the terminal back and suspend.
    Suspend,
    /// The program goes on after a stop (`SIGCONT`): others may have changed the terminal, so take it again.
    Continued,
}

/// Starts the thread. What ends the program ends it there and then, with 128 and the signal's number as exit code, as
/// shells do; job control goes to the run loop through `to`.
///
/// # Errors
/// When the system grants no handler or no thread.
pub fn spawn<M: From<Job> + Send + 'static>(to: Sender<M>) -> io::Result<()> {
    let mut signals = Signals::new(ENDS.into_iter().chain([SIGTSTP, SIGCONT]))?;
    let listen = move || {
        for signal in signals.forever() {
            let job = match signal {
                SIGTSTP => Job::Suspend,
                SIGCONT => Job::Continued,
                end => farewell(128 + end),
            };
            // Without a run loop nobody is left to suspend; the ends must still be heard.
            let _ = to.send(job.into());
        }
    };
    thread::Builder::new()
        .name("signals".into())
        .spawn(listen)
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::sys::signal::{Signal, raise};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn job_control_reaches_the_run_loop() {
        let (to, from) = channel::<Job>();
        spawn(to).unwrap();
        raise(Signal::SIGTSTP).unwrap();
        assert_eq!(from.recv_timeout(Duration::from_secs(5)), Ok(Job::Suspend));
        raise(Signal::SIGCONT).unwrap();
        assert_eq!(
            from.recv_timeout(Duration::from_secs(5)),
            Ok(Job::Continued)
        );
    }
}
