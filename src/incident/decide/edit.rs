//! What was taken down wrongly is put right (`lifecycle.md`, "Forks"): one entry holds what every field was and is.

mod owner;

use std::collections::BTreeMap;

use super::phone::dialable;
use super::possible::{StepKind, possible};
use super::text::{checked, optional};
use super::{Decided, Draft, Party, Situation, log, work};
use crate::incident::command::Edit;
use crate::incident::event::{Edited, Event, Recorded};
use crate::incident::people::{Contact, Customer};
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;

/// Decides that an incident is put right. Where another customer's it is to be, `to` is what rules it then, and
/// `timeline` the whole of what happened to it: what paid for it goes back to the one customer, and is taken of the other
/// as at intake.
///
/// # Errors
/// A [`Refusal`] when nothing would change, something that was given is not known, or more hangs on the customer than
/// can be moved.
pub fn decide_edit(
    edit: &Edit,
    one: Party<'_>,
    to: Option<Situation<'_>>,
    timeline: &[Recorded],
) -> Result<Decided, Refusal> {
    let mut draft = one.draft()?;
    possible(StepKind::Edit, &draft.incident, one.situation)?;
    if to.is_none() && edit.entitlement.is_some() {
        return Err(Refusal::input(
            "an entitlement is chosen where it becomes another customer's: give the customer too (--customer), or choose none (--entitlement)",
        ));
    }
    let edited = edited(edit, &draft, to.as_ref())?;
    if edited.is_empty() {
        let number = draft.incident.tech_ref;
        return Err(Refusal::rule(format!(
            "nothing of {number} would be otherwise: give what is to change"
        )));
    }
    let (severity, office) = (edited.severity.clone(), edited.moves_office());
    let routed = (!edited.routing.is_empty()).then(|| draft.incident.routing.clone());
    match to {
        Some(to) => owner::hand_over(&mut draft, edited, to, edit.entitlement, timeline)?,
        None => draft.push(Event::Edited(Box::new(edited))),
    }
    if let Some(severity) = severity {
        let agreed_with = edit.agreed_with.as_deref().unwrap_or_default();
        work::severity(&mut draft, &severity, agreed_with)?;
    }
    if let Some(before) = routed {
        log::route_anew(&mut draft, &before);
    }
    if office {
        draft.recount("the hours of another office count")?;
    }
    Ok(draft.decided())
}

/// What would be otherwise.
fn edited(edit: &Edit, draft: &Draft<'_>, to: Option<&Situation<'_>>) -> Result<Edited, Refusal> {
    let incident = &draft.incident;
    let situation = to.unwrap_or(&draft.situation);
    let policy = situation.policy;
    let text = |what: &str, new: &Option<String>, old: &Option<String>| match new {
        Some(new) => optional(what, Some(new)),
        None => Ok(old.clone()),
    };
    let summary = match &edit.summary {
        Some(summary) => checked("summary", summary)?,
        None => incident.summary.clone(),
    };
    let detail = match &edit.detail {
        Some(detail) => log::described(policy, Some(detail))?,
        None => incident.detail.clone(),
    };
    let product = text("product", &edit.product, &incident.product)?;
    let what_changed = "answer to what changed";
    let what_changed = text(what_changed, &edit.what_changed, &incident.what_changed)?;
    let office = match (&edit.office, to) {
        (None, None) => incident.office.clone(),
        (named, _) => log::office(named.as_deref(), situation)?,
    };
    let expedite = product
        .as_deref()
        .is_some_and(|product| policy.expedited(product));
    let expedite = (product != incident.product).then_some(expedite);
    let owners = to.map(|to| [draft.situation.customer, to.customer]);
    let name = |place: usize| Some(owners?.get(place)?.name.clone());
    let [old_summary, summary] = differing(Some(&incident.summary), Some(&summary));
    let [old_detail, detail] = differing(incident.detail.as_ref(), detail.as_ref());
    let [old_product, product] = differing(incident.product.as_ref(), product.as_ref());
    let [old_what_changed, what_changed] =
        differing(incident.what_changed.as_ref(), what_changed.as_ref());
    let known = log::routing(policy, &edit.routing)?;
    let known = known.into_iter();
    let routing: BTreeMap<String, String> = known
        .filter(|(key, answer)| incident.routing.get(key) != Some(answer))
        .collect();
    let old_routing = incident.routing.clone().into_iter();
    let old_routing = old_routing.filter(|(key, _)| routing.contains_key(key));
    let old_routing = old_routing.collect();
    let [old_office, office] = differing(incident.office.as_ref(), office.as_ref());
    let contact = contact(edit, incident, to.map(|to| to.customer), situation.customer)?;
    let [old_contact, contact] = differing(incident.contact.as_ref(), contact.as_ref());
    let [old_severity, severity] = match &edit.severity {
        Some(_) => {
            possible(StepKind::Severity, incident, draft.situation)?;
            differing(incident.severity.agreed.as_ref(), edit.severity.as_ref())
        }
        None => [None, None],
    };
    Ok(Edited {
        expedite,
        customer: to.map(|to| to.customer.id),
        old_customer: to.map(|_| incident.customer),
        customer_name: name(1),
        old_customer_name: name(0),
        entitlement: edit.entitlement.filter(|_| to.is_some()),
        summary,
        old_summary,
        detail,
        old_detail,
        product,
        old_product,
        what_changed,
        old_what_changed,
        routing,
        old_routing,
        office,
        old_office,
        contact,
        old_contact,
        severity,
        old_severity,
    })
}

/// The old and the new value where they differ.
fn differing<T: Clone + PartialEq>(old: Option<&T>, new: Option<&T>) -> [Option<T>; 2] {
    match old == new {
        true => [None, None],
        false => [old.cloned(), new.cloned()],
    }
}

/// Who speaks for the customer: one of its people, with the number to call back. Somebody of the customer's before whom
/// the new one does not know is not kept.
fn contact(
    edit: &Edit,
    incident: &Incident,
    to: Option<&Customer>,
    customer: &Customer,
) -> Result<Option<Contact>, Refusal> {
    let spoke = incident.contact.as_ref();
    let mut contact = match (edit.contact.as_deref().map(str::trim), to) {
        (Some(""), _) => None,
        (Some(name), _) => Some(person(customer, name)?.clone()),
        (None, Some(to)) => spoke.and_then(|spoke| to.person(&spoke.name)).cloned(),
        (None, None) => spoke.cloned(),
    };
    match (&edit.call_back, &mut contact) {
        (Some(number), Some(contact)) => {
            dialable(number)?;
            contact.call_back_on(number.trim());
        }
        (Some(_), None) => {
            return Err(Refusal::input(
                "nobody is named whom that number would call back: name them too (--contact)",
            ));
        }
        (None, _) => {}
    }
    Ok(contact)
}

fn person<'a>(customer: &'a Customer, name: &str) -> Result<&'a Contact, Refusal> {
    customer.person(name).ok_or_else(|| {
        let people = customer.contacts.iter().map(|person| person.name.as_str());
        let unknown = Refusal::unknown(&format!("contact of {}", customer.name), name, people);
        Refusal {
            message: unknown.message + "; somebody new is added first (`holdline contact add`)",
            ..unknown
        }
    })
}
