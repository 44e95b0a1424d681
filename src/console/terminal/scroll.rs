//! Finds out whether a frame is in the main the one before, moved up or down: a list that scrolled. The terminal can move
//! its lines itself, for a few bytes. What is found only saves bytes: whatever was moved is compared again.

use ratatui::buffer::{Buffer, Cell};

use super::pen::{is_alike, is_erased, is_same};

/// Fewer cells are not worth a scroll, with what it does to the cursor.
const WORTH: usize = 24;

/// A band of lines that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The first line of the band.
    pub(super) top: usize,
    /// The line behind its last one.
    pub(super) end: usize,
    /// How far.
    pub(super) by: usize,
    /// Upwards: the lines that come free are the last ones.
    pub(super) up: bool,
}

impl Scroll {
    /// Moves the band of `shown`, as the terminal does.
    pub(super) fn apply(self, shown: &mut Buffer) {
        let width = usize::from(shown.area.width);
        let (from, to, by) = (self.top * width, self.end * width, self.by * width);
        let Some(band) = shown.content.get_mut(from..to) else {
            return;
        };
        let free = match self.up {
            true => {
                band.rotate_left(by);
                band.len() - by..band.len()
            }
            false => {
                band.rotate_right(by);
                0..by
            }
        };
        band.get_mut(free)
            .into_iter()
            .flatten()
            .for_each(Cell::reset);
    }

    /// The line that `line` of the band is after the move; none where it comes free.
    fn source(self, line: usize) -> Option<usize> {
        let from = match self.up {
            true => line + self.by,
            false => line.checked_sub(self.by)?,
        };
        (self.top..self.end).contains(&from).then_some(from)
    }
}

/// The lines that are not as they were.
pub(super) fn changed(shown: &Buffer, next: &Buffer) -> Vec<usize> {
    let lines = lines(shown).zip(lines(next)).enumerate();
    let changed = lines.filter(|(_, (before, now))| !are_same(before, now));
    changed.map(|(line, _)| line).collect()
}

/// The move after which the least is left to be told of those that `changed`, if one is worth it.
pub(super) fn found(shown: &Buffer, next: &Buffer, changed: &[usize]) -> Option<Scroll> {
    let lines = |buffer| lines(buffer).collect::<Vec<_>>();
    let (before, now) = (lines(shown), lines(next));
    let marks = |of: &[&[Cell]]| -> Vec<(usize, u64)> {
        let marked = changed
            .iter()
            .filter_map(|line| Some((*line, of.get(*line)?)));
        marked
            .filter_map(|(line, cells)| Some((line, mark(cells)?)))
            .collect()
    };
    let (old, new) = (marks(&before), marks(&now));
    // The way that most lines went, from where to where.
    let mut ways: Vec<(isize, usize, Scroll)> = Vec::new();
    for (to, mark) in &new {
        for (from, _) in old.iter().filter(|(_, other)| other == mark) {
            let way = Scroll {
                top: *from.min(to),
                end: from.max(to) + 1,
                by: from.abs_diff(*to),
                up: from > to,
            };
            let by = from.wrapping_sub(*to).cast_signed();
            match ways.iter_mut().find(|(known, ..)| *known == by) {
                Some((_, count, all)) => {
                    *count += 1;
                    (all.top, all.end) = (all.top.min(way.top), all.end.max(way.end));
                }
                None => ways.push((by, 1, way)),
            }
        }
    }
    let (_, _, scroll) = ways.into_iter().max_by_key(|(_, count, _)| *count)?;
    let differing = |from: Option<usize>, line: usize| {
        let from = from.and_then(|from| before.get(from));
        let cells = now.get(line).into_iter().flat_map(|cells| cells.iter());
        cells
            .enumerate()
            .filter(|(x, cell)| match from {
                Some(from) => !from.get(*x).is_some_and(|from| is_alike(from, cell)),
                None => !is_erased(cell),
            })
            .count()
    };
    let band = scroll.top..scroll.end;
    let without: usize = band.clone().map(|line| differing(Some(line), line)).sum();
    let with: usize = band.map(|line| differing(scroll.source(line), line)).sum();
    (with + WORTH < without).then_some(scroll)
}

/// Whether two lines are the same.
fn are_same(before: &[Cell], now: &[Cell]) -> bool {
    before.len() == now.len()
        && before
            .iter()
            .zip(now)
            .all(|(one, other)| is_same(one, other))
}

/// The lines of a buffer.
pub(super) fn lines(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width).max(1))
}

/// Tells a line from others; none for one on which nothing stands. Two that are alike by chance cost a few bytes.
fn mark(cells: &[Cell]) -> Option<u64> {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut mark = 0_u64;
    let mut blank = true;
    for cell in cells {
        let symbol = cell.symbol().as_bytes();
        blank &= symbol == b" ";
        let style = u64::from(cell.modifier.bits()) << 8;
        let first = symbol
            .first()
            .copied()
            .map_or(style, |byte| style | u64::from(byte));
        mark = (mark.rotate_left(5) ^ first).wrapping_mul(ODD);
        for part in symbol.iter().skip(1) {
            mark = (mark.rotate_left(5) ^ u64::from(*part)).wrapping_mul(ODD);
        }
    }
    (!blank).then_some(mark)
}
