//! Cost against size, as a picture: both scales are logarithmic, so that what stays the same is a level line.

use std::fmt::Write;

use crate::table::Figure;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 250.0;
const EDGE: f64 = 40.0;
/// What is drawn, and in which colour; all of it is in milliseconds.
const LINES: [(&str, &str); 6] = [
    ("a page of the queue", "#0072b2"),
    ("an incident with its timeline", "#009e73"),
    ("search, first page: a word of few", "#cc79a7"),
    ("logging an incident, durable", "#d55e00"),
    ("key to finished redraw, a moved cursor, p50", "#e69f00"),
    ("start to the first full queue", "#555555"),
];
/// From a hundredth of a millisecond to a hundred milliseconds.
const DECADES: (f64, f64) = (-2.0, 2.0);

/// Draws the figures over the sizes.
pub(crate) fn svg(figures: &[Figure], sizes: &[usize]) -> String {
    let log = |size: usize| (size as f64).log10();
    let first = sizes.first().map_or(0.0, |size| log(*size));
    let last = sizes.last().map_or(1.0, |size| log(*size)).max(first + 0.1);
    let x = |size: usize| LEFT + (log(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    let (low, high) = DECADES;
    let y = |ms: f64| {
        let place = (ms.max(1e-9).log10().clamp(low, high) - low) / (high - low);
        HEIGHT - EDGE - place * (HEIGHT - 2.0 * EDGE)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<title>Cost against size</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for exponent in -2..=2 {
        let (ms, right) = (10_f64.powi(exponent), WIDTH - RIGHT);
        let at = y(ms);
        writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>\n\
             <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{ms} ms</text>",
            LEFT - 8.0,
            at + 4.0
        )
        .unwrap();
    }
    for size in sizes {
        let (at, under) = (x(*size), HEIGHT - EDGE + 18.0);
        writeln!(
            svg,
            "<text x=\"{at:.1}\" y=\"{under}\" text-anchor=\"middle\">{size}</text>"
        )
        .unwrap();
    }
    for (place, (what, colour)) in LINES.iter().enumerate() {
        let Some(figure) = figures.iter().find(|figure| figure.what == *what) else {
            continue;
        };
        let points: Vec<String> = figure
            .at
            .iter()
            .map(|(size, ms)| format!("{:.1},{:.1}", x(*size), y(*ms)))
            .collect();
        let (key, line) = (WIDTH - RIGHT + 20.0, EDGE + 22.0 * place as f64);
        writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n\
             <text x=\"{key}\" y=\"{line}\" fill=\"{colour}\">{what}</text>",
            points.join(" ")
        )
        .unwrap();
    }
    svg.push_str("</svg>\n");
    svg
}
