use std::num::NonZero;

use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

const SIZE: (u16, u16) = (24, 6);
const COLORS: [Color; 5] = [
    Color::Reset,
    Color::Red,
    Color::White,
    Color::Indexed(200),
    Color::Rgb(1, 2, 3),
];
const SYMBOLS: [&str; 6] = [" ", " ", "a", "b", "│", "é"];
const SHOWN: [Modifier; 5] = [
    Modifier::BOLD,
    Modifier::DIM,
    Modifier::ITALIC,
    Modifier::UNDERLINED,
    Modifier::REVERSED,
];

fn one<T: Copy>(all: &[T]) -> T {
    all[fastrand::usize(..all.len())]
}

fn screen() -> vt100::Parser {
    let [columns, rows] = [SIZE.0, SIZE.1].map(|many| NonZero::new(many).unwrap());
    vt100::Parser::new(rows, columns, 0)
}

/// A few runs of one style each are written over what is there.
fn change(buffer: &mut Buffer) {
    for _ in 0..fastrand::usize(1..5) {
        let (x, y) = (fastrand::u16(..SIZE.0), fastrand::u16(..SIZE.1));
        let style = Style::reset().fg(one(&COLORS)).bg(one(&COLORS));
        let both = one(&SHOWN) | one(&SHOWN);
        // The parser knows bold or dim, not both at once.
        let style = match both.contains(Modifier::BOLD) {
            true => style.add_modifier(both - Modifier::DIM),
            false => style.add_modifier(both),
        };
        let words: String = (0..fastrand::usize(1..30)).map(|_| one(&SYMBOLS)).collect();
        buffer.set_stringn(x, y, words, usize::from(SIZE.0 - x), style);
    }
}

/// What a terminal shows of each cell; a blank shows no letters.
fn shown(screen: &vt100::Screen) -> Vec<String> {
    let cells = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
    let cells = cells.filter_map(|(x, y)| screen.cell(y, x));
    let look = |cell: &vt100::Cell| {
        let (on_blank, bg) = ((cell.underline(), cell.inverse()), cell.bgcolor());
        match cell.contents().trim() {
            "" if on_blank == (false, false) => format!("{bg:?}"),
            letters => {
                let drawn = (cell.bold(), cell.dim(), cell.italic(), cell.fgcolor());
                format!("{letters} {on_blank:?} {bg:?} {drawn:?}")
            }
        }
    };
    cells.map(look).collect()
}

#[test]
fn what_changed_leads_to_the_same_screen_as_all_of_it() {
    fastrand::seed(7);
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    for _ in 0..60 {
        let mut terminal = screen();
        let (mut paint, mut before) = (Paint::default(), Buffer::empty(area));
        for _ in 0..12 {
            let mut now = before.clone();
            change(&mut now);
            paint.draw(before.diff(&now).into_iter()).unwrap();
            paint.cursor = fastrand::bool().then(|| Position {
                x: fastrand::u16(..SIZE.0),
                y: fastrand::u16(..SIZE.1),
            });
            terminal.process(&paint.take());
            let mut whole = (Paint::default(), screen());
            // Each cell by itself: nothing is known of what is there.
            for (x, y, cell) in Buffer::empty(area).diff(&now) {
                whole.0.at = None;
                whole.0.pen = Pen {
                    modifier: Modifier::REVERSED,
                    ..Pen::PLAIN
                };
                whole.1.process(b"\x1b[0;7m");
                whole.0.draw([(x, y, cell)].into_iter()).unwrap();
                whole.1.process(&whole.0.take());
            }
            assert_eq!(shown(terminal.screen()), shown(whole.1.screen()));
            let cursor = paint.cursor.map(|cursor| (cursor.y, cursor.x));
            assert_eq!(!terminal.screen().hide_cursor(), cursor.is_some());
            if let Some(cursor) = cursor {
                assert_eq!(terminal.screen().cursor_position(), cursor);
            }
            before = now;
        }
    }
}

/// What is sent for cells one after the other.
fn sent(cells: &[(u16, u16, &str, Style)]) -> String {
    let mut paint = Paint::default();
    paint.take();
    for (x, y, symbol, style) in cells {
        let mut cell = Cell::default();
        cell.set_symbol(symbol).set_style(*style);
        paint.draw([(*x, *y, &cell)].into_iter()).unwrap();
    }
    String::from_utf8(paint.take()).unwrap()
}

#[test]
fn a_style_is_told_as_its_difference_and_not_to_blanks() {
    let red = Style::new().fg(Color::Red).bg(Color::Rgb(1, 2, 3));
    let cells = [
        (0, 0, "a", red.bold()),
        (1, 0, " ", red.fg(Color::Blue)),
        (2, 0, "b", red),
        (3, 0, "c", red.reversed()),
    ];
    let told = "\x1b[H\x1b[1;31;48;2;1;2;3ma \x1b[22mb\x1b[7mc\x1b[m";
    assert_eq!(sent(&cells), told);
}

#[test]
fn the_cursor_goes_the_shortest_way_that_is_sure() {
    let plain = Style::new();
    let letter = |x, y| (x, y, "a", plain);
    assert_eq!(sent(&[letter(4, 4), letter(8, 4)]), "\x1b[5;5Ha\x1b[3Ca");
    assert_eq!(sent(&[letter(4, 4), letter(0, 5)]), "\x1b[5;5Ha\r\na");
    // How wide a box is drawn is not the same everywhere.
    let box_first = [(4, 4, "│", plain), letter(8, 4), letter(9, 4)];
    let wide_first = [(0, 0, "界", plain), letter(2, 0)];
    assert_eq!(sent(&wide_first), "\x1b[H界\x1b[1;3Ha");
    assert_eq!(sent(&box_first), "\x1b[5;5H│\r\x1b[8Caa");
}

#[test]
fn reverse_video_needs_no_colours() {
    assert_eq!(
        sent(&[(0, 0, " ", Style::new().reversed())]),
        "\x1b[H\x1b[7m \x1b[m"
    );
}

#[test]
fn where_nothing_changed_nothing_is_sent() {
    let mut terminal = Terminal::with_options(
        Paint::default(),
        ratatui::TerminalOptions {
            viewport: ratatui::Viewport::Fixed(Rect::new(0, 0, 9, 2)),
        },
    )
    .unwrap();
    let mut frame = |at: Option<Position>| {
        let drawn = terminal.draw(|frame| {
            frame.buffer_mut().set_string(0, 0, "abc", Style::new());
            if let Some(at) = at {
                frame.set_cursor_position(at);
            }
        });
        drawn.map(drop).unwrap();
        String::from_utf8(terminal.backend_mut().take()).unwrap()
    };
    assert_eq!(frame(None), "\x1b[Habc\x1b[?25l");
    assert_eq!(frame(None), "");
    let at = Some(Position { x: 1, y: 1 });
    assert_eq!(frame(at), "\r\n\x1b[C\x1b[?25h");
    assert_eq!(frame(at), "");
}
