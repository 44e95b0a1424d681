use super::*;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The private modes that `bytes` set (`h`) or reset (`l`), in order.
fn private_modes(bytes: &[u8], action: char) -> Vec<String> {
    let sequences = text(bytes);
    let parts = sequences
        .split("\u{1b}[")
        .filter_map(|part| part.strip_prefix('?'));
    parts
        .filter_map(|part| part.strip_suffix(action))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_set_is_undone_and_nothing_else() {
    for modes in [
        RAW,
        RAW | SCREEN,
        RAW | SCREEN | PASTE,
        RAW | SCREEN | PASTE | MOUSE,
    ] {
        let (settings, undoing) = (settings(modes).unwrap(), undoing(modes).unwrap());
        // The cursor is hidden, thus shown again; an unfinished frame is always ended.
        let mut set: Vec<_> = private_modes(&settings, 'h');
        set.extend(private_modes(&settings, 'l'));
        let mut undone: Vec<_> = private_modes(&undoing, 'l');
        undone.extend(private_modes(&undoing, 'h'));
        undone.retain(|mode| mode != "2026");
        set.sort();
        undone.sort();
        assert_eq!(set, undone);
    }
}

#[test]
fn a_frame_stands_between_its_marks() {
    assert_eq!(
        text(&synchronized(b"frame").unwrap()),
        "\u{1b}[?2026hframe\u{1b}[?2026l"
    );
    assert!(text(&undoing(RAW).unwrap()).starts_with("\u{1b}[?2026l"));
}

#[test]
fn what_was_left_on_the_screen_is_cleared_in_plain_colours() {
    let settings = text(&settings(RAW | SCREEN).unwrap());
    let at = |sequence| settings.find(sequence).unwrap();
    let order = ["\u{1b}[?1049h", "\u{1b}[r", "\u{1b}[0m", "\u{1b}[2J"].map(at);
    assert!(order.is_sorted(), "{settings:?}");
    // Where the screen is not taken, it stays.
    assert!(!text(&super::settings(RAW).unwrap()).contains("2J"));
}

#[test]
fn restoring_what_was_never_set_does_nothing() {
    restore();
    restore();
    assert_eq!(SET.load(Ordering::SeqCst), 0);
}
