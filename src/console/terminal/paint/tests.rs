use std::num::NonZero;

use ratatui::style::{Color, Modifier, Style};

use super::*;

const SIZE: (u16, u16) = (24, 8);
const AREA: Rect = Rect::new(0, 0, SIZE.0, SIZE.1);
const COLORS: [Color; 6] = [
    Color::Reset,
    Color::Reset,
    Color::Red,
    Color::White,
    Color::Indexed(200),
    Color::Rgb(1, 2, 3),
];
/// Wide, combining, with a selector that widens, and of parts that some terminals draw one by one.
const SYMBOLS: [&str; 14] = [
    " ",
    " ",
    " ",
    "a",
    "b",
    "c",
    "│",
    "é",
    "e\u{301}",
    "界",
    "コ",
    "界\u{301}",
    "☁\u{fe0f}",
    "👍🏽",
];
const SHOWN: [Modifier; 6] = [
    Modifier::empty(),
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

/// A few runs of one style each are written over what is there, some of it half; lines move; much is blank.
fn change(buffer: &mut Buffer) {
    let width = usize::from(SIZE.0);
    for _ in 0..fastrand::usize(..3) {
        let (from, to) = (fastrand::usize(..8), fastrand::usize(..8));
        let band = from.min(to) * width..(from.max(to) + 1) * width;
        let by = fastrand::usize(..8).min(from.abs_diff(to)) * width;
        buffer.content[band].rotate_left(by);
    }
    for _ in 0..fastrand::usize(..5) {
        let (x, y) = (fastrand::u16(..SIZE.0), fastrand::u16(..SIZE.1));
        let style = Style::reset().fg(one(&COLORS)).bg(one(&COLORS));
        let both = one(&SHOWN) | one(&SHOWN);
        // The parser knows bold or dim, not both at once.
        let style = match both.contains(Modifier::BOLD) {
            true => style.add_modifier(both - Modifier::DIM),
            false => style.add_modifier(both),
        };
        let words: String = match fastrand::u8(..3) {
            0 => " ".repeat(fastrand::usize(1..30)),
            _ => (0..fastrand::usize(1..30)).map(|_| one(&SYMBOLS)).collect(),
        };
        let style = if words.trim().is_empty() && fastrand::bool() {
            Style::reset()
        } else {
            style
        };
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

/// What a terminal shows to which every cell is told by itself, and nothing else.
fn told_by_cells(frame: &Buffer) -> Vec<String> {
    let mut terminal = screen();
    for (line, y) in scroll::lines(frame).zip(1..) {
        let mut line = line.to_vec();
        make_whole(&mut line);
        let mut x = 0;
        while let Some(cell) = line.get(x) {
            let pen = Pen {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            };
            let style = match pen == Pen::PLAIN {
                true => String::new(),
                false => pen.sequence(Pen::PLAIN),
            };
            let told = format!("\x1b[m{style}\x1b[{y};{}H{}", x + 1, cell.symbol());
            terminal.process(told.as_bytes());
            x += columns(cell);
        }
    }
    shown(terminal.screen())
}

#[test]
fn what_changed_leads_to_the_same_screen_as_all_of_it() {
    fastrand::seed(7);
    for able in [true, false].repeat(40) {
        let mut terminal = screen();
        let (mut paint, mut frame) = (Paint::new(able), Buffer::empty(AREA));
        for _ in 0..25 {
            change(&mut frame);
            let cursor = fastrand::bool().then(|| Position {
                x: fastrand::u16(..SIZE.0),
                y: fastrand::u16(..SIZE.1),
            });
            terminal.process(&paint.frame(AREA, |buf| {
                buf.clone_from(&frame);
                cursor
            }));
            assert_eq!(shown(terminal.screen()), told_by_cells(&frame));
            assert_eq!(!terminal.screen().hide_cursor(), cursor.is_some());
            if let Some(cursor) = cursor {
                let at = terminal.screen().cursor_position();
                assert_eq!(at, (cursor.y, cursor.x));
            }
        }
    }
}

/// Draws `texts`, each in a style from a place on, and gives what is sent.
fn draw(paint: &mut Paint, texts: &[(u16, u16, &str, Style)], cursor: Option<Position>) -> String {
    let frame = paint.frame(AREA, |buf| {
        for (x, y, text, style) in texts {
            buf.set_string(*x, *y, text, *style);
        }
        cursor
    });
    String::from_utf8(frame).unwrap()
}

/// What is sent for `texts` on an empty screen.
fn sent(texts: &[(u16, u16, &str, Style)]) -> String {
    let mut paint = Paint::new(true);
    draw(&mut paint, &[], None);
    draw(&mut paint, texts, None)
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
fn a_colour_of_the_fixed_table_is_told_by_its_place() {
    for (color, told) in [
        (Color::Rgb(135, 215, 255), "38;5;117"),
        (Color::Rgb(138, 138, 138), "38;5;245"),
        (Color::Rgb(0, 0, 0), "38;5;16"),
        (Color::Rgb(135, 215, 254), "38;2;135;215;254"),
    ] {
        let expected = format!("\x1b[H\x1b[{told}ma\x1b[m");
        assert_eq!(sent(&[(0, 0, "a", Style::new().fg(color))]), expected);
    }
}

#[test]
fn the_cursor_goes_the_shortest_way_that_is_sure() {
    let plain = Style::new();
    let letter = |x, y| (x, y, "a", plain);
    assert_eq!(sent(&[letter(4, 4), letter(9, 4)]), "\x1b[5;5Ha\x1b[4Ca");
    assert_eq!(sent(&[letter(4, 4), letter(0, 5)]), "\x1b[5;5Ha\r\na");
    // Straight down is one byte, and along from there.
    assert_eq!(sent(&[letter(4, 4), letter(5, 5)]), "\x1b[5;5Ha\na");
    assert_eq!(
        sent(&[letter(4, 4), letter(9, 6)]),
        "\x1b[5;5Ha\n\n\x1b[4Ca"
    );
    // What stands between is as short to write again.
    assert_eq!(sent(&[letter(4, 4), letter(8, 4)]), "\x1b[5;5Ha   a");
    // How wide a box is drawn is not the same everywhere.
    let box_first = [(4, 4, "│", plain), letter(8, 4), letter(9, 4)];
    let wide_first = [(0, 0, "界", plain), letter(2, 0)];
    assert_eq!(sent(&wide_first), "\x1b[H界\x1b[1;3Ha");
    assert_eq!(sent(&box_first), "\x1b[5;5H│\x1b[9Gaa");
    // A poor terminal is not told columns by their numbers.
    let mut poor = Paint::new(false);
    draw(&mut poor, &[], None);
    let told = draw(&mut poor, &box_first, None);
    assert_eq!(told, "\x1b[5;5H│\r\x1b[8Caa");
}

#[test]
fn lines_that_moved_are_moved_by_the_terminal() {
    let plain = Style::new();
    let texts = [
        "the first of all the lines",
        "a second one of them",
        "a third that is last",
    ];
    let lines = |from: u16| texts.map(|text| (0, text, plain)).into_iter().zip(from..);
    let at = |from| -> Vec<_> {
        let lines = lines(from).map(|((x, text, style), y)| (x, y, text, style));
        lines.collect()
    };
    for (able, up, down) in [
        (
            true,
            "\x1b[2;5r\x1b[2H\x1b[M\x1b[r",
            "\x1b[2;5r\x1b[2H\x1b[L\x1b[r",
        ),
        (false, "the first", "the first"),
    ] {
        let mut paint = Paint::new(able);
        draw(&mut paint, &at(2), None);
        let told = [
            draw(&mut paint, &at(1), None),
            draw(&mut paint, &at(2), None),
        ];
        for (told, expected) in told.iter().zip([up, down]) {
            match able {
                true => assert_eq!(told, expected),
                false => assert!(told.contains(expected), "{told:?}"),
            }
        }
    }
}

#[test]
fn blanks_are_erased_where_that_is_shorter() {
    let plain = Style::new();
    let before = (0, 0, "something that is long", plain);
    for (after, told) in [
        ((0, 0, "some", plain), "\x1b[5G\x1b[K"),
        ((21, 0, "g", plain), "\r\x1b[21X"),
        ((0, 0, "something that is lon", plain), "\x1b[22G "),
    ] {
        let mut paint = Paint::new(true);
        draw(&mut paint, &[before], None);
        assert_eq!(draw(&mut paint, &[after], None), told);
    }
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
    let mut paint = Paint::new(true);
    let text = [(0, 0, "abc", Style::new())];
    let first = draw(&mut paint, &text, None);
    assert_eq!(first, "\x1b[m\x1b[2J\x1b[Habc\x1b[?25l");
    assert_eq!(draw(&mut paint, &text, None), "");
    let at = Some(Position { x: 1, y: 1 });
    assert_eq!(draw(&mut paint, &text, at), "\r\n\x1b[C\x1b[?25h");
    assert_eq!(draw(&mut paint, &text, at), "");
}
