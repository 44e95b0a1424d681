//! The style in which the terminal writes, and how it is told another one: as the difference, or anew where that is
//! shorter.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::console::theme::exact_index;

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
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl Pen {
    pub(super) const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// What a cell needs: on a blank it is what there is already where that does not show.
    pub(super) fn of(cell: &Cell, before: Self) -> Self {
        let own = Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        };
        match is_blank(cell) && !before.modifier.intersects(ON_BLANKS) {
            true => Self {
                bg: own.bg,
                ..before
            },
            false => own,
        }
    }

    /// The sequence that leads here from another style, which is a different one.
    pub(super) fn sequence(self, before: Self) -> String {
        let numbers = self.numbers(before).join(";");
        let anew = self.numbers(Self::PLAIN);
        let anew = match anew.is_empty() {
            true => String::new(),
            false => format!("0;{}", anew.join(";")),
        };
        let shorter = match anew.len() < numbers.len() {
            true => anew,
            false => numbers,
        };
        format!("\x1b[{shorter}m")
    }

    /// The numbers that lead here from another style.
    fn numbers(self, before: Self) -> Vec<String> {
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

/// Whether nothing shows of a cell but what is behind it.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(ON_BLANKS)
}

/// Whether a cell looks as what is erased does in every terminal.
pub(super) fn is_erased(cell: &Cell) -> bool {
    is_blank(cell) && cell.bg == Color::Reset
}

/// Whether two cells look alike.
pub(super) fn is_alike(one: &Cell, other: &Cell) -> bool {
    is_same(one, other) || one.bg == other.bg && is_blank(one) && is_blank(other)
}

/// Whether two cells are the same. Every cell of every frame is asked: what is told of them and costs least first.
pub(super) fn is_same(one: &Cell, other: &Cell) -> bool {
    let symbols = || match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one], [other]) => one == other,
        (one, other) => one == other,
    };
    one.modifier == other.modifier && one.fg == other.fg && one.bg == other.bg && symbols()
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
        Color::Rgb(r, g, b) => {
            return match exact_index([r, g, b]) {
                Some(place) => format!("{};5;{place}", base + 8),
                None => format!("{};2;{r};{g};{b}", base + 8),
            };
        }
    };
    (base + named).to_string()
}
