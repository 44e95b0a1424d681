//! The input thread: reads the terminal, repairs what slow lines tear apart, and sends events to the run loop. Beside it
//! a watch on the line: when it hangs up, crossterm's reading spins for ever, so the watch ends the program.

use super::farewell::farewell;
use super::keys::Chord;
use super::terminal;
use crossterm::event::{self, Event};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{FlushArg, tcflush};
use nix::unistd::Pid;
use std::io::{self, stdin};
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

mod esc;
pub use esc::EscJoiner;

#[cfg(test)]
mod tests;

/// The exit code of a program that a hang-up ends, as if by `SIGHUP`.
const HUNG_UP: i32 = 129;
/// Long enough to be no wake-up that counts.
const IDLE: Duration = Duration::from_secs(24 * 60 * 60);
/// How often a pause knocks, and how many times: the thread may be in the middle of a sequence.
const KNOCK: Duration = Duration::from_millis(50);
const KNOCKS: u32 = 20;

/// The running input thread.
#[derive(Debug, Clone)]
pub struct Input {
    gate: Arc<Gate>,
}

/// Starts the input thread and the watch on the line. Events go to the run loop through `to`; `bound` tells which Alt
/// chords mean something, all others being Esc and then the key.
///
/// # Errors
/// When the system grants no thread.
pub fn spawn<M, B>(to: Sender<M>, bound: B) -> io::Result<Input>
where
    M: From<Event> + Send + 'static,
    B: Fn(Chord) -> bool + Send + 'static,
{
    let gate = Arc::new(Gate::default());
    let input = Input {
        gate: Arc::clone(&gate),
    };
    thread::Builder::new().name("hang-up".into()).spawn(watch)?;
    thread::Builder::new()
        .name("input".into())
        .spawn(move || read(&gate, &to, EscJoiner::new(bound)))?;
    Ok(input)
}

impl Input {
    /// Stops reading, so that an editor gets the keys. Returns when the thread stands still, or after a second if it is
    /// in the middle of a sequence that does not end.
    pub fn pause(&self) {
        self.gate.ask(true);
        for _ in 0..KNOCKS {
            // The thread sleeps in crossterm, which wakes up for nothing but keys and a change of size.
            let _ = kill(Pid::this(), Signal::SIGWINCH);
            if self.gate.stands_still_within(KNOCK) {
                break;
            }
        }
    }

    /// Reads on. Keys that were typed meanwhile are dropped: they were meant for another program.
    pub fn resume(&self) {
        self.gate.ask(false);
    }
}

/// Reads events until the run loop is gone.
fn read<M: From<Event>>(gate: &Gate, to: &Sender<M>, mut joiner: EscJoiner) {
    let mut size = None;
    loop {
        if gate.wait_while_closed() {
            joiner.forget();
            drop_typed_ahead();
        }
        if let Some(event) = left_behind(&mut size)
            && to.send(event.into()).is_err()
        {
            return;
        }
        let wait = joiner
            .deadline()
            .map_or(IDLE, |at| at.saturating_duration_since(Instant::now()));
        let events = match event::poll(wait) {
            Ok(false) => joiner.expire(Instant::now()),
            Ok(true) => match event::read() {
                Ok(_) if gate.is_asked() => continue,
                Ok(event) => {
                    if let Event::Resize(columns, rows) = event {
                        size = Some((columns, rows));
                    }
                    joiner.push(event, Instant::now())
                }
                Err(_) => farewell(HUNG_UP),
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => farewell(HUNG_UP),
        };
        for event in events {
            if to.send(event.into()).is_err() {
                return;
            }
        }
    }
}

/// What crossterm lost of bytes and a change of size that came together: it is told of both at once, gives the first as
/// an event and never asks about the other again. A `size` that is not the terminal's is given; bytes that still wait
/// are announced anew.
fn left_behind(size: &mut Option<(u16, u16)>) -> Option<Event> {
    if event::poll(Duration::ZERO).unwrap_or(true) {
        return None;
    }
    if bytes_wait() {
        terminal::announce_input();
    }
    let now = crossterm::terminal::size().ok()?;
    let before = size.replace(now);
    before
        .is_some_and(|before| before != now)
        .then_some(Event::Resize(now.0, now.1))
}

/// Whether something was typed that nobody has read.
fn bytes_wait() -> bool {
    let line = stdin();
    let mut state = [PollFd::new(line.as_fd(), PollFlags::POLLIN)];
    let ready = poll(&mut state, PollTimeout::ZERO);
    let [state] = state;
    let waits = |events: PollFlags| events.contains(PollFlags::POLLIN);
    ready.is_ok() && state.revents().is_some_and(waits)
}

fn drop_typed_ahead() {
    let _ = tcflush(stdin(), FlushArg::TCIFLUSH);
    while event::poll(Duration::ZERO).unwrap_or(false) {
        let _ = event::read();
    }
}

/// Ends the program when the line hangs up. Sleeps until then.
fn watch() {
    let line = stdin();
    loop {
        // No event is asked for: hang-up and error are always reported.
        let mut state = [PollFd::new(line.as_fd(), PollFlags::empty())];
        match poll(&mut state, PollTimeout::NONE) {
            Ok(0) | Err(Errno::EINTR | Errno::EAGAIN) => {}
            Ok(_) => farewell(HUNG_UP),
            Err(_) => return,
        }
    }
}

/// Stands between reading and not reading.
#[derive(Debug, Default)]
struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct GateState {
    /// Somebody wants the thread to stand still.
    asked: bool,
    /// It does.
    still: bool,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, asked: bool) {
        self.lock().asked = asked;
        self.changed.notify_all();
    }

    fn is_asked(&self) -> bool {
        self.lock().asked
    }

    fn stands_still_within(&self, time: Duration) -> bool {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), time, |state| !state.still);
        waited.unwrap_or_else(PoisonError::into_inner).0.still
    }

    /// Stands still for as long as somebody asks for it. Tells whether it did.
    fn wait_while_closed(&self) -> bool {
        let mut state = self.lock();
        if !state.asked {
            return false;
        }
        state.still = true;
        self.changed.notify_all();
        let mut state = self
            .changed
            .wait_while(state, |state| state.asked)
            .unwrap_or_else(PoisonError::into_inner);
        state.still = false;
        true
    }
}
