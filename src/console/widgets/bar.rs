//! The bar of a clock: how much of its time has gone.

use crate::console::symbols::Symbols;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

/// Draws `elapsed` of `whole` (the same unit, usually seconds) as a bar over the first line of `area`. What is past the
/// whole fills the bar; a `whole` of nothing or less is full, since all its time has gone.
pub fn render(
    elapsed: i64,
    whole: i64,
    symbols: &Symbols,
    style: Style,
    area: Rect,
    buf: &mut Buffer,
) {
    let area = area.intersection(buf.area);
    let Some(full) = symbols
        .bar
        .len()
        .checked_sub(1)
        .filter(|_| !area.is_empty())
    else {
        return;
    };
    let steps = filled(elapsed, whole, usize::from(area.width) * full);
    for (column, x) in (area.left()..area.right()).enumerate() {
        let step = steps.saturating_sub(column * full).min(full);
        if let Some(symbol) = symbols.bar.get(step) {
            buf.set_stringn(x, area.top(), symbol, 1, style);
        }
    }
}

/// How many of `steps` equal steps are over. The last one is over only when all the time is.
fn filled(elapsed: i64, whole: i64, steps: usize) -> usize {
    if elapsed >= whole {
        return steps;
    }
    let share = i128::from(elapsed.max(0)) * steps as i128 / i128::from(whole.max(1));
    usize::try_from(share).unwrap_or(steps).min(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::symbols::{ASCII, UNICODE};
    use rstest::rstest;

    #[rstest]
    #[case(0, 100, "░░░░", "....")]
    #[case(25, 100, "█░░░", "#...")]
    #[case(30, 100, "█▏░░", "#...")]
    #[case(99, 100, "███▉", "###.")]
    #[case(100, 100, "████", "####")]
    #[case(500, 100, "████", "####")]
    #[case(-5, 100, "░░░░", "....")]
    #[case(0, 0, "████", "####")]
    #[case(i64::MAX - 1, i64::MAX, "███▉", "###.")]
    fn a_bar_fills_with_time(
        #[case] elapsed: i64,
        #[case] whole: i64,
        #[case] unicode: &str,
        #[case] ascii: &str,
    ) {
        for (symbols, expected) in [(UNICODE, unicode), (ASCII, ascii)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
            render(elapsed, whole, &symbols, Style::new(), buf.area, &mut buf);
            assert_eq!(buf, Buffer::with_lines([expected]));
        }
    }

    #[test]
    fn no_area_is_no_trouble() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 0, 0));
        render(
            1,
            2,
            &UNICODE,
            Style::new(),
            Rect::new(0, 0, 9, 9),
            &mut buf,
        );
    }
}
