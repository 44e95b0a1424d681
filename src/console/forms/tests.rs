use super::*;
use crate::console::look::Look;
use crate::console::look::tests::{lines, plain, rich};
use crossterm::event::{KeyEvent, KeyModifiers};
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Position, layout::Rect};

mod looks;

/// A form with one field of each kind.
fn form() -> Form {
    let severities = vec![
        Choice::new("critical", "Critical", "Nobody can work"),
        Choice::new("high", "High", "Many cannot work"),
        Choice::new("normal", "Normal", "Somebody is hindered"),
    ];
    Form::new(vec![
        Field::text("summary", "Summary").required().check(|form| {
            (form.value("summary").chars().count() > 20)
                .then(|| "At most 20 characters.".to_owned())
        }),
        Field::area("details", "Details", 3),
        Field::pick("severity", "Severity", severities)
            .required()
            .help("How many people cannot work?"),
        Field::toggle("onsite", "On site"),
        Field::text("address", "Address")
            .when(|form| form.is_on("onsite"))
            .required(),
        Field::masked("pin", "PIN"),
    ])
}

fn press(form: &mut Form, chord: &str) -> FormOutcome {
    let chord: Chord = chord.parse().unwrap();
    form.update(&Event::Key(KeyEvent::new(chord.code(), chord.modifiers())))
}

fn write(form: &mut Form, text: &str) {
    for c in text.chars() {
        let key = KeyEvent::new(crossterm::event::KeyCode::Char(c), KeyModifiers::NONE);
        assert_eq!(form.update(&Event::Key(key)), FormOutcome::Editing, "{c}");
    }
}

fn drawn(form: &Form, width: u16, height: u16, look: &Look) -> Vec<String> {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    form.view(look, buf.area, &mut buf);
    lines(&buf)
}

#[test]
fn a_form_is_filled_in_with_text_and_enter_alone() {
    let mut form = form();
    write(&mut form, "Printer on fire?");
    press(&mut form, "enter");
    write(&mut form, "It smokes.");
    assert_eq!(press(&mut form, "enter"), FormOutcome::Editing);
    write(&mut form, "h");
    press(&mut form, "enter");
    press(&mut form, "enter");
    assert_eq!(form.focused(), "pin");
    write(&mut form, "4711");
    assert_eq!(press(&mut form, "enter"), FormOutcome::Submit);
    let values =
        ["summary", "details", "severity", "onsite", "address", "pin"].map(|name| form.value(name));
    assert_eq!(
        values,
        ["Printer on fire?", "It smokes.", "high", "no", "", "4711"]
    );
}

#[test]
fn ctrl_d_submits_from_anywhere_and_leads_to_the_first_mistake() {
    let mut form = form();
    write(&mut form, "Printer");
    assert_eq!(press(&mut form, "ctrl-d"), FormOutcome::Editing);
    assert_eq!(form.focused(), "severity");
    assert_eq!(
        form.mistake("severity").as_deref(),
        Some("Severity: pick one of these.")
    );
    write(&mut form, "c");
    assert_eq!(press(&mut form, "ctrl-d"), FormOutcome::Submit);
}

#[test]
fn a_field_that_does_not_matter_is_skipped_and_neither_checked_nor_read() {
    let mut form = form();
    form.set("summary", "Printer");
    form.set("severity", "high");
    form.set("address", "kept aside");
    form.focus_on("onsite");
    assert_eq!(form.value("address"), "");
    press(&mut form, "tab");
    assert_eq!(form.focused(), "pin");
    press(&mut form, "shift-tab");
    write(&mut form, "y");
    press(&mut form, "down");
    assert_eq!(
        (form.focused(), form.value("address").as_str()),
        ("address", "kept aside")
    );
    press(&mut form, "ctrl-u");
    assert_eq!(press(&mut form, "ctrl-d"), FormOutcome::Editing);
    form.focus_on("summary");
    form.set("onsite", "no");
    assert_eq!(press(&mut form, "ctrl-d"), FormOutcome::Submit);
}

