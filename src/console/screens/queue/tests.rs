//! The queue while others work on the same desk.

use chrono_tz::Europe::London;

use crate::console::look::tests::rich;
use crate::console::testing::{BUSY_NOW, Console, Shop, at, busy, sample};
use crate::incident::{CloseAs, Log, NewCustomer, NoteKind, Step, TechRef};

fn console(keys: &str) -> Console {
    let mut console = busy().open(BUSY_NOW, London, (120, 40));
    console.press(keys);
    console
}

/// The numbers in their order.
fn numbers(console: &Console) -> Vec<TechRef> {
    let rows = console.model.queue.rows.iter();
    rows.map(|row| row.number).collect()
}

fn selected(console: &Console) -> TechRef {
    console.model.queue.selected().unwrap().number
}

/// The line of an incident in the picture.
fn line(console: &mut Console, number: TechRef) -> Option<String> {
    let picture = console.picture((120, 40), &rich());
    let list = picture.split("───").next().unwrap_or_default().to_owned();
    let mut lines = list.lines();
    lines
        .find(|line| line.contains(&number.to_string()))
        .map(str::to_owned)
}

fn note() -> Step {
    Step::Note {
        kind: NoteKind::Internal,
        text: "Looked at it".to_owned(),
    }
}

fn closed() -> Step {
    Step::Close {
        reason: CloseAs::Withdrawn,
        detail: "they said so".to_owned(),
    }
}

/// One that somebody else ends.
fn last(console: &Console) -> TechRef {
    *numbers(console).last().unwrap()
}

#[test]
fn the_selection_follows_the_incident_when_others_go() {
    let mut console = console("G");
    let (mine, place) = (selected(&console), console.model.queue.at);
    let gone = numbers(&console)[place - 1];
    console.wait(1).meanwhile("jonas", gone, closed());
    assert!(!numbers(&console).contains(&gone));
    assert_eq!(selected(&console), mine);
    assert_eq!(console.model.queue.at, place - 1);
}

#[test]
fn nothing_moves_while_keys_are_coming() {
    let mut console = console("j");
    let before = numbers(&console);
    let gone = last(&console);
    console.meanwhile("jonas", gone, closed());
    assert_eq!(numbers(&console), before);
    console.press("k").wait(1);
    assert!(!numbers(&console).contains(&gone));
}

#[test]
fn what_somebody_else_changed_is_marked_and_what_one_changed_oneself_is_not() {
    let mut console = console("");
    let other = last(&console);
    console.wait(1).meanwhile("jonas", other, note());
    assert!(line(&mut console, other).unwrap().contains('◆'));
    console.press("G");
    assert!(
        !line(&mut console, other).unwrap().contains('◆'),
        "looked at"
    );
    console
        .press("m")
        .type_in("Mine")
        .press("ctrl-d k k")
        .wait(1);
    assert!(!line(&mut console, other).unwrap().contains('◆'));
}

#[test]
fn a_frozen_list_shows_what_became_of_its_rows_and_moves_none() {
    let mut console = console("j F");
    let (before, mine) = (numbers(&console), selected(&console));
    let gone = last(&console);
    console.wait(2).meanwhile("jonas", gone, closed());
    assert_eq!(
        (numbers(&console), selected(&console)),
        (before.clone(), mine)
    );
    let shown = line(&mut console, gone).unwrap();
    assert!(shown.contains("closed") && shown.contains('◆'), "{shown}");
    let picture = console.picture((120, 40), &rich());
    assert!(picture.contains("frozen"), "{picture}");
    console.press("G g");
    assert_eq!(numbers(&console), before);
    console.press("F").wait(1);
    assert!(!numbers(&console).contains(&gone));
    console.press("F right");
    let picture = console.picture((120, 40), &rich());
    assert!(!picture.contains("frozen"), "{picture}");
    console.press("f6 F");
    let picture = console.picture((120, 40), &rich());
    assert!(picture.contains("that is a key of the queue"), "{picture}");
}

#[test]
fn a_step_of_ones_own_shows_at_once_also_while_keys_are_coming() {
    let mut console = console("j");
    let mine = selected(&console);
    console.press("A");
    let row = console.model.queue.selected().unwrap();
    assert_eq!((row.number, row.assignee.as_deref()), (mine, Some("mira")));
    assert!(!line(&mut console, mine).unwrap().contains('◆'));
}

