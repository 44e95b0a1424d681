//! A box over the screen: cleared, bordered, with a title, never larger than the area it stands in.

use crate::console::{look::Look, theme::Role};
use crate::text;
use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Rect},
    widgets::{Block, Clear, Padding, Widget},
};

/// Draws an empty box with `title` in the middle of `area`, large enough for `size` columns and lines inside, or as large
/// as the area allows. Gives the room inside, which may be nothing.
pub fn render(title: &str, size: (u16, u16), look: &Look, area: Rect, buf: &mut Buffer) -> Rect {
    let area = area.intersection(buf.area);
    let outer = outer(size, area);
    let title = text::cut_with(
        title,
        usize::from(outer.width).saturating_sub(4),
        look.symbols.cut,
    )
    .into_owned();
    let block = block()
        .border_set(look.symbols.border)
        .border_style(look.style(Role::Border))
        .title_style(look.style(Role::Title))
        .title(if title.is_empty() {
            title
        } else {
            format!(" {title} ")
        });
    let inner = block.inner(outer);
    Clear.render(outer, buf);
    buf.set_style(outer, look.style(Role::Text));
    block.render(outer, buf);
    inner.intersection(area)
}

/// The room inside the box that [`render`] draws for the same `size` in the same `area`.
#[must_use]
pub fn inside(size: (u16, u16), area: Rect) -> Rect {
    block().inner(outer(size, area)).intersection(area)
}

/// Two lines around, and a column of air on each side.
fn block() -> Block<'static> {
    Block::bordered().padding(Padding::horizontal(1))
}

fn outer((width, height): (u16, u16), area: Rect) -> Rect {
    let outer = area.centered(
        Constraint::Length(width.saturating_add(4)),
        Constraint::Length(height.saturating_add(2)),
    );
    outer.intersection(area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::look::tests::{lines, plain, rich};

    #[test]
    fn a_box_stands_in_the_middle_and_hides_what_is_beneath() {
        let mut buf = Buffer::with_lines(["..............."; 5]);
        let inner = render("Split", (7, 1), &plain(), buf.area, &mut buf);
        let expected = [
            "...............",
            "..+ Split --+..",
            "..|         |..",
            "..+---------+..",
            "...............",
        ];
        assert_eq!(lines(&buf), expected);
        assert_eq!(inner, Rect::new(4, 2, 7, 1));
    }

    #[test]
    fn any_area_will_do() {
        for (width, height) in [(0, 0), (1, 1), (2, 2), (20, 5), (80, 24), (200, 60)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
            let inner = render("A long title", (60, 90), &rich(), buf.area, &mut buf);
            assert_eq!(inner.intersection(buf.area), inner);
            assert_eq!(inner, inside((60, 90), buf.area));
            render(
                "Beyond",
                (u16::MAX, u16::MAX),
                &rich(),
                Rect::new(5, 5, 300, 300),
                &mut buf,
            );
        }
    }
}
