//! The last message, on one line: a symbol, then what happened and what to do.

use crate::console::{look::Look, theme::Role};
use crate::text;
use ratatui::{buffer::Buffer, layout::Rect};

/// What sort of news a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something to know.
    Info,
    /// Something that worked.
    Done,
    /// Something to mind.
    Warning,
    /// Something that did not work. It stays until it has been read.
    Error,
}

/// A message for the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What sort of news it is.
    pub kind: Kind,
    /// One sentence: what happened, and what to do about it.
    pub text: String,
}

impl Message {
    /// Draws the message over the first line of `area`, cut where it does not fit.
    pub fn render(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let (symbol, role) = match self.kind {
            Kind::Info => (look.symbols.separator, Role::Text),
            Kind::Done => (look.symbols.good, Role::Good),
            Kind::Warning => (look.symbols.missed, Role::Warning),
            Kind::Error => (look.symbols.bad, Role::Bad),
        };
        let style = look.style(role);
        let (x, y) = buf.set_stringn(area.left(), area.top(), symbol, area.width.into(), style);
        let room = usize::from(area.right().saturating_sub(x)).saturating_sub(1);
        if room > 0 {
            buf.set_stringn(
                x + 1,
                y,
                text::cut_with(&self.text, room, look.symbols.cut),
                room,
                style,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::look::tests::{lines, plain, rich};

    fn drawn(kind: Kind, text: &str, width: u16, look: &Look) -> Vec<String> {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        Message {
            kind,
            text: text.into(),
        }
        .render(look, buf.area, &mut buf);
        lines(&buf)
    }

    #[test]
    fn a_symbol_goes_before_the_words_and_what_does_not_fit_is_cut() {
        assert_eq!(drawn(Kind::Done, "Saved.", 10, &rich()), ["✓ Saved."]);
        assert_eq!(
            drawn(Kind::Error, "Not saved: try again.", 12, &plain()),
            ["x Not saved~"]
        );
        assert_eq!(
            drawn(Kind::Info, "a\u{1b}[2Jb", 14, &plain()),
            ["- a\\u{1b}[2Jb"]
        );
    }

    #[test]
    fn no_room_is_no_trouble() {
        for width in 0..4 {
            drawn(Kind::Warning, "Mind the gap.", width, &rich());
        }
    }
}
