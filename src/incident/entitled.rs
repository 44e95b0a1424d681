//! What a customer is entitled to, in plain words: what an agent says before the work begins.

use chrono::NaiveDate;

use super::decide::{CoverChoice, choose_cover};
use super::event::Event;
use super::people::{Entitlement, EntitlementId};
use super::remaining::hours_in_words;
use crate::policy::{EntitlementKind, Policy};

/// What would pay for a new incident on `day`: `Season ticket: 7 of 10 left`, `Contract until 31 Dec 2026`, `No
/// contract: 139.00 USD before work`, `Free of charge`.
pub fn in_words(policy: &Policy, entitlements: &[Entitlement], day: NaiveDate) -> String {
    let kinds = policy.cover.as_ref().map_or(&[][..], |cover| &cover.kinds);
    let nothing = if kinds.contains(&EntitlementKind::Contract) {
        "No contract"
    } else {
        "Nothing prepaid"
    };
    match choose_cover(policy, entitlements, day) {
        CoverChoice::Free => "Free of charge".to_owned(),
        CoverChoice::By(entitlement) => one_in_words(policy, entitlement),
        CoverChoice::Pay(asked) => format!("{nothing}: {} before work", asked.price),
        CoverChoice::Uncovered => format!("{nothing}: worked on, and marked as not covered"),
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
    let pack = policy.cover.as_ref().and_then(|cover| cover.pack.as_ref());
    let pack = pack.map_or("Pack", |pack| pack.title.as_str());
    let until = entitlement
        .to
        .map(|day| format!(" until {}", day.format("%-d %b %Y")));
    let until = until.unwrap_or_default();
    match entitlement.kind {
        EntitlementKind::Contract => match entitlement.to {
            Some(_) => format!("Contract{until}"),
            None => "Contract without end".to_owned(),
        },
        EntitlementKind::Emergency => format!("Emergency contract{until}"),
        EntitlementKind::PerIncident => format!("Paid incidents: {left} of {granted} left{until}"),
        EntitlementKind::Pack => format!("{pack}: {left} of {granted} left{until}"),
        EntitlementKind::Hours => format!("Prepaid hours: {} left{until}", hours_in_words(left)),
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
        "No contract: 60.00 GBP before work"
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
