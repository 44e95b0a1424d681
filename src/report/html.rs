//! A report as one HTML page that needs nothing else: no scripts, no files, no network. Its charts are drawn as SVG.

use std::fmt::Write;

use super::plain::NOTHING;
use super::section::{Bar, Chart, Section, Value};
use crate::text::visible;

const STYLE: &str = "\
body{font:15px/1.5 system-ui,sans-serif;color:#1d2330;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem;border-bottom:1px solid #d5d9e2}\
p,dd,figcaption{color:#4a5263}table{border-collapse:collapse;margin:1rem 0}\
th,td{padding:.25rem .8rem .25rem 0;text-align:left;border-bottom:1px solid #e8ebf1}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
figure{margin:1rem 0}svg{width:100%;height:auto;max-width:44rem}text{font:11px system-ui,sans-serif;fill:#4a5263}\
rect{fill:#3566b8}line{stroke:#aab2c2}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;font-size:.85rem}\
dt{font-weight:600}dd{margin:0}@media print{h2{break-after:avoid}figure,tr{break-inside:avoid}}";

/// The sections as a page, under a heading with what they are about.
pub fn html(about: &str, sections: &[Section]) -> String {
    let about = escaped(about);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{about}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{about}</h1>\n"
    );
    for section in sections {
        write(&mut page, section);
    }
    page.push_str("</body>\n</html>");
    page
}

fn write(page: &mut String, section: &Section) {
    let (title, about) = (escaped(section.title), escaped(section.about));
    // Nothing can go wrong with a text in memory, here and below.
    let _ = writeln!(page, "<section>\n<h2>{title}</h2>\n<p>{about}</p>");
    if section.rows.is_empty() {
        let _ = writeln!(page, "<p>{NOTHING}</p>\n</section>");
        return;
    }
    for chart in section.charts.iter().filter(|chart| !chart.is_empty()) {
        draw(page, chart);
    }
    page.push_str("<table>\n<tr>");
    let labels = section.labels.iter().filter(|label| !label.is_empty());
    let labels = labels.count();
    for (place, heading) in section.headings().enumerate() {
        let class = if place < labels { "" } else { " class=\"n\"" };
        let _ = write!(page, "<th{class}>{}</th>", escaped(heading));
    }
    page.push_str("</tr>\n");
    for row in &section.rows {
        page.push_str("<tr>");
        for label in section.labels_of(row) {
            let _ = write!(page, "<td>{}</td>", escaped(label));
        }
        for value in row.values.iter().map(Value::words) {
            let _ = write!(page, "<td class=\"n\">{}</td>", escaped(&value));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table>\n<dl>");
    for figure in section.figures {
        let (title, definition) = (escaped(figure.title), escaped(figure.definition));
        let _ = write!(page, "<dt>{title}</dt><dd>{definition}</dd>");
    }
    page.push_str("</dl>\n</section>\n");
}

/// Room of a chart, in its own units.
const WIDE: u64 = 640;
const HIGH: u64 = 140;
/// Room of a line of text.
const LINE: u64 = 16;
/// Room of the labels that stand before bars.
const BEFORE: u64 = 260;
/// More letters than these do not fit under a bar.
const SHORT: usize = 5;

fn draw(page: &mut String, chart: &Chart) {
    let title = escaped(&chart.title);
    let _ = writeln!(page, "<figure><figcaption>{title}</figcaption>");
    if chart.bars.iter().all(|bar| bar.label.len() <= SHORT) {
        upright(page, chart);
    } else {
        lying(page, chart);
    }
    page.push_str("</figure>\n");
}

fn open(page: &mut String, chart: &Chart, height: u64) {
    let title = escaped(&chart.title);
    let _ = writeln!(
        page,
        "<svg viewBox=\"0 0 {WIDE} {height}\" role=\"img\" aria-label=\"{title}\">"
    );
}

/// What a bar says when one points at it.
fn said(bar: &Bar) -> String {
    let said = format!("{}: {}", bar.label, bar.value.words());
    escaped(&said)
}

/// Bars that stand, for short labels.
fn upright(page: &mut String, chart: &Chart) {
    let bars = u64::try_from(chart.bars.len()).unwrap_or(1).max(1);
    let step = (WIDE / bars).clamp(4, 80);
    let bottom = LINE + HIGH;
    open(page, chart, bottom + LINE);
    // Not every label finds room under narrow bars.
    let every = 30_u64.div_ceil(step);
    for (place, bar) in (0_u64..).zip(&chart.bars) {
        let (x, height) = (
            place * step,
            bar.length.min(chart.scale()) * HIGH / chart.scale(),
        );
        let (y, width, middle) = (bottom - height, (step * 4 / 5).max(2), x + step * 2 / 5);
        let said = said(bar);
        let _ = writeln!(
            page,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{said}</title></rect>"
        );
        if place % every == 0 {
            let (label, value) = (escaped(&bar.label), escaped(&bar.value.words()));
            let (under, over) = (bottom + 12, y - 4);
            let _ = writeln!(
                page,
                "<text x=\"{middle}\" y=\"{under}\" text-anchor=\"middle\">{label}</text>"
            );
            if every == 1 {
                let _ = writeln!(
                    page,
                    "<text x=\"{middle}\" y=\"{over}\" text-anchor=\"middle\">{value}</text>"
                );
            }
        }
    }
    let _ = writeln!(
        page,
        "<line x1=\"0\" y1=\"{bottom}\" x2=\"{WIDE}\" y2=\"{bottom}\"/>\n</svg>"
    );
}

/// Bars that lie one under the other, for long labels.
fn lying(page: &mut String, chart: &Chart) {
    let bars = u64::try_from(chart.bars.len()).unwrap_or(0);
    open(page, chart, bars * LINE + 4);
    let room = WIDE - BEFORE - 60;
    for (place, bar) in (0_u64..).zip(&chart.bars) {
        let (y, width) = (
            place * LINE,
            bar.length.min(chart.scale()) * room / chart.scale(),
        );
        let (base, from, to) = (y + 12, BEFORE - 8, BEFORE + width + 6);
        let (label, value) = (escaped(&bar.label), escaped(&bar.value.words()));
        let _ = writeln!(
            page,
            "<text x=\"{from}\" y=\"{base}\" text-anchor=\"end\">{label}</text>\
             <rect x=\"{BEFORE}\" y=\"{y}\" width=\"{width}\" height=\"13\"><title>{}</title></rect>\
             <text x=\"{to}\" y=\"{base}\">{value}</text>",
            said(bar)
        );
    }
    page.push_str("</svg>\n");
}

/// A text that is nothing but text in HTML, with nothing hidden in it.
fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
