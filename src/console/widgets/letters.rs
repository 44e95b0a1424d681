//! Texts written into a frame letter by letter. Most of what shows is made of letters of one column: nothing need be taken
//! apart in it, which is most of what drawing a text costs.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::text::is_narrow;

/// Writes a text for which [`is_narrow`] is true from `at` on, as far as there is room before the column `end`.
pub fn write(narrow: &str, style: Style, at: Position, end: u16, buf: &mut Buffer) {
    let (area, end) = (buf.area, end.min(buf.area.right()));
    if !area.contains(at) || at.x >= end {
        return;
    }
    let begin = usize::from(at.y - area.y) * usize::from(area.width) + usize::from(at.x - area.x);
    let cells = buf.content.get_mut(begin..begin + usize::from(end - at.x));
    for (cell, letter) in cells.into_iter().flatten().zip(narrow.chars()) {
        cell.set_char(letter).set_style(style);
    }
}

/// Writes a line into the first row of `area`, as it renders itself.
pub fn line(line: &Line<'_>, area: Rect, buf: &mut Buffer) {
    let narrow = line.spans.iter().all(|span| is_narrow(&span.content));
    if line.alignment.is_some() || line.style != Style::new() || !narrow {
        line.render(area, buf);
        return;
    }
    let mut at = area.as_position();
    for span in &line.spans {
        write(&span.content, span.style, at, area.right(), buf);
        let width = u16::try_from(span.content.chars().count()).unwrap_or(u16::MAX);
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
                "│é ".into(),
                Span::styled("Ñandú · …", bold),
                "b".into(),
            ]),
            Line::from(vec![
                "⌚".into(),
                Span::styled("e\u{301} \u{200d}", bold),
                "b".into(),
            ]),
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
