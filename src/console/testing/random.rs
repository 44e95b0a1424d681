//! Keys at random, as a cat or a stuck key presses them: nothing may end the console but its own key.

use chrono_tz::Europe::London;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use rstest::rstest;

use super::{BUSY_NOW, Console, busy};
use crate::console::look::tests::{plain, rich};
use crate::console::msg::Msg;

const KEYS: usize = 2_500;
const SIZES: [(u16, u16); 5] = [(80, 24), (120, 40), (20, 6), (1, 1), (200, 60)];

/// Every key that a terminal sends; `W` is left out, which writes files.
fn key(random: u32) -> KeyEvent {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVXYZ0123456789 /?:=+!$.,;-é漢";
    let letters: Vec<char> = letters.chars().collect();
    let special = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
    ];
    let pick = usize::try_from(random / 16).unwrap();
    match random % 16 {
        0..8 => KeyCode::Char(letters[pick % letters.len()]).into(),
        8..13 => special[pick % special.len()].into(),
        13 => KeyCode::F(u8::try_from(pick % 12).unwrap() + 1).into(),
        14 => KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL),
        _ => {
            let letter = letters[pick % 26];
            KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)
        }
    }
}

#[rstest]
fn ten_thousand_keys_at_random_end_nothing(#[values(1, 2, 3, 4)] seed: u8) {
    let mut random = TestRng::from_seed(RngAlgorithm::XorShift, &[seed; 16]);
    let mut console: Console = busy().open(BUSY_NOW, London, SIZES[0]);
    for pressed in 0..KEYS {
        let key = key(random.next_u32());
        console.take(Msg::Event(Event::Key(key)));
        if pressed % 5 == 0 {
            let size = SIZES[pressed / 5 % SIZES.len()];
            let look = if pressed % 2 == 0 { rich() } else { plain() };
            console.picture(size, &look);
        }
        if pressed % 50 == 0 {
            console.wait(i64::from(seed) * 20);
        }
    }
    // The desk came to no harm.
    console.desk().check(None).unwrap();
}