#[test]
fn a_field_that_vanishes_under_the_keys_gives_them_to_the_next() {
    let mut form = form();
    form.set("onsite", "yes");
    form.focus_on("address");
    form.set("onsite", "no");
    assert_eq!(form.focused(), "pin");
}

#[test]
fn tab_goes_round_and_arrows_stop_at_the_ends() {
    let mut form = form();
    press(&mut form, "up");
    assert_eq!(form.focused(), "summary");
    press(&mut form, "shift-tab");
    assert_eq!(form.focused(), "pin");
    press(&mut form, "tab");
    assert_eq!(form.focused(), "summary");
}

#[test]
fn up_and_down_choose_in_a_list_and_stop_at_its_ends() {
    let mut form = form();
    form.focus_on("severity");
    let picked = |form: &mut Form, key| {
        press(form, key);
        assert_eq!(form.focused(), "severity");
        form.value("severity")
    };
    for (key, value) in [
        ("down", "critical"),
        ("down", "high"),
        ("down", "normal"),
        ("down", "normal"),
        ("up", "high"),
    ] {
        assert_eq!(picked(&mut form, key), value);
    }
    // What was typed narrows the list; Ctrl-U shows all of it again, and then takes back the pick.
    write(&mut form, "no");
    assert_eq!(picked(&mut form, "ctrl-u"), "normal");
    assert_eq!(picked(&mut form, "up"), "high");
    assert_eq!(picked(&mut form, "ctrl-u"), "");
    write(&mut form, "xyz");
    assert_eq!(picked(&mut form, "ctrl-u"), "");
    assert_eq!(picked(&mut form, "down"), "critical");
    // Where one thing is all there is to choose from, the arrows lead on.
    form.offer("severity", vec![Choice::new("high", "High", "")]);
    assert_eq!(picked(&mut form, "down"), "high");
    press(&mut form, "down");
    assert_eq!(form.focused(), "onsite");
}

#[test]
fn an_area_breaks_lines_with_ctrl_j_and_a_paste_and_arrows_lead_out_at_its_edges() {
    let mut form = form();
    press(&mut form, "tab");
    write(&mut form, "one");
    press(&mut form, "ctrl-j");
    form.update(&Event::Paste("two\r\nthree\rfour".into()));
    assert_eq!(form.value("details"), "one\ntwo\nthree\nfour");
    for _ in 0..3 {
        press(&mut form, "up");
        assert_eq!(form.focused(), "details");
    }
    press(&mut form, "up");
    assert_eq!(form.focused(), "summary");
    press(&mut form, "shift-tab");
    press(&mut form, "tab");
    press(&mut form, "tab");
    for _ in 0..3 {
        press(&mut form, "down");
        assert_eq!(form.focused(), "details");
    }
    press(&mut form, "down");
    assert_eq!(form.focused(), "severity");
}

#[test]
fn pasted_text_never_moves_or_submits_and_stays_on_one_line() {
    let mut form = form();
    form.update(&Event::Paste("Printer\r\n\u{1b}[2Jon\tfire".into()));
    assert_eq!(
        (form.focused(), form.value("summary").as_str()),
        ("summary", "Printer [2Jon fire")
    );
}

#[test]
fn esc_leaves_at_once_and_what_differs_is_what_is_kept() {
    let mut form = form();
    assert_eq!(press(&mut form, "esc"), FormOutcome::Cancel);
    assert!(form.changes().is_empty());
    write(&mut form, "Printer");
    form.set("pin", "4711");
    assert_eq!(press(&mut form, "esc"), FormOutcome::Cancel);
    // A PIN is never kept, nor what nobody touched.
    let kept = Draft::from([("summary".to_owned(), "Printer".to_owned())]);
    assert_eq!(form.changes(), kept);
}

