//! Closures and extra openings by keys: what would move is said before anything does.

use super::offices;
use crate::calendar::{Exception, ExceptionKind};
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::instants;
use crate::console::model::Model;
use crate::incident::{Closure, ClosureId, Command, NewClosure, Reach};
use crate::when;

/// What stands for all hours.
const ALL: &str = "all";

/// A closure or an extra opening, of the selected office at first.
pub fn add(model: &Model) -> Edit {
    let offices = offices(model);
    let office = offices.get(model.hours.at);
    let mut reaches = vec![Choice::new(ALL, "all hours", "every policy and office")];
    let policy = office.map(|office| office.policy).unwrap_or_default();
    reaches.insert(0, Choice::new("policy", format!("policy {policy}"), ""));
    let name = office.and_then(|office| office.name).unwrap_or_default();
    if !name.is_empty() {
        reaches.insert(0, Choice::new("office", format!("office {name}"), ""));
    }
    let first = if name.is_empty() { "policy" } else { "office" };
    let zone = model.zone;
    let its = office.and_then(|office| Some(office.calendar?.zone()));
    let zones: Vec<_> = std::iter::once(zone).chain(its).collect();
    let read = move |form: &Form, name| instants::instant(&form.value(name), form.now(), zone);
    let ends_first = move |form: &Form| {
        let wrong = read(form, "to").ok()? <= read(form, "from").ok()?;
        wrong.then(|| "It ends before it begins: give a later time.".to_owned())
    };
    let form = Form::new(vec![
        Field::pick("reach", "Hours of", reaches)
            .required()
            .holding(first),
        instants::field("from", "From", &zones).required(),
        instants::field("to", "Until", &zones)
            .required()
            .check(ends_first),
        Field::text("reason", "Reason")
            .required()
            .help("In words that can be said to a caller."),
        Field::toggle("opening", "Open then")
            .help("An extra opening: open, whatever the usual hours and holidays say."),
    ]);
    let (policy, name) = (policy.to_owned(), name.to_owned());
    let edit = Edit::new(
        "Closed for once",
        form,
        "the hours are changed",
        move |form| {
            let reach = match form.value("reach").as_str() {
                ALL => Reach::All,
                "office" => Reach::Office(name.clone()),
                _ => Reach::Policy(policy.clone()),
            };
            let kind = match form.is_on("opening") {
                true => ExceptionKind::Open,
                false => ExceptionKind::Closed,
            };
            Ok(vec![Command::AddClosure(NewClosure {
                reach,
                exception: Exception {
                    from: read(form, "from")?,
                    to: read(form, "to")?,
                    reason: form.value("reason"),
                    kind,
                },
            })])
        },
    );
    edit.rehearsed()
}

/// Takes a closure or an extra opening back.
pub fn remove(model: &Model) -> Option<Edit> {
    let ahead = ahead(model);
    let first = ahead.first()?.id.to_string();
    let choices = ahead.iter().map(|closure| {
        let at = |at| when::shown(at, model.zone);
        let exception = &closure.exception;
        let about = format!(
            "{}, {} to {}",
            closure.reach,
            at(exception.from),
            at(exception.to)
        );
        Choice::new(closure.id.to_string(), closure.name(), about)
    });
    let form = Form::new(vec![
        Field::pick("which", "Which", choices.collect())
            .required()
            .holding(&first),
    ]);
    let edit = Edit::new("Take back", form, "the hours are as before", |form| {
        let id = form.value("which").parse();
        let id = id.map_err(|_| "pick what is to be taken back".to_owned())?;
        Ok(vec![Command::RemoveClosure(ClosureId(id))])
    });
    Some(edit.rehearsed())
}

/// The closures and extra openings that are still to end.
fn ahead(model: &Model) -> Vec<&Closure> {
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let mut ahead: Vec<&Closure> = rulings
        .flat_map(|ruling| &ruling.closures)
        .filter(|closure| closure.removed_at.is_none() && closure.exception.to > model.now)
        .collect();
    ahead.sort_by_key(|closure| closure.id);
    ahead.dedup_by_key(|closure| closure.id);
    ahead
}

/// Why nothing can be taken back.
pub fn nothing_ahead(model: &Model) -> Option<String> {
    ahead(model)
        .is_empty()
        .then(|| "no closure and no extra opening is ahead: + adds one".to_owned())
}
