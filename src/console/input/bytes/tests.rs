use super::*;
use rstest::rstest;

use crate::console::keys::Chord;

fn key(chord: &str) -> Came {
    let chord: Chord = chord.parse().unwrap();
    Came::Event(Event::Key(KeyEvent::new(chord.code(), chord.modifiers())))
}

/// What bytes mean that come at once, with nothing behind them.
fn read(bytes: &str) -> Vec<Came> {
    Bytes::default().push(bytes.as_bytes(), false)
}

#[rstest]
#[case("a", "a")]
#[case("\u{1b}", "esc")]
#[case("\r", "enter")]
#[case("\t", "tab")]
#[case("\u{7f}", "backspace")]
#[case("\u{1b}[A", "up")]
#[case("\u{1b}OB", "down")]
#[case("\u{1b}[1;5C", "ctrl-right")]
#[case("\u{1b}[5D", "ctrl-left")]
#[case("\u{1b}[H", "home")]
#[case("\u{1b}[4~", "end")]
#[case("\u{1b}[3~", "delete")]
#[case("\u{1b}[5;2~", "shift-pgup")]
#[case("\u{1b}[6~", "pgdn")]
#[case("\u{1b}OP", "f1")]
#[case("\u{1b}[15~", "f5")]
#[case("\u{1b}[24~", "f12")]
#[case("\u{1b}[[C", "f3")]
#[case("\u{1b}[1;2R", "shift-f3")]
#[case("\u{1b}j", "alt-j")]
#[case("\u{1b}\u{7f}", "alt-backspace")]
#[case("\u{4}", "ctrl-d")]
#[case("\n", "ctrl-j")]
#[case("\u{1b}[100;5u", "ctrl-d")]
#[case("\u{1b}[27u", "esc")]
fn a_key_is_the_one_that_was_pressed(#[case] bytes: &str, #[case] pressed: &str) {
    assert_eq!(read(bytes), [key(pressed)]);
}

#[rstest]
#[case('é', KeyModifiers::NONE)]
#[case('É', KeyModifiers::SHIFT)]
#[case('A', KeyModifiers::SHIFT)]
#[case('界', KeyModifiers::NONE)]
#[case('👍', KeyModifiers::NONE)]
fn a_character_is_one_key_also_where_its_bytes_come_apart(
    #[case] c: char,
    #[case] shift: KeyModifiers,
) {
    let typed = Came::Event(Event::Key(KeyEvent::new(KeyCode::Char(c), shift)));
    let mut bytes = Bytes::default();
    let apart: Vec<Came> = c
        .to_string()
        .bytes()
        .flat_map(|byte| bytes.push(&[byte], false))
        .collect();
    assert_eq!(apart, std::slice::from_ref(&typed));
    assert_eq!(read(&c.to_string()), [typed]);
}

#[test]
fn releases_and_repeats_are_told_as_such() {
    let kinds = ["1:1", "1:2", "1:3"].map(|kind| read(&format!("\u{1b}[97;{kind}u")));
    let expected = [
        KeyEventKind::Press,
        KeyEventKind::Repeat,
        KeyEventKind::Release,
    ];
    for (came, kind) in kinds.into_iter().zip(expected) {
        let key = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind);
        assert_eq!(came, [Came::Event(Event::Key(key))]);
    }
}

#[test]
fn an_esc_is_a_key_of_its_own_before_another_and_before_a_sequence() {
    let [esc, up] = ["esc", "up"].map(key);
    assert_eq!(read("\u{1b}\u{1b}"), [esc.clone(), esc.clone()]);
    assert_eq!(read("\u{1b}\u{1b}[A"), [esc.clone(), up.clone()]);
    // Where more is to come it may be the beginning of one.
    let mut bytes = Bytes::default();
    assert_eq!(bytes.push(b"\x1b", true), []);
    assert_eq!(bytes.push(b"[A", false), [up]);
    // Where nothing is, it is held by the one that mends what is torn.
    assert_eq!(bytes.push(b"\x1b", false), [esc]);
}

