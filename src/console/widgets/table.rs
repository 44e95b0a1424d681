//! Rows under a header. Where the room runs short, columns give way in a declared order; what stays is never squeezed
//! below its least width. A text has also the room of empty cells right of it. The selected row has a marker and reverse video.

use super::letters;
use crate::console::{look::Look, theme::Role};
use crate::text;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use std::borrow::Cow;

#[cfg(test)]
mod tests;

/// Columns between two columns of the table.
const GAP: u16 = 1;
/// The marker of the selected row and the space behind it.
const MARKER: u16 = 2;

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What the header says.
    pub title: &'static str,
    /// The least width that makes sense, in terminal columns.
    pub min: u16,
    /// The share of the room that is left over, against the other columns' shares; 0 keeps the column at `min`.
    pub fill: u16,
    /// The order of giving way: the highest goes first, of equals the one further right. 0 goes last.
    pub gives_way: u8,
    /// Figures line up on their right.
    pub right: bool,
}

impl Column {
    /// A column of texts, which line up on their left; the rest as the fields of the same names say.
    pub const fn left(title: &'static str, min: u16, fill: u16, gives_way: u8) -> Self {
        Self {
            title,
            min,
            fill,
            gives_way,
            right: false,
        }
    }
}

/// Where a column that stays is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its index among all columns.
    pub column: usize,
    /// Its first terminal column, from the left edge of the area.
    pub x: u16,
    /// Its width in terminal columns.
    pub width: u16,
}

/// Which of `columns` fit into `width`, and where. The marker's room is taken off before.
#[must_use]
pub fn places(columns: &[Column], width: u16) -> Vec<Place> {
    places_for(columns, &[], width)
}

/// The same where so many columns of the terminal hold all that stands in each: those that may have more than the least
/// share what is left over so that as little as possible is cut, and then the rest.
fn places_for(columns: &[Column], needs: &[u16], width: u16) -> Vec<Place> {
    let room = width.saturating_sub(MARKER);
    let kept = kept(columns, room);
    let mut widths: Vec<u16> = kept.iter().map(|(_, column)| column.min).collect();
    let mut spare = room.saturating_sub(needed(&kept));
    let lack = |(place, column): &(usize, &Column)| {
        let need = needs.get(*place).copied().unwrap_or(0);
        match column.fill {
            0 => 0,
            _ => need.saturating_sub(column.min),
        }
    };
    // Who lacks least for its share comes first: what it leaves is for those that lack more.
    let mut lacking: Vec<(u16, u16, usize)> = kept
        .iter()
        .enumerate()
        .map(|(at, one)| (lack(one), one.1.fill, at))
        .collect();
    lacking.retain(|(lack, ..)| *lack > 0);
    lacking.sort_by_key(|(lack, fill, _)| u32::from(*lack) * 1_000 / u32::from(*fill));
    let shares = lacking.iter().map(|(_, fill, _)| *fill).sum();
    share(&mut spare, shares, lacking, &mut widths);
    let filling = kept
        .iter()
        .enumerate()
        .map(|(at, (_, column))| (u16::MAX, column.fill, at));
    let shares = kept.iter().map(|(_, column)| column.fill).sum();
    share(&mut spare, shares, filling, &mut widths);
    let mut x = MARKER;
    let mut places = Vec::with_capacity(kept.len());
    for ((place, _), width) in kept.into_iter().zip(widths) {
        let width = width.min(room.saturating_add(MARKER).saturating_sub(x));
        places.push(Place {
            column: place,
            x,
            width,
        });
        x = x.saturating_add(width).saturating_add(GAP);
    }
    places
}

/// Gives each of those that ask, in their order, its share of `spare`, but no more than the most that it takes: most,
/// share, and which of the widths. The last one takes the rest, so that nothing is lost to rounding.
fn share(
    spare: &mut u16,
    mut shares: u16,
    asking: impl IntoIterator<Item = (u16, u16, usize)>,
    widths: &mut [u16],
) {
    for (most, fill, at) in asking {
        let part = u32::from(*spare) * u32::from(fill) / u32::from(shares.max(1));
        let part = u16::try_from(part).unwrap_or(*spare).min(most);
        *spare -= part;
        shares -= fill;
        if let Some(width) = widths.get_mut(at) {
            *width = width.saturating_add(part);
        }
    }
}

/// The columns that stay in `room`, with their places among all.
fn kept(columns: &[Column], room: u16) -> Vec<(usize, &Column)> {
    let mut kept: Vec<(usize, &Column)> = columns.iter().enumerate().collect();
    while kept.len() > 1 && needed(&kept) > room {
        let first_to_go = kept
            .iter()
            .enumerate()
            .max_by_key(|(_, (_, column))| column.gives_way);
        let Some((at, _)) = first_to_go else { break };
        kept.remove(at);
    }
    kept
}