#[test]
fn ctrl_r_begins_anew() {
    let mut form = form();
    form.set("severity", "high");
    let mut form = Form::new(form.fields);
    write(&mut form, "Printer");
    form.set("severity", "normal");
    press(&mut form, "ctrl-d");
    press(&mut form, "ctrl-r");
    assert!(!form.is_changed());
    assert_eq!(form.value("severity"), "high");
}

#[test]
fn what_was_deleted_is_put_back() {
    let mut form = form();
    write(&mut form, "Printer on fire");
    press(&mut form, "ctrl-w");
    press(&mut form, "ctrl-y");
    assert_eq!(form.value("summary"), "Printer on fire");
    press(&mut form, "tab");
    write(&mut form, "It smokes");
    press(&mut form, "ctrl-u");
    assert_eq!(form.value("details"), "");
    press(&mut form, "ctrl-y");
    assert_eq!(form.value("details"), "It smokes");
}

#[test]
fn a_phrase_begins_with_a_semicolon_at_the_start_of_a_word() {
    let mut form = form();
    write(&mut form, "a;b ;ho");
    assert_eq!(form.begun().as_deref(), Some("ho"));
    form.complete("on\nhold");
    assert_eq!(form.value("summary"), "a;b on hold");
    write(&mut form, "; x");
    assert_eq!(form.begun(), None);
    press(&mut form, "tab");
    write(&mut form, "one ;");
    form.complete("on\nhold");
    assert_eq!(form.value("details"), "one on\nhold");
    form.focus_on("pin");
    write(&mut form, ";x");
    assert_eq!(form.begun(), None);
}

#[test]
fn what_means_nothing_to_a_form_is_left_to_the_screen() {
    let mut form = form();
    for chord in ["f1", "ctrl-z", "ctrl-l", "pgup"] {
        assert_eq!(press(&mut form, chord), FormOutcome::Ignored, "{chord}");
    }
    assert_eq!(form.update(&Event::Resize(80, 24)), FormOutcome::Ignored);
}

#[test]
fn printable_keys_always_go_to_the_field() {
    let names = ["summary", "details", "severity", "onsite", "pin"];
    for name in names {
        let mut form = form();
        form.focus_on(name);
        write(&mut form, "q?:/A1 ");
        assert_eq!(form.focused(), name);
    }
}

#[test]
fn a_draft_brings_back_what_was_typed_but_no_pin() {
    let mut left = form();
    left.set("onsite", "yes");
    for (name, value) in [
        ("summary", "Printer"),
        ("details", "one\ntwo"),
        ("severity", "normal"),
        ("pin", "4711"),
    ] {
        left.set(name, value);
    }
    let draft = left.to_draft();
    assert!(!draft.contains_key("pin"));
    let kept = serde_json::to_string(&draft).unwrap();
    let mut found = form();
    found.fill(&serde_json::from_str(&kept).unwrap());
    assert_eq!(found.to_draft(), draft);
    assert_eq!(found.value("pin"), "");
    assert!(found.is_changed());
}

proptest! {
    #[test]
    fn no_keys_break_a_form(
        keys in prop::collection::vec(prop_oneof![
            prop::sample::select(vec![
                "enter", "tab", "shift-tab", "up", "down", "left", "right", "home", "end", "backspace", "delete",
                "ctrl-d", "ctrl-j", "ctrl-w", "ctrl-u", "ctrl-k", "ctrl-left", "ctrl-right", "space", "y",
            ]).prop_map(str::to_owned),
            prop::sample::select(vec!['a', 'é', '日', '\u{301}', '👩', '\u{200d}', '\u{202e}']).prop_map(String::from),
        ], 0..60),
        (width, height) in (0_u16..50, 0_u16..12),
    ) {
        let mut form = form();
        for key in &keys {
            press(&mut form, key);
            drawn(&form, width, height, &plain());
            if let Some(cursor) = form.cursor(Rect::new(0, 0, width, height)) {
                prop_assert!(cursor.x < width && cursor.y < height);
            }
        }
    }
}
