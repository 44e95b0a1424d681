//! A picture of the screen as SVG, in the colours of the theme.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::text;

/// The size of a cell.
const CELL: (usize, usize) = (9, 19);
/// What is left free around the screen.
const MARGIN: usize = 10;
/// From the top of a cell to the line that letters stand on.
const BASELINE: usize = 14;
/// The ground, and what is written on it, where the theme leaves both to the terminal.
const GROUND: &str = "#16181d";
const WRITING: &str = "#d6d9df";

/// Cells beside each other that look the same.
struct Run {
    /// The first column, and how many.
    columns: (usize, usize),
    text: String,
    look: (String, String, Modifier),
}

/// The buffer as an SVG picture.
pub(crate) fn svg(buf: &Buffer) -> String {
    let (columns, rows) = (usize::from(buf.area.width), usize::from(buf.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{GROUND}\"/>\n"
    );
    for row in 0..buf.area.height {
        for run in runs(buf, row) {
            draw(&mut svg, &run, MARGIN + usize::from(row) * CELL.1);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn runs(buf: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < buf.area.width {
        let cell = &buf[(column, row)];
        let wide = text::width(cell.symbol()).max(1);
        let look = look(cell);
        match runs.last_mut() {
            // What the font may draw wider or narrower stands alone, so that it moves nothing.
            Some(run) if run.look == look && cell.symbol().is_ascii() && run.text.is_ascii() => {
                run.text.push_str(cell.symbol());
                run.columns.1 += wide;
            }
            _ => runs.push(Run {
                columns: (column.into(), wide),
                text: cell.symbol().to_owned(),
                look,
            }),
        }
        column += u16::try_from(wide).unwrap();
    }
    runs
}

fn look(cell: &Cell) -> (String, String, Modifier) {
    let (fg, bg) = (colour(cell.fg, WRITING), colour(cell.bg, GROUND));
    if cell.modifier.contains(Modifier::REVERSED) {
        (bg, fg, cell.modifier)
    } else {
        (fg, bg, cell.modifier)
    }
}

fn colour(colour: Color, terminal: &str) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => terminal.to_owned(),
    }
}

fn draw(svg: &mut String, run: &Run, top: usize) {
    let (fg, bg, modifier) = &run.look;
    let (left, width) = (MARGIN + run.columns.0 * CELL.0, run.columns.1 * CELL.0);
    if bg != GROUND {
        let height = CELL.1;
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{bg}\"/>"
        );
    }
    if run.text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (is, words) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
    ] {
        style.push_str(if modifier.contains(is) { words } else { "" });
    }
    let escaped = run
        .text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let y = top + BASELINE;
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{y}\" textLength=\"{width}\" fill=\"{fg}\"{style} xml:space=\"preserve\">{escaped}</text>"
    );
}
