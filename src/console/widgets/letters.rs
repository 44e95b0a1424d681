//! Texts written into a frame letter by letter. Most of what shows is made of letters of one byte and one column: nothing
//! need be taken apart in it, which is most of what drawing a text costs.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::text::is_plain;

/// Writes a text for which [`is_plain`] is true from `at` on, as far as there is room before the column `end`.
pub fn write(plain: &str, style: Style, at: Position, end: u16, buf: &mut Buffer) {
    let (area, end) = (buf.area, end.min(buf.area.right()));
    if !area.contains(at) || at.x >= end {
        return;
    }
    let begin = usize::from(at.y - area.y) * usize::from(area.width) + usize::from(at.x - area.x);
    let cells = buf.content.get_mut(begin..begin + usize::from(end - at.x));
    for (cell, letter) in cells.into_iter().flatten().zip(plain.bytes()) {
        cell.set_char(letter.into()).set_style(style);
    }
}

/// Writes a line into the first row of `area`, as it renders itself.
pub fn line(line: &Line<'_>, area: Rect, buf: &mut Buffer) {
    let is_plain = |line: &Line<'_>| line.spans.iter().all(|span| is_plain(&span.content));
    if line.alignment.is_some() || line.style != Style::new() || !is_plain(line) {
        line.render(area, buf);
        return;
    }
    let mut at = area.as_position();
    for span in &line.spans {
        write(&span.content, span.style, at, area.right(), buf);
        let width = u16::try_from(span.content.len()).unwrap_or(u16::MAX);
        at.x = at.x.saturating_add(width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier, Stylize};
    use ratatui::text::Span;

    #[test]
    fn a_line_is_written_as_it_renders_itself() {
        let bold = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
        let lines = [
            Line::default(),
            Line::raw("plain"),
            Line::from(vec![
                Span::raw("one "),
                Span::styled("two", bold),
                "".into(),
            ]),
            Line::from(vec![
                Span::styled("longer than there is", bold),
                " room".into(),
            ]),
            Line::raw("in the middle").centered(),
            Line::raw("of a colour").green(),
            Line::from(vec![
                Span::raw("a "),
                Span::styled("界界", bold),
                "b".into(),
            ]),
        ];
        let whole = Rect::new(3, 2, 14, 3);
        for area in [
            whole,
            Rect::new(5, 3, 6, 1),
            Rect::new(9, 4, 20, 1),
            Rect::new(16, 2, 1, 1),
            Rect::new(5, 3, 0, 1),
        ] {
            for said in &lines {
                let mut before = Buffer::empty(whole);
                before.set_style(whole, Style::new().bg(Color::Blue));
                let mut rendered = before.clone();
                said.render(area, &mut rendered);
                let mut written = before;
                line(said, area, &mut written);
                assert_eq!(written, rendered, "{said:?} {area:?}");
            }
        }
    }
}
