//! A policy in plain text: what agents may promise, and what its clauses say.

mod intake;
mod page;
mod words;

use page::Page;

use super::model::{
    Clause, Contacts, EntitlementKind, Need, Outcome, Policy, Refund, Starts, Without,
};
use words::{hours, target};

pub use intake::describe_intake;
pub use words::{role as spoken_role, target as target_in_words};

/// The policy as plain text, no line wider than `width` columns unless a single word is; without a width, as sentences to
/// be listened to.
pub fn describe(policy: &Policy, width: Option<usize>) -> String {
    let mut page = Page::new(width);
    page.line(&format!("{}: {}", policy.name, policy.title));
    page.line(&policy.summary);
    opening_hours(policy, &mut page);
    targets(policy, &mut page);
    intake::severities(policy, &mut page);
    intake::rules(policy, &mut page);
    cover(policy, &mut page);
    resolution(policy, &mut page);
    ladder(policy, &mut page);
    messages(policy, &mut page);
    let phrases = policy.snippets.iter();
    let phrases = phrases.map(|one| (format!(";{}", one.name), one.text.clone()));
    page.items("Stock phrases", phrases);
    clauses(policy.clauses.iter(), &mut page);
    page.finish()
}

fn clauses<'p>(clauses: impl Iterator<Item = &'p Clause>, page: &mut Page) {
    page.items(
        "Clauses",
        clauses.map(|clause| (&clause.no, clause.says.clone())),
    );
}

fn channels(policy: &Policy) -> String {
    format!("By {}", policy.channel_words().join(", "))
}

fn opening_hours(policy: &Policy, page: &mut Page) {
    let offices = policy.offices.iter().map(|office| {
        let mut lines = hours(&office.calendar);
        lines.extend(
            office
                .emergency_phone
                .iter()
                .map(|phone| format!("emergencies {phone}")),
        );
        (&office.title, lines.join("; "))
    });
    page.items("Offices", offices);
    page.section("Hours and channels");
    if policy.calendar.is_none() && policy.offices.is_empty() {
        page.bullet("No hours are stated");
    }
    if let Some(spec) = &policy.calendar {
        hours(spec).iter().for_each(|line| page.bullet(line));
    }
    if !policy.offices.is_empty() {
        page.bullet("The hours are those of the customer's office");
    }
    page.bullet(&channels(policy));
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
    page.bullet(&format!(
        "A scheduled call is kept by one that begins within {} of it",
        policy.appointment_grace
    ));
    if let Some(silence) = &policy.silence {
        let (after, outcome) = (target(&silence.after), &silence.outcome);
        page.bullet(&format!(
            "No answer from the customer for {after}: resolved as {outcome}"
        ));
    }
}

fn cover(policy: &Policy, page: &mut Page) {
    page.section("Cover and prices");
    let Some(cover) = &policy.cover else {
        page.bullet("No entitlement is asked for, and nothing is charged");
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
    let silent = policy
        .silence
        .as_ref()
        .map(|silence| silence.outcome.as_str());
    let outcomes = policy.outcomes.iter().map(|outcome| {
        let mut text = format!("{}{}", outcome.title, asked(outcome));
        if silent == Some(outcome.name.as_str()) {
            text.push_str(". Comes by itself");
        }
        if let Some(role) = &outcome.notify {
            text.push_str(&format!(". Told by mail: {}", words::role(role)));
        }
        if outcome.contacts_after {
            text.push_str(". Contacts may follow");
        }
        (&outcome.name, text)
    });
    page.items("What counts as resolved", outcomes);
    let causes = policy.causes.iter().map(|cause| {
        let refund = match cause.refund {
            Refund::None => "",
            Refund::Full => " (full refund)",
            Refund::Refused => " (refund refused)",
        };
        (&cause.name, format!("{}{refund}", cause.title))
    });
    page.items("Causes", causes);
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
    let levels = policy.levels.iter().enumerate().map(|(n, level)| {
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
        (format!("Level {}", n + 1), text)
    });
    page.items("Escalation", levels);
    let grounds = policy
        .grounds
        .iter()
        .map(|ground| (&ground.name, ground.title.clone()));
    page.items("Grounds to escalate", grounds);
}

/// What is written when, with the beginning of each text.
fn messages(policy: &Policy, page: &mut Page) {
    let messages = policy.messages.iter().map(|template| {
        let first = template.text.lines().find(|line| !line.trim().is_empty());
        let text = format!("{}: {}", template.subject, first.unwrap_or_default());
        (template.at.word(), text)
    });
    page.items("Messages, by what calls for them", messages);
}