#[rstest]
#[case("\u{1b}[?62;22c")]
#[case("\u{1b}[>1;10;0c")]
#[case("\u{1b}[24;80R")]
#[case("\u{1b}[1;80R")]
#[case("\u{1b}[?2026;2$y")]
#[case("\u{1b}[8;24;80t")]
#[case("\u{1b}[999~")]
#[case("\u{1b}[57441u")]
#[case("\u{1b}[[Z")]
#[case("\u{1b}Ox")]
#[case("\u{1b}[1;5")]
fn what_means_nothing_never_runs_as_keys(#[case] bytes: &str) {
    let [j, esc] = ["j", "esc"].map(key);
    let came = read(&format!("{bytes}\u{1b}\u{1b}j"));
    // What was cut short takes the Esc behind it along.
    let rest: Vec<Came> = came.into_iter().filter(|came| *came != esc).collect();
    assert!(rest == [j] || rest == [key("alt-j")], "{rest:?}");
}

#[test]
fn what_is_no_text_is_dropped() {
    let came = Bytes::default().push(b"a\xffb\xc3(c", false);
    assert_eq!(came, ["a", "b", "(", "c"].map(key));
}

#[test]
fn the_answer_that_all_is_shown_is_no_key() {
    let came = read("j\u{1b}[0nk\u{1b}[3n");
    assert_eq!(came, [key("j"), Came::Shown, key("k"), Came::Shown]);
}

#[test]
fn a_paste_is_one_text_whatever_is_in_it_and_however_it_comes() {
    let sent = "a\u{1b}[200~q\u{1b}[A\u{1b}[0nd\r\u{1b}b";
    let expected = [
        key("a"),
        Came::Event(Event::Paste("q\u{1b}[A\u{1b}[0nd\r".to_owned())),
        key("b"),
    ];
    let sent = sent.replace("\u{1b}b", "\u{1b}[201~b");
    assert_eq!(read(&sent), expected);
    let mut bytes = Bytes::default();
    let apart: Vec<Came> = sent
        .bytes()
        .flat_map(|byte| bytes.push(&[byte], true))
        .collect();
    assert_eq!(apart, expected);
}

#[test]
fn the_mouse_is_told_in_both_forms() {
    let at = |kind, column, row, modifiers| {
        Came::Event(Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers,
        }))
    };
    let left = MouseButton::Left;
    let none = KeyModifiers::NONE;
    let came = read("\u{1b}[<0;12;5M\u{1b}[<0;12;5m\u{1b}[<65;1;300M\u{1b}[<16;2;2M\u{1b}[M !\"");
    let expected = [
        at(MouseEventKind::Down(left), 11, 4, none),
        at(MouseEventKind::Up(left), 11, 4, none),
        at(MouseEventKind::ScrollDown, 0, 299, none),
        at(MouseEventKind::Down(left), 1, 1, KeyModifiers::CONTROL),
        at(MouseEventKind::Down(left), 0, 1, none),
    ];
    assert_eq!(came, expected);
}

#[test]
fn whatever_comes_is_read_the_same_in_parts() {
    fastrand::seed(3);
    const PARTS: [&[u8]; 12] = [
        b"\x1b",
        b"[",
        b"O",
        b"1",
        b";",
        b"5",
        b"A",
        b"~",
        b"\xe7\x95",
        b"\x8c",
        b"q",
        b"200~",
    ];
    for _ in 0..20_000 {
        let many = fastrand::usize(1..12);
        let sent: Vec<u8> = (0..many)
            .flat_map(|_| PARTS[fastrand::usize(..PARTS.len())].iter().copied())
            .collect();
        let whole = Bytes::default().push(&sent, true);
        let mut bytes = Bytes::default();
        let apart: Vec<Came> = sent
            .iter()
            .flat_map(|byte| bytes.push(&[*byte], true))
            .collect();
        assert_eq!(apart, whole, "{sent:?}");
    }
}
