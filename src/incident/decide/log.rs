//! A contact becomes an incident.

use std::collections::BTreeMap;

use super::text::{checked, optional};
use super::{Decided, Draft, Situation, channel, cover, emergency, respond, time, work, workable};
use crate::incident::TechRef;
use crate::incident::card::refuse_cards;
use crate::incident::command::{Log, Respond};
use crate::incident::event::{Event, NoteKind, Opened};
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};
use crate::policy::{Channel, Occasion, Policy, Starts};

/// Decides a new incident that gets the number `tech_ref`.
///
/// # Errors
/// A [`Refusal`] when something that the policy asks for is missing or unknown, or the chosen entitlement does not fit.
pub fn decide_log(
    log: &Log,
    tech_ref: TechRef,
    situation: Situation<'_>,
) -> Result<Decided, Refusal> {
    let mut draft = open(log, tech_ref, situation)?;
    respond::with_answer(log.answered, log.manual_page.as_deref())?;
    if log.answered {
        workable(&draft.incident, "answer")?;
        let respond = Respond {
            by: draft.incident.channel,
            channel_reason: None,
            text: None,
            estimate: log.estimate.clone(),
            manual_page: log.manual_page.clone(),
        };
        respond::credit(&mut draft, &respond, None)?;
    }
    if draft.incident.channel == Channel::Phone {
        let began_at = draft.incident.opened_at;
        time::charge(&mut draft, began_at, log.call_seconds, log.outside.as_ref())?;
    } else {
        time::not_asked(&draft.incident, log.outside.as_ref())?;
    }
    if let Some(conduct) = optional("conduct note", log.conduct.as_deref())? {
        work::note(&mut draft, NoteKind::Conduct, &conduct)?;
    }
    if !log.unanswered {
        draft.message(Occasion::Logged, log.detail.as_deref());
    }
    Ok(draft.decided())
}

/// The new incident, assigned by rule and with its clocks; what pays for it is taken unless it is to be accepted first.
pub(super) fn open<'a>(
    log: &Log,
    tech_ref: TechRef,
    situation: Situation<'a>,
) -> Result<Draft<'a>, Refusal> {
    let opened = opened(log, &situation)?;
    let incident = Incident::opened(tech_ref, &opened);
    let accepted = opened.state != State::AwaitingAcceptance;
    // A number that another program gave stays as it is; one that is typed is a text like any other.
    if !situation.quiet {
        refuse_cards(
            "external number",
            log.external_id.as_deref().unwrap_or_default(),
        )?;
    }
    let events = vec![(situation.at, Event::Opened(Box::new(opened)))];
    let mut draft = Draft {
        incident,
        events,
        situation,
    };
    assign_by_rule(&mut draft);
    if let Some(call) = &log.emergency {
        emergency::ask(&mut draft, log.channel, call)?;
    }
    if let Some(wanted) = log.entitlement {
        let day = cover::day_of(&draft, situation.at)?;
        cover::wanted(situation.policy, situation.entitlements, wanted, day)?;
    }
    if accepted {
        cover::take(&mut draft, log.entitlement)?;
        cover::begin(&mut draft, situation.at)?;
    }
    let response = situation.policy.response.as_ref();
    if response.is_some_and(|response| response.starts == Starts::Receipt) {
        draft.start_response(situation.at)?;
    }
    Ok(draft)
}

fn opened(log: &Log, situation: &Situation<'_>) -> Result<Opened, Refusal> {
    let policy = situation.policy;
    let detail = described(policy, log.detail.as_deref())?;
    let office = office(log.office.as_deref(), situation)?;
    let (channel, channel_reason) =
        channel::kept(situation, log.channel, log.channel_reason.as_deref())?;
    let product = optional("product", log.product.as_deref())?;
    Ok(Opened {
        state: if policy.intake.acceptance {
            State::AwaitingAcceptance
        } else {
            State::Open
        },
        customer: log.customer,
        contact: log.contact.clone(),
        policy: policy.name.clone(),
        policy_version: situation.policy_version,
        office,
        summary: checked("summary", &log.summary)?,
        detail,
        expedite: product
            .as_deref()
            .is_some_and(|product| policy.expedited(product)),
        product,
        channel,
        channel_reason,
        severity: log.severity.clone(),
        severity_rank: severity_rank(policy, log.severity.as_deref())?,
        received_at: situation.at,
        call_seconds: log.call_seconds,
        emergency: false,
        routing: routing(policy, &log.routing)?,
        what_changed: optional("answer to what changed", log.what_changed.as_deref())?,
        external_id: log.external_id.clone(),
        entitlement: log.entitlement,
    })
}

