//! Incidents that have to do with each other, and those that are the same as a known fault.

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::{Command, Dated, TechRef};
use crate::store::Listed;

/// Stands before the number of a link that is to be taken away.
const AWAY: &str = "away ";
/// The value of the choice that is no incident of this customer.
const OTHER: &str = "other";
/// The value of the choice that it is no known fault after all.
const NONE: &str = "none";

/// The form for a link: with another incident of the customer, or with any by its number.
pub(super) fn link(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let linked = &incident.forks.linked;
    let kin = seen.kin.iter().map(|kin| &kin.incident);
    let mut choices: Vec<Choice> = kin
        .filter(|kin| !linked.contains(&kin.tech_ref))
        .map(|kin| named(&kin.tech_ref.to_string(), kin.summary.as_str()))
        .collect();
    choices.push(Choice::new(OTHER, "another", "by its number"));
    choices.extend(linked.iter().map(|other| {
        Choice::new(
            format!("{AWAY}{other}"),
            format!("unlink {other}"),
            "they have nothing to do with each other after all",
        )
    }));
    let is_other = |form: &Form| form.value("with") == OTHER;
    let own = incident.tech_ref;
    let prefix = seen.policy().prefix.clone();
    let read = move |text: &str| match TechRef::read(text, prefix.as_deref()) {
        Ok(number) if number == own => Err(format!("{own} is this incident itself.")),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    };
    let check = read.clone();
    let form = Form::new(vec![
        Field::pick("with", "Link with", choices)
            .required()
            .numbers_to(OTHER, "number"),
        Field::text("number", "Its number")
            .required()
            .when(is_other)
            .check(move |form| {
                let typed = form.value("number");
                (!typed.trim().is_empty())
                    .then(|| check(&typed).err())
                    .flatten()
            }),
    ]);
    let sheet = Sheet::making("Link", move |number, form, _| {
        let picked = form.value("with");
        if let Some(away) = picked.strip_prefix(AWAY) {
            return Ok(Command::Unlink(number, read(away)?));
        }
        let typed = if is_other(form) {
            form.value("number")
        } else {
            picked
        };
        Ok(Command::Link(number, read(&typed)?))
    });
    let sheet = sheet.saying(|seen, form, _| {
        let own = seen.dossier.incident.tech_ref;
        let away = form.value("with").starts_with(AWAY);
        let words = if away {
            "Neither names the other any more; the timelines keep that they were linked.".to_owned()
        } else {
            format!("Each of the two names the other; nothing else about {own} changes.")
        };
        vec![plain(words)]
    });
    (sheet, form)
}

/// The form that counts an incident to one of these known faults, or to none after all.
///
/// # Errors
/// Why there is none to count it to.
pub(super) fn same(seen: &Seen<'_>, faults: &[Listed]) -> Result<(Sheet, Form), String> {
    let incident = &seen.dossier.incident;
    let counted = incident.forks.same_as;
    let others = faults
        .iter()
        .filter(|fault| fault.number != incident.tech_ref && Some(fault.number) != counted);
    let mut choices: Vec<Choice> = others
        .map(|fault| {
            let about = format!("{} ({})", fault.summary, fault.customer_name);
            named(&fault.number.to_string(), about)
        })
        .collect();
    choices.extend(counted.map(|fault| {
        let about = format!("it is another fault than {fault} after all");
        named(NONE, about)
    }));
    let Some(first) = choices.first().map(|choice| choice.value.clone()) else {
        return Err(
            "no other incident is marked as a known fault: f on the one that stands for it marks it"
                .to_owned(),
        );
    };
    let form = Form::new(vec![
        Field::pick("fault", "Same as", choices)
            .required()
            .holding(&first)
            .help("The known fault that this one is the same as."),
    ]);
    let sheet = Sheet::making("Same as a known fault", |number, form, _| {
        let picked = form.value("fault");
        let fault = match picked.as_str() {
            NONE => None,
            picked => Some(
                picked
                    .parse::<TechRef>()
                    .map_err(|error| error.to_string())?,
            ),
        };
        Ok(Command::SameAs(number, fault))
    });
    Ok((sheet.saying(counted_with), form))
}

fn counted_with(_: &Seen<'_>, form: &Form, _: &[Dated]) -> Vec<Note> {
    match form.value("fault").as_str() {
        "" | NONE => Vec::new(),
        fault => vec![plain(format!(
            "It stays an incident of its own, and is resolved with {fault} if one wishes."
        ))],
    }
}
