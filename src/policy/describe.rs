//! A policy in plain text: what agents may promise, and what its clauses say.

mod page;
mod words;

use page::Page;

use super::model::{Contacts, EntitlementKind, Need, Outcome, Policy, Refund, Starts, Without};
use words::{hours, target};

/// The policy as plain text, no line wider than `width` columns unless a single word is.
pub fn describe(policy: &Policy, width: usize) -> String {
    let mut page = Page::new(width);
    page.line(&format!("{}: {}", policy.name, policy.title));
    page.line(&policy.summary);
    opening_hours(policy, &mut page);
    targets(policy, &mut page);
    severities(policy, &mut page);
    intake(policy, &mut page);
    cover(policy, &mut page);
    resolution(policy, &mut page);
    ladder(policy, &mut page);
    page.section("Clauses");
    for clause in &policy.clauses {
        page.item(&clause.no, &clause.says);
    }
    page.finish()
}

fn opening_hours(policy: &Policy, page: &mut Page) {
    page.section("Hours");
    let channels: Vec<String> = policy.channels.iter().map(|c| words::channel(*c)).collect();
    if policy.calendar.is_none() && policy.offices.is_empty() {
        page.bullet("No hours are stated");
    }
    if let Some(spec) = &policy.calendar {
        hours(spec).iter().for_each(|line| page.bullet(line));
    }
    for office in &policy.offices {
        page.item(&office.title, &hours(&office.calendar).join("; "));
        if let Some(phone) = &office.emergency_phone {
            page.item("", &format!("Emergencies: {phone}"));
        }
    }
    page.bullet(&format!("By {}", channels.join(", ")));
}

fn targets(policy: &Policy, page: &mut Page) {
    page.section("Targets");
    match &policy.response {
        None => page.bullet("No response target is stated: promise none"),
        Some(response) => {
            let contacts = match response.contacts {
                Contacts::First => "the first contact",
                Contacts::Every => "every contact that waits for a reply",
            };
            let from = match response.starts {
                Starts::Receipt => "its receipt",
                Starts::PaymentConfirmed => {
                    "its receipt or the payment's confirmation, whichever is later"
                }
            };
            let within = response
                .target
                .as_ref()
                .map_or("by severity".to_owned(), target);
            page.bullet(&format!("Response to {contacts}: {within}, from {from}"));
        }
    }
    if policy.estimate_required {
        page.bullet("A response without a resolution comes with an estimate");
    }
    for (name, promised) in [
        ("Resolution", policy.resolution),
        ("Patch for a critical bug", policy.patch),
    ] {
        if let Some(promised) = &promised {
            page.bullet(&format!("{name}: {}", target(promised)));
        }
    }
    if let Some(silence) = &policy.silence {
        let (after, outcome) = (target(&silence.after), &silence.outcome);
        page.bullet(&format!(
            "No answer from the customer for {after}: resolved as {outcome}"
        ));
    }
}

fn severities(policy: &Policy, page: &mut Page) {
    if policy.severities.is_empty() {
        return;
    }
    page.section("Severities");
    for severity in &policy.severities {
        let mut text = severity.definition.clone();
        if let Some(promised) = &severity.target {
            text.push_str(&format!(". Response: {}", target(promised)));
        }
        if let Some(group) = &severity.assign {
            text.push_str(&format!(". Goes to {group}"));
        }
        page.item(&severity.name, &text);
    }
}

fn intake(policy: &Policy, page: &mut Page) {
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
    if !intake.route.is_empty() {
        page.section("Questions that route the call");
        for route in &intake.route {
            let answers: Vec<String> = route.answers.iter().map(words::answer).collect();
            page.item(
                &route.key,
                &format!("{} {}", route.question, answers.join(", ")),
            );
        }
    }
}

fn cover(policy: &Policy, page: &mut Page) {
    page.section("Cover and prices");
    let Some(cover) = &policy.cover else {
        page.bullet("Support is free of charge");
        return;
    };
    for kind in &cover.kinds {
        let text = match kind {
            EntitlementKind::Contract => Some("A contract".to_owned()),
            EntitlementKind::Emergency => {
                Some("A contract for emergency service by phone".to_owned())
            }
            EntitlementKind::PerIncident => {
                cover.price.map(|price| format!("One incident: {price}"))
            }
            EntitlementKind::Pack => cover.pack.as_ref().map(|pack| {
                format!(
                    "{}, up to {} incidents: {}",
                    pack.title, pack.size, pack.price
                )
            }),
            EntitlementKind::Hours => cover.hours.as_ref().map(|hours| {
                format!(
                    "Prepaid hours: {} an hour, each call rounded up to {}",
                    hours.rate, hours.increment
                )
            }),
        };
        text.iter().for_each(|text| page.bullet(text));
    }
    if !cover.methods.is_empty() {
        page.bullet(&format!("Paid by {}", cover.methods.join(", ")));
    }
    page.bullet(match cover.without {
        Without::AwaitPayment => "Without cover: no work before the payment is confirmed or waived",
        Without::Mark => "Without cover: worked on, and marked",
    });
}

fn resolution(policy: &Policy, page: &mut Page) {
    page.section("What counts as resolved");
    let silent = policy
        .silence
        .as_ref()
        .map(|silence| silence.outcome.as_str());
    for outcome in &policy.outcomes {
        let mut text = outcome.title.clone();
        text.push_str(&asked(outcome));
        if silent == Some(outcome.name.as_str()) {
            text.push_str(". Comes by itself");
        }
        if let Some(role) = &outcome.notify {
            text.push_str(&format!(". Told by mail: {}", words::role(role)));
        }
        if outcome.contacts_after {
            text.push_str(". Contacts may follow");
        }
        page.item(&outcome.name, &text);
    }
    if !policy.causes.is_empty() {
        page.section("Causes");
        for cause in &policy.causes {
            let refund = match cause.refund {
                Refund::None => "",
                Refund::Full => " (full refund)",
                Refund::Refused => " (refund refused)",
            };
            page.item(&cause.name, &format!("{}{refund}", cause.title));
        }
    }
}

/// What an outcome must and may be given with.
fn asked(outcome: &Outcome) -> String {
    let named = |needs: &[Need], joint: &str| {
        needs
            .iter()
            .map(|need| need.key())
            .collect::<Vec<_>>()
            .join(joint)
    };
    let mut text = String::new();
    let parts = [
        ("Needs", named(&outcome.needs, ", ")),
        ("Needs at least one of", named(&outcome.needs_one_of, ", ")),
        ("Takes", named(&outcome.takes, ", ")),
    ];
    for (verb, needs) in parts.iter().filter(|(_, needs)| !needs.is_empty()) {
        text.push_str(&format!(". {verb}: {needs}"));
    }
    text
}

fn ladder(policy: &Policy, page: &mut Page) {
    if policy.levels.is_empty() {
        return;
    }
    page.section("Escalation");
    for (n, level) in policy.levels.iter().enumerate() {
        let mut text = level.title.clone();
        match policy.roles.get(&level.role) {
            Some(address) => text.push_str(&format!(", {address}")),
            None => text.push_str(", the customer's own"),
        }
        if level.call_serves {
            text.push_str(". A logged call serves too");
        }
        if let Some(age) = &level.after_earlier {
            text.push_str(&format!(
                ". After every level below, answered or {} old",
                target(age)
            ));
        }
        if level.confirm {
            text.push_str(". Confirmed by typing the Tech Reference number");
        }
        page.item(&format!("Level {}", n + 1), &text);
    }
    for ground in &policy.grounds {
        page.item(&ground.name, &ground.title);
    }
}
