//! The terminal: what the program sets on it, and the one way in which that is undone, whatever ends the program.
//!
//! Frames are gathered in memory and sent as one write between the marks of synchronized output (mode 2026), so that a
//! slow line never shows half a frame, and a failed frame leaves nothing behind. Nothing is ever asked of the terminal that
//! somebody would wait for: over ssh the answer may take seconds. Only how far it is with what was sent it says, where it
//! does, and no frame is begun while much is under way.

use crossterm::{cursor, event, style, terminal as modes};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, write};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::io::{self, IsTerminal, stdin, stdout};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

mod flow;
mod paint;
mod pen;
mod scroll;
#[cfg(test)]
mod tests;

use flow::{ASK, Flow};
use paint::Paint;

/// What is set on the terminal now, as bits. Global, because a panic and a signal must find it.
static SET: AtomicU8 = AtomicU8::new(0);
const RAW: u8 = 1;
const SCREEN: u8 = 1 << 1;
const PASTE: u8 = 1 << 2;
const MOUSE: u8 = 1 << 3;

/// When the terminal was asked how far it is, where it has not answered; and whether it ever has.
static ASKED: Mutex<(Option<Instant>, bool)> = Mutex::new((None, false));
/// An answer that is under way is waited for before the terminal is given back: so long from a terminal that answers, and
/// so long after the question from one of which that is not known.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);
const MAY_ANSWER_WITHIN: Duration = Duration::from_millis(500);

/// Held while the settings of the line are changed.
static LINE: Mutex<()> = Mutex::new(());

/// Buttons and the wheel, in the form that has no limit of columns. Crossterm's own would also report every movement,
/// each a wake-up for nothing.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// The whole screen scrolls, not a part of it.
const WHOLE: &[u8] = b"\x1b[r";

/// How long a write that is not a frame waits for a terminal that takes nothing.
const PATIENCE_MS: u16 = 200;

/// The terminal while the console has it. Dropping it gives the terminal back as it was.
pub struct Screen {
    paint: Paint,
    flow: Flow,
    modes: u8,
}

impl Screen {
    /// Takes the terminal: raw mode, the alternate screen, bracketed paste, and the mouse if asked for. Lines are moved and
    /// erased by the terminal if it is `able` to.
    ///
    /// # Errors
    /// When standard input or output is not a terminal, or the terminal refuses; it is then as it was.
    pub fn enter(mouse: bool, able: bool) -> io::Result<Self> {
        if !(stdin().is_terminal() && stdout().is_terminal()) {
            let what = "the console needs a terminal for its input and output: use the subcommands in scripts";
            return Err(io::Error::other(what));
        }
        let modes = RAW | SCREEN | PASTE | if mouse { MOUSE } else { 0 };
        let screen = Self {
            paint: Paint::new(able),
            flow: Flow::new(Instant::now()),
            modes,
        };
        set(modes).inspect_err(|_| restore())?;
        Ok(screen)
    }

