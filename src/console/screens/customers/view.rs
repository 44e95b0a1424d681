//! How the customers look: the list, and all that is known of the selected one beside it or beneath it.

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use super::Customers;
use super::entitlements::why_no_addition;
use crate::calendar::Calendar;
use crate::console::call::{ALIKE, ALIKE_LEGEND, Lines, in_person, incidents};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::table::{self, Column};
use crate::incident::{Entitlement, acting_in_words, day_and_time, entitled};
use crate::store::{CallerCard, FoundCustomer};
use crate::text;

const COLUMNS: [Column; 5] = [
    Column::left("code", 8, 0, 0),
    Column::left("customer", 18, 3, 0),
    Column::left("person", 14, 2, 1),
    Column::left("policy", 14, 0, 2),
    Column::left("office", 8, 0, 3),
];

/// From this width on the list and the customer stand side by side.
const SIDE_BY_SIDE: u16 = 110;
/// Lines of the incidents that stay, whatever stands above them.
const LEAST_INCIDENTS: u16 = 5;

/// How many rows of the list fit.
pub fn height(customers: &Customers, area: Rect) -> usize {
    usize::from(list_area(customers, area).height).saturating_sub(1)
}

/// Where the list stands, with its headings.
pub fn list_area(customers: &Customers, area: Rect) -> Rect {
    parts(customers, area).list
}

struct Parts {
    title: Rect,
    list: Rect,
    rule: Rect,
    card: Rect,
}

fn parts(customers: &Customers, area: Rect) -> Parts {
    let [title, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let nothing = Rect { height: 0, ..rest };
    if area.width >= SIDE_BY_SIDE {
        let [list, gap, card] = Layout::horizontal([
            Constraint::Percentage(42),
            Constraint::Length(3),
            Constraint::Min(0),
        ])
        .areas(rest);
        let rule = Rect {
            x: gap.x + 1,
            width: 1,
            ..gap
        };
        return Parts {
            title,
            list,
            rule,
            card,
        };
    }
    if customers.is_inside() {
        return Parts {
            title,
            list: nothing,
            rule: nothing,
            card: rest,
        };
    }
    let [list, rule, card] = Layout::vertical([
        Constraint::Min(5),
        Constraint::Length(1),
        Constraint::Percentage(50),
    ])
    .areas(rest);
    Parts {
        title,
        list,
        rule,
        card,
    }
}

/// Draws the screen.
pub fn body(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let customers = &model.customers;
    let parts = parts(customers, area);
    let mut lines = Lines::new(parts.title, look, buf);
    lines.put(&title(customers), Role::Title);
    let found = &customers.found;
    if found.rows.is_empty() {
        empty(customers, look, parts.list, buf);
        return;
    }
    table::render(
        &COLUMNS,
        found.rows.iter().skip(found.first),
        found.at.checked_sub(found.first),
        |found, column| {
            let (words, role) = cell(found, column);
            (words, look.style(role))
        },
        look,
        parts.list,
        buf,
    );
    rule(look, parts.rule, buf);
    match customers.card() {
        Some(card) => draw(card, model, look, parts.card, buf),
        None => Lines::new(parts.card, look, buf).put("reading the customer…", Role::Muted),
    }
}

fn title(customers: &Customers) -> String {
    let found = &customers.found;
    let many = match (found.loaded, found.is_cut()) {
        (false, _) => String::new(),
        (true, true) => format!(" {} and more", found.rows.len()),
        (true, false) => format!(" {}", found.rows.len()),
    };
    let typed = match customers.typed.as_str() {
        "" => "   / finds by name, code, telephone or mail".to_owned(),
        typed => format!("   / {}", text::visible(typed)),
    };
    let alike = found.rows.iter().any(|found| found.sounds_alike);
    let legend = match alike {
        true => format!("   {ALIKE_LEGEND}"),
        false => String::new(),
    };
    format!("Customers{many}{typed}{legend}")
}

fn empty(customers: &Customers, look: &Look, area: Rect, buf: &mut Buffer) {
    let words: &[&str] = match (customers.found.loaded, customers.typed.is_empty()) {
        (false, _) => &["reading the desk…"],
        (true, true) => &[
            "no customers yet",
            "press + to add one, or c when a caller rings: whoever is new is added on the way",
        ],
        (true, false) => &[
            "nobody is found by that",
            "Esc takes it away; + adds a customer",
        ],
    };
    let mut lines = Lines::new(area, look, buf);
    lines.gap();
    for word in words {
        lines.wrapped(word, Role::Muted);
    }
}

fn cell<'a>(found: &&'a FoundCustomer, column: usize) -> (Cow<'a, str>, Role) {
    let customer = &found.customer;
    let shown = |text: Option<&'a str>| text.map_or(Cow::Borrowed(""), text::visible);
    match column {
        0 => (text::visible(&customer.code), Role::Accent),
        1 if found.sounds_alike => (
            format!("{ALIKE}{}", text::visible(&customer.name)).into(),
            Role::Text,
        ),
        1 => (text::visible(&customer.name), Role::Text),
        2 => {
            let first = customer.contacts.first();
            (
                shown(first.map(|contact| contact.name.as_str())),
                Role::Text,
            )
        }
        3 => (shown(customer.policy.as_deref()), Role::Muted),
        _ => (shown(customer.office.as_deref()), Role::Muted),
    }
}

