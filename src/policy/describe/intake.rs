//! What an agent has before them while an incident is taken in.

use super::page::Page;
use super::words::{self, target};
use super::{channels, clauses};
use crate::policy::model::{Moment, Policy};

/// What is asked and said at intake, in plain text: severities with their definitions, scope, checklist, questions, the
/// emergency number of `office`, and the clauses that matter then. No line is wider than `width` columns unless a single
/// word is; without a width, they are sentences to be listened to.
pub fn describe_intake(policy: &Policy, office: Option<&str>, width: Option<usize>) -> String {
    let mut page = Page::new(width);
    page.section(&policy.title);
    page.bullet(&format!(
        "{}; another way is kept with its reason",
        channels(policy)
    ));
    severities(policy, &mut page);
    rules(policy, &mut page);
    let numbers = policy
        .emergency_numbers(office)
        .map(|(title, number)| (title, number.to_owned()));
    page.items("Emergency numbers", numbers);
    clauses(policy.clauses_at(Moment::Intake), &mut page);
    page.finish()
}

pub(super) fn severities(policy: &Policy, page: &mut Page) {
    let severities = policy.severities.iter().map(|severity| {
        let mut text = severity.definition.clone();
        if let Some(promised) = &severity.target {
            text.push_str(&format!(". Response: {}", target(promised)));
        }
        if let Some(group) = &severity.assign {
            text.push_str(&format!(". Goes to {group}"));
        }
        (&severity.name, text)
    });
    page.items("Severities", severities);
}

/// What is within scope, what is asked, and what the caller is told.
pub(super) fn rules(policy: &Policy, page: &mut Page) {
    let intake = &policy.intake;
    page.list("Within scope", &intake.covers);
    page.list("Not within scope", &intake.excludes);
    page.list("Tell the caller", &intake.tell);
    page.list("The caller has ready", &intake.checklist);
    let duties = [
        (
            intake.acceptance,
            "Accepted as within remit before any work",
        ),
        (intake.detail_required, "A clear description is required"),
        (intake.what_changed, "Ask what changed before it began"),
        (
            intake.first_come,
            "Those without a contract are served in the order of their arrival",
        ),
    ];
    let mut duties: Vec<String> = duties
        .into_iter()
        .filter(|(asked, _)| *asked)
        .map(|(_, duty)| duty.to_owned())
        .collect();
    if let Some(role) = &intake.address_approval {
        let role = crate::policy::spoken_role(role);
        duties.push(format!(
            "Mail is read from registered addresses; the {role} approves further ones"
        ));
    }
    if let Some(emergency) = &intake.emergency {
        duties.push(format!(
            "Emergency service only where at least {} % of calls fail{}",
            emergency.failing_percent,
            if emergency.pin {
                ", after the caller's PIN"
            } else {
                ""
            },
        ));
        let free: Vec<&str> = emergency.without_gate.iter().map(|c| c.word()).collect();
        if !free.is_empty() {
            duties.push(format!(
                "Emergencies by {} need none of that",
                free.join(", ")
            ));
        }
        duties.extend(emergency.say.clone());
    }
    let expedited: Vec<&str> = policy
        .products
        .iter()
        .filter(|p| p.expedite)
        .map(|p| p.name.as_str())
        .collect();
    if !expedited.is_empty() {
        duties.push(format!("First among equals: {}", expedited.join(", ")));
    }
    page.list("At intake", &duties);
    let routes = intake.route.iter().map(|route| {
        let answers: Vec<String> = route.answers.iter().map(words::answer).collect();
        (
            &route.key,
            format!("{} {}", route.question, answers.join(", ")),
        )
    });
    page.items("Questions that route the call", routes);
}
