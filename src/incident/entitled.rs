//! What a customer is entitled to, in plain words: what an agent says before the work begins.

use chrono::NaiveDate;

use super::decide::{CoverChoice, choose_cover, used_up};
use super::event::Event;
use super::people::{Entitlement, EntitlementId};
use super::remaining::hours_in_words;
use super::state::{Incident, State};
use crate::policy::{EntitlementKind, Policy};

/// What would pay for a new incident on `day`: `Season ticket: 7 of 10 left`, `Contract until 31 Dec 2026`, `No
/// contract: 139.00 USD before work`, `Free of charge`.
pub fn in_words(policy: &Policy, entitlements: &[Entitlement], day: NaiveDate) -> String {
    let kinds = policy.cover.as_ref().map_or(&[][..], |cover| &cover.kinds);
    let gone = used_up(policy, entitlements, day).map(|owned| title(policy, owned.kind));
    let nothing = match gone {
        Some(title) => format!("{title} used up"),
        None if kinds.contains(&EntitlementKind::Contract) => "No contract".to_owned(),
        None => "Nothing prepaid".to_owned(),
    };
    match choose_cover(policy, entitlements, day) {
        CoverChoice::Free => "Free of charge".to_owned(),
        CoverChoice::By(entitlement) => one_in_words(policy, entitlement),
        CoverChoice::Pay(asked) => format!("{nothing}: {} before work", asked.price),
        CoverChoice::Uncovered => format!("{nothing}: worked on, and marked as not covered"),
    }
}

/// What pays only from a later day on: `from 31 Dec 2026 Paid incidents: 2 of 2 left`.
pub fn later_in_words(
    policy: &Policy,
    entitlements: &[Entitlement],
    day: NaiveDate,
) -> Option<String> {
    let later = entitlements.iter().filter_map(|owned| {
        let from = owned.from.filter(|from| *from > day)?;
        owned.covers(from).then_some((from, owned))
    });
    let (from, first) = later.min_by_key(|(from, owned)| (*from, owned.id.0))?;
    let words = one_in_words(policy, first);
    Some(format!("from {} {words}", from.format("%-d %b %Y")))
}

/// What was taken for an incident, and what is left: `Season ticket: 1 taken, 5 of 10 left`; before it is accepted, what
/// will be taken.
pub fn taken_in_words(
    policy: &Policy,
    incident: &Incident,
    entitlements: &[Entitlement],
    day: NaiveDate,
) -> Option<String> {
    if incident.state == State::AwaitingAcceptance {
        let words = in_words(policy, entitlements, day);
        return Some(format!("once accepted: {words}"));
    }
    let owned = |id| entitlements.iter().find(|owned| Some(owned.id) == id);
    if incident.state == State::AwaitingPayment {
        let gone = owned(incident.used_up)?;
        return Some(format!("{} used up", title(policy, gone.kind)));
    }
    let cover = incident.cover.as_ref()?;
    let owned = owned(cover.entitlement)?;
    let taken = match (owned.kind, cover.used) {
        (EntitlementKind::Pack | EntitlementKind::PerIncident, true) => "1 taken",
        (EntitlementKind::Pack | EntitlementKind::PerIncident, false) => "1 reserved",
        _ => return Some(one_in_words(policy, owned)),
    };
    let (title, left) = (title(policy, owned.kind), owned.remaining()?);
    Some(format!(
        "{title}: {taken}, {left} of {} left",
        owned.granted
    ))
}

/// What is bought or granted, by name.
fn title(policy: &Policy, kind: EntitlementKind) -> &str {
    let pack = policy.cover.as_ref().and_then(|cover| cover.pack.as_ref());
    match kind {
        EntitlementKind::Contract => "Contract",
        EntitlementKind::Emergency => "Emergency contract",
        EntitlementKind::PerIncident => "Paid incidents",
        EntitlementKind::Pack => pack.map_or("Pack", |pack| pack.title.as_str()),
        EntitlementKind::Hours => "Prepaid hours",
    }
}

/// What the time of a call costs, and what is left of what pays for it: `15 min of prepaid hours, 5 h 15 min left`; nothing
/// where the event charges none. The entitlements are those before it.
pub fn charged_in_words(event: &Event, before: &[Entitlement]) -> Option<String> {
    let (seconds, own, taken, owed) = match event {
        Event::TimeCharged {
            seconds,
            own,
            taken,
            owed,
        } => (*seconds, *own, taken, owed),
        Event::TimeWaived { seconds, .. } => {
            return Some(format!("{} not charged", hours_in_words(*seconds)));
        }
        _ => return None,
    };
    let own = (own > 0).then(|| format!("{} of what is paid for it", hours_in_words(own)));
    let prepaid: i64 = taken.iter().map(|part| part.seconds).sum();
    let prepaid = (prepaid > 0).then(|| {
        let drawn_on = |owned: &&Entitlement| taken.iter().any(|part| part.entitlement == owned.id);
        let drawn_on = before.iter().filter(drawn_on);
        let had: i64 = drawn_on.filter_map(Entitlement::remaining).sum();
        let (taken, left) = (hours_in_words(prepaid), had - prepaid);
        match left {
            ..=0 => format!("{taken} of prepaid hours, none left"),
            left => format!("{taken} of prepaid hours, {} left", hours_in_words(left)),
        }
    });
    let owed = owed.map(|owed| format!("{owed} owed"));
    let parts: Vec<String> = own.into_iter().chain(prepaid).chain(owed).collect();
    match parts.is_empty() {
        true => Some(format!("{} of call time", hours_in_words(seconds))),
        false => Some(parts.join("; ")),
    }
}

