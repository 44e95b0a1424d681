//! The Tech Reference number in large digits, to be read to a caller from across the room, and how to say it.

use crate::console::symbols::Symbols;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// Lines that a large number takes.
pub const HEIGHT: u16 = 5;
/// Columns of one glyph, and between two.
const GLYPH: u16 = 6;
const GAP: u16 = 2;

/// The glyphs of `0` to `9` and of the hyphen, five rows each; a `#` is drawn two columns wide, which makes a block
/// about square.
const FONT: [[&str; HEIGHT as usize]; 11] = [
    ["###", "# #", "# #", "# #", "###"],
    [" # ", "## ", " # ", " # ", "###"],
    ["###", "  #", "###", "#  ", "###"],
    ["###", "  #", "###", "  #", "###"],
    ["# #", "# #", "###", "  #", "  #"],
    ["###", "#  ", "###", "  #", "###"],
    ["###", "#  ", "###", "# #", "###"],
    ["###", "  #", "  #", "  #", "  #"],
    ["###", "# #", "###", "# #", "###"],
    ["###", "# #", "###", "  #", "###"],
    ["   ", "   ", "###", "   ", "   "],
];

fn glyph(c: char) -> Option<&'static [&'static str; HEIGHT as usize]> {
    let place = if c == '-' { Some(10) } else { c.to_digit(10) };
    place.and_then(|place| FONT.get(place as usize))
}

/// Columns that `number` takes in large digits.
#[must_use]
pub fn width(number: &str) -> u16 {
    let glyphs = u16::try_from(number.chars().count()).unwrap_or(u16::MAX);
    glyphs.saturating_mul(GLYPH + GAP).saturating_sub(GAP)
}

/// Draws `number`, digits and hyphens, in the middle of `area`: large if it fits there, in plain text if it does not.
pub fn render(number: &str, symbols: &Symbols, style: Style, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let wide = width(number);
    let large =
        wide <= area.width && HEIGHT <= area.height && number.chars().all(|c| glyph(c).is_some());
    let columns = u16::try_from(crate::text::width(number)).unwrap_or(u16::MAX);
    let (needed, lines) = if large { (wide, HEIGHT) } else { (columns, 1) };
    let left = area.left() + area.width.saturating_sub(needed) / 2;
    let top = area.top() + area.height.saturating_sub(lines) / 2;
    if large {
        let starts = (left..).step_by(usize::from(GLYPH + GAP));
        for (glyph, x) in number.chars().filter_map(glyph).zip(starts) {
            render_glyph(glyph, symbols, style, (x, top), buf);
        }
    } else {
        buf.set_stringn(left, top, number, area.width.into(), style);
    }
}

fn render_glyph(
    glyph: &[&str],
    symbols: &Symbols,
    style: Style,
    (x, y): (u16, u16),
    buf: &mut Buffer,
) {
    for (row, y) in glyph.iter().zip(y..) {
        for (cell, x) in row.chars().zip((x..).step_by(2)) {
            if cell == '#' {
                let (after, _) = buf.set_stringn(x, y, symbols.block, 1, style);
                buf.set_stringn(after, y, symbols.block, 1, style);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::symbols::{ASCII, UNICODE};

    #[test]
    fn a_number_is_drawn_in_large_digits() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 5));
        render("1-4", &ASCII, Style::new(), buf.area, &mut buf);
        let expected = [
            "   ##            ##  ## ",
            " ####            ##  ## ",
            "   ##    ######  ###### ",
            "   ##                ## ",
            " ######              ## ",
        ];
        assert_eq!(buf, Buffer::with_lines(expected));
    }

    #[test]
    fn a_number_fits_eighty_columns() {
        assert!(width("10001-4") <= 80);
        let mut buf = Buffer::empty(Rect::new(0, 0, 80, 7));
        render("10001-4", &UNICODE, Style::new(), buf.area, &mut buf);
        assert!(
            buf.content
                .iter()
                .filter(|cell| cell.symbol() == "█")
                .count()
                > 100
        );
    }

    #[test]
    fn where_there_is_no_room_the_number_is_plain_and_whole() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 3));
        render("10001-4", &UNICODE, Style::new(), buf.area, &mut buf);
        assert_eq!(buf, Buffer::with_lines(["", "      10001-4       ", ""]));
        for (w, h) in [(0, 0), (1, 1), (3, 9)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, w, h));
            render(
                "10001-4",
                &UNICODE,
                Style::new(),
                Rect::new(0, 0, 80, 5),
                &mut buf,
            );
        }
    }

    #[test]
    fn every_digit_has_a_glyph_of_its_own_and_of_one_size() {
        assert!(
            FONT.iter()
                .flatten()
                .all(|row| row.len() == usize::from(GLYPH / 2))
        );
        assert!(
            FONT.iter()
                .enumerate()
                .all(|(at, glyph)| !FONT[..at].contains(glyph))
        );
    }
}
