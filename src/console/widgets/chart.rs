//! A chart of a report: standing bars with their labels beneath, or lying ones where labels are long.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Bar, BarChart, BarGroup, Widget};

use super::bar;
use crate::console::look::Look;
use crate::console::theme::Role;
use crate::report::Chart;
use crate::text;

/// The least columns in which a chart makes sense.
pub const LEAST: u16 = 24;
/// The least lines of one: its title, two lines of bars, their labels.
pub const LOWEST: u16 = 4;
/// The widest that a bar gets, with the gap behind it.
const STEP: u16 = 8;
/// More columns than these do not fit under a bar.
const SHORT: usize = 5;

/// Whether its bars stand.
pub fn stands(chart: &Chart) -> bool {
    chart
        .bars
        .iter()
        .all(|bar| text::width(&bar.label) <= SHORT)
}

/// Draws a chart.
pub fn render(chart: &Chart, look: &Look, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
    } else if stands(chart) {
        standing(chart, look, area, buf);
    } else {
        lying(chart, look, area, buf);
    }
}

fn standing(chart: &Chart, look: &Look, area: Rect, buf: &mut Buffer) {
    let most = chart.bars.iter().max_by_key(|bar| bar.length);
    let most = most.map_or_else(String::new, |bar| bar.value.words());
    let words = match chart.full {
        None => format!("{}, most {most}", chart.title),
        Some(_) => chart.title.clone(),
    };
    // The title takes the lines that it needs where there are enough for the bars; else what it is matters more than how
    // high it goes.
    let room = usize::from(area.height.saturating_sub(LOWEST - 1).max(1));
    let mut words = text::wrap(&words, area.width.into());
    if words.len() > room {
        let title = text::cut_with(&chart.title, area.width.into(), look.symbols.cut);
        words = vec![title.into_owned()];
    }
    let [title, bars, labels] = Layout::vertical([
        Constraint::Length(u16::try_from(words.len()).unwrap_or(1)),
        Constraint::Min(0),
        Constraint::Length(1),
    ])
    .areas(area);
    for (line, row) in words.iter().zip(title.rows()) {
        buf.set_stringn(
            row.x,
            row.y,
            line,
            row.width.into(),
            look.style(Role::Muted),
        );
    }
    // Where there are more bars than columns, the last ones show.
    let hidden = chart.bars.len().saturating_sub(area.width.into());
    let shown = chart.bars.get(hidden..).unwrap_or_default();
    let count = u16::try_from(shown.len()).unwrap_or(u16::MAX).max(1);
    let step = (area.width / count).clamp(1, STEP);
    let gap = u16::from(step > 1);
    let drawn: Vec<Bar<'_>> = shown
        .iter()
        .map(|bar| Bar::new(bar.length.min(chart.scale())).text_value(""))
        .collect();
    BarChart::default()
        .data(BarGroup::default().bars(&drawn))
        .max(chart.scale())
        .bar_width(step - gap)
        .bar_gap(gap)
        .bar_set(look.symbols.pillar.clone())
        .bar_style(look.style(Role::Accent))
        .render(bars, buf);
    let widest = shown.iter().map(|bar| text::width(&bar.label)).max();
    let widest = u16::try_from(widest.unwrap_or(1)).unwrap_or(1);
    let every = (widest + 1).div_ceil(step).max(1);
    for (place, bar) in (0..count).zip(shown) {
        let x = labels.x + place * step;
        let room = usize::from(labels.right().saturating_sub(x));
        if place % every == 0 && text::width(&bar.label) <= room {
            buf.set_stringn(x, labels.y, &bar.label, room, look.style(Role::Muted));
        }
    }
}

