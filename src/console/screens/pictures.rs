//! The pictures of the README: the console's own screens, drawn anew with
//! `HOLDLINE_WRITE_PICTURES=1 cargo test --lib pictures`, and held against what the console shows today.

use std::fs;
use std::path::Path;

use chrono_tz::Europe::London;
use rstest::rstest;

use crate::console::look::tests::rich;
use crate::console::testing::{at, sample, svg};

const SIZE: (u16, u16) = (120, 32);

/// A Tuesday on which all offices are open.
const NOW: &str = "2026-11-24T16:10:00Z";

#[rstest]
#[case::queue("queue", &["j"])]
#[case::incident("incident", &["1 0 1 8 9 8 enter"])]
#[case::call("call", &["c", "\"kestrel", "enter"])]
#[case::number("number", &["c", "\"kestrel", "enter n", "\"Labels print without a border", "enter h ctrl-d"])]
#[case::reports("reports", &["f5"])]
fn the_readme_shows_the_console_as_it_is(#[case] name: &str, #[case] way: &[&str]) {
    let mut console = sample(at(NOW), London, SIZE);
    for pressed in way {
        match pressed.strip_prefix('"') {
            Some(typed) => console.type_in(typed),
            None => console.press(pressed),
        };
    }
    let drawn = svg(&console.draw(&rich()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let path = folder.join(format!("{name}.svg"));
    if std::env::var_os("HOLDLINE_WRITE_PICTURES").is_some() {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, drawn).unwrap();
        return;
    }
    let shown = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        shown == drawn,
        "{} is stale: HOLDLINE_WRITE_PICTURES=1 cargo test --lib pictures",
        path.display()
    );
}
