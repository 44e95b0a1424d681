//! The filter of the queue, typed in the query language, and what is looked for among the customers; applied as one
//! types.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

use super::forms::{edit_line, one_line};
use super::keys::Chord;
use super::look::Look;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::screens::customers;
use super::screens::screen::Screen;
use super::theme::Role;
use super::update;
use crate::incident::{Query, QueryError};
use crate::text;

/// Takes a key of the filter line. What cannot be read yet changes nothing: the mistake is shown under its character.
pub fn update(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let Some(Layer::Filter(input)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match key.code {
        // What cannot be read is no filter yet: it stays to be put right.
        KeyCode::Enter if model.screen == Screen::Queue && input.value() != model.queue.filter => {
            return Vec::new();
        }
        KeyCode::Enter => {
            model.layers.pop();
            return match model.screen {
                // What was typed is looked for among all of them now.
                Screen::Queue => update::restart(model),
                _ => Vec::new(),
            };
        }
        KeyCode::Esc => {
            model.layers.pop();
            return narrow(model, String::new());
        }
        _ if edit_line(input, Chord::from(key)) => {}
        _ => return Vec::new(),
    }
    let typed = input.value().to_owned();
    narrow(model, typed)
}

/// Takes pasted text, as one line.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(Layer::Filter(input)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let typed = format!("{}{}", input.value(), one_line(text));
    *input = Input::from(typed.clone());
    narrow(model, typed)
}

fn narrow(model: &mut Model, typed: String) -> Vec<Effect> {
    if model.screen == Screen::Customers {
        model.message = None;
        return customers::find(model, typed);
    }
    let before = std::mem::replace(&mut model.queue.filter, typed);
    if model.queue.query(model.scope()).is_err() {
        model.queue.filter = before;
        return Vec::new();
    }
    model.message = None;
    update::restart(model)
}

/// What stands before what is typed.
const LABEL: &str = "filter: ";

/// Whether what is typed cannot be read; the mistake takes the line of the keys then.
pub fn has_mistake(model: &Model) -> bool {
    match model.layers.last() {
        Some(Layer::Filter(input)) => mistake(input, model).is_some(),
        _ => false,
    }
}

fn mistake(input: &Input, model: &Model) -> Option<QueryError> {
    match model.screen {
        Screen::Queue => Query::parse(input.value(), model.scope()).err(),
        _ => None,
    }
}

/// The columns of what is typed that stand before the line's room.
fn hidden(input: &Input, line: Rect) -> usize {
    input.visual_scroll(usize::from(line.width).saturating_sub(LABEL.len() + 1))
}

/// Where the terminal's cursor belongs.
pub fn cursor(input: &Input, line: Rect) -> Position {
    let at = LABEL.len() + input.visual_cursor() - hidden(input, line).min(input.visual_cursor());
    let x = u16::try_from(at).unwrap_or(u16::MAX);
    let last = line.right().saturating_sub(1);
    Position::new(line.x.saturating_add(x).min(last), line.y)
}