fn lying(chart: &Chart, look: &Look, area: Rect, buf: &mut Buffer) {
    let widest = |widths: &mut dyn Iterator<Item = usize>| {
        u16::try_from(widths.max().unwrap_or(0)).unwrap_or(u16::MAX)
    };
    let label = widest(&mut chart.bars.iter().map(|bar| text::width(&bar.label)));
    let value = widest(&mut chart.bars.iter().map(|bar| bar.value.words().len()));
    let columns = [
        Constraint::Length(label.min(area.width * 3 / 5)),
        Constraint::Length(value),
        Constraint::Min(0),
    ];
    for (place, (row, one)) in area.rows().zip(&chart.bars).enumerate() {
        let rest = chart.bars.len() - place;
        if place + 1 == usize::from(area.height) && rest > 1 {
            let words = format!("{rest} more: Enter shows all");
            buf.set_stringn(
                row.x,
                row.y,
                words,
                row.width.into(),
                look.style(Role::Muted),
            );
            return;
        }
        let [label, value, room] = Layout::horizontal(columns).spacing(1).areas(row);
        let words = text::cut_with(&one.label, label.width.into(), look.symbols.cut);
        buf.set_stringn(
            label.x,
            label.y,
            words,
            label.width.into(),
            look.style(Role::Text),
        );
        let words = text::fit_right(&one.value.words(), value.width.into());
        buf.set_stringn(
            value.x,
            value.y,
            words,
            value.width.into(),
            look.style(Role::Accent),
        );
        let long = u64::from(room.width) * one.length.min(chart.scale());
        let long = u16::try_from(long.div_ceil(chart.scale())).unwrap_or(room.width);
        let room = Rect {
            width: long,
            ..room
        };
        bar::render(1, 1, look.symbols, look.style(Role::Accent), room, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::look::tests::{lines, plain, rich};
    use crate::report::{Bar, Value};

    fn chart(bars: &[(&str, u64)]) -> Chart {
        let bars = bars.iter().map(|(label, length)| Bar {
            label: (*label).to_owned(),
            length: *length,
            value: Value::Count(*length),
        });
        Chart {
            title: "calls".to_owned(),
            bars: bars.collect(),
            full: None,
        }
    }

    fn drawn(chart: &Chart, look: &Look, width: u16, height: u16) -> Vec<String> {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        render(chart, look, buf.area, &mut buf);
        lines(&buf)
    }

    #[test]
    fn bars_stand_over_their_labels_in_both_sets_of_symbols() {
        let chart = chart(&[("W1", 4), ("W2", 2), ("W3", 0)]);
        let expected = [
            "calls, most 4",
            "███",
            "███",
            "███ ███",
            "███ ███",
            "W1  W2  W3",
        ];
        assert_eq!(drawn(&chart, &rich(), 13, 6), expected);
        let expected = expected.map(|line| line.replace('█', "#"));
        assert_eq!(drawn(&chart, &plain(), 13, 6), expected);
    }

    #[test]
    fn long_labels_stand_beside_their_bars() {
        let chart = chart(&[
            ("resolved: fixed", 12),
            ("declined", 3),
            ("other", 1),
            ("x", 1),
        ]);
        let expected = [
            "resolved: fixed 12 ########",
            "declined         3 ##",
            "2 more: Enter shows all",
        ];
        assert_eq!(drawn(&chart, &plain(), 27, 3), expected);
    }

    #[test]
    fn a_title_is_not_cut() {
        let mut chart = chart(&[("W1", 4), ("W2", 2)]);
        chart.title = "resolutions".to_owned();
        let high = drawn(&chart, &rich(), 17, 6);
        assert_eq!(&high[..2], ["resolutions, most", "4"]);
        assert_eq!(drawn(&chart, &rich(), 17, 4)[0], "resolutions");
    }

    #[test]
    fn any_room_will_do() {
        let many: Vec<(&str, u64)> = (0..60).map(|n| ("W9", n)).collect();
        for (chart, width, height) in [(chart(&many), 30, 4), (chart(&[]), 9, 9)] {
            for width in 0..width {
                for height in 0..height {
                    drawn(&chart, &rich(), width, height);
                }
            }
        }
    }
}
