//! Every screen drawn over a busy desk, at the sizes that terminals have.

use chrono_tz::Europe::London;
use ratatui::buffer::Buffer;
use rstest::rstest;

use crate::console::look::Look;
use crate::console::look::tests::{lines, plain, rich};
use crate::console::model::Layer;
use crate::console::msg::{Effect, Msg};
use crate::console::screens::screen::Screen;
use crate::console::testing::{BUSY_NOW, Console, Shop, busy};
use crate::console::theme::Role;
use crate::incident::{Log, NewCustomer, NoteKind, Step};
use crate::text;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// What is pressed to reach each screen from the queue.
const WAYS: [(&str, &str); 11] = [
    ("queue", ""),
    ("incident", "1 0 0 0 1 4 enter"),
    ("keys", "?"),
    ("explain", "1 0 0 0 1 4 enter E"),
    ("calls", "f2 j"),
    ("customers", "f3"),
    ("customer", "f3 j j enter j"),
    ("messages", "f4 j"),
    ("reports", "f5 right right j"),
    ("hours", "f6 j j"),
    ("policy", "f7 right"),
];

fn console(size: (u16, u16), keys: &str) -> Console {
    let mut console = busy().open(BUSY_NOW, London, size);
    console.press(keys);
    console
}

#[rstest]
fn every_screen_at_every_size(#[values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)] way: usize) {
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
fn below_the_least_size_no_key_acts_on_what_is_not_seen() {
    let mut console = console((40, 10), "j");
    let selected = |console: &Console| console.model.queue.selected().unwrap().number;
    let first = selected(&console);
    console.press("c A space f3 1 0 0 enter");
    assert!(console.model.call.is_none() && console.model.layers.is_empty());
    assert!(console.model.typed.is_empty() && console.model.queue.marked.is_empty());
    assert_eq!(console.model.screen, Screen::Queue);
    let paste = crossterm::event::Event::Paste("10001-4".to_owned());
    console.take(Msg::Event(paste));
    assert!(console.model.layers.is_empty());
    console.press("ctrl-l ctrl-z q");
    let effects = console.effects.as_slice();
    assert!(matches!(
        effects,
        [Effect::Redraw, Effect::Suspend, Effect::Quit]
    ));
    console.take(Msg::Event(crossterm::event::Event::Resize(80, 24)));
    assert_eq!(selected(&console), first);
    console.press("j");
    assert_ne!(selected(&console), first);
}

#[test]
fn below_the_least_size_what_is_typed_into_a_form_does_not_leave_the_console() {
    let mut console = console((80, 24), "m");
    console.model.size = (40, 10);
    console.press("q");
    assert!(console.effects.is_empty());
    console.press("ctrl-l");
    assert!(matches!(console.effects.as_slice(), [Effect::Redraw]));
}

/// What the pages of an incident show, from its first line to its last one.
fn pages(console: &mut Console) -> String {
    console.press("g");
    let mut pages = console.picture(console.model.size, &rich());
    loop {
        console.press("pgdn");
        let page = console.picture(console.model.size, &rich());
        if pages.ends_with(&page) {
            return pages;
        }
        pages.push('\n');
        pages.push_str(&page);
    }
}

#[rstest]
#[case((80, 24))]
#[case((120, 40))]
fn the_facts_scroll_with_the_timeline_and_no_text_is_cut(#[case] size: (u16, u16)) {
    let mut shop = Shop::new(&["severity"]);
    let customer = shop.customer(NewCustomer {
        name: "Blue Fern Consulting and Sons of the Northern Coast".to_owned(),
        ..NewCustomer::default()
    });
    let detail: Vec<String> = (1..=40).map(|n| format!("line {n} of it")).collect();
    let mut log = Log::new(customer, format!("{}the end of it", "word ".repeat(37)));
    log.severity = Some("low".to_owned());
    log.detail = Some(detail.join("\n"));
    let number = shop.log("mira", "2026-11-02T11:00:00Z", log);
    let mut console = shop.open("2026-11-02T12:00:00Z", London, size);
    console.press("enter");
    let first = console.picture(size, &rich());
    assert!(first.contains("more lines: Down from the top"), "{first}");
    assert!(first.contains("Response due Mon 16 Nov"), "{first}");
    assert!(first.contains("Northern Coast"), "{first}");
    let all = pages(&mut console);
    let last = ["the end of it", "Monday 2 November 2026"];
    for line in detail.iter().map(String::as_str).chain(last) {
        assert!(all.contains(line), "{line}:\n{all}");
    }
    assert!(!all.contains('…'), "{all}");
    // Up from what shows first leads back from its end, and what is added there is followed.
    console.press("esc enter k G");
    let last = console.picture(size, &rich());
    assert!(last.contains("0 below"), "{last}");
    let text = "a note at the end".to_owned();
    let kind = NoteKind::Internal;
    console.meanwhile("yuki", number, Step::Note { kind, text });
    let last = console.picture(size, &rich());
    assert!(last.contains("a note at the end"), "{last}");
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
fn an_incident_scrolls_down_from_its_facts_and_up_from_its_end_and_stops_at_both() {
    let mut console = console((80, 24), "1 0 0 0 1 4 enter");
    let shown = console.picture((80, 24), &rich());
    assert!(shown.contains("Still there this morning"), "{shown}");
    assert!(shown.contains("Harbour Clinic Trust"), "{shown}");
    console.press("G");
    let at_end = console.picture((80, 24), &rich());
    assert!(at_end.contains("Still there this morning"), "{at_end}");
    console.press("j pgdn");
    assert_eq!(console.picture((80, 24), &rich()), at_end);
    console.press("g");
    let at_start = console.picture((80, 24), &rich());
    assert!(at_start.contains("Harbour Clinic Trust"), "{at_start}");
    console.press("k pgup");
    assert_eq!(console.picture((80, 24), &rich()), at_start);
    console.press("j");
    assert_ne!(console.picture((80, 24), &rich()), at_start);
    // One line from where it begins, and one from where it ends.
    console.press("k esc enter j");
    let down = console.picture((80, 24), &rich());
    assert!(down.contains("1 above"), "{down}");
    console.press("esc enter k");
    let up = console.picture((80, 24), &rich());
    assert!(up.contains("1 below"), "{up}");
}

#[rstest]
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
    assert!(!matches!(console.model.layers.last(), Some(Layer::Text(_))));
}

#[test]
fn each_screen_has_a_key_and_tab_goes_through_them() {
    let mut console = console((80, 24), "");
    let title = |console: &mut Console| {
        let picture = console.picture((80, 24), &rich());
        picture.lines().nth(1).unwrap().to_owned()
    };
    let queue = title(&mut console);
    console.press("tab");
    assert!(title(&mut console).contains("Calls of the shift"));
    console.press("tab");
    assert!(title(&mut console).contains("Customers"));
    console.press("tab");
    assert!(title(&mut console).contains("[Outbox "));
    console.press("tab");
    assert!(title(&mut console).contains("[Week]"));
    console.press("tab");
    assert!(title(&mut console).contains("Offices: "));
    console.press("tab");
    assert!(title(&mut console).contains("per-incident, version 1"));
    console.press("tab");
    assert_eq!(title(&mut console), queue);
    console.press("shift-tab");
    assert!(title(&mut console).contains("per-incident, version 1"));
    console.press("esc");
    assert_eq!(title(&mut console), queue);
    // From an incident, and from a call, which goes on.
    console.press("enter f7");
    assert!(title(&mut console).contains("per-incident, version 1"));
    console.press("c f6");
    assert!(title(&mut console).contains("Offices: "));
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("● call 0:00"), "{picture}");
}

