//! What the bytes of a terminal mean: keys, a paste, the mouse, and its answer that everything was shown. A sequence that
//! is not there whole waits for the rest; one that means nothing is dropped, and never runs as keys.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

#[cfg(test)]
mod tests;

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// What came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Came {
    /// A key, a paste, the mouse.
    Event(Event),
    /// The answer to the question of `terminal::flow`: what was sent before the question is shown.
    Shown,
}

/// Reads bytes. Holds the beginning of what is not there whole.
#[derive(Debug, Default)]
pub(super) struct Bytes {
    held: Vec<u8>,
    /// The text of a paste whose end has not come.
    paste: Option<Vec<u8>>,
}

impl Bytes {
    /// Takes bytes in and gives what they mean, in order. Whether there is `more` to be read decides what an Esc at the end
    /// is: the key, or the beginning of a sequence.
    pub(super) fn push(&mut self, bytes: &[u8], more: bool) -> Vec<Came> {
        let mut out = Vec::new();
        for (at, byte) in bytes.iter().enumerate() {
            if let Some(text) = &mut self.paste {
                text.push(*byte);
                if let Some(text) = text.strip_suffix(PASTE_END) {
                    let text = String::from_utf8_lossy(text).into_owned();
                    out.push(Came::Event(Event::Paste(text)));
                    self.paste = None;
                }
                continue;
            }
            self.held.push(*byte);
            let more = more || at + 1 < bytes.len();
            while let Some((length, meaning)) = first(&self.held, more) {
                self.held.drain(..length);
                match meaning {
                    Meaning::Came(came) => out.push(came),
                    Meaning::Paste => self.paste = Some(Vec::new()),
                    Meaning::Nothing => {}
                }
            }
        }
        out
    }

    /// Drops what is held.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// What a sequence means.
enum Meaning {
    Came(Came),
    /// A paste begins.
    Paste,
    Nothing,
}

impl Meaning {
    fn key(code: KeyCode, modifiers: KeyModifiers) -> Self {
        Self::Came(Came::Event(Event::Key(KeyEvent::new(code, modifiers))))
    }

