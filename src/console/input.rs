//! The input thread: reads the terminal, repairs what slow lines tear apart, and sends events to the run loop. Beside it
//! a watch on the line, for the time in which that thread stands still: when the line hangs up, the program ends.

use super::farewell::farewell;
use super::keys::Chord;
use super::terminal;
use crossterm::event::Event;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::termios::{FlushArg, tcflush};
use nix::unistd;
use std::io::{self, Read, Write, stdin};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

mod bytes;
mod esc;
use bytes::{Bytes, Came};
pub use esc::EscJoiner;

#[cfg(test)]
mod tests;

/// The exit code of a program that a hang-up ends, as if by `SIGHUP`.
const HUNG_UP: i32 = 129;
/// How long a pause waits for the thread to stand still.
const PATIENCE: Duration = Duration::from_secs(1);

/// The terminal has shown everything that was sent before the question for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown;

/// The running input thread.
#[derive(Debug, Clone)]
pub struct Input {
    gate: Arc<Gate>,
    /// Wakes the thread up.
    knock: Arc<UnixStream>,
}

/// Starts the input thread and the watch on the line. Events go to the run loop through `to`; `bound` tells which Alt
/// chords mean something, all others being Esc and then the key. The terminal `stays_here` where no other machine can come
/// to lie between.
///
/// # Errors
/// When the system grants no thread, no pipe or no handler.
pub fn spawn<M, B>(to: Sender<M>, stays_here: bool, bound: B) -> io::Result<Input>
where
    M: From<Event> + From<Shown> + Send + 'static,
    B: Fn(Chord) -> bool + Send + 'static,
{
    let (knock, knocked) = UnixStream::pair()?;
    knocked.set_nonblocking(true)?;
    signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, knock.try_clone()?)?;
    let gate = Arc::new(Gate::default());
    let input = Input {
        gate: Arc::clone(&gate),
        knock: Arc::new(knock),
    };
    thread::Builder::new().name("hang-up".into()).spawn(watch)?;
    let reader = Reader {
        knocked,
        joiner: EscJoiner::new(bound),
        bytes: Bytes::default(),
        stays_here,
        is_near: false,
        size: None,
    };
    thread::Builder::new()
        .name("input".into())
        .spawn(move || reader.run(&gate, &to))?;
    Ok(input)
}

impl Input {
    /// Stops reading, so that an editor gets the keys. Returns when the thread stands still.
    pub fn pause(&self) {
        self.gate.ask(true);
        // The thread looks up only when something comes.
        let _ = (&*self.knock).write(&[0]);
        self.gate.stands_still_within(PATIENCE);
    }

    /// Reads on. Keys that were typed meanwhile are dropped: they were meant for another program.
    pub fn resume(&self) {
        self.gate.ask(false);
    }
}

/// What the input thread holds.
struct Reader {
    /// Somebody knocks, or the terminal has another size.
    knocked: UnixStream,
    joiner: EscJoiner,
    bytes: Bytes,
    stays_here: bool,
    /// The terminal answers as fast as one does that is here.
    is_near: bool,
    /// The size of the terminal that was told last.
    size: Option<(u16, u16)>,
}

impl Reader {
    /// Reads until the run loop is gone.
    fn run<M: From<Event> + From<Shown>>(mut self, gate: &Gate, to: &Sender<M>) {
        loop {
            if gate.wait_while_closed() {
                self.joiner.forget();
                self.bytes.forget();
                let _ = tcflush(stdin(), FlushArg::TCIFLUSH);
            }
            let [typed, knocked] = self.wait();
            let mut came = Vec::new();
            if typed && !gate.is_asked() {
                self.typed(&mut came);
            }
            let now = Instant::now();
            let mut events = Vec::new();
            for came in came {
                match came {
                    Came::Event(event) => events.extend(self.joiner.push(event, now)),
                    Came::Shown => {
                        if let Some(took) = terminal::answered() {
                            self.is_near = esc::is_near(self.stays_here, took);
                        }
                        if to.send(Shown.into()).is_err() {
                            return;
                        }
                    }
                }
            }
            events.extend(self.joiner.expire(now));
            if knocked {
                events.extend(self.another_size());
            }
            for event in events {
                if to.send(event.into()).is_err() {
                    return;
                }
            }
        }
    }

    /// Waits for the terminal, for a knock, or until what is held has waited long enough. Tells which of the first two.
    fn wait(&self) -> [bool; 2] {
        let line = stdin();
        let mut states = [
            PollFd::new(line.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.knocked.as_fd(), PollFlags::POLLIN),
        ];
        let until = self.joiner.deadline().map(|at| {
            // Not a moment too early: it would be looked at again and again until then.
            let left = at.saturating_duration_since(Instant::now()) + Duration::from_millis(1);
            PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX)
        });
        match poll(&mut states, until.unwrap_or(PollTimeout::NONE)) {
            Ok(_) => states.map(|state| state.any().unwrap_or(true)),
            Err(Errno::EINTR | Errno::EAGAIN) => [false, false],
            Err(_) => farewell(HUNG_UP),
        }
    }

    /// Reads what was typed.
    fn typed(&mut self, came: &mut Vec<Came>) {
        let mut room = [0; 4096];
        match unistd::read(stdin(), &mut room) {
            Ok(0) => farewell(HUNG_UP),
            Ok(count) => {
                let read = room.get(..count).unwrap_or_default();
                // What ends a longer piece may go on in the next one.
                self.joiner.trust(self.is_near && count == 1);
                came.extend(self.bytes.push(read, count == room.len()));
            }
            Err(Errno::EINTR | Errno::EAGAIN) => {}
            Err(_) => farewell(HUNG_UP),
        }
    }

    /// Answers a knock: the size of the terminal, if it is another one.
    fn another_size(&mut self) -> Option<Event> {
        let mut knocks = [0; 64];
        while matches!(self.knocked.read(&mut knocks), Ok(1..)) {}
        let size = terminal::size().ok()?;
        let before = self.size.replace(size);
        (before != Some(size)).then_some(Event::Resize(size.0, size.1))
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
