//! What keys do in a field, by the kind of the field.

use super::pick::Pick;
use super::toggle::Toggle;
use crate::console::keys::Chord;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use tui_input::{Input, InputRequest};

/// `text` as it may stand in a field of one line.
pub fn one_line(text: &str) -> String {
    let line = text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
    line.chars().filter(|c| !c.is_control()).collect()
}

/// `text` as it may stand in a field of several lines. Terminals send pasted line breaks as carriage returns.
pub(super) fn many_lines(text: &str) -> String {
    let lines = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    lines
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

pub(super) fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_line_style(Style::new());
    // The terminal's own cursor shows where typing goes; input methods need it there.
    area.set_cursor_style(Style::new());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// Takes a key that edits a line. False if the key means nothing there.
pub fn edit_line(input: &mut Input, chord: Chord) -> bool {
    let request = match (chord.code(), chord.modifiers()) {
        (KeyCode::Char(c), KeyModifiers::NONE) => InputRequest::InsertChar(c),
        (KeyCode::Backspace, KeyModifiers::NONE) | (KeyCode::Char('h'), KeyModifiers::CONTROL) => {
            InputRequest::DeletePrevChar
        }
        (KeyCode::Delete, KeyModifiers::NONE) => InputRequest::DeleteNextChar,
        (KeyCode::Left, KeyModifiers::NONE) => InputRequest::GoToPrevChar,
        (KeyCode::Right, KeyModifiers::NONE) => InputRequest::GoToNextChar,
        (KeyCode::Left, KeyModifiers::CONTROL) => InputRequest::GoToPrevWord,
        (KeyCode::Right, KeyModifiers::CONTROL) => InputRequest::GoToNextWord,
        (KeyCode::Home, _) => InputRequest::GoToStart,
        (KeyCode::End, _) | (KeyCode::Char('e'), KeyModifiers::CONTROL) => InputRequest::GoToEnd,
        (KeyCode::Char('w'), KeyModifiers::CONTROL) => InputRequest::DeletePrevWord,
        (KeyCode::Char('u'), KeyModifiers::CONTROL) => InputRequest::DeleteFromStart,
        (KeyCode::Char('k'), KeyModifiers::CONTROL) => InputRequest::DeleteTillEnd,
        (KeyCode::Char('y'), KeyModifiers::CONTROL) => InputRequest::Yank,
        _ => return false,
    };
    input.handle(request);
    true
}

pub(super) fn edit_area(area: &mut TextArea<'static>, chord: Chord) -> bool {
    let motion = match (chord.code(), chord.modifiers()) {
        (KeyCode::Left, KeyModifiers::NONE) => CursorMove::Back,
        (KeyCode::Right, KeyModifiers::NONE) => CursorMove::Forward,
        (KeyCode::Left, KeyModifiers::CONTROL) => CursorMove::WordBack,
        (KeyCode::Right, KeyModifiers::CONTROL) => CursorMove::WordForward,
        (KeyCode::Home, KeyModifiers::NONE) => CursorMove::Head,
        (KeyCode::End, KeyModifiers::NONE) | (KeyCode::Char('e'), KeyModifiers::CONTROL) => {
            CursorMove::End
        }
        (KeyCode::Up, KeyModifiers::NONE) => return move_line(area, CursorMove::Up),
        (KeyCode::Down, KeyModifiers::NONE) => return move_line(area, CursorMove::Down),
        _ => return change_area(area, chord),
    };
    area.move_cursor(motion);
    true
}

/// Moves a line up or down. False at the edge, where the key leads out of the field.
fn move_line(area: &mut TextArea<'static>, motion: CursorMove) -> bool {
    let before = area.screen_cursor().row;
    area.move_cursor(motion);
    area.screen_cursor().row != before
}

fn change_area(area: &mut TextArea<'static>, chord: Chord) -> bool {
    match (chord.code(), chord.modifiers()) {
        (KeyCode::Char(c), KeyModifiers::NONE) => area.insert_char(c),
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => area.insert_newline(),
        (KeyCode::Backspace, KeyModifiers::NONE) | (KeyCode::Char('h'), KeyModifiers::CONTROL) => {
            area.delete_char();
        }
        (KeyCode::Delete, KeyModifiers::NONE) => {
            area.delete_next_char();
        }
        (KeyCode::Char('w'), KeyModifiers::CONTROL) => {
            area.delete_word();
        }
        (KeyCode::Char('u'), KeyModifiers::CONTROL) => {
            area.delete_line_by_head();
        }
        (KeyCode::Char('k'), KeyModifiers::CONTROL) => {
            area.delete_line_by_end();
        }
        (KeyCode::Char('y'), KeyModifiers::CONTROL) => {
            area.paste();
        }
        _ => return false,
    }
    true
}

pub(super) fn edit_pick(pick: &mut Pick, chord: Chord) -> bool {
    match (chord.character(), chord.code()) {
        (Some(c), _) => pick.push(c),
        (_, KeyCode::Backspace) => pick.pop(),
        (_, KeyCode::Left) => pick.step(false),
        (_, KeyCode::Right) => pick.step(true),
        // In a list that stands upright Up and Down choose, and go no further than its ends: what comes after it is
        // another list perhaps, and nothing there is to be changed unseen.
        (_, KeyCode::Up) if pick.has_a_choice() => pick.step(false),
        (_, KeyCode::Down) if pick.has_a_choice() => pick.step(true),
        (_, KeyCode::Char('u' | 'w')) if chord.modifiers() == KeyModifiers::CONTROL => pick.clear(),
        _ => return false,
    }
    true
}

pub(super) fn edit_toggle(toggle: &mut Toggle, chord: Chord) -> bool {
    match (chord.character(), chord.code()) {
        (Some(c), _) => toggle.push(c),
        (_, KeyCode::Left | KeyCode::Right) => toggle.turn(),
        (_, KeyCode::Backspace) => return toggle.pop(),
        (_, KeyCode::Char('u' | 'w')) if chord.modifiers() == KeyModifiers::CONTROL => {
            toggle.clear();
        }
        _ => return false,
    }
    true
}
