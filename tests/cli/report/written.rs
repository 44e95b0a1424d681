//! Every way of writing a report: nothing in a name becomes a formula, markup or a script; every definition is there.

use super::{rows, sample};
use crate::shop::Shop;

/// A customer whose name means something to every program that reads a report.
const NAME: &str = "=1+1|<script>alert(\"x\")</script> & *Söhne*";

fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.customer(NAME);
    for severity in ["low", "high"] {
        let answered = ["--answered", "--estimate", "+2h", "--severity", severity];
        shop.log(NAME, &answered);
    }
    shop
}

#[test]
fn csv_has_a_line_for_each_figure_with_its_definition() {
    let shop = shop();
    let csv = shop.ok(["report", "--by", "customer", "--format", "csv"]);
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("section,of,which,figure,value,definition")
    );
    let met = lines.next().unwrap();
    assert!(
        met.starts_with("attainment,\"'=1+1|<script>alert(\"\"x\"\")</script> & *Söhne* (C-0001)\",response,met,2,Clocks "),
        "{met}"
    );
    for section in ["attainment", "times", "calls", "promises"] {
        assert!(
            csv.contains(&format!("\n{section},")) || met.starts_with(section),
            "{csv}"
        );
    }
    let only = ["--only", "promises,calls", "--format", "csv"];
    let csv = shop.ok(["report"].iter().chain(&only));
    let lines = csv.lines().skip(1);
    assert!(
        lines.clone().count() > 0
            && lines
                .clone()
                .all(|line| line.starts_with("promises,") || line.starts_with("calls,")),
        "{csv}"
    );
}

#[test]
fn markdown_is_a_table_whatever_the_names_are() {
    let shop = shop();
    let args = ["report", "--by", "customer", "--only", "attainment"];
    let md = shop.ok(args.iter().chain(&["--format", "md"]));
    let name = "=1+1\\|\\<script\\>alert(\"x\")\\</script\\> \\& \\*Söhne\\* (C-0001)";
    assert!(
        md.contains(&format!(
            "| {name} | response | 2 | 0 | 0 | 0 | 0 | 100.0 % |"
        )),
        "{md}"
    );
    assert!(
        md.contains("- **of them open**: Clocks that are missed and still run."),
        "{md}"
    );
    // Of one customer, its name is the heading.
    let md = shop.ok(args
        .iter()
        .chain(&["--format", "md", "--customer", "C-0001"]));
    assert!(md.starts_with("# =1+1\\|\\<script\\>"), "{md}");
}

/// What a page is made of, as a browser would see it: every tag closed by its own, in order; gives the tags.
fn tags(page: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    let mut rest = page;
    while let Some((_, tail)) = rest.split_once('<') {
        let (tag, tail) = tail.split_once('>').expect("a tag that ends");
        rest = tail;
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{rest}");
        } else if !(tag.ends_with('/') || name == "meta" || name == "!DOCTYPE") {
            open.push(name);
            all.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

#[test]
fn the_page_needs_nothing_else_and_no_name_is_markup() {
    let shop = shop();
    let html = shop.ok(["report", "--by", "customer", "--format", "html"]);
    let found = tags(&html);
    for wanted in ["svg", "table", "dl", "style"] {
        assert!(found.iter().any(|tag| tag == wanted), "{wanted}: {html}");
    }
    for bad in ["script", "link", "img", "a", "iframe", "object"] {
        assert!(!found.iter().any(|tag| tag == bad), "{bad}: {html}");
    }
    for bad in ["http", "//", "url(", "@import", " on"] {
        let attribute = html.split('<').filter_map(|part| part.split_once('>'));
        let inside = attribute.map(|(tag, _)| tag).collect::<Vec<_>>().join("\n");
        assert!(!inside.contains(bad), "{bad}: {html}");
    }
    assert!(
        html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; *Söhne*"),
        "{html}"
    );
    assert!(
        html.contains("<dt>of them open</dt><dd>Clocks that are missed and still run.</dd>"),
        "{html}"
    );
}

#[test]
fn a_page_for_one_customer_tells_nothing_of_another() {
    let shop = Shop::new(&["severity"]);
    for name in ["Blue Fern", "Grey Heron"] {
        shop.customer(name);
        shop.log(name, &["--severity", "low"]);
    }
    let args = ["report", "--by", "customer", "--customer", "Blue Fern"];
    let html = shop.ok(args.iter().chain(&["--format", "html"]));
    assert!(
        html.contains("<h1>Blue Fern, from the beginning to now</h1>"),
        "{html}"
    );
    assert!(
        !html.contains("Grey Heron") && !html.contains("Support desk"),
        "{html}"
    );
}

#[test]
fn every_section_of_the_sample_has_rows_charts_and_definitions() {
    let shop = sample();
    let html = shop.ok(["report", "--format", "html"]);
    tags(&html);
    assert!(html.matches("<svg ").count() >= 6, "{html}");
    let report = shop.json(["report", "--by", "agent"]);
    for (name, section) in report["sections"].as_object().unwrap() {
        assert!(!rows(&report, name).is_empty(), "{name}");
        let definitions = section["definitions"].as_object().unwrap();
        for row in rows(&report, name) {
            let figures = row.as_object().unwrap().keys();
            let figures = figures.filter(|key| !["of", "which"].contains(&key.as_str()));
            assert_eq!(
                figures.collect::<Vec<_>>(),
                definitions.keys().collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn what_cannot_be_reported_is_said_in_one_line() {
    let shop = shop();
    let said = shop.fails(3, ["report", "--customer", "Nobody"]);
    assert!(said.contains("Nobody"), "{said}");
    let said = shop.fails(2, ["report", "--from", "2026-11-25", "--to", "2026-11-24"]);
    assert!(said.contains("before it begins"), "{said}");
    let said = shop.fails(2, ["report", "--by", "moon"]);
    assert!(said.contains("severity"), "{said}");
}
