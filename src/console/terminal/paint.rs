//! Cells as bytes: what a frame says to the terminal in as few of them as it can be said. A style is told as its difference
//! from the one before, a blank keeps what does not show on it, and the cursor goes the shortest way.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use crate::text;

#[cfg(test)]
mod tests;

/// What is set with the number before it, and taken back with the one behind it.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What shows on a blank, too.
const ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// The style in which the terminal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// What a cell needs: on a blank it is what there is already where that does not show.
    fn of(cell: &Cell, before: Self) -> Self {
        let own = Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        };
        let blank = cell.symbol() == " " && !own.modifier.intersects(ON_BLANKS);
        match blank && !before.modifier.intersects(ON_BLANKS) {
            true => Self {
                bg: own.bg,
                ..before
            },
            false => own,
        }
    }

    /// The numbers that lead here from another style.
    fn from(self, before: Self) -> Vec<String> {
        let (mut gone, mut set) = (
            before.modifier - self.modifier,
            self.modifier - before.modifier,
        );
        let mut numbers: Vec<String> = Vec::new();
        for (attribute, _, off) in ATTRIBUTES {
            if gone.contains(attribute) {
                // One number may end two attributes, of which the other is to stay.
                let ended = ATTRIBUTES.iter().filter(|(_, _, other)| *other == off);
                for (other, _, _) in ended {
                    gone.remove(*other);
                    set.insert(self.modifier & *other);
                }
                numbers.push(off.to_string());
            }
        }
        let on = ATTRIBUTES.iter().filter(|(one, ..)| set.contains(*one));
        numbers.extend(on.map(|(_, on, _)| on.to_string()));
        if self.fg != before.fg {
            numbers.push(color(self.fg, 30));
        }
        if self.bg != before.bg {
            numbers.push(color(self.bg, 40));
        }
        numbers
    }
}

/// A colour's numbers: `base` is 30 for the letters, 40 for what is behind them.
fn color(color: Color, base: u8) -> String {
    let named = match color {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(place) => return format!("{};5;{place}", base + 8),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
    };
    (base + named).to_string()
}

/// Gathers the bytes of a frame, which [`super::Screen::draw`] sends.
#[derive(Debug)]
pub(super) struct Paint {
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the terminal writes next, where that is known.
    at: Option<Position>,
    /// Since the terminal was told a column nothing was written but ASCII, which is as wide everywhere.
    sure: bool,
    /// Where the agent's cursor is to be.
    cursor: Option<Position>,
    /// Where it is; nothing where the terminal may have it anywhere.
    shown: Option<Option<Position>>,
}

impl Default for Paint {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            pen: Pen::PLAIN,
            at: None,
            sure: false,
            cursor: None,
            shown: None,
        }
    }
}

impl Paint {
    /// The bytes since the last frame, with the cursor where it is to be; none where nothing changed.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let drawn = !self.bytes.is_empty();
        self.wear(Pen::PLAIN);
        if let Some(cursor) = self.cursor
            && (drawn || self.shown != Some(self.cursor))
        {
            self.go(cursor);
        }
        if self.shown.map(|shown| shown.is_some()) != Some(self.cursor.is_some()) {
            let way = if self.cursor.is_some() { 'h' } else { 'l' };
            self.put(&format!("\x1b[?25{way}"));
        }
        self.shown = Some(self.cursor);
        std::mem::take(&mut self.bytes)
    }

    /// Somebody else may have written to the terminal: nothing is known of it.
    fn forget(&mut self) {
        self.bytes.clear();
        self.put("\x1b[m");
        (self.pen, self.at, self.shown) = (Pen::PLAIN, None, None);
    }

    fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Changes the style.
    fn wear(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let numbers = pen.from(self.pen).join(";");
        let anew = pen.from(Pen::PLAIN);
        let anew = match anew.is_empty() {
            true => String::new(),
            false => format!("0;{}", anew.join(";")),
        };
        let shorter = if anew.len() < numbers.len() {
            anew
        } else {
            numbers
        };
        self.put(&format!("\x1b[{shorter}m"));
        self.pen = pen;
    }

    /// Brings the terminal to where it is to write.
    fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let absolute = match (to.x, to.y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, y) => format!("\x1b[{}H", y + 1),
            (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let way = self.at.and_then(|at| way(at, to, self.sure));
        let shorter = way.filter(|way| way.len() < absolute.len());
        // A line's beginning is sure, whatever was written before.
        self.sure |= shorter.as_ref().is_none_or(|way| way.starts_with('\r'));
        self.put(&shorter.unwrap_or(absolute));
        self.at = Some(to);
    }
}

/// The way from one place to another by steps; none where there is no short one. A column counts only where it is `sure`.
fn way(at: Position, to: Position, sure: bool) -> Option<String> {
    let right = |many: u16| match many {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        many => format!("\x1b[{many}C"),
    };
    match to.y.checked_sub(at.y)? {
        0 if sure && to.x > at.x => Some(right(to.x - at.x)),
        down @ 0..4 => {
            let lines = "\n".repeat(usize::from(down));
            Some(format!("\r{lines}{}", right(to.x)))
        }
        _ => None,
    }
}

impl Backend for Paint {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(Position { x, y });
            self.wear(Pen::of(cell, self.pen));
            let symbol = cell.symbol();
            self.put(symbol);
            self.sure &= symbol.is_ascii();
            // Where a wide one leads is not the same in every terminal.
            self.at = (text::width(symbol) == 1).then_some(Position { x: x + 1, y });
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        Ok(())
    }

    // It is shown where it is set.
    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // The terminal is never asked: over a slow line the answer would come among the keys.
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    // The console has the whole screen: whatever is asked for, that is cleared.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.forget();
        self.put("\x1b[2J");
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes.flush()
    }
}
