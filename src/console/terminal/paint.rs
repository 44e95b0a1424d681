//! Frames as bytes: what a frame says to the terminal in as few of them as it can be said. Only what differs from the frame
//! before is told; lines that moved are moved by the terminal, blanks are erased, a style is told as its difference from
//! the one before, and the cursor goes the shortest way.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthChar;

use super::pen::{Pen, is_alike, is_erased};
use super::scroll::{self, Scroll};
use crate::text;

#[cfg(test)]
mod tests;

/// Gathers the bytes of a frame, which [`super::Screen::draw`] sends.
#[derive(Debug, Default)]
pub(super) struct Paint {
    /// What the terminal shows.
    shown: Buffer,
    /// What it is to show, and room for that.
    next: Buffer,
    /// The terminal can move lines and erase what is in them.
    able: bool,
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the terminal writes next, where that is known.
    at: Option<Position>,
    /// Since the terminal was told a column nothing was written but ASCII, which is as wide everywhere.
    sure: bool,
    /// Where the agent's cursor is, if it shows; nothing where the terminal may have it anywhere.
    cursor: Option<Option<Position>>,
}

impl Paint {
    /// For a terminal that is `able` to move lines, and to erase within them.
    pub(super) fn new(able: bool) -> Self {
        Self {
            able,
            ..Self::default()
        }
    }

