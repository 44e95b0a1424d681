//! The mouse: the wheel moves and scrolls, a click selects a row, a click on the selected one opens it. Off over ssh unless
//! it is asked for, so that the terminal itself can select text.

use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

use super::environment::Environment;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::screens::screen::Screen;
use super::screens::{calls, customers, queue};
use super::update::{move_by, on_command_key, scroll};
use super::view;

/// The lines of a text that a notch of the wheel is worth.
const NOTCH: isize = 3;

/// Whether the mouse is taken from the terminal: `HOLDLINE_MOUSE` says, else it is where the session is a local one.
pub fn is_wanted(environment: &Environment) -> bool {
    match environment.mouse.as_str() {
        "on" => true,
        "off" => false,
        _ => !environment.ssh,
    }
}

/// Takes what the mouse did.
pub fn update(model: &mut Model, event: MouseEvent) -> Vec<Effect> {
    match event.kind {
        MouseEventKind::ScrollDown => wheel(model, 1),
        MouseEventKind::ScrollUp => wheel(model, -1),
        MouseEventKind::Down(MouseButton::Left) => click(model, event.row),
        _ => Vec::new(),
    }
}

fn wheel(model: &mut Model, notches: isize) -> Vec<Effect> {
    match model.layers.last_mut() {
        Some(layer @ (Layer::Help(_) | Layer::Text(_))) => scroll(layer, notches * NOTCH),
        Some(layer) if layer.has_keys() => Vec::new(),
        Some(_) => move_by(model, notches * NOTCH),
        None => move_by(model, notches),
    }
}

fn click(model: &mut Model, row: u16) -> Vec<Effect> {
    if !model.layers.is_empty() {
        return Vec::new();
    }
    let Some((selected, clicked)) = list(model).and_then(|list| list.clicked(row)) else {
        return Vec::new();
    };
    match clicked.checked_signed_diff(selected) {
        Some(0) => on_command_key(model, &KeyEvent::from(KeyCode::Enter)),
        Some(rows) => move_by(model, rows),
        None => Vec::new(),
    }
}

/// The list of a screen as it was drawn, with its headings.
struct List {
    area: Rect,
    /// The first row that shows, the selected one, and how many there are.
    first: usize,
    selected: usize,
    rows: usize,
}

impl List {
    /// The selected row and the one that shows on this line of the terminal.
    fn clicked(&self, line: u16) -> Option<(usize, usize)> {
        let under = line.checked_sub(self.area.y + 1)?;
        let clicked = self.first + usize::from(under);
        let shows = line < self.area.bottom() && clicked < self.rows;
        shows.then_some((self.selected, clicked))
    }
}

/// The list that the screen has.
fn list(model: &Model) -> Option<List> {
    let (width, height) = model.size;
    let body = view::body(Rect::new(0, 0, width, height));
    Some(match model.screen {
        Screen::Queue => List {
            area: queue::list_area(&model.queue, body),
            first: model.queue.first,
            selected: model.queue.at,
            rows: model.queue.rows.len(),
        },
        Screen::Calls => {
            let calls = &model.calls.calls;
            List {
                area: calls::list_area(model, body),
                first: calls.first,
                selected: calls.at,
                rows: calls.rows.len(),
            }
        }
        Screen::Customers if !model.customers.is_inside() => {
            let found = &model.customers.found;
            List {
                area: customers::list_area(&model.customers, body),
                first: found.first,
                selected: found.at,
                rows: found.rows.len(),
            }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;
    use crossterm::event::{Event, KeyModifiers};
    use rstest::rstest;

    use super::*;
    use crate::console::look::tests::rich;
    use crate::console::msg::Msg;
    use crate::console::testing::{BUSY_NOW, Console, busy};

    fn does(console: &mut Console, kind: MouseEventKind, row: u16) {
        let event = MouseEvent {
            kind,
            column: 20,
            row,
            modifiers: KeyModifiers::NONE,
        };
        console.take(Msg::Event(Event::Mouse(event)));
    }

    /// The line of the terminal that shows a text.
    fn line_of(console: &mut Console, text: &str) -> u16 {
        let picture = console.picture((120, 40), &rich());
        let line = picture.lines().position(|line| line.contains(text));
        u16::try_from(line.unwrap()).unwrap()
    }

    #[rstest]
    #[case::queue("", "Kobo Bakery")]
    #[case::customers("f3", "Northwind Freight")]
    fn a_click_selects_and_another_opens(#[case] screen: &str, #[case] row: &str) {
        let mut console = busy().open(BUSY_NOW, London, (120, 40));
        console.press(screen);
        let line = line_of(&mut console, row);
        does(&mut console, MouseEventKind::Down(MouseButton::Left), line);
        let picture = console.picture((120, 40), &rich());
        let selected = picture.lines().find(|line| line.starts_with('▶'));
        assert!(selected.unwrap().contains(row), "{picture}");
        let before = console.model.layers.len();
        does(&mut console, MouseEventKind::Down(MouseButton::Left), line);
        let opened = console.model.layers.len() > before || console.model.customers.is_inside();
        assert!(opened, "{row}");
    }

    #[test]
    fn the_wheel_moves_a_list_and_scrolls_a_text() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        does(&mut console, MouseEventKind::ScrollDown, 9);
        assert_eq!(console.model.queue.at, 1);
        does(&mut console, MouseEventKind::ScrollUp, 9);
        assert_eq!(console.model.queue.at, 0);
        console.press("?");
        does(&mut console, MouseEventKind::ScrollDown, 9);
        assert!(matches!(console.model.layers.last(), Some(Layer::Help(help)) if help.first == 3));
        // Outside of the rows nothing happens.
        console.press("esc");
        does(&mut console, MouseEventKind::Down(MouseButton::Left), 0);
        does(&mut console, MouseEventKind::Down(MouseButton::Left), 23);
        assert!(console.model.layers.is_empty());
    }

    #[rstest]
    #[case::local("", false, true)]
    #[case::over_ssh("", true, false)]
    #[case::asked_for("on", true, true)]
    #[case::not_wanted("off", false, false)]
    fn over_ssh_it_is_left_to_the_terminal(
        #[case] mouse: &str,
        #[case] ssh: bool,
        #[case] wanted: bool,
    ) {
        let mouse = mouse.to_owned();
        let environment = Environment {
            mouse,
            ssh,
            ..Environment::default()
        };
        assert_eq!(is_wanted(&environment), wanted);
    }
}