#[test]
fn keys_of_the_queue_say_so_on_other_screens() {
    let mut console = console((80, 24), "f6 S");
    let picture = console.picture((80, 24), &rich());
    assert!(
        picture.contains("that is a key of the queue: F1 leads there"),
        "{picture}"
    );
    console.press("r");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("no incident is selected"), "{picture}");
}

#[test]
fn words_are_found_in_the_policy() {
    let mut console = console((80, 24), "f7 /");
    console.type_in("refund");
    let shown = console.picture((80, 24), &rich());
    assert!(shown.contains("1 of "), "{shown}");
    assert!(shown.to_lowercase().contains("refund"), "{shown}");
    let first = |console: &mut Console| selected_line(&console.draw(&rich()));
    let one = first(&mut console);
    assert!(one.to_lowercase().contains("refund"), "{one}");
    console.press("down");
    assert_ne!(first(&mut console), one);
    console.press("up enter");
    assert_eq!(first(&mut console), one);
    assert!(console.model.layers.is_empty());
    console.press("/").type_in("no such words");
    let shown = console.picture((80, 24), &rich());
    assert!(shown.contains("in no line"), "{shown}");
    console.press("esc");
    let shown = console.picture((80, 24), &rich());
    assert!(!shown.contains("in no line"), "{shown}");
    // Another policy is read from its beginning.
    console.press("/").type_in("refund").press("enter right");
    assert_eq!(selected_line(&console.draw(&rich())), "");
}

