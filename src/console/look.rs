//! How things look on this terminal: the theme and the symbols, which every view is handed.

use super::{environment::Environment, symbols::Symbols, theme::Role, theme::Theme};
use ratatui::style::Style;

/// A theme with a set of symbols.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The style of each role.
    pub theme: Theme,
    /// The symbols and lines.
    pub symbols: &'static Symbols,
}

impl Look {
    /// What suits the terminal that the environment describes.
    #[must_use]
    pub fn suiting(environment: &Environment) -> Self {
        Self {
            theme: Theme::suiting(environment),
            symbols: Symbols::suiting(environment),
        }
    }

    /// How `role` looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::console::{symbols, theme::Depth};
    use ratatui::buffer::Buffer;

    /// No colours, ASCII symbols: what a view looks like at its poorest.
    pub(crate) fn plain() -> Look {
        Look {
            theme: Theme::plain(),
            symbols: &symbols::ASCII,
        }
    }

    /// The dark theme with all colours and symbols.
    pub(crate) fn rich() -> Look {
        Look {
            theme: Theme::dark(Depth::True),
            symbols: &symbols::UNICODE,
        }
    }

    /// The lines of a buffer without their styles and trailing spaces. Wide characters take their two columns.
    pub(crate) fn lines(buf: &Buffer) -> Vec<String> {
        let row = |y| {
            let mut line = String::new();
            let mut covered = 0;
            for x in buf.area.left()..buf.area.right() {
                let symbol = buf[(x, y)].symbol();
                if covered == 0 {
                    line.push_str(symbol);
                    covered = crate::text::width(symbol);
                }
                covered = covered.saturating_sub(1);
            }
            line.trim_end().to_owned()
        };
        (buf.area.top()..buf.area.bottom()).map(row).collect()
    }

    #[test]
    fn the_look_follows_the_environment() {
        let poor = Environment {
            term: "vt100".into(),
            ..Environment::default()
        };
        assert_eq!(
            Look::suiting(&poor),
            Look {
                theme: Theme::dark(Depth::None),
                symbols: &symbols::ASCII
            }
        );
    }
}