#[test]
fn the_selection_stays_on_what_leaves_the_view_until_it_is_moved_off() {
    let mut console = console("right right");
    let before = numbers(&console);
    let (mine, next) = (selected(&console), before[1]);
    console.press("A");
    assert_eq!((selected(&console), numbers(&console)), (mine, before));
    let picture = console.picture((120, 40), &rich());
    let said = format!("{mine}: assigned to you; now in the view All open");
    assert!(picture.contains(&said), "{picture}");
    // It stays through what others do as well.
    let other = last(&console);
    console.wait(1).meanwhile("jonas", other, note());
    assert_eq!(selected(&console), mine);
    console.press("j");
    assert_eq!(selected(&console), next);
    assert!(!numbers(&console).contains(&mine));
}

#[test]
fn what_somebody_else_ends_under_the_selection_stays_there_and_says_so() {
    let mut console = console("j j");
    let (mine, above) = (selected(&console), numbers(&console)[1]);
    console.wait(1).meanwhile("jonas", mine, closed());
    assert_eq!(selected(&console), mine);
    let shown = line(&mut console, mine).unwrap();
    assert!(shown.contains("closed"), "{shown}");
    let picture = console.picture((120, 40), &rich());
    let said = format!("{mine}: now in no view; its number opens it");
    assert!(picture.contains(&said), "{picture}");
    console.press("k");
    assert_eq!(selected(&console), above);
    assert!(!numbers(&console).contains(&mine));
}

#[test]
fn what_a_short_list_leaves_shows_more_of_the_selected_incident() {
    let mut console = console("");
    let oldest = "Logged by phone from Ada Reyes";
    let picture = console.picture((120, 40), &rich());
    assert!(picture.contains(oldest), "{picture}");
    let rule = |console: &mut Console| {
        let picture = console.picture((120, 40), &rich());
        picture.lines().position(|line| line.contains("───"))
    };
    // The room changes by several rows at a time, and not with each row.
    let before = rule(&mut console);
    let gone = last(&console);
    console.wait(1).meanwhile("jonas", gone, closed()).wait(1);
    assert!(!numbers(&console).contains(&gone));
    assert_eq!(rule(&mut console), before);
    assert!(before.is_some());
}

#[test]
fn tabs_give_way_to_what_narrows_the_list() {
    let mut console = console("");
    let tabs = |console: &mut Console, width| {
        let picture = console.picture((width, 40), &rich());
        picture.lines().nth(1).unwrap_or_default().to_owned()
    };
    let all = tabs(&mut console, 120);
    assert!(all.starts_with("[All open 9] Mine  Unassigned"), "{all}");
    assert!(all.ends_with("Resolved"), "{all}");
    assert_eq!(tabs(&mut console, 80), "All open 9  1/10");
    console.press("/").type_in("Label printer").press("enter");
    let some = tabs(&mut console, 120);
    assert!(some.starts_with("[All open 1] Mine"), "{some}");
    assert!(some.ends_with("…  1/10  / Label printer"), "{some}");
    console.press("left");
    let end = tabs(&mut console, 120);
    assert!(
        end.starts_with('…') && end.contains("[Resolved 0]  10/10"),
        "{end}"
    );
}

#[test]
fn a_patch_that_is_owed_counts_down_beyond_the_resolution() {
    let mut console = sample(at("2026-11-24T16:10:00Z"), London, (120, 40));
    let owed = line(&mut console, "10167-2".parse().unwrap()).unwrap();
    assert!(owed.contains("[resolved] Wish"), "{owed}");
    assert!(owed.contains("▲ missed 2d patch"), "{owed}");
}

#[test]
fn the_summary_gets_the_room_that_nothing_stands_in() {
    let mut console = busy().open(BUSY_NOW, London, (80, 24));
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("Appointments vanish from t"), "{picture}");
    assert!(picture.contains("○ 3h 11m"), "{picture}");
    let wide = console.picture((120, 40), &rich());
    assert!(
        wide.contains("Appointments vanish from the week view"),
        "{wide}"
    );
    assert!(wide.contains("Harbour Clinic Trust  "), "{wide}");
}

#[test]
fn when_the_next_office_opens_is_never_cut() {
    let shop = Shop::new(&["per-incident"]);
    let mut console = shop.open("2026-11-23T16:00:00Z", London, (80, 24));
    for width in [60, 72, 80, 120] {
        let picture = console.picture((width, 24), &rich());
        let header = picture.lines().next().unwrap_or_default();
        assert!(header.contains("opens 16:30"), "{header}");
        assert!(header.contains("mira"), "{header}");
    }
}

