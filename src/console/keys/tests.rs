use super::*;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rstest::rstest;

struct List {
    rows: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Msg {
    Down,
    Open(usize),
    Quit,
}

fn needs_rows(list: &List) -> Option<String> {
    (list.rows == 0).then(|| "The list is empty: press n for a new incident.".to_owned())
}

const KEYS: &[Binding<List, Msg>] = &[
    Binding {
        chords: &["enter"],
        name: "open",
        here: |_| None,
        in_footer: |_| true,
        about: "Open the incident",
        message: |list| Msg::Open(list.rows),
        why_not: needs_rows,
    },
    Binding {
        chords: &["j", "down"],
        name: "next row",
        here: |_| None,
        in_footer: |_| false,
        about: "Next row",
        message: |_| Msg::Down,
        why_not: needs_rows,
    },
    Binding {
        chords: &["q", "ctrl-x", "|"],
        name: "quit",
        here: |_| None,
        in_footer: |_| true,
        about: "Leave the program",
        message: |_| Msg::Quit,
        why_not: |_| None,
    },
];

const CLASHING: &[Binding<List, Msg>] = &[
    Binding {
        chords: &["q"],
        name: "quit",
        here: |_| None,
        in_footer: |_| true,
        about: "Leave",
        message: |_| Msg::Quit,
        why_not: |_| None,
    },
    Binding {
        chords: &["j", "q"],
        name: "down",
        here: |_| None,
        in_footer: |_| true,
        about: "Next row",
        message: |_| Msg::Down,
        why_not: |_| None,
    },
];

fn chord(text: &str) -> Chord {
    text.parse().unwrap()
}

fn keymap() -> Keymap<List, Msg> {
    Keymap::new(KEYS).unwrap()
}

#[rstest]
#[case("c", KeyCode::Char('c'), KeyModifiers::NONE, "c")]
#[case("A", KeyCode::Char('A'), KeyModifiers::SHIFT, "A")]
#[case("ctrl-d", KeyCode::Char('d'), KeyModifiers::CONTROL, "Ctrl-D")]
#[case("Ctrl-D", KeyCode::Char('D'), KeyModifiers::CONTROL | KeyModifiers::SHIFT, "Ctrl-D")]
#[case("enter", KeyCode::Enter, KeyModifiers::NONE, "Enter")]
#[case("f1", KeyCode::F(1), KeyModifiers::NONE, "F1")]
#[case("shift-tab", KeyCode::BackTab, KeyModifiers::SHIFT, "Shift-Tab")]
#[case("shift-tab", KeyCode::Tab, KeyModifiers::SHIFT, "Shift-Tab")]
#[case("space", KeyCode::Char(' '), KeyModifiers::NONE, "Space")]
#[case("ctrl-left", KeyCode::Left, KeyModifiers::CONTROL, "Ctrl-Left")]
#[case(
    "alt-backspace",
    KeyCode::Backspace,
    KeyModifiers::ALT,
    "Alt-Backspace"
)]
#[case("-", KeyCode::Char('-'), KeyModifiers::NONE, "-")]
#[case("ctrl--", KeyCode::Char('-'), KeyModifiers::CONTROL, "Ctrl--")]
#[case("ż", KeyCode::Char('ż'), KeyModifiers::NONE, "ż")]
fn a_chord_is_read_and_shown_and_is_what_the_terminal_sends(
    #[case] text: &str,
    #[case] code: KeyCode,
    #[case] modifiers: KeyModifiers,
    #[case] shown: &str,
) {
    assert_eq!(chord(text), Chord::from(KeyEvent::new(code, modifiers)));
    assert_eq!(chord(text).to_string(), shown);
    assert_eq!(chord(shown), chord(text));
}