    /// Draws a frame in `area`: `render` fills it, and gives where the agent's cursor is to be. Gives the bytes that lead
    /// there from the frame before; none where nothing changed.
    pub(super) fn frame(
        &mut self,
        area: Rect,
        render: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> Vec<u8> {
        if area != self.shown.area {
            self.shown.resize(area);
            self.next.resize(area);
            self.forget();
        }
        self.next.reset();
        let cursor = render(&mut self.next);
        let width = usize::from(area.width).max(1);
        self.next.content.chunks_mut(width).for_each(make_whole);
        let mut changed = scroll::changed(&self.shown, &self.next);
        if self.able
            && let Some(scroll) = scroll::found(&self.shown, &self.next, &changed)
        {
            self.scroll(scroll);
            changed = scroll::changed(&self.shown, &self.next);
        }
        let (shown, next) = (
            std::mem::take(&mut self.shown),
            std::mem::take(&mut self.next),
        );
        let (before, now) = (scroll::lines(&shown), scroll::lines(&next));
        let lines = before.zip(now).enumerate();
        for (line, (before, now)) in lines.filter(|(line, _)| changed.binary_search(line).is_ok()) {
            self.line(u16::try_from(line).unwrap_or(u16::MAX), before, now);
        }
        (self.shown, self.next) = (next, shown);
        self.end(cursor)
    }

    /// Somebody else may have written to the terminal: nothing is known of it, and the next frame is drawn whole.
    pub(super) fn forget(&mut self) {
        self.shown.reset();
        self.bytes.clear();
        self.put("\x1b[m\x1b[2J");
        (self.pen, self.at, self.cursor) = (Pen::PLAIN, None, None);
    }

    /// The bytes of the frame, with the cursor where it is to be.
    fn end(&mut self, cursor: Option<Position>) -> Vec<u8> {
        let drawn = !self.bytes.is_empty();
        self.wear(Pen::PLAIN);
        if let Some(cursor) = cursor
            && (drawn || self.cursor != Some(Some(cursor)))
        {
            self.go(cursor);
        }
        if self.cursor.map(|shown| shown.is_some()) != Some(cursor.is_some()) {
            self.put(if cursor.is_some() {
                "\x1b[?25h"
            } else {
                "\x1b[?25l"
            });
        }
        self.cursor = Some(cursor);
        std::mem::take(&mut self.bytes)
    }

    /// Lets the terminal move lines. Not by the sequences that scroll, which a Linux console does not know.
    fn scroll(&mut self, scroll: Scroll) {
        scroll.apply(&mut self.shown);
        self.wear(Pen::PLAIN);
        let Scroll { top, end, by, up } = scroll;
        // Setting the margins brings the cursor to the first line.
        self.put(&format!("\x1b[{};{end}r", top + 1));
        if top > 0 {
            self.put(&format!("\x1b[{}H", top + 1));
        }
        let many = match by {
            1 => String::new(),
            many => many.to_string(),
        };
        self.put(&format!("\x1b[{many}{}\x1b[r", if up { 'M' } else { 'L' }));
        (self.at, self.sure) = (Some(Position::ORIGIN), true);
    }

    /// Tells what differs on a line.
    fn line(&mut self, y: u16, before: &[Cell], now: &[Cell]) {
        // Up to here reaches what is half gone where a wide character began to be overwritten; and what may have been
        // written over by a character that some terminals draw wider than others.
        let (mut half, mut over) = (0, 0);
        let Some((mut x, end)) = differing(before, now) else {
            return;
        };
        while let Some(cell) = now.get(x) {
            if x >= end && x >= half && x >= over {
                return;
            }
            let wide = columns(cell);
            let stays = before.get(x).is_some_and(|before| is_alike(before, cell));
            let changed = !stays || x < half || x < over;
            let reach = before.iter().enumerate().skip(x).take(wide);
            half = reach.fold(half, |half, (x, cell)| half.max(x + columns(cell)));
            let to = Position {
                x: u16::try_from(x).unwrap_or(u16::MAX),
                y,
            };
            if !changed {
            } else if let Some(blanks) = self.erase(to, before, now) {
                // What was erased shows nothing that could be half gone, but for what it ended in.
                let last = before.get(x + blanks - 1).map_or(1, columns);
                half = x + blanks + last - 1;
                x += blanks;
                continue;
            } else {
                self.write(to, cell, now);
                over = over.max(x + drawn(cell));
            }
            x += wide;
        }
    }

    /// Erases the blanks that begin at `to`, if that is shorter than writing them; gives how many.
    fn erase(&mut self, to: Position, before: &[Cell], now: &[Cell]) -> Option<usize> {
        let (before, after) = (
            before.get(usize::from(to.x)..)?,
            now.get(usize::from(to.x)..)?,
        );
        let blanks = after.iter().take_while(|cell| is_erased(cell)).count();
        let all = blanks == after.len();
        // To erase some costs the sequence, and a way on; to erase all that is left only the sequence.
        let cost = if all { 3 } else { 10 };
        let differing = before.iter().zip(after).take(blanks);
        if !self.able
            || differing
                .filter(|(one, other)| !is_alike(one, other))
                .count()
                <= cost
        {
            return None;
        }
        self.go_on(to, now);
        self.wear(Pen::of(after.first()?, self.pen));
        match all {
            true => self.put("\x1b[K"),
            false => self.put(&format!("\x1b[{blanks}X")),
        }
        Some(blanks)
    }

    fn write(&mut self, to: Position, cell: &Cell, now: &[Cell]) {
        self.go_on(to, now);
        self.wear(Pen::of(cell, self.pen));
        let (symbol, wide) = (cell.symbol(), columns(cell));
        if drawn(cell) != wide {
            // Where it is drawn narrow, nothing else shows beside it.
            self.put(&" ".repeat(wide));
            self.at = None;
            self.go(to);
        }
        self.put(symbol);
        self.sure &= symbol.is_ascii();
        // Where a wide one leads is not the same in every terminal.
        self.at = (wide == 1 && drawn(cell) == 1).then_some(Position { x: to.x + 1, ..to });
    }

    fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Changes the style.
    fn wear(&mut self, pen: Pen) {
        if pen != self.pen {
            let sequence = pen.sequence(self.pen);
            self.put(&sequence);
            self.pen = pen;
        }
    }

    /// Brings the terminal to where it is to write, on a line that is to be `now`: over what stands there already, where
    /// that is shorter to write again than to pass.
    fn go_on(&mut self, to: Position, now: &[Cell]) {
        if let Some(at) = self.at
            && self.sure
            && at.y == to.y
            && let Some(between) = now.get(usize::from(at.x)..usize::from(to.x))
            && (1..4).contains(&between.len())
            && between
                .iter()
                .all(|cell| cell.symbol().len() == 1 && Pen::of(cell, self.pen) == self.pen)
        {
            between.iter().for_each(|cell| self.put(cell.symbol()));
            self.at = Some(to);
        }
        self.go(to);
    }

    /// Brings the terminal to a place.
    fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let absolute = match (to.x, to.y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, y) => format!("\x1b[{}H", y + 1),
            (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let ways = self.at.map(|at| ways(at, to, self.sure, self.able));
        let way = ways.into_iter().flatten().min_by_key(|(way, _)| way.len());
        let shorter = way.filter(|(way, _)| way.len() < absolute.len());
        // What names the column is sure, whatever was written before.
        self.sure |= shorter.as_ref().is_none_or(|(_, names)| *names);
        self.put(shorter.as_ref().map_or(&absolute, |(way, _)| way));
        self.at = Some(to);
    }
}

/// The ways from one place to another by steps, downwards and along the line, each with whether it names the column and not
/// only how far that is: that counts also where it is not `sure` where the terminal is. A terminal that is `able` knows
/// columns by their numbers.
fn ways(at: Position, to: Position, sure: bool, able: bool) -> Vec<(String, bool)> {
    let right = |many: u16| match many {
        0 => String::new(),
        1 => "\x1b[C".to_owned(),
        many => format!("\x1b[{many}C"),
    };
    let Some(down @ 0..4) = to.y.checked_sub(at.y) else {
        return Vec::new();
    };
    let down = "\n".repeat(usize::from(down));
    let mut ways = vec![(format!("\r{down}{}", right(to.x)), true)];
    if able && to.x > 0 {
        ways.push((format!("{down}\x1b[{}G", to.x + 1), true));
    }
    if sure && to.x >= at.x {
        ways.push((format!("{down}{}", right(to.x - at.x)), false));
    }
    ways
}

/// Where on a line the first character is to be looked at, and behind which cell no other differs; none where all are
/// alike. What reaches into the first cell that differs is looked at, too.
fn differing(before: &[Cell], now: &[Cell]) -> Option<(usize, usize)> {
    let differs = |(before, now): (&Cell, &Cell)| !is_alike(before, now);
    let mut begin = before.iter().zip(now).position(differs)?;
    let last = before.iter().zip(now).rposition(differs)?;
    let reaches = |line: &[Cell], x: usize| line.get(x).is_some_and(|cell| columns(cell) > 1);
    while let Some(x) = begin.checked_sub(1)
        && (reaches(before, x) || reaches(now, x))
    {
        begin = x;
    }
    Some((begin, last + 1))
}

/// The columns that a cell's character is meant to take: 1 or 2.
fn columns(cell: &Cell) -> usize {
    width(cell.symbol()).clamp(1, 2)
}

fn width(symbol: &str) -> usize {
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return 1;
    }
    let mut parts = symbol.chars();
    match (parts.next(), parts.next()) {
        (Some(one), None) => one.width().unwrap_or(0),
        _ => text::width(symbol),
    }
}

/// The columns that a cell's character takes where the terminal draws its parts one by one.
fn drawn(cell: &Cell) -> usize {
    let parts = cell.symbol().chars();
    parts.map(|part| part.width().unwrap_or(0)).sum()
}

/// What something else was drawn over in part cannot show: of a wide character with another one in its second half, and of
/// one without room for it, a blank is left; of one that some terminals draw beyond the end of the line, its first part.
/// So every terminal shows what the frame says.
fn make_whole(line: &mut [Cell]) {
    let end = line.len();
    for x in 0..end {
        let is_blank = |next: Option<&Cell>| next.is_some_and(|next| next.symbol() == " ");
        let shows = match line.get(x).map_or(1, |cell| width(cell.symbol())) {
            0 => false,
            1 => true,
            _ => is_blank(line.get(x + 1)),
        };
        let Some(cell) = line.get_mut(x) else { return };
        if !shows {
            cell.set_symbol(" ");
        } else if cell.symbol().len() > 1 && x + drawn(cell) > end {
            let first = cell.symbol().chars().next().unwrap_or(' ');
            cell.set_char(first);
        }
    }
}
