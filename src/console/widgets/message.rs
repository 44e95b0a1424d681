//! The last message, on one line where it fits: a symbol, then what happened and what to do.

use crate::console::{look::Look, theme::Role};
use crate::text;
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    widgets::{Clear, Widget},
};

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
    /// Draws the message into `line`. What does not fit there takes as many lines of `screen` above it as it needs, so that
    /// nothing of it is cut: what to do stands at its end.
    pub fn render(&self, look: &Look, line: Rect, screen: Rect, buf: &mut Buffer) {
        let (line, screen) = (line.intersection(buf.area), screen.intersection(buf.area));
        if line.is_empty() {
            return;
        }
        let (symbol, role) = match self.kind {
            Kind::Info => (look.symbols.separator, Role::Text),
            Kind::Done => (look.symbols.good, Role::Good),
            Kind::Warning => (look.symbols.missed, Role::Warning),
            Kind::Error => (look.symbols.bad, Role::Bad),
        };
        let indent = text::width(symbol) + 1;
        let wrapped =
            |width: u16| text::wrap(&self.text, usize::from(width).saturating_sub(indent));
        let beside = wrapped(line.width);
        let fits = beside.len() <= 1;
        let lines = match fits {
            true => beside,
            false => wrapped(screen.width),
        };
        // What does not fit beside something else on its line stands wholly above that.
        let many = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let alone = fits || line.width == screen.width;
        let end = if alone { line.bottom() } else { line.y };
        let area = Rect {
            y: end.saturating_sub(many).max(screen.y),
            height: many.min(end.saturating_sub(screen.y)),
            ..if fits { line } else { screen }
        };
        if !fits {
            Clear.render(area, buf);
            buf.set_style(area, look.style(Role::Text));
        }
        for (at, (words, row)) in lines.iter().zip(area.rows()).enumerate() {
            let sign = if at == 0 { symbol } else { "" };
            let words = format!("{} {words}", text::fit(sign, indent - 1));
            buf.set_stringn(row.x, row.y, words, row.width.into(), look.style(role));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::look::tests::{lines, plain, rich};

    /// A screen of four lines; the message stands in the third, behind what is there already.
    fn drawn(kind: Kind, text: &str, width: u16, before: &str, look: &Look) -> Vec<String> {
        let mut buf = Buffer::with_lines(vec!["#".repeat(width.into()); 4]);
        let screen = buf.area;
        let taken = u16::try_from(before.len()).unwrap().min(width);
        buf.set_string(0, 2, " ".repeat(width.into()), ratatui::style::Style::new());
        buf.set_string(0, 2, before, ratatui::style::Style::new());
        let line = Rect::new(taken, 2, width - taken, 1.min(screen.height));
        let text = text.into();
        Message { kind, text }.render(look, line, screen, &mut buf);
        lines(&buf)
    }

    #[test]
    fn a_symbol_goes_before_the_words_and_what_does_not_fit_goes_above() {
        assert_eq!(
            drawn(Kind::Done, "Saved.", 10, "", &rich()),
            ["##########", "##########", "✓ Saved.", "##########"]
        );
        assert_eq!(
            drawn(Kind::Error, "Not saved: try again.", 13, "", &plain()),
            [
                "#############",
                "x Not saved:",
                "  try again.",
                "#############"
            ]
        );
        assert_eq!(
            drawn(
                Kind::Error,
                "Not saved: try again.",
                13,
                "call 0:42 ",
                &plain()
            ),
            ["x Not saved:", "  try again.", "call 0:42", "#############"]
        );
        // What would fit on a line of its own is not cut for the sake of what stands beside it.
        assert_eq!(
            drawn(Kind::Error, "Not saved", 13, "call 0:42 ", &plain()),
            ["#############", "x Not saved", "call 0:42", "#############"]
        );
        assert_eq!(
            drawn(Kind::Info, "a\u{1b}[2Jb", 14, "", &plain())[2],
            "- a\\u{1b}[2Jb"
        );
    }

    #[test]
    fn no_room_is_no_trouble() {
        for width in 0..9 {
            drawn(Kind::Warning, "Mind the gap.", width, "", &rich());
            drawn(Kind::Warning, "Mind the gap.", width, "call", &rich());
        }
    }
}