    fn plain(code: Option<KeyCode>) -> Self {
        code.map_or(Self::Nothing, |code| Self::key(code, KeyModifiers::NONE))
    }
}

/// Of how many bytes the first sequence is, and what it means; none where its end has not come.
fn first(bytes: &[u8], more: bool) -> Option<(usize, Meaning)> {
    match bytes {
        [] => None,
        [ESC] if more => None,
        [ESC] | [ESC, ESC, ..] => Some((1, Meaning::plain(Some(KeyCode::Esc)))),
        [ESC, b'O'] => None,
        [ESC, b'O', last, ..] => Some((3, Meaning::plain(letter(*last)))),
        [ESC, b'[', rest @ ..] => {
            let (length, meaning) = control(rest)?;
            Some((length + 2, meaning))
        }
        [ESC, rest @ ..] => {
            let (length, code, modifiers) = typed(rest)?;
            let alt = |code| Meaning::key(code, modifiers | KeyModifiers::ALT);
            Some((length + 1, code.map_or(Meaning::Nothing, alt)))
        }
        bytes => {
            let (length, code, modifiers) = typed(bytes)?;
            let key = |code| Meaning::key(code, modifiers);
            Some((length, code.map_or(Meaning::Nothing, key)))
        }
    }
}

/// A character or control character; without a code where it is none.
fn typed(bytes: &[u8]) -> Option<(usize, Option<KeyCode>, KeyModifiers)> {
    let control = |code: u8| {
        let code = KeyCode::Char(char::from(code));
        Some((1, Some(code), KeyModifiers::CONTROL))
    };
    let plain = |code| Some((1, Some(code), KeyModifiers::NONE));
    let byte = *bytes.first()?;
    match byte {
        b'\r' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x7f => plain(KeyCode::Backspace),
        0 => control(b' '),
        0x01..=0x1a => control(byte - 1 + b'a'),
        0x1b..=0x1f => control(byte.saturating_sub(0x1c) + b'4'),
        b' '..=b'~' => Some(character(1, char::from(byte))),
        _ => {
            let length = match byte {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return Some((1, None, KeyModifiers::NONE)),
            };
            let part = bytes.get(..length.min(bytes.len()))?;
            match std::str::from_utf8(part) {
                Ok(text) => Some(character(length, text.chars().next()?)),
                // Broken within what is there, not only cut short.
                Err(error) if error.error_len().is_some() => Some((1, None, KeyModifiers::NONE)),
                Err(_) => None,
            }
        }
    }
}

fn character(length: usize, c: char) -> (usize, Option<KeyCode>, KeyModifiers) {
    let shift = match c.is_uppercase() {
        true => KeyModifiers::SHIFT,
        false => KeyModifiers::NONE,
    };
    (length, Some(KeyCode::Char(c)), shift)
}

/// A control sequence, from behind its `[` on.
fn control(bytes: &[u8]) -> Option<(usize, Meaning)> {
    match bytes {
        // Function keys of a Linux console.
        [b'[', key, ..] => {
            let code = matches!(key, b'A'..=b'E').then(|| KeyCode::F(key - b'A' + 1));
            return Some((2, Meaning::plain(code)));
        }
        [b'[', ..] => return None,
        [b'M', rest @ ..] => {
            let [button, column, row] = *rest.first_chunk()?;
            let place = |at: u8| u16::from(at.saturating_sub(33));
            let mouse = mouse(button.wrapping_sub(32), place(column), place(row), false);
            return Some((4, mouse));
        }
        _ => {}
    }
    let end = bytes.iter().position(|byte| !matches!(byte, b' '..=b'?'))?;
    let (inner, last) = (bytes.get(..end)?, *bytes.get(end)?);
    let inner = std::str::from_utf8(inner).unwrap_or_default();
    match last {
        b'~' if inner == "200" => Some((end + 1, Meaning::Paste)),
        b'@'..=b'~' => Some((end + 1, sequence(inner, last))),
        // Something else begins before it has ended.
        _ => Some((end, Meaning::Nothing)),
    }
}

/// A whole control sequence: what stands before its last byte, and that.
fn sequence(inner: &str, last: u8) -> Meaning {
    if let Some(inner) = inner.strip_prefix('<') {
        return match numbers(inner).as_slice() {
            [(button, _), (column, _), (row, _)] if matches!(last, b'M' | b'm') => {
                let button = u8::try_from(*button).unwrap_or(u8::MAX);
                let place = |at: u32| u16::try_from(at.saturating_sub(1)).unwrap_or(u16::MAX);
                mouse(button, place(*column), place(*row), last == b'm')
            }
            _ => Meaning::Nothing,
        };
    }
    let numbers = numbers(inner);
    let first = numbers.first().map_or(0, |(number, _)| *number);
    // `1;5A`; some terminals say `5A`.
    let second = numbers.get(1).copied();
    let (mask, kind) = match second {
        Some(second) => second,
        None if matches!(last, b'A'..=b'S') && !inner.is_empty() => (first, 1),
        None => (1, 1),
    };
    let modifiers = modifiers(mask);
    let code = match last {
        b'n' if matches!(inner, "0" | "3") => return Meaning::Came(Came::Shown),
        b'I' if inner.is_empty() => return Meaning::Came(Came::Event(Event::FocusGained)),
        b'O' if inner.is_empty() => return Meaning::Came(Came::Event(Event::FocusLost)),
        b'Z' => return Meaning::key(KeyCode::BackTab, KeyModifiers::SHIFT),
        b'~' => numbered(first),
        b'u' => unicode(first, modifiers),
        // Else it is where the cursor is, an answer that another program did not wait for.
        b'R' if first != 1 || !matches!(mask, 2..=8) => None,
        last => letter(last),
    };
    let Some(code) = code else {
        return Meaning::Nothing;
    };
    let kind = match kind {
        2 => KeyEventKind::Repeat,
        3 => KeyEventKind::Release,
        _ => KeyEventKind::Press,
    };
    let key = KeyEvent::new_with_kind(code, modifiers, kind);
    Meaning::Came(Came::Event(Event::Key(key)))
}

/// The numbers of a sequence, each with the one behind its colon, which is 1 where there is none.
fn numbers(inner: &str) -> Vec<(u32, u32)> {
    let number = |text: Option<&str>, else_: u32| {
        let number = text.and_then(|text| text.parse().ok());
        number.unwrap_or(else_)
    };
    let parts = inner.split(';').map(|part| {
        let mut parts = part.split(':');
        (number(parts.next(), 0), number(parts.next(), 1))
    });
    parts.collect()
}

fn modifiers(mask: u32) -> KeyModifiers {
    let bits = mask.saturating_sub(1);
    let each = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    let set = each.into_iter().filter(|(bit, _)| bits & bit != 0);
    set.fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// The key of a letter that ends a sequence.
fn letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The key of a number before `~`.
fn numbered(number: u32) -> Option<KeyCode> {
    let function = |from: u32| u8::try_from(number - from).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(10),
        17..=21 => function(11),
        23..=26 => function(12),
        28..=29 => function(15),
        31..=34 => function(17),
        _ => None,
    }
}

/// The key of a character's number.
fn unicode(number: u32, modifiers: KeyModifiers) -> Option<KeyCode> {
    Some(match char::from_u32(number)? {
        '\u{1b}' => KeyCode::Esc,
        '\r' => KeyCode::Enter,
        '\t' if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\u{7f}' => KeyCode::Backspace,
        // Keys without a character have numbers of their own.
        '\u{e000}'..='\u{f8ff}' | '\0' => return None,
        c => KeyCode::Char(c),
    })
}

/// The mouse: a button with its modifiers as bits, and where it is.
fn mouse(bits: u8, column: u16, row: u16, released: bool) -> Meaning {
    let (button, drags) = (bits & 3 | (bits & 0b1100_0000) >> 4, bits & 32 != 0);
    let which = |button| match button {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button, drags) {
        (0..=2, false) if released => MouseEventKind::Up(which(button)),
        (0..=2, false) => MouseEventKind::Down(which(button)),
        (0..=2, true) => MouseEventKind::Drag(which(button)),
        // Which one it was is not told.
        (3, false) => MouseEventKind::Up(MouseButton::Left),
        (3..=5, true) => MouseEventKind::Moved,
        (4, false) => MouseEventKind::ScrollUp,
        (5, false) => MouseEventKind::ScrollDown,
        (6, false) => MouseEventKind::ScrollLeft,
        (7, false) => MouseEventKind::ScrollRight,
        _ => return Meaning::Nothing,
    };
    let each = [
        (4, KeyModifiers::SHIFT),
        (8, KeyModifiers::ALT),
        (16, KeyModifiers::CONTROL),
    ];
    let set = each.into_iter().filter(|(bit, _)| bits & bit != 0);
    let modifiers = set.fold(KeyModifiers::NONE, |all, (_, one)| all | one);
    Meaning::Came(Came::Event(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    })))
}
