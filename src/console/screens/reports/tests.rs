//! The reports over the busy shop: ranges, what they stand by, in full, and counted again.

use chrono_tz::Europe::London;

use crate::console::look::tests::{plain, rich};
use crate::console::model::Layer;
use crate::console::msg::Effect;
use crate::console::testing::{BUSY_NOW, Console, Shop, at, busy, sample};

fn reports(size: (u16, u16), keys: &str) -> Console {
    let mut console = busy().open(BUSY_NOW, London, size);
    console.press("f5").press(keys);
    console
}

fn picture(console: &mut Console) -> String {
    let size = console.model.size;
    console.picture(size, &rich())
}

#[test]
fn left_and_right_choose_the_range() {
    let mut console = reports((120, 40), "");
    let week = picture(&mut console);
    assert!(
        week.contains("[Week]") && week.contains("from 18 Nov 2026 to now"),
        "{week}"
    );
    console.press("right");
    let month = picture(&mut console);
    assert!(
        month.contains("[Month]") && month.contains("from 26 Oct 2026 to now"),
        "{month}"
    );
    console.press("left left");
    let all = picture(&mut console);
    assert!(
        all.contains("[All]") && all.contains("from the beginning to now"),
        "{all}"
    );
}

#[test]
fn another_key_chooses_what_figures_stand_by() {
    let mut console = reports((120, 40), "");
    for by in ["customer", "agent", "severity", "week", "policy"] {
        console.press("%");
        let shown = picture(&mut console);
        assert!(shown.contains(&format!("by {by}, from")), "{shown}");
    }
    console.press("% %");
    let shown = picture(&mut console);
    let row = |line: &str| line.contains("mira") && line.contains("response");
    assert!(shown.lines().any(row), "{shown}");
    // Elsewhere it says where it is at home.
    console.press("f1 %");
    let shown = picture(&mut console);
    assert!(
        shown.contains("that is a key of the reports: F5 leads there"),
        "{shown}"
    );
}

#[test]
fn enter_shows_every_row_and_what_each_figure_is() {
    let mut console = reports((80, 24), "j enter");
    let shown = picture(&mut console);
    assert!(shown.contains("Response and resolution times"), "{shown}");
    console.press("G");
    let shown = picture(&mut console);
    assert!(shown.contains("The same for 99 in 100."), "{shown}");
    console.press("esc");
    assert!(console.model.layers.is_empty());
    console.press("G enter");
    assert!(matches!(console.model.layers.last(), Some(Layer::Text(_))));
    let shown = picture(&mut console);
    assert!(shown.contains("Running out"), "{shown}");
}

#[test]
fn what_is_selected_is_on_the_screen() {
    for size in [(80, 24), (120, 40), (60, 15)] {
        let mut console = reports(size, "");
        for title in [
            "Targets attained",
            "Response and resolution times",
            "Resolved on the first call",
            "Calls by hour of the day",
            "Outcomes",
            "Escalations",
            "Promises kept",
            "Money",
            "Running out",
        ] {
            let shown = picture(&mut console);
            assert!(shown.contains(&format!("▶ {title}")), "{title}: {shown}");
            console.press("j");
        }
    }
}

/// A table is nothing without its figures: the middle stays before the extremes, and what a sum is made of beside it.
#[test]
fn the_figures_that_matter_show_at_every_size() {
    for size in [(60, 15), (80, 24), (120, 40), (200, 60)] {
        let mut console = reports(size, "right right j");
        let shown = picture(&mut console);
        assert!(shown.contains("count half within 9 of 10"), "{shown}");
        console.press("j j");
        let shown = picture(&mut console);
        let all = shown.lines().find(|line| line.contains("incoming"));
        let all = all.unwrap_or_default();
        assert!(all.contains("outgoing attempts no incident all"), "{shown}");
        console.press("k k k");
        let shown = picture(&mut console);
        assert!(shown.contains("attained"), "{shown}");
        assert!(shown.contains("season-ticket "), "cut: {shown}");
    }
}

#[test]
fn a_change_is_counted_once_some_seconds_have_passed() {
    let mut console = reports((80, 24), "");
    let before = picture(&mut console);
    // Closed from the incident, over which the reports lie.
    console.press("1 0 0 0 2 3 enter X w tab").type_in("Gone");
    console.press("ctrl-d");
    let closed = picture(&mut console);
    assert!(closed.contains("closed-unresolved"), "{closed}");
    console.press("esc j j j j");
    let shown = picture(&mut console);
    assert!(!shown.contains("withdrawn"), "{shown}");
    console.wait(11);
    let shown = picture(&mut console);
    assert!(
        shown.contains("closed without resolution: withdrawn"),
        "{before}\n{shown}"
    );
}

#[test]
fn without_figures_it_says_what_to_do() {
    let mut console = Shop::new(&["severity"]).open(BUSY_NOW, London, (80, 24));
    console.press("f5");
    let shown = console.picture((80, 24), &plain());
    assert!(shown.contains("nothing in this time"), "{shown}");
    assert!(shown.contains("c takes a call"), "{shown}");
}

#[test]
fn every_currency_has_its_chart_and_no_week_is_passed_over() {
    let now = at("2026-11-30T12:00:00Z");
    let mut console = sample(now, London, (120, 40));
    console.press("f5 right");
    for _ in 0..10 {
        let shown = picture(&mut console);
        if shown.contains("sold and paid, GBP") && shown.contains("sold and paid, USD") {
            return;
        }
        console.press("j");
    }
    panic!("a currency has no chart:\n{}", picture(&mut console));
}

#[test]
fn what_is_copied_does_not_depend_on_how_wide_the_screen_is() {
    let copied = |size: (u16, u16)| {
        let mut console = reports(size, "enter y");
        let copied = console.effects.drain(..).find_map(|effect| match effect {
            Effect::Copy(text) => Some(text),
            _ => None,
        });
        copied.unwrap()
    };
    let narrow = copied((80, 24));
    assert_eq!(narrow, copied((200, 60)));
    assert!(!narrow.contains('…'), "{narrow}");
}
