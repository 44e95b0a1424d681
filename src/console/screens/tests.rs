//! Every screen drawn over a busy desk, at the sizes that terminals have.

use chrono_tz::Europe::London;
use ratatui::buffer::Buffer;
use rstest::rstest;

use crate::console::look::Look;
use crate::console::look::tests::{lines, plain, rich};
use crate::console::model::Layer;
use crate::console::testing::{BUSY_NOW, Console, busy};
use crate::console::theme::Role;
use crate::text;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// What is pressed to reach each screen from the queue.
const WAYS: [(&str, &str); 4] = [
    ("queue", ""),
    ("incident", "1 0 0 0 1 4 enter"),
    ("keys", "?"),
    ("explain", "1 0 0 0 1 4 enter E"),
];

fn console(size: (u16, u16), keys: &str) -> Console {
    let mut console = busy().open(BUSY_NOW, London, size);
    console.press(keys);
    console
}

#[rstest]
fn every_screen_at_every_size(#[values(0, 1, 2, 3)] way: usize) {
    let (name, keys) = WAYS[way];
    let mut console = console((80, 24), keys);
    for (width, height) in SIZES {
        let picture = console.picture((width, height), &rich());
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), picture);
    }
    let picture = console.picture((80, 24), &plain());
    insta::assert_snapshot!(format!("{name}_plain"), picture);
}

/// Which role every cell has: a letter for each, a dot for plain text.
fn roles(buf: &Buffer, look: &Look) -> String {
    const LETTERS: &str = "T.mKSMDRWPgbwABLFE";
    let role = |x, y| {
        let style = buf[(x, y)].style();
        let is = |role: &Role| {
            let wanted = look.style(*role);
            style.fg == wanted.fg.or(Some(ratatui::style::Color::Reset))
                && style.add_modifier == wanted.add_modifier
        };
        let place = Role::ALL.iter().position(is);
        place
            .and_then(|place| LETTERS.chars().nth(place))
            .unwrap_or('?')
    };
    let line = |y| {
        (buf.area.left()..buf.area.right())
            .map(|x| role(x, y))
            .collect::<String>()
    };
    let rows: Vec<String> = (buf.area.top()..buf.area.bottom()).map(line).collect();
    rows.join("\n")
}

#[rstest]
#[case("queue", "")]
#[case("incident", "1 0 0 0 1 4 enter")]
fn colours_follow_what_things_mean(#[case] name: &str, #[case] keys: &str) {
    let mut console = console((80, 24), keys);
    let buf = console.draw(&rich());
    insta::assert_snapshot!(format!("{name}_roles"), roles(&buf, &rich()));
}

#[test]
fn any_size_will_do() {
    for (_, keys) in WAYS {
        let mut console = console((80, 24), keys);
        for size in (0..=40).flat_map(|n| [(n * 5, n), (n, n * 2), (60 + n, 15 + n / 4)]) {
            for look in [rich(), plain()] {
                console.model.size = size;
                console.draw(&look);
            }
        }
    }
}

#[test]
fn below_the_least_size_it_says_so_and_lives() {
    let mut console = console((80, 24), "");
    assert_eq!(
        console.picture((59, 3), &rich()),
        "too small: 60x15 is the least\n\n"
    );
    assert!(console.picture((80, 24), &rich()).contains("10001-"));
}

#[test]
fn hard_names_keep_the_columns_straight() {
    let mut console = console((120, 40), "");
    let picture = console.picture((120, 40), &rich());
    let head = picture
        .lines()
        .find(|line| line.contains("summary"))
        .unwrap();
    let column = text::width(&head[..head.find("summary").unwrap()]);
    let row = picture
        .lines()
        .find(|line| line.contains("株式会社"))
        .unwrap();
    let before = text::width(&row[..row.find('請').unwrap()]);
    assert_eq!(before, column, "{picture}");
    console.press("right right right right right right right right right");
    let picture = console.picture((120, 40), &rich());
    assert!(picture.contains("Evil\\u{202e}gnp"), "{picture}");
    assert!(picture.contains("\\u{1b}[31mred"), "{picture}");
}

#[test]
fn the_selection_shows_without_colours() {
    let mut console = console((80, 24), "j");
    let buf = console.draw(&plain());
    let selected = console.model.queue.at - console.model.queue.first;
    let y = lines(&buf)
        .iter()
        .position(|line| line.contains("summary"))
        .unwrap()
        + 1
        + selected;
    let reversed = |x: u16| {
        buf[(x, u16::try_from(y).unwrap())]
            .style()
            .add_modifier
            .contains(ratatui::style::Modifier::REVERSED)
    };
    assert!((0..80).all(reversed));
}

#[test]
fn the_timeline_starts_at_its_end_and_stops_at_both() {
    let mut console = console((80, 24), "1 0 0 0 1 4 enter");
    let at_end = console.picture((80, 24), &rich());
    assert!(at_end.contains("Still there this morning"), "{at_end}");
    console.press("j j j pgdn G j");
    assert_eq!(console.picture((80, 24), &rich()), at_end);
    console.press("g k k k pgup");
    let at_start = console.picture((80, 24), &rich());
    assert!(
        at_start.contains("Wednesday 18 November 2026"),
        "{at_start}"
    );
    console.press("j");
    assert_ne!(console.picture((80, 24), &rich()), at_start);
    console.press("k");
    assert_eq!(console.picture((80, 24), &rich()), at_start);
    console.press("G");
    assert_eq!(console.picture((80, 24), &rich()), at_end);
}

#[rstest]
#[case("?")]
#[case("1 0 0 0 1 4 enter E")]
fn texts_stop_at_both_ends(#[case] keys: &str) {
    let mut console = console((80, 24), keys);
    let at_start = console.picture((80, 24), &rich());
    console.press("G j j pgdn");
    let at_end = console.picture((80, 24), &rich());
    assert_ne!(at_end, at_start);
    console.press("k");
    assert_ne!(console.picture((80, 24), &rich()), at_end);
    console.press("g k pgup");
    assert_eq!(console.picture((80, 24), &rich()), at_start);
    console.press("esc");
    assert!(!matches!(
        console.model.layers.last(),
        Some(Layer::Help(_) | Layer::Text(_))
    ));
}