/// The issue in full, which the policy may ask for (P4-09).
pub(super) fn described(policy: &Policy, detail: Option<&str>) -> Result<Option<String>, Refusal> {
    let detail = optional("detail", detail)?;
    if policy.intake.detail_required && detail.is_none() {
        return Err(Refusal::input(format!(
            "policy {} asks for a clear description: give the details (--detail)",
            policy.name
        )));
    }
    Ok(detail)
}

/// The office whose hours count: the one that is named, else the customer's; none under a policy without offices.
pub(super) fn office(
    named: Option<&str>,
    situation: &Situation<'_>,
) -> Result<Option<String>, Refusal> {
    let policy = situation.policy;
    let office = named.or(situation.customer.office.as_deref());
    policy
        .calendar_spec(office)
        .map_err(super::clocks::refused)?;
    Ok(office
        .filter(|_| !policy.offices.is_empty())
        .map(str::to_owned))
}

fn severity_rank(policy: &Policy, severity: Option<&str>) -> Result<u8, Refusal> {
    let names = || {
        policy
            .severities
            .iter()
            .map(|severity| severity.name.as_str())
    };
    let list = || names().collect::<Vec<_>>().join(", ");
    match severity {
        None if policy.severities.is_empty() => Ok(0),
        None => Err(Refusal::input(format!(
            "policy {} needs a severity (--severity): one of {}",
            policy.name,
            list()
        ))),
        Some(_) if policy.severities.is_empty() => Err(Refusal::rule(format!(
            "policy {} knows no severities: leave it out",
            policy.name
        ))),
        Some(severity) => match names().position(|name| name == severity) {
            Some(rank) => Ok(u8::try_from(rank).unwrap_or(u8::MAX)),
            None => Err(Refusal::unknown("severity", severity, names())),
        },
    }
}

pub(super) fn routing(
    policy: &Policy,
    answers: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Refusal> {
    for (key, answer) in answers {
        let Some(route) = policy.intake.route.iter().find(|route| route.key == *key) else {
            let keys = policy.intake.route.iter().map(|route| route.key.as_str());
            return Err(Refusal::unknown("routing question", key, keys));
        };
        if !route.answers.iter().any(|known| known.answer == *answer) {
            return Err(Refusal::unknown(
                &format!("answer to {key}"),
                answer,
                route.answers.iter().map(|known| known.answer.as_str()),
            ));
        }
    }
    Ok(answers.clone())
}

/// Whom routing answers name, and the rule by which they do.
fn named<'a>(
    policy: &'a Policy,
    answers: &BTreeMap<String, String>,
) -> Option<(&'a String, String)> {
    policy.intake.route.iter().find_map(|route| {
        let given = answers.get(&route.key)?;
        let mut known = route.answers.iter();
        let assign = known
            .find(|known| known.answer == *given)?
            .assign
            .as_ref()?;
        Some((assign, format!("{}: {given}", route.question)))
    })
}

/// Other routing answers than those `before` lead to whom they name, unless somebody else has taken it meanwhile.
pub(super) fn route_anew(draft: &mut Draft<'_>, before: &BTreeMap<String, String>) {
    let policy = draft.situation.policy;
    let Some((agent, rule)) = named(policy, &draft.incident.routing) else {
        return;
    };
    let was = named(policy, before).map(|(agent, _)| agent);
    let assignee = draft.incident.assignee.as_ref();
    if assignee != Some(agent) && (assignee.is_none() || assignee == was) {
        draft.push(Event::Assigned {
            agent: Some(agent.clone()),
            by_rule: Some(rule),
        });
    }
}

/// The routing answers choose who gets it, else the severity does (P2-04, P5-06). A name that is no agent is a group,
/// and nobody's yet.
fn assign_by_rule(draft: &mut Draft<'_>) {
    let policy = draft.situation.policy;
    let by_answer = named(policy, &draft.incident.routing);
    let severity = draft
        .incident
        .severity
        .asked
        .as_deref()
        .and_then(|name| policy.severity(name));
    let by_severity = severity.and_then(|severity| {
        severity
            .assign
            .as_ref()
            .map(|assign| (assign, format!("severity {}", severity.name)))
    });
    if let Some((assign, rule)) = by_answer.or(by_severity) {
        draft.push(Event::Assigned {
            agent: Some(assign.clone()),
            by_rule: Some(rule),
        });
    }
}
