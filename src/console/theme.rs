//! Styles by meaning. A screen names a [`Role`]; a theme, a TOML file, says how that looks; [`Depth`] is what the
//! terminal can show of it. Colour never stands alone: a symbol and a word carry the state, and the selection is
//! reverse video, so that it is seen without any colour.

use super::environment::Environment;
use crate::config::in_words;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

mod depth;
pub use depth::Depth;
pub(super) use depth::exact_index;

#[cfg(test)]
mod tests;

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Names of screens, boxes and columns.
    Title,
    /// Plain text.
    Text,
    /// What can be overlooked: units, hints, the past.
    Muted,
    /// A key to press.
    Key,
    /// The selected row or choice.
    Selected,
    /// A clock past its due instant.
    Missed,
    /// A clock in its last quarter.
    DueSoon,
    /// A clock that runs with time left.
    Running,
    /// An incident that waits for the customer.
    Waiting,
    /// A clock that stands still: closed, on hold.
    Paused,
    /// What went well: met, saved, sent.
    Good,
    /// What went wrong: refused, failed.
    Bad,
    /// What wants care before it goes wrong.
    Warning,
    /// What stands out without being a state: a Tech Reference number, a match.
    Accent,
    /// Lines around and between.
    Border,
    /// The label of a field.
    Label,
    /// The field that has the keys.
    FieldFocus,
    /// A mistake in a field.
    FieldError,
}

impl Role {
    /// Every role, in the order of the enum.
    pub const ALL: [Role; 18] = [
        Role::Title,
        Role::Text,
        Role::Muted,
        Role::Key,
        Role::Selected,
        Role::Missed,
        Role::DueSoon,
        Role::Running,
        Role::Waiting,
        Role::Paused,
        Role::Good,
        Role::Bad,
        Role::Warning,
        Role::Accent,
        Role::Border,
        Role::Label,
        Role::FieldFocus,
        Role::FieldError,
    ];
}

/// Why a theme file cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "line {line} of the theme: {reason}; the themes that come with the program show every role and colour"
)]
pub struct ThemeError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// How each role looks on this terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

const DARK: &str = include_str!("../../assets/themes/dark.toml");
const LIGHT: &str = include_str!("../../assets/themes/light.toml");

impl Theme {
    /// The theme for dark terminals.
    #[must_use]
    pub fn dark(depth: Depth) -> Self {
        // A test holds that the files which come with the program are sound.
        Self::plain()
            .with(DARK, depth)
            .unwrap_or_else(|_| Self::plain())
    }

    /// The theme for light terminals.
    #[must_use]
    pub fn light(depth: Depth) -> Self {
        Self::plain()
            .with(LIGHT, depth)
            .unwrap_or_else(|_| Self::plain())
    }

    /// The theme that suits the terminal: light if it says that its background is, dark otherwise. The terminal itself
    /// is never asked: the answer may take seconds over ssh, or never come.
    #[must_use]
    pub fn suiting(environment: &Environment) -> Self {
        let depth = Depth::of(environment);
        let background = environment
            .colorfgbg
            .rsplit(';')
            .next()
            .and_then(|colour| colour.parse::<u8>().ok());
        match background {
            Some(7 | 15) => Self::light(depth),
            _ => Self::dark(depth),
        }
    }

    /// A theme without colours, which tells roles apart by attributes alone.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            styles: Role::ALL.map(|role| Style::new().add_modifier(attributes(role))),
        }
    }

    /// This theme with the roles that the TOML text `file` names painted over, for a terminal of `depth`.
    ///
    /// A line is `role = { fg = "#ff7a70 light-red", bg = "…", bold = true, underlined = true, italic = true }`, each
    /// part optional: a colour is `#rrggbb`, one of the sixteen names, or both, the name for terminals of 16 colours.
    ///
    /// # Errors
    /// [`ThemeError`] names the first line that cannot be read, or that names no known role or colour.
    pub fn with(&self, file: &str, depth: Depth) -> Result<Self, Vec<ThemeError>> {
        let line_of = |at: usize| file.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
        let error = |at: usize, reason: &str| ThemeError {
            line: line_of(at),
            reason: in_words(reason),
        };
        let lines: BTreeMap<Spanned<String>, toml::Value> =
            toml::from_str(file).map_err(|bad| {
                vec![error(
                    bad.span().map_or(0, |span| span.start),
                    bad.message(),
                )]
            })?;
        let mut theme = self.clone();
        let mut mistakes = Vec::new();
        for (name, value) in lines {
            let role = toml::Value::String(name.get_ref().clone()).try_into::<Role>();
            match role.and_then(|role| Ok((role, value.try_into::<Entry>()?))) {
                Ok((role, entry)) => {
                    if let Some(slot) = theme.styles.get_mut(role as usize) {
                        *slot = entry.style(role, depth);
                    }
                }
                Err(bad) => mistakes.push(error(name.span().start, bad.message())),
            }
        }
        mistakes.sort_by_key(|mistake| mistake.line);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(theme)
    }

    /// How `role` looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

/// The attributes that a role has under every theme, so that it is told apart where there are no colours.
fn attributes(role: Role) -> Modifier {
    match role {
        Role::Selected => Modifier::REVERSED,
        Role::Title | Role::Key | Role::Missed | Role::Bad | Role::FieldError => Modifier::BOLD,
        Role::FieldFocus => Modifier::UNDERLINED,
        _ => Modifier::empty(),
    }
}

/// One line of a theme file.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "colours, like { fg = \"#ff7a70 light-red\", bold = true }"
)]
struct Entry {
    fg: Option<Shade>,
    bg: Option<Shade>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    underlined: bool,
    #[serde(default)]
    italic: bool,
}

impl Entry {
    fn style(&self, role: Role, depth: Depth) -> Style {
        let mut modifier = attributes(role);
        modifier.set(
            Modifier::BOLD,
            self.bold || modifier.contains(Modifier::BOLD),
        );
        modifier.set(
            Modifier::UNDERLINED,
            self.underlined || modifier.contains(Modifier::UNDERLINED),
        );
        modifier.set(Modifier::ITALIC, self.italic);
        let colour = |shade: &Option<Shade>| shade.as_ref().and_then(|shade| shade.on(depth));
        Style {
            fg: colour(&self.fg),
            bg: colour(&self.bg),
            ..Style::new().add_modifier(modifier)
        }
    }
}

/// A colour as a theme writes it: exact, and, if it says so, one of the sixteen for terminals that have no more.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Shade {
    exact: Color,
    coarse: Option<Color>,
}

impl TryFrom<String> for Shade {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut colours = text.split_whitespace().map(|word| {
            word.parse::<Color>().map_err(|_| {
                format!("\"{word}\" is no colour: write #rrggbb or a name such as red")
            })
        });
        let exact = colours
            .next()
            .ok_or("a colour is missing: write #rrggbb or a name such as red")??;
        let coarse = colours.next().transpose()?;
        Ok(Self { exact, coarse })
    }
}

impl Shade {
    /// The colour on a terminal of `depth`; none where there are no colours.
    fn on(&self, depth: Depth) -> Option<Color> {
        let colour = if depth == Depth::Sixteen {
            self.coarse.unwrap_or(self.exact)
        } else {
            self.exact
        };
        depth.nearest(colour)
    }
}
