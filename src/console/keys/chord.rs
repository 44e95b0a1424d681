//! A chord: one key with the modifiers held down, as the table of bindings and the key file write it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// One key with its modifiers, in one form for each thing that a terminal can send: shift is part of a letter (`A`),
/// and `Shift-Tab` is a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The keys with names, as they are shown; they are read in any case.
const NAMES: [(&str, KeyCode); 16] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
];

/// The modifiers that a terminal can tell, in the order in which they are written.
const MODIFIERS: [(&str, KeyModifiers); 3] = [
    ("Ctrl-", KeyModifiers::CONTROL),
    ("Alt-", KeyModifiers::ALT),
    ("Shift-", KeyModifiers::SHIFT),
];

/// Why a text is no chord.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChordError {
    /// No key has this name.
    #[error(
        "\"{0}\" names no key: write a character, or a name such as enter, ctrl-d, f1, shift-tab, space"
    )]
    Unknown(String),
    /// Terminals send the same for this chord and another.
    #[error("\"{0}\" cannot be told from {1} in a terminal: choose another key")]
    Ambiguous(String, &'static str),
}

impl Chord {
    /// A chord from its key and modifiers.
    #[must_use]
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers =
            modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::BackTab => KeyCode::BackTab,
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            code => code,
        };
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Self { code, modifiers }
    }

    /// The character that this chord types into a field, if it types one.
    #[must_use]
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// The key, without its modifiers.
    #[must_use]
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// The modifiers held down with it.
    #[must_use]
    pub fn modifiers(self) -> KeyModifiers {
        self.modifiers
    }
}

impl From<KeyEvent> for Chord {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl From<&KeyEvent> for Chord {
    fn from(event: &KeyEvent) -> Self {
        Self::from(*event)
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let mut rest = text;
        let mut modifiers = KeyModifiers::NONE;
        while let Some((prefix, modifier)) = MODIFIERS
            .into_iter()
            .find(|(prefix, _)| starts_with(rest, prefix))
        {
            modifiers |= modifier;
            rest = rest.get(prefix.len()..).unwrap_or_default();
        }
        let code = key(rest).ok_or_else(|| ChordError::Unknown(text.to_owned()))?;
        let chord = Self::new(code, modifiers);
        match (chord.code, chord.modifiers) {
            (KeyCode::Char('i'), KeyModifiers::CONTROL) => {
                Err(ChordError::Ambiguous(text.to_owned(), "Tab"))
            }
            (KeyCode::Char('m'), KeyModifiers::CONTROL) => {
                Err(ChordError::Ambiguous(text.to_owned(), "Enter"))
            }
            (KeyCode::Char('['), KeyModifiers::CONTROL) => {
                Err(ChordError::Ambiguous(text.to_owned(), "Esc"))
            }
            _ => Ok(chord),
        }
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.len() > prefix.len()
        && text
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The key that `name` stands for: one character, a name of [`NAMES`], or `f1` to `f24`.
fn key(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    if let (Some(c), None) = (characters.next(), characters.next()) {
        return (!c.is_control() && c != ' ').then_some(KeyCode::Char(c));
    }
    let named = NAMES
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, code)| code);
    let numbered = || {
        name.strip_prefix(['f', 'F'])?
            .parse()
            .ok()
            .filter(|n| (1..=24).contains(n))
            .map(KeyCode::F)
    };
    named.or_else(numbered)
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (prefix, modifier) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                f.write_str(prefix)?;
            }
        }
        match self.code {
            code if let Some((name, _)) = NAMES.iter().find(|(_, known)| *known == code) => {
                f.write_str(name)
            }
            KeyCode::Char(c) if self.modifiers.contains(KeyModifiers::CONTROL) => {
                write!(f, "{}", c.to_ascii_uppercase())
            }
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => write!(f, "{code}"),
        }
    }
}
