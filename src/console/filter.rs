//! The filter of the queue, typed in the query language, and what is looked for among the customers; applied as one
//! types.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::widgets::{Clear, Widget};
use tui_input::Input;

use super::forms::{edit_line, one_line};
use super::hints::Hint;
use super::keys::Chord;
use super::look::Look;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::screens::screen::Screen;
use super::screens::{customers, policy};
use super::theme::Role;
use super::update;
use crate::incident::{Query, QueryError};
use crate::text;

/// The line in which a filter is typed.
pub struct FilterLine {
    input: Input,
    /// What stands there is the filter of before: what is typed takes its place, an arrow keeps it to be changed.
    old: bool,
}

impl FilterLine {
    /// A line that holds the filter of before.
    fn holding(typed: &str) -> Self {
        Self {
            input: Input::from(typed),
            old: !typed.is_empty(),
        }
    }

    /// What the keys do, for the footer.
    pub fn hints(&self, screen: Screen) -> Vec<Hint> {
        let own = match screen {
            Screen::Customers => [
                ("Enter", "go into the customer"),
                ("Up Down", "choose"),
                ("Esc", "no filter"),
            ],
            Screen::Policy => [
                ("Enter", "stay there"),
                ("Up Down", "before, next"),
                ("Esc", "look for nothing"),
            ],
            _ => [
                ("Enter", "keep"),
                ("Up Down", "choose"),
                ("Esc", "no filter"),
            ],
        };
        let old = self.old.then_some(("Left Right", "change what stands"));
        old.into_iter().chain(own).collect()
    }
}

/// Begins to look for something: among the customers and in the policy where they show, else in the queue, from wherever
/// one is.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let (screen, typed) = match model.screen {
        Screen::Customers => (Screen::Customers, model.customers.typed.clone()),
        Screen::Policy => (Screen::Policy, model.policy.sought.clone()),
        _ => (Screen::Queue, model.queue.filter.clone()),
    };
    let covered = !model.layers.is_empty() || model.screen != screen;
    let effects = match covered {
        true => update::go_to(model, screen),
        false => Vec::new(),
    };
    let line = FilterLine::holding(&typed);
    model.layers.push(Layer::Filter(line));
    effects
}

/// Takes a key of the filter line. What cannot be read yet changes nothing: the mistake is shown under its character.
pub fn update(model: &mut Model, key: &KeyEvent) -> Vec<Effect> {
    let Some(Layer::Filter(line)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match key.code {
        // What cannot be read is no filter yet: it stays to be put right.
        KeyCode::Enter
            if model.screen == Screen::Queue && line.input.value() != model.queue.filter =>
        {
            return Vec::new();
        }
        KeyCode::Enter => {
            let looked_for = !line.input.value().is_empty();
            model.layers.pop();
            return match model.screen {
                // What was typed is looked for among all of them now.
                Screen::Queue => update::refresh_queue(model),
                Screen::Customers if looked_for => {
                    model.customers.enter();
                    update::look_at_selected(model)
                }
                _ => Vec::new(),
            };
        }
        KeyCode::Esc => {
            model.layers.pop();
            return narrow(model, String::new());
        }
        KeyCode::Up | KeyCode::Down if model.screen == Screen::Policy => {
            policy::further(model, key.code == KeyCode::Down);
            return Vec::new();
        }
        KeyCode::Up => return update::move_by(model, -1),
        KeyCode::Down => return update::move_by(model, 1),
        code => {
            let replaces = matches!(code, KeyCode::Char(_) | KeyCode::Backspace);
            if std::mem::take(&mut line.old) && replaces {
                line.input = Input::default();
            }
            if !edit_line(&mut line.input, Chord::from(key)) {
                return Vec::new();
            }
        }
    }
    let typed = line.input.value().to_owned();
    narrow(model, typed)
}

/// Takes pasted text, as one line.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(Layer::Filter(line)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let before = match std::mem::take(&mut line.old) {
        true => "",
        false => line.input.value(),
    };
    let typed = format!("{before}{}", one_line(text));
    line.input = Input::from(typed.clone());
    narrow(model, typed)
}