#[rstest]
#[case("")]
#[case("ctrl-")]
#[case("f0")]
#[case("f25")]
#[case("entr")]
#[case("hyper-x")]
#[case("ctrl-m")]
#[case("ctrl-i")]
fn what_no_terminal_sends_is_refused(#[case] text: &str) {
    let error = text.parse::<Chord>().unwrap_err().to_string();
    assert!(error.contains(&format!("\"{text}\"")), "{error}");
}

#[test]
fn a_key_sends_its_message_or_says_why_not() {
    let (empty, full) = (List { rows: 0 }, List { rows: 3 });
    assert_eq!(
        keymap().press(&full, chord("enter")),
        Press::Message(Msg::Open(3))
    );
    assert!(
        matches!(keymap().press(&empty, chord("down")), Press::Refused(reason) if reason.contains("empty"))
    );
    assert_eq!(keymap().press(&empty, chord("z")), Press::Unbound);
}

#[test]
fn a_key_that_stands_twice_is_found() {
    let error = Keymap::new(CLASHING).err().unwrap();
    assert_eq!(
        error.to_string(),
        "q stands for both \"Leave\" and \"Next row\": give one of them another key"
    );
}

#[test]
fn keys_can_be_changed_and_even_swapped() {
    let mut keymap = keymap();
    keymap.rebind("open", &["q"]).unwrap();
    assert!(matches!(keymap.check(), Err(KeyError::Clash { .. })));
    keymap.rebind("quit", &["enter"]).unwrap();
    keymap.check().unwrap();
    let list = List { rows: 1 };
    assert_eq!(
        keymap.press(&list, chord("enter")),
        Press::Message(Msg::Quit)
    );
    assert_eq!(keymap.press(&list, chord("ctrl-x")), Press::Unbound);
    assert_eq!(
        keymap.rebind("fly", &["x"]),
        Err(KeyError::UnknownAction("fly".into()))
    );
    assert!(matches!(
        keymap.rebind("quit", &["entr"]),
        Err(KeyError::Chord(_))
    ));
    assert_eq!(
        keymap.press(&list, chord("enter")),
        Press::Message(Msg::Quit)
    );
}

#[rstest]
#[case(3, 80, &[], "Enter open  q quit")]
#[case(3, 18, &[], "Enter open  q quit")]
#[case(3, 17, &[], "Enter open")]
#[case(3, 0, &[], "")]
#[case(0, 80, &[], "q quit")]
#[case(3, 80, &["quit", "next"], "q quit  Enter open")]
#[case(3, 17, &["quit"], "q quit")]
#[case(3, 18, &["quit"], "Enter open  q quit")]
#[case(3, 5, &["quit"], "")]
fn the_footer_shows_what_can_be_used_and_fits(
    #[case] rows: usize,
    #[case] columns: usize,
    #[case] first: &[&str],
    #[case] shown: &str,
) {
    assert_eq!(
        keymap()
            .footer(&List { rows }, &Theme::plain(), columns, first)
            .to_string(),
        shown
    );
}

#[test]
fn the_list_of_keys_and_the_readme_come_from_the_table() {
    let rows = keymap().rows(&List { rows: 0 });
    assert_eq!(rows.len(), KEYS.len());
    assert_eq!(rows[1].keys, "j, Down");
    assert!(rows[1].why_not.is_some());
    let expected = "| key | does |\n| --- | --- |\n| `Enter` | Open the incident |\n| `j`, `Down` | Next row |\n\
                    | `q`, `Ctrl-X`, `\\|` | Leave the program |\n";
    assert_eq!(keymap().markdown(), expected);
}

#[test]
fn an_action_is_chosen_by_its_name() {
    let (empty, full) = (List { rows: 0 }, List { rows: 3 });
    assert_eq!(keymap().choose(&full, "open"), Press::Message(Msg::Open(3)));
    assert!(matches!(
        keymap().choose(&empty, "next row"),
        Press::Refused(_)
    ));
    assert_eq!(keymap().choose(&full, "fly"), Press::Unbound);
}
