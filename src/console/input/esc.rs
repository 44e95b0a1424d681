//! Mends escape sequences that a slow line tore apart. `Esc` and `[A` arriving 30 ms apart are an arrow key, not three
//! keys that close a form and type into the next one; `Esc` and `j` in one packet are two keys, not Alt-J.
//!
//! So a lone Esc waits for what may follow it. Where no line lies between it need not: a terminal on this machine writes
//! a sequence in one piece. See [`is_near`].

use crate::console::keys::Chord;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::{Duration, Instant};

/// How long a lone Esc waits for the rest of a sequence, and the rest for its end.
const HOLD: Duration = Duration::from_millis(50);
/// How long a paste whose start was torn may pause. Its end is a sequence that crossterm drops, so silence ends it.
const PASTE_HOLD: Duration = Duration::from_millis(250);

/// A terminal that answers in less is on this machine, as far as the clock can tell.
const NEAR: Duration = Duration::from_millis(10);

const PASTE_END: &str = "\u{1b}[201~";

/// Whether no line lies between the terminal and the console, so that no sequence is torn: the environment says that it
/// `stays_here`, and it `took` no longer than that to answer what it was asked last.
pub(super) fn is_near(stays_here: bool, took: Duration) -> bool {
    stays_here && took < NEAR
}

/// The state machine. It reads no clock: the caller says when an event came, and asks when to look again.
pub struct EscJoiner {
    state: State,
    /// What is read now is whole.
    whole: bool,
    bound: Box<dyn Fn(Chord) -> bool + Send>,
}

enum State {
    /// Events go straight through.
    Open,
    /// An Esc and what followed it.
    Held { keys: Vec<KeyEvent>, until: Instant },
    /// The text of a paste that arrives as keys.
    Paste { text: String, until: Instant },
}

/// What the characters after an Esc are.
#[derive(Debug, PartialEq, Eq)]
enum Sequence {
    /// The start of one.
    Unfinished,
    /// A key.
    Key(KeyCode, KeyModifiers),
    /// The start of a paste.
    Paste,
    /// One that means nothing to us, and must not be taken for keys.
    Unknown,
    /// None at all.
    No,
}

impl EscJoiner {
    /// A machine with nothing held. `bound` tells which Alt chords mean something.
    pub fn new(bound: impl Fn(Chord) -> bool + Send + 'static) -> Self {
        Self {
            state: State::Open,
            whole: false,
            bound: Box::new(bound),
        }
    }

    /// Whether what is pushed next is known to be `whole`: an Esc is then the key, and waits for nothing.
    pub fn trust(&mut self, whole: bool) {
        self.whole = whole;
    }

    /// Takes an event that came at `now` and gives those that are complete, in order. Releases of keys are dropped.
    pub fn push(&mut self, event: Event, now: Instant) -> Vec<Event> {
        let mut out = Vec::new();
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) => self.key(key, now, &mut out),
            // These do not depend on the order of keys.
            Event::Resize(..) | Event::FocusGained | Event::FocusLost => out.push(event),
            Event::Mouse(_) | Event::Paste(_) => {
                self.release(&mut out);
                out.push(event);
            }
        }
        out
    }

    /// When to call [`EscJoiner::expire`] if no event comes before.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Open => None,
            State::Held { until, .. } | State::Paste { until, .. } => Some(until),
        }
    }

    /// Gives what was held in vain until `now`.
    pub fn expire(&mut self, now: Instant) -> Vec<Event> {
        let mut out = Vec::new();
        if self.deadline().is_some_and(|deadline| deadline <= now) {
            self.release(&mut out);
        }
        out
    }

    /// Drops what is held.
    pub fn forget(&mut self) {
        self.state = State::Open;
    }

    fn release(&mut self, out: &mut Vec<Event>) {
        match std::mem::replace(&mut self.state, State::Open) {
            State::Open => {}
            State::Held { keys, .. } => out.extend(keys.into_iter().map(Event::Key)),
            State::Paste { text, .. } => out.push(Event::Paste(text)),
        }
    }

    fn key(&mut self, key: KeyEvent, now: Instant, out: &mut Vec<Event>) {
        let two_keys = self.is_two_keys(key);
        let is_esc = key.code == KeyCode::Esc && key.modifiers.is_empty();
        match &mut self.state {
            State::Open if is_esc && !self.whole => {
                self.state = State::Held {
                    keys: vec![key],
                    until: now + HOLD,
                };
            }
            State::Open if two_keys => {
                out.push(Event::Key(KeyCode::Esc.into()));
                out.push(Event::Key(KeyEvent {
                    modifiers: key.modifiers - KeyModifiers::ALT,
                    ..key
                }));
            }
            State::Open => out.push(Event::Key(key)),
            State::Held { keys, until } if Chord::from(key).character().is_some() => {
                keys.push(key);
                *until = now + HOLD;
                let typed: String = keys
                    .iter()
                    .filter_map(|key| Chord::from(key).character())
                    .collect();
                match sequence(&typed) {
                    Sequence::Unfinished => {}
                    Sequence::Key(code, modifiers) => {
                        self.state = State::Open;
                        out.push(Event::Key(KeyEvent::new(code, modifiers)));
                    }
                    Sequence::Paste => {
                        self.state = State::Paste {
                            text: String::new(),
                            until: now + PASTE_HOLD,
                        }
                    }
                    Sequence::Unknown => self.state = State::Open,
                    Sequence::No => self.release(out),
                }
            }
            State::Held { .. } => {
                self.release(out);
                self.key(key, now, out);
            }
            State::Paste { text, until } => {
                text.extend(pasted(key));
                *until = now + PASTE_HOLD;
                if text.ends_with(PASTE_END) {
                    text.truncate(text.len() - PASTE_END.len());
                    self.release(out);
                }
            }
        }
    }

    /// Whether an Alt chord is an Esc that shared a packet with the next key. Terminals send Alt with an arrow or
    /// function key as a sequence of its own, so those are what they say.
    fn is_two_keys(&self, key: KeyEvent) -> bool {
        let one_byte = matches!(
            key.code,
            KeyCode::Char(_) | KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace
        );
        key.modifiers.contains(KeyModifiers::ALT) && one_byte && !(self.bound)(key.into())
    }
}

