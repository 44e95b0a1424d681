//! What the agent minds and says while an incident is taken in: on standard error, beside the answer.

use chrono::{DateTime, Utc};

use super::{Failure, Session};
use crate::calendar::Status;
use crate::incident::{
    ClockKind, Event, Incident, State, TechRef, day_and_time, emergency_in_words, entitled,
};
use crate::policy::Policy;
use crate::store::{Conduct, Desk, Ruling};

/// Notes on conduct that are told at a call.
pub(super) const RECENT: usize = 3;

/// Says what the agent minds and says of a new incident.
pub(super) fn tell(desk: &Desk, number: TechRef, session: &Session) -> Result<(), Failure> {
    let (incident, _) = desk.incident(number, session.now())?;
    let notes = of_incident(desk, &incident, session)?;
    notes.into_iter().for_each(|note| session.note(note));
    Ok(())
}

/// Says what pays for an incident that became another customer's, and who is to be asked for.
pub(super) fn who_pays(desk: &Desk, number: TechRef, session: &Session) -> Result<(), Failure> {
    let (incident, customer) = desk.incident(number, session.now())?;
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let pays = pays(desk, &incident, &ruling.policy)?;
    let nobody = incident.contact.is_none().then(|| {
        let name = customer.name;
        format!(
            "who speaks for {name} is not known: say it with `holdline edit {number} --contact`"
        )
    });
    let instead = instead(desk, number)?;
    let used_up = used_up(&incident).or(instead);
    let notes = pays.into_iter().chain(used_up).chain(nobody);
    notes.for_each(|note| session.note(note));
    Ok(())
}

fn of_incident(
    desk: &Desk,
    incident: &Incident,
    session: &Session,
) -> Result<Vec<String>, Failure> {
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let policy = &ruling.policy;
    let office = incident.office.as_deref();
    let mut notes: Vec<String> = hours(&ruling, office, incident.opened_at, session)
        .into_iter()
        .collect();
    notes.extend(emergency_in_words(policy, incident));
    notes.extend(incident.channel_reason.as_ref().map(|_| {
        let (name, covers) = (&policy.name, policy.channel_words().join(", "));
        format!("outside the agreement by its channel: policy {name} covers {covers}")
    }));
    if incident.expedite {
        notes.push("at once: its product comes first among equals".to_owned());
    }
    notes.extend(pays(desk, incident, policy)?);
    notes.extend(used_up(incident).or(instead(desk, incident.tech_ref)?));
    if let Some(place) = desk.place(&incident.policy, incident.tech_ref)? {
        notes.push(format!("place {place}, first come, first served"));
    }
    let said =
        |at: DateTime<Utc>| day_and_time(at, session.now(), session.zone_of(&ruling, office));
    if let Some(clock) = incident.running(ClockKind::Response) {
        notes.push(format!("response due {}", said(clock.due_at)));
    } else if policy.response.is_none() {
        notes.push("no response target is stated: promise none".to_owned());
    }
    notes.extend(not_asked(incident, policy));
    let before = desk.conduct(incident.customer, RECENT)?.into_iter();
    let before = before.filter(|conduct| conduct.tech_ref != incident.tech_ref);
    notes.extend(before.map(|conduct| self::conduct(&conduct, session)));
    Ok(notes)
}

/// That it is closed, or that no hours are stated; nothing while it is open.
pub(super) fn hours(
    ruling: &Ruling,
    office: Option<&str>,
    at: DateTime<Utc>,
    session: &Session,
) -> Option<String> {
    let calendar = ruling.deadlines.calendar(office).ok().flatten();
    match calendar.map(|calendar| calendar.status(at)) {
        None => Some("no hours are stated: promise none".to_owned()),
        Some(Status::Closed { opens, why }) => {
            let zone = session.zone_of(ruling, office);
            let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
            let opens = opens.map_or_else(
                || "does not open".to_owned(),
                |at| format!("opens {}", day_and_time(at, session.now(), zone)),
            );
            Some(format!("outside the hours{why}: {opens}"))
        }
        Some(Status::Open { .. }) => None,
    }
}

/// A note on conduct in a line.
pub(super) fn conduct(conduct: &Conduct, session: &Session) -> String {
    let day = conduct
        .at
        .with_timezone(&session.zone())
        .format("%-d %b %Y");
    format!("conduct on {}, {day}: {}", conduct.tech_ref, conduct.text)
}

/// What pays for it, or what must come before the work.
fn pays(desk: &Desk, incident: &Incident, policy: &Policy) -> Result<Option<String>, Failure> {
    let id = incident.cover.as_ref().and_then(|cover| cover.entitlement);
    if let Some(id) = id {
        let owned = desk.entitlements(incident.customer)?;
        let paying = owned.iter().find(|owned| owned.id == id);
        return Ok(paying.map(|paying| entitled::one_in_words(policy, paying)));
    }
    Ok(match (incident.state, incident.charge) {
        (State::AwaitingAcceptance, _) => {
            Some("to be accepted as within remit before any work".to_owned())
        }
        (State::AwaitingPayment, Some(charge)) => Some(format!(
            "awaiting payment of {}: no work before it is confirmed or waived",
            charge.price
        )),
        _ if incident.uncovered => {
            Some("nothing covers it: it is worked on, and marked".to_owned())
        }
        _ => None,
    })
}

/// Why a payment is asked for though there is something that pays.
fn used_up(incident: &Incident) -> Option<String> {
    let asked = incident.state == State::AwaitingPayment;
    let id = incident.used_up.filter(|_| asked)?;
    Some(entitled::used_up_in_words(id))
}

/// What was chosen to pay, and pays not.
fn instead(desk: &Desk, number: TechRef) -> Result<Option<String>, Failure> {
    let timeline = desk.timeline(number)?;
    let mut covered = timeline
        .iter()
        .rev()
        .filter(|entry| matches!(entry.event, Event::Covered { .. }));
    let newest = covered.next();
    Ok(newest.and_then(|entry| entitled::instead_in_words(&entry.event)))
}

/// What the policy asks at intake and nobody asked.
fn not_asked(incident: &Incident, policy: &Policy) -> Vec<String> {
    let intake = &policy.intake;
    let routes = intake.route.iter();
    let routes = routes
        .filter(|route| !incident.routing.contains_key(&route.key))
        .map(|route| format!("not asked: {}", route.question));
    let person = incident.contact.is_none();
    let person =
        person.then(|| "not asked: who is on the line, and the number to call back?".to_owned());
    let changed = intake.what_changed && incident.what_changed.is_none();
    let changed = changed.then(|| "not asked: what changed before it began?".to_owned());
    person.into_iter().chain(routes).chain(changed).collect()
}