/// Draws what is typed into `line`. A mistake is marked beneath its character, on the line `under` it, and said beside the
/// mark; where it is too long for that, over the lines above.
pub fn draw(
    input: &Input,
    model: &Model,
    look: &Look,
    (line, under): (Rect, Rect),
    buf: &mut Buffer,
) {
    let label = look.style(Role::FieldFocus);
    let (x, y) = buf.set_stringn(line.x, line.y, LABEL, line.width.into(), label);
    let hidden = hidden(input, line);
    let mut before = 0;
    let shown = input.value().chars().skip_while(|c| {
        let skip = before < hidden;
        before += text::width(c.encode_utf8(&mut [0; 4]));
        skip
    });
    let shown: String = shown.collect();
    buf.set_stringn(
        x,
        y,
        text::visible(&shown),
        line.right().saturating_sub(x).into(),
        label,
    );
    let Some(mistake) = mistake(input, model) else {
        return;
    };
    let style = look.style(Role::FieldError);
    let typed: String = mistake.query.chars().take(mistake.at).collect();
    let column = usize::from(x - under.x) + text::width(&typed).saturating_sub(hidden);
    let column = column.min(usize::from(under.width).saturating_sub(1));
    let problem = text::visible(&mistake.problem);
    let (width, room) = (text::width(&problem), usize::from(under.width));
    let marked = match (column + 2 + width <= room, width < column) {
        (true, _) => format!("{}^ {problem}", " ".repeat(column)),
        (false, true) => format!("{}{problem} ^", " ".repeat(column - width - 1)),
        (false, false) => format!("{}^", " ".repeat(column)),
    };
    buf.set_stringn(under.x, under.y, &marked, room, style);
    if marked.trim() == "^" {
        let lines = text::wrap(&problem, room);
        let top = line
            .y
            .saturating_sub(u16::try_from(lines.len()).unwrap_or(line.y));
        for (words, y) in lines.iter().zip(top..line.y) {
            let whole = text::fit(words, room);
            buf.set_stringn(under.x, y, whole, room, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;
    use rstest::rstest;

    use crate::console::look::tests::rich;
    use crate::console::model::Layer;
    use crate::console::testing::{BUSY_NOW, Console, busy};
    use crate::incident::Term;

    #[test]
    fn a_filter_that_cannot_be_read_stays_to_be_put_right() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in("is:mised").press("enter");
        let Some(Layer::Filter(input)) = console.model.layers.last() else {
            panic!("the filter is gone");
        };
        assert_eq!(input.value(), "is:mised");
        console.press("backspace backspace backspace backspace");
        console.type_in("issed").press("enter");
        assert!(console.model.layers.is_empty());
        assert_eq!(console.model.queue.filter, "is:missed");
    }

    #[test]
    fn what_is_being_typed_is_looked_for_among_the_newest_and_with_enter_among_all() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        let word = |word: &str| (false, Term::Word(word.to_owned()));
        let title = |console: &mut Console| {
            let picture = console.picture((80, 24), &rich());
            picture.lines().nth(1).unwrap().to_owned()
        };
        // One letter says nothing yet.
        console.press("/").type_in("p");
        assert_eq!(console.model.query().unwrap().terms, []);
        assert_eq!(title(&mut console), "All open 9  1/10  / p");
        console.type_in("rinter -zz LAB");
        let newest = Term::Newest(vec!["printer".to_owned(), "LAB".to_owned()]);
        let without = (true, Term::Word("zz".to_owned()));
        let typed = [without.clone(), (false, newest)];
        assert_eq!(console.model.query().unwrap().terms, typed);
        let found = title(&mut console);
        assert!(found.starts_with("All open 1  1/10"), "{found}");
        console.press("enter");
        let all = [word("printer"), without, word("LAB")];
        assert_eq!(console.model.query().unwrap().terms, all);
        assert_eq!(title(&mut console), found);
        console.press("esc /").type_in("z");
        assert!(title(&mut console).starts_with("All open 9"));
        console.press("enter");
        let few = title(&mut console);
        assert!(!few.starts_with("All open 9"), "{few}");
    }

    /// The last two lines of the picture, after something was typed into the filter.
    fn typed(text: &str) -> (String, [String; 2]) {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in(text);
        let picture = console.picture((80, 24), &rich());
        let mut lines = picture.lines().rev().map(str::to_owned);
        let [under, line] = [lines.next().unwrap(), lines.next().unwrap()];
        (picture, [line, under])
    }

    #[rstest]
    #[case("is:mised", "           ^ no property \"mised\": try missed")]
    #[case(
        "severity:criticla",
        "                 ^ no severity \"criticla\": try critical"
    )]
    #[case(
        "is:e",
        "           ^ property \"e\" may be escalated or expedited or emergency"
    )]
    #[case("assignee:mirra", "                 ^ no agent \"mirra\": try mira")]
    #[case(
        "policy:esc channel:fax",
        "                           ^ no channel \"fax\": try phone, mail, chat, other"
    )]
    fn a_mistake_is_marked_under_its_character(#[case] text: &str, #[case] expected: &str) {
        let (picture, [line, under]) = typed(text);
        assert_eq!(line.trim_end(), format!("filter: {text}"), "{picture}");
        assert_eq!(under.trim_end(), expected, "{picture}");
    }

    #[test]
    fn a_mistake_too_long_for_its_line_stands_above_in_full() {
        let (picture, [_, under]) = typed("printer is:missed state:zzz");
        assert_eq!(under.trim(), "^", "{picture}");
        assert_eq!(under.find('^'), Some(8 + 24));
        let words = picture.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("merged, void"), "{picture}");
    }

    #[rstest]
    #[case("missed", "did you mean is:missed?")]
    #[case("critcal", "did you mean severity:critical?")]
    #[case("customer:Nortwind", "try customer:\"Northwind Freight\"")]
    fn where_nothing_is_found_it_says_what_may_have_been_meant(
        #[case] text: &str,
        #[case] hint: &str,
    ) {
        let (picture, _) = typed(text);
        assert!(picture.contains("nothing matches the filter"), "{picture}");
        let words = picture.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(hint), "{picture}");
    }
}