    /// Draws a frame: `render` fills it, and gives where the cursor is to be; without that it is hidden. Where nothing
    /// changed, nothing is sent.
    ///
    /// # Errors
    /// When the size of the terminal cannot be found, or it takes no more.
    pub fn draw(
        &mut self,
        render: impl FnOnce(Rect, &mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        let (width, height) = size()?;
        let area = Rect::new(0, 0, width, height);
        let frame = self.paint.frame(area, |buf| render(area, buf));
        // Once the terminal was given back, a late frame must not spoil the shell's screen.
        if frame.is_empty() || SET.load(Ordering::SeqCst) & SCREEN == 0 {
            Ok(())
        } else {
            let mut bytes = synchronized(&frame)?;
            let now = Instant::now();
            if self.flow.sends(bytes.len(), now) {
                bytes.extend_from_slice(ASK);
                // An answer that was given up may still come: it must not seem to be a fast one to this.
                asked().0.get_or_insert(now);
            }
            send(&bytes)
        }
    }

    /// For how long no frame is to be begun, unless the terminal says before that it has shown what is under way to it:
    /// what is drawn later is newer, and a line that is slow never runs behind.
    pub fn is_behind(&mut self) -> Option<Duration> {
        let now = Instant::now();
        self.flow.give_up(now);
        self.flow.wait(now)
    }

    /// The terminal has shown what was sent before it was asked.
    pub fn shown(&mut self) {
        self.flow.shown(Instant::now());
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole.
    pub fn redraw(&mut self) {
        self.paint.forget();
    }

    /// Gives the terminal to somebody else for a while, such as an editor. [`Screen::resume`] takes it back.
    pub fn leave(&mut self) {
        restore();
    }

    /// Takes the terminal back, also after somebody else changed it, and draws the next frame whole.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub fn resume(&mut self) -> io::Result<()> {
        restore();
        set(self.modes)?;
        self.flow.begin_anew(Instant::now());
        self.redraw();
        Ok(())
    }

    /// Gives the terminal back and stops, as Ctrl-Z asks for; returns once the shell lets the program go on, with the
    /// terminal taken back. False when there is no shell to go back to, and the program was not stopped.
    ///
    /// No transaction may be open meanwhile: it would block every other writer.
    ///
    /// # Errors
    /// When the program cannot be stopped, or the terminal cannot be taken back.
    pub fn suspend(&mut self) -> io::Result<bool> {
        restore();
        let stopped = stop();
        self.resume()?;
        stopped
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A sudden end has no time for it.
        hear_out();
        restore();
    }
}

/// The columns and rows of the terminal.
///
/// # Errors
/// When they cannot be found.
pub fn size() -> io::Result<(u16, u16)> {
    match rustix::termios::tcgetwinsize(stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Ok((size.ws_col, size.ws_row)),
        // Crossterm looks in more places.
        _ => modes::size(),
    }
}

/// Stops the process group until it is continued. False when the system ignored it.
pub(super) fn stop() -> io::Result<bool> {
    let continued = Arc::new(AtomicBool::new(false));
    let handler =
        signal_hook::flag::register(signal_hook::consts::SIGCONT, Arc::clone(&continued))?;
    // Not SIGTSTP, which has a handler, nor SIGSTOP, which would also stop a program that no shell can continue. The
    // system discards this one when the process group is orphaned.
    kill(Pid::from_raw(0), Signal::SIGTTIN)?;
    // Another thread may take the signal, so that this one runs on for a moment.
    for _ in 0..30 {
        if continued.load(Ordering::SeqCst) {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    signal_hook::low_level::unregister(handler);
    Ok(continued.load(Ordering::SeqCst))
}

/// Sets `modes`. Raw mode comes first: in the background it waits for the shell to bring the program to the front.
fn set(modes: u8) -> io::Result<()> {
    // Marked before it is done, so that what interrupts it undoes it.
    SET.store(modes, Ordering::SeqCst);
    let line = line();
    modes::enable_raw_mode()?;
    drop(line);
    send(&settings(modes)?)
}

/// Gives the terminal back as it was: undoes exactly what is set, once, from any thread, however often it is called.
/// Does not wait for a terminal that is stuck, and ignores one that is gone.
pub fn restore() {
    let modes = SET.swap(0, Ordering::SeqCst);
    if modes == 0 {
        return;
    }
    let out = stdout();
    let mut ready = [PollFd::new(out.as_fd(), PollFlags::POLLOUT)];
    if poll(&mut ready, PATIENCE_MS).is_ok_and(|ready| ready > 0) {
        let _ = undoing(modes).and_then(|bytes| send(&bytes));
    }
    let _line = line();
    let _ = modes::disable_raw_mode();
}

fn asked() -> MutexGuard<'static, (Option<Instant>, bool)> {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal has answered; gives how long that took, where a question was open.
pub(super) fn answered() -> Option<Duration> {
    let (at, _) = std::mem::replace(&mut *asked(), (None, true));
    at.map(|at| at.elapsed())
}

/// Waits for an answer that is under way: once nobody reads it here, it is typed into the shell.
pub(super) fn hear_out() {
    let until = match *asked() {
        (None, _) => return,
        (Some(_), true) => Instant::now() + ANSWERS_WITHIN,
        (Some(at), false) => at + MAY_ANSWER_WITHIN,
    };
    while asked().0.is_some() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(1));
    }
    asked().0 = None;
}

fn line() -> MutexGuard<'static, ()> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The bytes that set `modes`.
fn settings(modes: u8) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if modes & SCREEN != 0 {
        // What a program that was killed left there would show between what is drawn.
        let plain = style::SetAttribute(style::Attribute::Reset);
        let clear = modes::Clear(modes::ClearType::All);
        crossterm::queue!(bytes, modes::EnterAlternateScreen, cursor::Hide)?;
        bytes.extend_from_slice(WHOLE);
        crossterm::queue!(bytes, plain, clear)?;
    }
    if modes & PASTE != 0 {
        crossterm::queue!(bytes, event::EnableBracketedPaste)?;
    }
    if modes & MOUSE != 0 {
        bytes.extend_from_slice(MOUSE_ON);
    }
    Ok(bytes)
}

/// The bytes that undo `modes`, in the opposite order, after the end of a frame that may have been cut short.
fn undoing(modes: u8) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    crossterm::queue!(
        bytes,
        modes::EndSynchronizedUpdate,
        style::SetAttribute(style::Attribute::Reset)
    )?;
    if modes & MOUSE != 0 {
        bytes.extend_from_slice(MOUSE_OFF);
    }
    if modes & PASTE != 0 {
        crossterm::queue!(bytes, event::DisableBracketedPaste)?;
    }
    if modes & SCREEN != 0 {
        crossterm::queue!(bytes, cursor::Show, modes::LeaveAlternateScreen)?;
    }
    Ok(bytes)
}

/// `frame` between the marks that make the terminal show it at once.
fn synchronized(frame: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(frame.len() + 16);
    crossterm::queue!(bytes, modes::BeginSynchronizedUpdate)?;
    bytes.extend_from_slice(frame);
    crossterm::queue!(bytes, modes::EndSynchronizedUpdate)?;
    Ok(bytes)
}

/// Writes all of `bytes` to the terminal, in one call if it takes them. Not through the standard library's lock, which
/// a thread that hangs in a write would hold against a signal.
fn send(mut bytes: &[u8]) -> io::Result<()> {
    let out = stdout();
    while !bytes.is_empty() {
        match write(out.as_fd(), bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) => {
                poll(
                    &mut [PollFd::new(out.as_fd(), PollFlags::POLLOUT)],
                    PollTimeout::NONE,
                )?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
