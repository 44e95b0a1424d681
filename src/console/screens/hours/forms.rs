//! Closures and extra openings by keys: what would move is said before anything does.

use chrono_tz::Tz;

use super::{Office, offices};
use crate::calendar::{Calendar, Exception, ExceptionKind};
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::instants;
use crate::console::model::Model;
use crate::console::request::{Request, Tag};
use crate::incident::{Closure, ClosureId, Command, NewClosure, Reach, date_and_time};

/// Whose hours may be changed, and on which clocks an instant is read and told then.
#[derive(Clone)]
struct Target {
    reach: Reach,
    about: String,
    zones: Vec<Tz>,
}

/// Every office, every policy, and all of them: a time is read on the clock of the office, or of a policy whose offices
/// share one, else on the agent's.
fn targets(model: &Model) -> Vec<Target> {
    let offices = offices(model);
    let target = |reach: Reach, about: String| {
        let clocks = offices.iter().map(|office| {
            let zone = office.calendar.map(Calendar::zone);
            (office.policy, office.name, zone)
        });
        Target {
            zones: reach.clocks(clocks, model.zone),
            reach,
            about,
        }
    };
    let mut targets: Vec<Target> = Vec::new();
    for office in &offices {
        let Some(name) = office.name else { continue };
        let reach = Reach::Office(name.to_owned());
        if targets.iter().all(|target| target.reach != reach) {
            targets.push(target(reach, office.title.to_owned()));
        }
    }
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    targets.extend(rulings.map(|ruling| {
        let policy = &ruling.policy;
        let about = match policy.offices.len() {
            0 | 1 => String::new(),
            many => format!("all of its {many} offices"),
        };
        target(Reach::Policy(policy.name.clone()), about)
    }));
    // Nothing that is typed for one of them finds this by what it means.
    targets.push(target(Reach::All, String::new()));
    targets
}

/// What the hours of the selected office are called.
fn reach_of(office: &Office<'_>) -> Reach {
    match office.name {
        Some(name) => Reach::Office(name.to_owned()),
        None => Reach::Policy(office.policy.to_owned()),
    }
}

/// The clocks of these hours.
fn zones_of(targets: &[Target], reach: &str) -> Vec<Tz> {
    let meant = targets
        .iter()
        .find(|target| target.reach.to_string() == reach);
    meant.map_or_else(Vec::new, |target| target.zones.clone())
}

/// A closure or an extra opening, of the selected office at first.
pub fn add(model: &Model) -> Edit {
    let targets = targets(model);
    let offices = offices(model);
    let selected = offices.get(model.hours.at).map(reach_of);
    let choices = targets.iter().map(|target| {
        let name = target.reach.to_string();
        Choice::new(&name, &name, &target.about)
    });
    let known = targets.clone();
    let zones = move |form: &Form| zones_of(&known, &form.value("reach"));
    let clocks = zones.clone();
    let read = move |form: &Form, name: &str| {
        let zone = instants::zone(&clocks(form));
        instants::bound(&form.value(name), form.now(), zone, name == "to")
    };
    let reader = read.clone();
    let ends_first = move |form: &Form| {
        let wrong = reader(form, "to").ok()? <= reader(form, "from").ok()?;
        wrong.then(|| "It ends before it begins: give a later time.".to_owned())
    };
    let form = Form::new(vec![
        Field::pick("reach", "Hours of", choices.collect())
            .required()
            .holding(&selected.map_or_else(String::new, |reach| reach.to_string()))
            .help("Any office or policy: type a part of its name."),
        instants::bound_field("from", "From", false, zones.clone()).required(),
        instants::bound_field("to", "Until", true, zones)
            .required()
            .check(ends_first),
        Field::text("reason", "Reason")
            .required()
            .help("In words that can be said to a caller."),
        Field::toggle("opening", "Open then")
            .help("An extra opening: open, whatever the usual hours and holidays say."),
    ]);
    let edit = Edit::new(
        "Closed for once",
        form,
        "the hours are changed",
        move |form| {
            let reach = form.value("reach");
            let target = targets
                .iter()
                .find(|target| target.reach.to_string() == reach);
            let target = target.ok_or("pick whose hours are changed")?;
            let kind = match form.is_on("opening") {
                true => ExceptionKind::Open,
                false => ExceptionKind::Closed,
            };
            Ok(vec![Command::AddClosure(NewClosure {
                reach: target.reach.clone(),
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

/// Takes a closure or an extra opening back: the first of the selected office's at first.
pub fn remove(model: &Model) -> Option<Edit> {
    let ahead = ahead(model);
    let targets = targets(model);
    let (first, now) = (ahead.first()?.id.to_string(), model.now);
    let choices = ahead.iter().map(|closure| {
        let zones = zones_of(&targets, &closure.reach.to_string());
        let at = |at| date_and_time(at, now, instants::zone(&zones));
        let exception = &closure.exception;
        let about = format!(
            "{}, {} to {}",
            closure.reach,
            at(exception.from),
            at(exception.to)
        );
        Choice::new(closure.id.to_string(), closure.name(), about)
    });
    let choices: Vec<Choice> = choices.collect();
    let names = choices.clone();
    let named = move |form: &Form| {
        let id = form.value("which");
        names.iter().find(|choice| choice.value == id).cloned()
    };
    let told = named.clone();
    let form = Form::new(vec![
        Field::pick("which", "Which", choices)
            .required()
            .holding(&first),
    ]);
    let edit = Edit::asking("Take back", form, move |form| {
        let choice = named(form).ok_or("pick what is to be taken back")?;
        let id = choice
            .value
            .parse()
            .map_err(|_| "pick what is to be taken back".to_owned())?;
        let words = format!("{} is taken back: the hours are as before", choice.label);
        Ok(Some(Request::Execute {
            commands: vec![Command::RemoveClosure(ClosureId(id))],
            tag: Tag::Edit(words),
            if_revision: None,
            at: None,
        }))
    });
    let edit = edit.telling(move |form| {
        told(form).map_or_else(String::new, |choice| {
            format!("Takes back {}: {}.", choice.label, choice.about)
        })
    });
    Some(edit.rehearsed())
}

/// The closures and extra openings that are still to end: those of the selected office first, and the next one first.
fn ahead(model: &Model) -> Vec<&Closure> {
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let mut ahead: Vec<&Closure> = rulings
        .flat_map(|ruling| &ruling.closures)
        .filter(|closure| closure.removed_at.is_none() && closure.exception.to > model.now)
        .collect();
    ahead.sort_by_key(|closure| closure.id);
    ahead.dedup_by_key(|closure| closure.id);
    let offices = offices(model);
    let own = offices.get(model.hours.at);
    let others = |closure: &Closure| {
        own.is_none_or(|office| !closure.reach.covers(office.policy, office.name))
    };
    ahead.sort_by_key(|closure| (others(closure), closure.exception.from, closure.id));
    ahead
}

/// Why nothing can be taken back.
pub fn nothing_ahead(model: &Model) -> Option<String> {
    ahead(model)
        .is_empty()
        .then(|| "no closure and no extra opening is ahead: + adds one".to_owned())
}
