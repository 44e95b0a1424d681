//! One matter that was logged twice, and taking that back.

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::console::theme::Role;
use crate::incident::{
    ClockKind, Command, Dated, Decided, EntitlementId, Incident, State, TechRef, decide_merge,
};
use crate::policy::Money;
use crate::store::Kin;

/// The value of the choice that is none of the customer's open ones.
const OTHER: &str = "other";
/// Stands before the number of an incident that is to be taken out again.
const PART: &str = "part ";

/// The form for an incident that is still one of its own, or that others were merged into.
///
/// # Errors
/// Why there is nothing to merge it into.
pub(super) fn merge(seen: &Seen<'_>) -> Result<(Sheet, Form), String> {
    let incident = &seen.dossier.incident;
    if incident.state == State::Merged {
        return Ok(unmerge());
    }
    let mut choices: Vec<Choice> = Vec::new();
    let mut refused = None;
    let open = seen.kin.iter().filter(|kin| kin.incident.state.is_open());
    for kin in open {
        let number = kin.incident.tech_ref;
        match merged(seen, kin) {
            Ok(_) => choices.push(named(&number.to_string(), kin.incident.summary.as_str())),
            Err(reason) => refused = Some(reason),
        }
    }
    let parts = incident.forks.merged_from.iter();
    choices.extend(parts.map(|part| {
        Choice::new(
            format!("{PART}{}", part.number),
            format!("take out {}", part.number),
            "it becomes an incident of its own again",
        )
    }));
    if choices.is_empty() {
        let customer = &seen.dossier.customer.name;
        let nothing = || format!("{customer} has no other open incident to merge it into");
        return Err(refused.unwrap_or_else(nothing));
    }
    choices.push(Choice::new(OTHER, "another", "by its number"));
    let prefix = seen.policy().prefix.clone();
    let checked = prefix.clone();
    let form = Form::new(vec![
        Field::pick("into", "Merge into", choices)
            .required()
            .numbers_to(OTHER, "number")
            .help("The incident that goes on; or one to take out of this one again."),
        Field::text("number", "Its number")
            .required()
            .when(|form| form.value("into") == OTHER)
            .check(move |form| {
                let typed = form.value("number");
                let wrong = TechRef::read(&typed, checked.as_deref()).err();
                wrong
                    .filter(|_| !typed.trim().is_empty())
                    .map(|error| error.to_string())
            }),
    ]);
    let sheet = Sheet::making("Merge", move |number, form, _| {
        command(number, form, prefix.as_deref())
    });
    Ok((sheet.saying(what_goes_on).among(seen.kin), form))
}

/// The form for an incident that was merged into another one: nothing to fill in.
fn unmerge() -> (Sheet, Form) {
    let sheet = Sheet::making("Unmerge", |number, _, _| Ok(Command::Unmerge(number)));
    let sheet = sheet.saying(|seen, _, _| {
        let into = seen.dossier.incident.forks.leads_to();
        let into = into.map_or_else(|| "the other one".to_owned(), |into| into.to_string());
        of_its_own(seen.dossier.incident.tech_ref, &into).into()
    });
    (sheet, Form::new(Vec::new()))
}

fn command(number: TechRef, form: &Form, prefix: Option<&str>) -> Result<Command, String> {
    let picked = form.value("into");
    if picked == OTHER {
        let into = TechRef::read(&form.value("number"), prefix);
        return Ok(Command::Merge(
            number,
            into.map_err(|error| error.to_string())?,
        ));
    }
    let read = |text: &str| text.parse::<TechRef>().map_err(|error| error.to_string());
    match picked.strip_prefix(PART) {
        Some(part) => Ok(Command::Unmerge(read(part)?)),
        None => Ok(Command::Merge(number, read(&picked)?)),
    }
}

/// What merging the incident into `kin` would make of both.
pub(super) fn merged(seen: &Seen<'_>, kin: &Kin) -> Result<[Decided; 2], String> {
    // The number of what a payment becomes is known only once it is recorded; nothing that is told depends on it.
    decide_merge(seen.own(), seen.party(kin), EntitlementId(0))
        .map_err(|refusal| seen.model.refused(&refusal))
}

/// What becomes of the incident that goes on, and where the number leads.
fn what_goes_on(seen: &Seen<'_>, form: &Form, _: &[Dated]) -> Vec<Note> {
    let own = seen.dossier.incident.tech_ref;
    let picked = form.value("into");
    if let Some(part) = picked.strip_prefix(PART) {
        return match part.parse() {
            Ok(part) => of_its_own(part, &own.to_string()).into(),
            Err(_) => Vec::new(),
        };
    }
    let kin = picked.parse().ok().and_then(|number| seen.other(number));
    let Some((kin, [_, whole])) = kin.and_then(|kin| Some((kin, merged(seen, kin).ok()?))) else {
        return Vec::new();
    };
    let into = kin.incident.tech_ref;
    let mut notes = vec![plain(format!(
        "{own} leads to {into} from now on, and its own clocks end."
    ))];
    let owed = seen.dossier.incident.charge;
    if let Some(charge) = owed.filter(|charge| charge.owed() > 0) {
        let minor = charge.owed();
        let owed = Money {
            minor,
            ..charge.price
        };
        notes.push(plain(format!("{owed} is not owed for {own} any more.")));
    }
    notes.extend(moved(seen, &kin.incident, &whole.incident));
    let level = whole.incident.escalation_level();
    if level > kin.incident.escalation_level() {
        notes.push(plain(format!("{into} stands on level {level} then.")));
    }
    notes
}

/// How the response of the incident that goes on moves.
fn moved(seen: &Seen<'_>, before: &Incident, after: &Incident) -> Option<Note> {
    let number = before.tech_ref;
    let due = |incident: &Incident| Some(incident.running(ClockKind::Response)?.due_at);
    let to = due(after)?;
    let words = match due(before) {
        Some(from) if from == to => return None,
        Some(from) => format!(
            "The response of {number} moves from {} to {}",
            seen.when(from),
            seen.when(to)
        ),
        None => format!("The response of {number} is due {}", seen.when(to)),
    };
    Some(if to < seen.model.now {
        (format!("{words}: missed."), Role::Missed)
    } else {
        plain(words + ".")
    })
}

fn of_its_own(part: TechRef, whole: &str) -> [Note; 2] {
    [
        plain(format!(
            "{part} is an incident of its own again, as it was before, with its clocks and what pays for it."
        )),
        plain(format!("What happened since stays with {whole}.")),
    ]
}
