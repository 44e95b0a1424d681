use super::*;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use rstest::rstest;

const ESC: char = '\u{1b}';

/// The event that crossterm makes of a character that arrives by itself.
fn typed(c: char) -> Event {
    let code = match c {
        ESC => KeyCode::Esc,
        '\r' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\n' => return Event::Key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL)),
        c => KeyCode::Char(c),
    };
    let shift = if c.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    Event::Key(KeyEvent::new(code, shift))
}

fn key(chord: &str) -> Event {
    let chord: Chord = chord.parse().unwrap();
    Event::Key(KeyEvent::new(chord.code(), chord.modifiers()))
}

fn joiner() -> EscJoiner {
    EscJoiner::new(|chord| chord.to_string() == "Alt-Backspace")
}

/// What comes out when the characters of `text` arrive one by one and then nothing more.
fn arrives(text: &str) -> Vec<Event> {
    let (mut joiner, now) = (joiner(), Instant::now());
    let mut out: Vec<Event> = text
        .chars()
        .flat_map(|c| joiner.push(typed(c), now))
        .collect();
    out.extend(joiner.expire(now + Duration::from_secs(1)));
    assert_eq!(joiner.deadline(), None);
    out
}

#[rstest]
#[case("\u{1b}[A", "up")]
#[case("\u{1b}OB", "down")]
#[case("\u{1b}[1;5C", "ctrl-right")]
#[case("\u{1b}[3~", "delete")]
#[case("\u{1b}[5;2~", "shift-pgup")]
#[case("\u{1b}OP", "f1")]
#[case("\u{1b}[24~", "f12")]
#[case("\u{1b}[[C", "f3")]
fn a_torn_sequence_is_the_key_that_was_pressed(#[case] text: &str, #[case] pressed: &str) {
    assert_eq!(arrives(text), [key(pressed)]);
}

#[test]
fn a_torn_shift_tab_is_one_key() {
    assert_eq!(
        arrives("\u{1b}[Z"),
        [Event::Key(KeyEvent::new(
            KeyCode::BackTab,
            KeyModifiers::SHIFT
        ))]
    );
}

#[rstest]
#[case("\u{1b}")]
#[case("\u{1b}j")]
#[case("\u{1b}[")]
#[case("\u{1b}O")]
#[case("\u{1b}Ox")]
#[case("\u{1b}\u{1b}")]
#[case("abc")]
#[case("\u{1b}\r")]
fn what_is_no_sequence_stays_the_keys_that_it_was(#[case] text: &str) {
    assert_eq!(arrives(text), text.chars().map(typed).collect::<Vec<_>>());
}

#[test]
fn an_esc_before_a_torn_sequence_is_kept() {
    assert_eq!(arrives("\u{1b}\u{1b}[A"), [typed(ESC), key("up")]);
}

#[rstest]
#[case("\u{1b}[<0;12;5M")]
#[case("\u{1b}[?62c")]
#[case("\u{1b}[I")]
fn a_sequence_that_means_nothing_never_runs_as_keys(#[case] text: &str) {
    assert_eq!(arrives(&format!("{text}j")), [typed('j')]);
}

#[rstest]
#[case("\u{1b}[200~q\rd\tX\n", "q\rd\tX\n")]
#[case("\u{1b}[200~qq\u{1b}[201~", "qq")]
#[case("\u{1b}[200~", "")]
fn a_torn_paste_is_one_text(#[case] text: &str, #[case] pasted: &str) {
    assert_eq!(arrives(text), [Event::Paste(pasted.into())]);
}

#[test]
fn after_a_torn_paste_keys_are_keys_again() {
    assert_eq!(
        arrives("\u{1b}[200~qq\u{1b}[201~j"),
        [Event::Paste("qq".into()), typed('j')]
    );
}

#[test]
fn a_lone_esc_is_held_for_fifty_milliseconds_and_no_longer() {
    let (mut joiner, now) = (joiner(), Instant::now());
    assert_eq!(joiner.push(typed(ESC), now), []);
    assert_eq!(joiner.deadline(), Some(now + Duration::from_millis(50)));
    assert_eq!(joiner.expire(now + Duration::from_millis(49)), []);
    assert_eq!(joiner.expire(now + Duration::from_millis(50)), [typed(ESC)]);
    assert_eq!(joiner.push(typed('['), now), [typed('[')]);
}

#[test]
fn an_esc_that_came_alone_and_whole_is_the_key_at_once() {
    let (mut joiner, now) = (joiner(), Instant::now());
    joiner.trust(true);
    assert_eq!(joiner.push(typed(ESC), now), [typed(ESC)]);
    assert_eq!(joiner.deadline(), None);
    // What began before that goes on.
    joiner.trust(false);
    assert_eq!(joiner.push(typed(ESC), now), []);
    joiner.trust(true);
    assert_eq!(joiner.push(typed('['), now), []);
    assert_eq!(joiner.push(typed('A'), now), [key("up")]);
}

#[rstest]
#[case::this_machine(true, 1, true)]
#[case::a_line(true, 10, false)]
#[case::a_slow_line(true, 300, false)]
#[case::ssh_to_this_machine(false, 1, false)]
fn only_a_terminal_of_this_machine_is_near(
    #[case] stays_here: bool,
    #[case] took: u64,
    #[case] near: bool,
) {
    let took = Duration::from_millis(took);
    assert_eq!(esc::is_near(stays_here, took), near);
}

#[test]
fn an_alt_chord_that_nothing_binds_is_esc_and_the_key() {
    let (mut joiner, now) = (joiner(), Instant::now());
    assert_eq!(joiner.push(key("alt-j"), now), [typed(ESC), key("j")]);
    assert_eq!(
        joiner.push(key("alt-enter"), now),
        [typed(ESC), key("enter")]
    );
    for chord in ["alt-backspace", "alt-left"] {
        assert_eq!(joiner.push(key(chord), now), [key(chord)]);
    }
}

#[test]
fn releases_are_dropped_and_a_resize_disturbs_nothing() {
    let (mut joiner, now) = (joiner(), Instant::now());
    let release = KeyEvent::new_with_kind(
        KeyCode::Char('a'),
        KeyModifiers::NONE,
        KeyEventKind::Release,
    );
    assert_eq!(joiner.push(Event::Key(release), now), []);
    assert_eq!(joiner.push(typed(ESC), now), []);
    assert_eq!(
        joiner.push(Event::Resize(80, 24), now),
        [Event::Resize(80, 24)]
    );
    assert_eq!(joiner.push(typed('['), now), []);
    assert_eq!(joiner.push(typed('A'), now), [key("up")]);
}

#[test]
fn a_paste_releases_what_is_held_before_it() {
    let (mut joiner, now) = (joiner(), Instant::now());
    joiner.push(typed(ESC), now);
    assert_eq!(
        joiner.push(Event::Paste("x".into()), now),
        [typed(ESC), Event::Paste("x".into())]
    );
}

#[test]
fn the_gate_stops_the_thread_until_it_is_opened() {
    let gate = Arc::new(Gate::default());
    assert!(!gate.wait_while_closed());
    gate.ask(true);
    assert!(!gate.stands_still_within(Duration::ZERO));
    let thread = thread::spawn({
        let gate = Arc::clone(&gate);
        move || gate.wait_while_closed()
    });
    assert!(gate.stands_still_within(Duration::from_secs(5)));
    gate.ask(false);
    assert!(thread.join().unwrap());
}
