//! The saved views as tabs.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Queue;
use crate::console::look::Look;
use crate::console::request::MOST_COUNTED;
use crate::console::theme::Role;
use crate::console::widgets::letters;
use crate::text;

/// With fewer columns the view's name, count and place stand for the tabs.
const WIDE: u16 = 110;

/// Draws the views; what narrows the one that shows stands behind them. Where not all of them fit, those around the one
/// that shows stay, and its place among all follows.
pub(super) fn draw(queue: &Queue, look: &Look, area: Rect, buf: &mut Buffer) {
    let titles: Vec<_> = queue
        .views()
        .map(|(title, _)| text::visible(title))
        .collect();
    // Before it was read nobody knows.
    let count = match queue.loaded {
        true => counted(queue.count),
        false => String::new(),
    };
    let filter = match queue.filter.as_str() {
        "" => String::new(),
        filter => format!("  / {}", text::visible(filter)),
    };
    let state = state(queue);
    let place = format!("  {}/{}", queue.view + 1, titles.len());
    let widths: Vec<usize> = titles.iter().map(|title| text::width(title) + 2).collect();
    let used = count.len() + 1 + text::width(&filter) + text::width(&state);
    let room = usize::from(area.width).saturating_sub(used);
    let all = widths.iter().sum::<usize>() <= room;
    let shown = match area.width {
        _ if all => 0..titles.len(),
        ..WIDE => queue.view..queue.view + 1,
        // A mark at either end says that there are more.
        _ => fitting(&widths, queue.view, room.saturating_sub(place.len() + 4)),
    };
    let cut = |is_cut: bool| {
        let mark = if is_cut && shown.len() > 1 {
            look.symbols.cut
        } else {
            ""
        };
        Span::styled(mark.to_owned(), look.style(Role::Muted))
    };
    let mut line = Line::from(cut(shown.start > 0));
    for (at, title) in titles.iter().enumerate() {
        if at == queue.view {
            let [open, close] = if shown.len() > 1 {
                ["[", "]"]
            } else {
                ["", ""]
            };
            line.push_span(Span::styled(
                format!("{open}{title}"),
                look.style(Role::Title),
            ));
            let gap = if count.is_empty() { "" } else { " " };
            let count = format!("{gap}{count}");
            line.push_span(Span::styled(count, look.style(Role::Accent)));
            line.push_span(Span::styled(close, look.style(Role::Title)));
        } else if shown.contains(&at) {
            line.push_span(Span::styled(format!(" {title} "), look.style(Role::Muted)));
        }
    }
    line.push_span(cut(shown.end < titles.len()));
    if !all {
        line.push_span(Span::styled(place, look.style(Role::Muted)));
    }
    line.push_span(Span::styled(filter, look.style(Role::Muted)));
    line.push_span(Span::styled(state, look.style(Role::Warning)));
    letters::line(&line, area, buf);
}

/// How many a view has, as far as they are counted.
pub(super) fn counted(count: usize) -> String {
    match count {
        count if count > MOST_COUNTED => format!("{MOST_COUNTED}+"),
        count => count.to_string(),
    }
}

/// Whether incidents are marked, the list stands still, and words are looked for.
fn state(queue: &Queue) -> String {
    let marked = match queue.marked.len() {
        0 => String::new(),
        // Not all of them, although each that shows may be.
        many if queue.is_partly_read() && many < queue.count => {
            format!("  {many} of {} marked", counted(queue.count))
        }
        many => format!("  {many} marked"),
    };
    let frozen = if queue.frozen { "  frozen" } else { "" };
    let searching = match queue.searching {
        true => "  looking among all, Esc stops",
        false => "",
    };
    format!("{marked}{frozen}{searching}")
}

/// The tabs that fit into `room` columns: the one that shows, as many before it as can be, then those after it.
fn fitting(widths: &[usize], view: usize, room: usize) -> Range<usize> {
    let mut left = room;
    let mut takes = |at: &usize| {
        let width = widths.get(*at).copied().unwrap_or(0);
        let fits = left.checked_sub(width);
        left = fits.unwrap_or(0);
        fits.is_some()
    };
    takes(&view);
    let before = (0..view).rev().take_while(&mut takes).count();
    let after = (view + 1..widths.len()).take_while(&mut takes).count();
    view - before..view + after + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::all(0, 40, 0..4)]
    #[case::the_first(0, 25, 0..2)]
    #[case::after_those_before(1, 31, 0..3)]
    #[case::the_last(3, 25, 2..4)]
    #[case::at_least_the_one_that_shows(2, 3, 2..3)]
    fn tabs_around_the_one_that_shows_fit(
        #[case] view: usize,
        #[case] room: usize,
        #[case] shown: Range<usize>,
    ) {
        assert_eq!(fitting(&[10; 4], view, room), shown);
    }
}