fn narrow(model: &mut Model, typed: String) -> Vec<Effect> {
    match model.screen {
        Screen::Customers => {
            model.message = None;
            return customers::find(model, typed);
        }
        Screen::Policy => {
            policy::find(model, typed);
            return Vec::new();
        }
        _ => {}
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

/// Whether what is typed cannot be read: the rows of what was read before are not its answer.
pub fn has_mistake(model: &Model) -> bool {
    match model.layers.last() {
        Some(Layer::Filter(line)) => mistake(&line.input, model).is_some(),
        _ => false,
    }
}

fn mistake(input: &Input, model: &Model) -> Option<QueryError> {
    match model.screen {
        Screen::Queue => Query::parse(input.value(), model.scope()).err(),
        _ => None,
    }
}

/// The two lines above the footer: what is typed, and beneath it what is wrong with it.
fn lines(body: Rect) -> [Rect; 2] {
    let [_, line, under] = Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(body);
    [line, under]
}

/// The columns of what is typed that stand before the line's room.
fn hidden(input: &Input, line: Rect) -> usize {
    input.visual_scroll(usize::from(line.width).saturating_sub(LABEL.len() + 1))
}

/// Where the terminal's cursor belongs.
pub fn cursor(line: &FilterLine, body: Rect) -> Position {
    let (input, [area, _]) = (&line.input, lines(body));
    let at = LABEL.len() + input.visual_cursor() - hidden(input, area).min(input.visual_cursor());
    let x = u16::try_from(at).unwrap_or(u16::MAX);
    let last = area.right().saturating_sub(1);
    Position::new(area.x.saturating_add(x).min(last), area.y)
}

/// Draws what is typed over the last lines of `body`. A mistake is marked beneath its character, and said beside the
/// mark; where it is too long for that, over the lines above.
pub fn draw(typed: &FilterLine, model: &Model, look: &Look, body: Rect, buf: &mut Buffer) {
    let (input, [line, under]) = (&typed.input, lines(body));
    for area in [line, under] {
        Clear.render(area, buf);
        buf.set_style(area, look.style(Role::Text));
    }
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
    let style = match typed.old {
        true => look.style(Role::Selected),
        false => label,
    };
    let room = line.right().saturating_sub(x).into();
    buf.set_stringn(x, y, text::visible(&shown), room, style);
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

    use crossterm::event::{Event, KeyCode};

    use crate::console::look::tests::rich;
    use crate::console::model::Layer;
    use crate::console::msg::{Effect, Msg};
    use crate::console::request::Request;
    use crate::console::screens::screen::Screen;
    use crate::console::testing::{BUSY_NOW, Console, busy};
    use crate::console::update;
    use crate::incident::Term;

    #[test]
    fn a_filter_that_cannot_be_read_stays_to_be_put_right() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in("is:mised").press("enter");
        let Some(Layer::Filter(line)) = console.model.layers.last() else {
            panic!("the filter is gone");
        };
        assert_eq!(line.input.value(), "is:mised");
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

    #[test]
    fn what_is_looked_for_among_all_is_said_and_esc_stops_it() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in("printer");
        let enter = Event::Key(KeyCode::Enter.into());
        let asked = update::update(&mut console.model, Msg::Event(enter));
        assert!(matches!(&asked[..], [Effect::Ask(Request::Queue(_))]));
        let said = "looking among all, Esc stops";
        assert!(console.picture((80, 24), &rich()).contains(said));
        // A change of the desk does not begin it anew.
        assert!(console.model.queue.waits_for_search());
        console.press("esc");
        let picture = console.picture((80, 24), &rich());
        assert!(!picture.contains(said), "{picture}");
        assert!(picture.contains("All open 9"), "{picture}");
    }

    /// The two lines above the footer, after something was typed into the filter.
    fn typed(text: &str) -> (String, [String; 2]) {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in(text);
        let picture = console.picture((80, 24), &rich());
        let mut lines = picture.lines().rev().skip(2).map(str::to_owned);
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
    fn who_one_is_oneself_is_proposed_once() {
        let (picture, _) = typed("assignee:zzz");
        let said = picture.split("no agent").nth(1).unwrap_or_default();
        let said = said.split("\n\n").next().unwrap_or_default();
        let names = said.split(|c: char| !c.is_alphanumeric());
        assert_eq!(names.filter(|name| *name == "mira").count(), 1, "{picture}");
    }

    #[test]
    fn a_mistake_too_long_for_its_line_stands_above_in_full() {
        let (picture, [_, under]) = typed("printer is:missed state:zzz");
        assert_eq!(under.trim(), "^", "{picture}");
        assert_eq!(under.find('^'), Some(8 + 24));
        let words = picture.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("merged, void"), "{picture}");
    }

    #[test]
    fn under_a_mistake_there_are_no_rows_and_the_keys_stay() {
        let (picture, _) = typed("is:missed");
        assert!(picture.contains("Northwind"), "{picture}");
        let (picture, _) = typed("is:mised");
        assert!(!picture.contains("Northwind"), "{picture}");
        assert!(picture.contains("cannot be read yet"), "{picture}");
        assert!(picture.contains("Esc no filter"), "{picture}");
        let all = picture.matches("try missed").count();
        assert_eq!(all, 1, "one mistake, one remedy: {picture}");
    }

    #[test]
    fn what_is_typed_takes_the_place_of_the_filter_before_and_an_arrow_keeps_it() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("/").type_in("is:missed").press("enter /");
        assert_eq!(console.model.queue.filter, "is:missed");
        let picture = console.picture((80, 24), &rich());
        assert!(picture.contains("Left Right change what"), "{picture}");
        console.type_in("invoice");
        assert_eq!(console.model.queue.filter, "invoice");
        console.press("enter / end").type_in("s");
        assert_eq!(console.model.queue.filter, "invoices");
        console.press("enter / backspace");
        assert_eq!(console.model.queue.filter, "");
    }

    #[rstest]
    #[case("enter")]
    #[case("f2")]
    #[case("f5")]
    #[case("f6")]
    fn from_anywhere_it_leads_to_the_queue(#[case] there: &str) {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press(there).press("/").type_in("xr");
        assert_eq!(console.model.screen, Screen::Queue);
        assert_eq!(console.model.layers.len(), 1, "no step of the incident's");
        assert_eq!(console.model.queue.filter, "xr");
    }

    #[test]
    fn nothing_in_a_view_says_that_the_view_narrows_too() {
        let mut console = busy().open(BUSY_NOW, London, (80, 24));
        console.press("right /").type_in("xyzzy").press("enter");
        let picture = console.picture((80, 24), &rich());
        let said = "nothing in the view Mine matches the filter";
        assert!(picture.contains(said), "{picture}");
        assert!(picture.contains("All open"), "{picture}");
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