/// The least columns that these take, with the gaps between them.
fn needed(kept: &[(usize, &Column)]) -> u16 {
    let widths = kept.iter().fold(0_u16, |sum, (_, column)| {
        sum.saturating_add(column.min).saturating_add(GAP)
    });
    widths.saturating_sub(GAP)
}

/// The first row to draw so that `selected` is among `height` rows, starting from `first`, where the list stood before:
/// a list moves no more than it must.
#[must_use]
pub fn first_row(first: usize, selected: usize, height: usize) -> usize {
    first
        .min(selected)
        .max((selected + 1).saturating_sub(height.max(1)))
}

/// Draws the header and `rows` into `area`. `selected` counts from the first of `rows`, which is the first that shows;
/// `cell` gives text and style of a row in the column with an index, and is asked for nothing that is not drawn.
pub fn render<'a, R>(
    columns: &[Column],
    rows: impl IntoIterator<Item = R>,
    selected: Option<usize>,
    cell: impl Fn(&R, usize) -> (Cow<'a, str>, Style),
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let shown = usize::from(area.height - 1);
    let kept = kept(columns, area.width.saturating_sub(MARKER));
    let cells = |row: R| -> Vec<(Cow<'a, str>, Style)> {
        kept.iter().map(|(place, _)| cell(&row, *place)).collect()
    };
    let rows: Vec<_> = rows.into_iter().take(shown).map(cells).collect();
    let mut needs = vec![0; columns.len()];
    for row in &rows {
        for (at, (words, _)) in row.iter().enumerate() {
            // It has the room of an empty cell behind it besides.
            let alone = row.get(at + 1).is_some_and(|(next, _)| next.is_empty());
            if let Some(need) = kept.get(at).and_then(|(place, _)| needs.get_mut(*place))
                && !alone
            {
                *need = u16::try_from(text::width(words))
                    .unwrap_or(u16::MAX)
                    .max(*need);
            }
        }
    }
    let places = places_for(columns, &needs, area.width);
    for place in &places {
        if let Some(column) = columns.get(place.column) {
            let style = look.style(Role::Title);
            draw(
                column.title,
                style,
                column.right,
                place,
                look,
                (area, area.top()),
                buf,
            );
        }
    }
    for ((number, cells), y) in rows.iter().enumerate().zip(area.top() + 1..area.bottom()) {
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        for (at, (place, (content, style))) in places.iter().zip(cells).enumerate() {
            let right = columns.get(place.column).is_some_and(|column| column.right);
            let place = match right {
                true => *place,
                false => with_empty_neighbours(place, places.get(at + 1..), cells.get(at + 1..)),
            };
            // Reversed colours would make a patchwork of the row: its symbols and words tell enough.
            let style = if selected == Some(number) {
                Style::new().add_modifier(style.add_modifier)
            } else {
                *style
            };
            draw(content, style, right, &place, look, (area, y), buf);
        }
        if selected == Some(number) {
            buf.set_stringn(
                area.left(),
                y,
                look.symbols.selected,
                area.width.into(),
                Style::new(),
            );
            buf.set_style(line, look.style(Role::Selected));
        }
    }
}

/// The room of a cell, and that of those right of it in which nothing stands: nothing is cut beside an empty place.
fn with_empty_neighbours(
    place: &Place,
    right_of_it: Option<&[Place]>,
    cells: Option<&[(Cow<'_, str>, Style)]>,
) -> Place {
    let cells = right_of_it
        .into_iter()
        .flatten()
        .zip(cells.into_iter().flatten());
    let empty = cells.take_while(|(_, (content, _))| content.is_empty());
    let last = empty.map(|(place, _)| place).last();
    let end = last.map_or(place.x + place.width, |last| last.x + last.width);
    Place {
        width: end.saturating_sub(place.x),
        ..*place
    }
}

/// Draws one cell: cut to its width, on the side where it lines up.
fn draw(
    content: &str,
    style: Style,
    right: bool,
    place: &Place,
    look: &Look,
    (area, y): (Rect, u16),
    buf: &mut Buffer,
) {
    let room = usize::from(place.width.min(area.width.saturating_sub(place.x)));
    let shown = text::cut_with(content, room, look.symbols.cut);
    let indent = if right {
        room.saturating_sub(text::width(&shown))
    } else {
        0
    };
    let x = area
        .left()
        .saturating_add(place.x)
        .saturating_add(u16::try_from(indent).unwrap_or(0));
    if x >= area.right() {
        return;
    }
    if !text::is_narrow(&shown) {
        buf.set_stringn(x, y, shown, room, style);
        return;
    }
    let end = x.saturating_add(u16::try_from(room).unwrap_or(u16::MAX));
    letters::write(&shown, style, (x, y).into(), end.min(area.right()), buf);
}