#[test]
fn a_known_fault_is_marked_in_the_queue() {
    let mut console = console("");
    let number = selected(&console);
    console.press("f");
    let shown = line(&mut console, number).unwrap();
    assert!(shown.contains("[known] "), "{shown}");
    console.press("f");
    let shown = line(&mut console, number).unwrap();
    assert!(!shown.contains("[known] "), "{shown}");
}

#[test]
fn all_of_a_view_are_marked_also_those_that_do_not_show() {
    let mut console = sample(at("2026-11-30T12:00:00Z"), London, (80, 24));
    console.press("*");
    let queue = &console.model.queue;
    assert!(queue.count > queue.height, "{}", queue.count);
    assert_eq!(queue.marked.len(), queue.count);
    console.press("*");
    assert!(console.model.queue.marked.is_empty());
    // Of a long one those that were read are, and how many of how many is said.
    console.press("/").type_in("is:any").press("enter *");
    let marked = console.model.queue.marked.len();
    let all = console.model.queue.count;
    assert!(marked < all, "{marked} of {all}");
    let shown = console.picture((80, 24), &rich());
    assert!(
        shown.contains(&format!("{marked} of {all} are marked")),
        "{shown}"
    );
}

#[test]
fn what_is_missed_is_not_due_within_any_time() {
    let mut console = console("/");
    console.type_in("is:missed").press("enter");
    assert!(console.model.queue.count > 0);
    console
        .press("/")
        .type_in("is:missed due:<30d")
        .press("enter");
    assert_eq!(console.model.queue.count, 0);
    console.press("/").type_in("due:<30d").press("enter");
    assert!(console.model.queue.count > 0);
}

#[test]
fn what_is_still_to_come_on_a_missed_incident_counts_down_and_is_due_soon() {
    let mut shop = Shop::new(&["severity"]);
    let customer = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("critical".to_owned()),
        ..Log::new(customer, "Exports stop")
    };
    let number = shop.log("mira", "2026-11-18T16:00:00Z", log);
    let soon = Step::Schedule(at("2026-11-23T16:30:00Z"));
    shop.step("mira", "2026-11-18T17:00:00Z", number, soon);
    let mut console = shop.open("2026-11-23T16:00:00Z", London, (120, 40));
    let row = line(&mut console, number).unwrap();
    assert!(row.contains("▲ missed 4d ● 30:00 appointment"), "{row}");
    console.wait(1);
    let row = line(&mut console, number).unwrap();
    assert!(row.contains("● 29:59 appointment"), "{row}");
    while !console.picture((80, 24), &rich()).contains("Due soon") {
        console.press("right");
    }
    assert_eq!(numbers(&console), [number]);
    let shown = console.picture((80, 24), &rich());
    assert!(shown.contains("▲ missed 4d ● 29:59 appointment"), "{shown}");
    // Once that is past too there is nothing to come.
    console.wait(3_600).press("left right");
    assert_eq!(numbers(&console), []);
}

#[test]
fn who_comes_back_from_an_incident_finds_it_selected() {
    for keys in ["esc", "f1"] {
        let mut console = console("j");
        let named = last(&console);
        console.type_in(&named.to_string()).press("enter");
        console.press(keys);
        assert_eq!(selected(&console), named, "{keys}");
        assert_eq!(console.model.number(), Some(named), "{keys}");
    }
    // Also where it is none of the view's.
    let mut console = console("j");
    let gone = last(&console);
    console.wait(1).meanwhile("jonas", gone, closed());
    assert!(!numbers(&console).contains(&gone));
    console.type_in(&gone.to_string()).press("enter esc");
    assert_eq!(selected(&console), gone);
}

#[test]
fn who_comes_back_from_an_incident_that_was_looked_for_finds_it_selected() {
    let mut console = console("/");
    console.type_in("is:missed").press("enter G");
    let sought = selected(&console);
    assert!(console.model.queue.at > 0);
    console.press("enter esc").wait(1);
    assert_eq!(selected(&console), sought);
    // Without what narrowed the list too.
    console.press("esc");
    assert_eq!(console.model.queue.filter, "");
    assert_eq!(selected(&console), sought);
}