/// A line between things, along the longer side of `area`.
fn rule(look: &Look, area: Rect, buf: &mut Buffer) {
    let border = &look.symbols.border;
    for position in area.positions() {
        let symbol = if area.width > 1 {
            border.horizontal_top
        } else {
            border.vertical_left
        };
        buf.set_stringn(position.x, position.y, symbol, 1, look.style(Role::Border));
    }
}

/// Draws all that is known of a customer.
fn draw(card: &CallerCard, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let rows = card.open.len() + card.ended.len();
    let wanted = u16::try_from(rows + 2).unwrap_or(u16::MAX);
    let below = wanted.min(LEAST_INCIDENTS.max(area.height / 3));
    let facts = facts(card, model, look);
    let room = usize::from(area.height.saturating_sub(below));
    let mut lines = Lines::new(area, look, buf);
    let shown = if facts.len() > room {
        room.saturating_sub(1)
    } else {
        facts.len()
    };
    for (words, role) in facts.iter().take(shown) {
        lines.put(words, *role);
    }
    if shown < facts.len() {
        let more = facts.len() - shown;
        lines.put(
            &format!("{} {more} more lines", look.symbols.cut),
            Role::Muted,
        );
    }
    if rows == 0 {
        lines.put("no incidents yet: n logs one", Role::Muted);
        return;
    }
    let at = model.customers.inside;
    let part = lines.take(u16::MAX);
    let height = usize::from(part.height).saturating_sub(1);
    let first = table::first_row(0, at.unwrap_or(0), height);
    let selected = at.and_then(|at| at.checked_sub(first));
    let shown = super::incidents(card).skip(first);
    let titles = ("summary", "how it stands");
    incidents((shown, selected), titles, model, look, part, lines.buf);
}

/// The day where the office is that answers.
pub(super) fn today(card: &CallerCard, model: &Model) -> NaiveDate {
    let office = card.customer.office.as_deref();
    let calendar = card.ruling.deadlines.calendar(office).ok().flatten();
    let zone = calendar.map_or(model.zone, Calendar::zone);
    model.now.with_timezone(&zone).date_naive()
}

/// What is known of a customer besides its incidents, what is asked for on the telephone first.
fn facts(card: &CallerCard, model: &Model, look: &Look) -> Vec<(String, Role)> {
    let customer = &card.customer;
    let separator = look.symbols.separator;
    let mut lines = vec![(
        format!("{} {separator} {}", customer.name, customer.code),
        Role::Accent,
    )];
    let mut under = vec![format!("policy {}", card.ruling.policy.name)];
    under.extend(
        customer
            .office
            .iter()
            .map(|office| format!("office {office}")),
    );
    let manager = customer.account_manager.iter();
    under.extend(manager.map(|mail| format!("account manager {mail}")));
    if card.pin {
        under.push("a PIN is set".to_owned());
    }
    lines.push((under.join(&format!(" {separator} ")), Role::Text));
    for note in &card.conduct {
        let at = day_and_time(note.at, model.now, model.zone);
        lines.push((
            format!(
                "{} conduct, {at}, {}: {}",
                look.symbols.missed,
                acting_in_words(&note.agent),
                note.text
            ),
            Role::Warning,
        ));
    }
    let day = today(card, model);
    let policy = &card.ruling.policy;
    let pays = entitled::in_words(policy, &card.entitlements, day);
    lines.push((format!("pays: {pays}"), Role::Title));
    if model.customers.is_inside() && why_no_addition(card).is_none() {
        let ends = if card.entitlements.is_empty() {
            ""
        } else {
            ", - ends an entitlement"
        };
        lines.push((format!("  + adds what it bought{ends}"), Role::Muted));
    }
    let listed = card.entitlements.iter();
    lines.extend(listed.map(|one| owned(one, card, day)));
    if customer.contacts.is_empty() {
        lines.push(("no people yet: N adds one".to_owned(), Role::Muted));
    }
    let people = customer.contacts.iter();
    lines.extend(people.map(|contact| (format!("  {}", in_person(contact)), Role::Text)));
    lines
}

/// What a customer bought or was granted, with what is left of it; whether it still counts.
fn owned(one: &Entitlement, card: &CallerCard, day: NaiveDate) -> (String, Role) {
    let words = entitled::one_in_words(&card.ruling.policy, one);
    let reference = one.reference.as_deref();
    let reference = reference.map_or_else(String::new, |order| format!(", reference {order}"));
    let from = one.from.filter(|from| *from > day);
    let (state, role) = match (from, one.covers(day)) {
        (Some(from), _) => (format!(", from {}", from.format("%-d %b %Y")), Role::Paused),
        (None, true) => (String::new(), Role::Text),
        (None, false) if one.remaining() == Some(0) => (", used up".to_owned(), Role::Muted),
        (None, false) => (", over".to_owned(), Role::Muted),
    };
    (format!("  {words}{state}{reference}"), role)
}