/// The line that is drawn as the selected one.
fn selected_line(buf: &Buffer) -> String {
    let selected = rich().style(Role::Selected).add_modifier;
    let is = |y: &u16| buf[(0, *y)].modifier.contains(selected);
    let row = (1..buf.area.bottom() - 2).find(is);
    row.map_or_else(String::new, |y| lines(buf)[usize::from(y)].clone())
}

#[test]
fn months_and_policies_are_turned_by_left_and_right() {
    let mut console = console((80, 24), "f6");
    let this = console.picture((80, 24), &rich());
    assert!(this.contains("November 2026"), "{this}");
    assert!(this.contains("Thu 26  Thanksgiving"), "{this}");
    console.press("right");
    let next = console.picture((80, 24), &rich());
    assert!(next.contains("December 2026"), "{next}");
    assert!(next.contains("Fri 25  Christmas"), "{next}");
    console.press("left left");
    let before = console.picture((80, 24), &rich());
    assert!(before.contains("October 2026"), "{before}");
    console.press("f7 right");
    let policy = console.picture((80, 24), &rich());
    assert!(policy.contains("severity, version 1"), "{policy}");
    console.press("G j");
    let end = console.picture((80, 24), &rich());
    assert!(end.contains("P2-13"), "{end}");
    console.press("right g");
    let third = console.picture((80, 24), &rich());
    assert!(third.contains("escalation, version 1"), "{third}");
}

#[test]
fn a_message_is_changed_dropped_and_copied_before_it_is_sent() {
    let mut console = console((80, 24), "f4");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("To: ada.reyes@example.com"), "{picture}");
    console.press("Y");
    let copied = console
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.clone()),
            _ => None,
        });
    assert!(copied.unwrap().starts_with("To: ada.reyes@example.com"));
    console
        .press("C tab ctrl-u")
        .type_in("somebody")
        .press("ctrl-d");
    let picture = console.picture((80, 24), &rich());
    assert!(
        picture.contains("\"somebody\" is no mail address"),
        "{picture}"
    );
    console
        .press("ctrl-u")
        .type_in("bo@example.com; ann@example.com");
    console
        .press("tab tab ctrl-u")
        .type_in("News")
        .press("ctrl-d");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("the message is changed"), "{picture}");
    assert!(
        picture.contains("To: bo@example.com, ann@example.com"),
        "{picture}"
    );
    assert!(picture.contains("Subject: [10001-4] News"), "{picture}");
    console
        .press("C d tab")
        .type_in("They rang")
        .press("ctrl-d");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("the message is dropped"), "{picture}");
    console.press("right right");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("Subject: [10001-4] News"), "{picture}");
    console.press("C");
    let picture = console.picture((80, 24), &rich());
    assert!(
        picture.contains("the message was dropped already"),
        "{picture}"
    );
    // From a message to its incident, and back.
    console.press("enter");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("Harbour Clinic Trust"), "{picture}");
    console.press("esc f1 C");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("Put right 10001-4"), "{picture}");
    console.press("esc f6 C");
    let picture = console.picture((80, 24), &rich());
    assert!(
        picture.contains("that is a key of the messages: F4 leads there"),
        "{picture}"
    );
}