/// Why a payment is asked for though there is an entitlement.
pub fn used_up_in_words(id: EntitlementId) -> String {
    format!("nothing is left of entitlement {}", id.0)
}

/// What pays in place of the entitlement that was chosen, where an event says so.
pub fn instead_in_words(event: &Event) -> Option<String> {
    match event {
        Event::Covered {
            entitlement: Some(taken),
            instead_of: Some(chosen),
            ..
        } => Some(format!(
            "{}: entitlement {} pays instead",
            used_up_in_words(*chosen),
            taken.0
        )),
        _ => None,
    }
}

/// What may pay for a new incident on `day`, in the order in which it is taken: the first is taken unless another one is
/// chosen.
pub fn fitting<'a>(
    policy: &Policy,
    entitlements: &'a [Entitlement],
    day: NaiveDate,
) -> Vec<&'a Entitlement> {
    let mut left = entitlements.to_vec();
    let mut fitting = Vec::new();
    while let CoverChoice::By(next) = choose_cover(policy, &left, day) {
        let id = next.id;
        fitting.extend(entitlements.iter().find(|owned| owned.id == id));
        left.retain(|owned| owned.id != id);
    }
    fitting
}

/// Whether the customer has a contract for emergency service on `day`.
pub fn emergency_contract_in_words(
    policy: &Policy,
    entitlements: &[Entitlement],
    day: NaiveDate,
) -> String {
    let valid = entitlements
        .iter()
        .find(|owned| owned.kind == EntitlementKind::Emergency && owned.covers(day));
    valid.map_or_else(
        || "No emergency contract".to_owned(),
        |owned| one_in_words(policy, owned),
    )
}

/// One entitlement with what is left of it, under the customer's policy.
pub fn one_in_words(policy: &Policy, entitlement: &Entitlement) -> String {
    let (left, granted) = (
        entitlement.remaining().unwrap_or_default(),
        entitlement.granted,
    );
    let title = title(policy, entitlement.kind);
    let until = entitlement
        .to
        .map(|day| format!(" until {}", day.format("%-d %b %Y")));
    let until = until.unwrap_or_default();
    match entitlement.kind {
        EntitlementKind::Contract => match entitlement.to {
            Some(_) => format!("{title}{until}"),
            None => format!("{title} without end"),
        },
        EntitlementKind::Emergency => format!("{title}{until}"),
        EntitlementKind::PerIncident | EntitlementKind::Pack => {
            format!("{title}: {left} of {granted} left{until}")
        }
        EntitlementKind::Hours => format!("{title}: {} left{until}", hours_in_words(left)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{example_settings, parse, shipped};
    use rstest::rstest;

    fn policy(name: &str) -> Policy {
        let text = shipped(name).unwrap();
        parse(text, &example_settings(text).unwrap()).unwrap()
    }

    fn entitlement(
        kind: EntitlementKind,
        granted: i64,
        taken: i64,
        to: Option<&str>,
    ) -> Entitlement {
        Entitlement {
            id: EntitlementId(1),
            kind,
            from: None,
            to: to.map(|to| to.parse().unwrap()),
            granted,
            taken,
            added_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            price: None,
            reference: None,
        }
    }

    #[rstest]
    #[case(
        "season-ticket",
        EntitlementKind::Pack,
        10,
        3,
        None,
        "Season ticket: 7 of 10 left"
    )]
    #[case(
        "season-ticket",
        EntitlementKind::Pack,
        10,
        10,
        None,
        "Season ticket used up: 60.00 GBP before work"
    )]
    #[case(
        "season-ticket",
        EntitlementKind::PerIncident,
        1,
        0,
        None,
        "Paid incidents: 1 of 1 left"
    )]
    #[case(
        "tech-reference",
        EntitlementKind::Hours,
        14_400,
        2_700,
        None,
        "Prepaid hours: 3 h 15 min left"
    )]
    #[case(
        "tech-reference",
        EntitlementKind::Contract,
        0,
        0,
        Some("2026-12-31"),
        "Contract until 31 Dec 2026"
    )]
    #[case(
        "tech-reference",
        EntitlementKind::Contract,
        0,
        0,
        Some("2026-11-22"),
        "No contract: 23.75 USD before work"
    )]
    #[case(
        "tech-reference",
        EntitlementKind::Contract,
        0,
        0,
        None,
        "Contract without end"
    )]
    #[case(
        "escalation",
        EntitlementKind::Contract,
        0,
        0,
        Some("2026-11-22"),
        "No contract: worked on, and marked as not covered"
    )]
    #[case("severity", EntitlementKind::Contract, 0, 0, None, "Free of charge")]
    fn what_pays_is_said_plainly(
        #[case] name: &str,
        #[case] kind: EntitlementKind,
        #[case] granted: i64,
        #[case] taken: i64,
        #[case] to: Option<&str>,
        #[case] words: &str,
    ) {
        let day = "2026-11-23".parse().unwrap();
        let owned = [entitlement(kind, granted, taken, to)];
        assert_eq!(in_words(&policy(name), &owned, day), words);
    }

    #[test]
    fn who_has_nothing_pays_first() {
        let day = "2026-11-23".parse().unwrap();
        assert_eq!(
            in_words(&policy("per-incident"), &[], day),
            "Nothing prepaid: 139.00 USD before work"
        );
    }
}