/// The character that a key of a paste stands for.
fn pasted(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char('j') if key.modifiers.contains(KeyModifiers::CONTROL) => Some('\n'),
        KeyCode::Char(_) if key.modifiers.contains(KeyModifiers::CONTROL) => None,
        KeyCode::Char(c) => Some(c),
        KeyCode::Enter => Some('\r'),
        KeyCode::Tab => Some('\t'),
        KeyCode::Esc => Some('\u{1b}'),
        _ => None,
    }
}

/// Reads the characters that followed an Esc.
fn sequence(typed: &str) -> Sequence {
    if let Some(console) = typed.strip_prefix("[[") {
        return match console.bytes().next() {
            None => Sequence::Unfinished,
            Some(key @ b'A'..=b'E') => {
                Sequence::Key(KeyCode::F(key - b'A' + 1), KeyModifiers::NONE)
            }
            Some(_) => Sequence::Unknown,
        };
    }
    let body = typed.get(1..).unwrap_or_default();
    let last = body.bytes().last();
    match (typed.bytes().next(), last) {
        (Some(b'[' | b'O'), None) => Sequence::Unfinished,
        (Some(b'O'), Some(last)) => {
            letter(last).map_or(Sequence::No, |code| Sequence::Key(code, KeyModifiers::NONE))
        }
        (Some(b'['), Some(b' '..=b'?')) => Sequence::Unfinished,
        (Some(b'['), Some(last @ b'@'..=b'~')) => {
            control(body.get(..body.len() - 1).unwrap_or_default(), last)
        }
        _ => Sequence::No,
    }
}

/// A control sequence with its parameters (`1;5`) and its last byte.
fn control(parameters: &str, last: u8) -> Sequence {
    let mut numbers = parameters
        .split(';')
        .map(|number| number.parse::<u8>().unwrap_or(0));
    let (first, mask) = (
        numbers.next().unwrap_or(0),
        numbers.next().unwrap_or(1).saturating_sub(1),
    );
    let code = match (last, first) {
        (b'~', 200) => return Sequence::Paste,
        (b'~', 1 | 7) => KeyCode::Home,
        (b'~', 2) => KeyCode::Insert,
        (b'~', 3) => KeyCode::Delete,
        (b'~', 4 | 8) => KeyCode::End,
        (b'~', 5) => KeyCode::PageUp,
        (b'~', 6) => KeyCode::PageDown,
        (b'~', n @ 11..=15) => KeyCode::F(n - 10),
        (b'~', n @ 17..=21) => KeyCode::F(n - 11),
        (b'~', n @ 23..=24) => KeyCode::F(n - 12),
        (b'Z', _) => return Sequence::Key(KeyCode::BackTab, KeyModifiers::SHIFT),
        (last, _) => match letter(last) {
            Some(code) => code,
            None => return Sequence::Unknown,
        },
    };
    let all = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ];
    let held = all
        .into_iter()
        .filter(|(bit, _)| mask & bit != 0)
        .map(|(_, modifier)| modifier);
    Sequence::Key(code, held.collect())
}

/// The keys that are told by one letter, in both kinds of sequence.
fn letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}
