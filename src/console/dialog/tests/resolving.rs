//! Every outcome of every policy, by keys alone.

use super::{form, incident, message, screen, workable};
use crate::incident::{ClockKind, State};
use crate::policy::{Need, Policy, shipped_names};
use rstest::rstest;

#[test]
fn every_outcome_of_every_policy_is_reached_by_filling_in_what_it_needs() {
    for policy in shipped_names() {
        let outcomes = policy_of(policy);
        for outcome in outcomes.chosen_outcomes() {
            let (mut shop, number) = workable(policy);
            let mut model = shop.model(number);
            shop.press(&mut model, "d");
            shop.write(&mut model, &outcome.name);
            assert_eq!(form(&model).form.value("outcome"), outcome.name);
            // The fields that may be skipped come last, where the form is saved from.
            let needed = outcome
                .needs
                .iter()
                .chain(outcome.needs_one_of.first())
                .copied();
            for need in needed {
                shop.press(&mut model, "ctrl-d");
                assert_eq!(form(&model).form.focused(), need.key(), "{}", outcome.name);
                shop.write(&mut model, "it is said");
            }
            shop.press(&mut model, "ctrl-d");
            assert_eq!(message(&model), format!("{number}: resolved"));
            let incident = incident(&model);
            let resolution = incident.resolution.clone().unwrap();
            assert_eq!(
                (incident.state, resolution.outcome.as_str()),
                (State::Resolved, outcome.name.as_str())
            );
        }
    }
}

fn policy_of(name: &str) -> std::sync::Arc<Policy> {
    let (shop, number) = workable(name);
    let model = shop.model(number);
    model.current().unwrap().ruling.policy.clone()
}

#[test]
fn only_what_the_picked_outcome_is_given_with_is_asked() {
    let (mut shop, number) = workable("escalation");
    let mut model = shop.model(number);
    shop.press(&mut model, "d");
    shop.write(&mut model, "bug");
    let shown = screen(&model);
    assert!(shown.contains("Reference*") && shown.contains("Indication*"));
    assert!(shown.contains("Critical") && !shown.contains("Forwarded"));
    shop.write(&mut model, " ");
    shop.press(&mut model, "backspace backspace backspace backspace");
    shop.write(&mut model, "not");
    let shown = screen(&model);
    assert!(shown.contains("Details*") && !shown.contains("Reference"));
}

#[test]
fn what_was_typed_for_one_outcome_stays_for_another() {
    let (mut shop, number) = workable("per-incident");
    let mut model = shop.model(number);
    shop.press(&mut model, "d");
    shop.write(&mut model, "solution");
    shop.press(&mut model, "tab");
    shop.write(&mut model, "A new fuse");
    shop.press(&mut model, "backtab");
    shop.write(&mut model, "w");
    assert_eq!(form(&model).form.value("outcome"), "workaround");
    assert_eq!(form(&model).form.value(Need::Detail.key()), "A new fuse");
}

#[rstest]
#[case("own-bug", "Gives back 139.00 USD.", 13_900)]
#[case("user-error", "What was paid is kept: no refund.", 0)]
fn the_form_says_what_the_cause_does_to_the_money(
    #[case] cause: &str,
    #[case] says: &str,
    #[case] refunded: i64,
) {
    let (mut shop, number) = workable("per-incident");
    let mut model = shop.model(number);
    shop.press(&mut model, "d");
    shop.write(&mut model, "sol");
    shop.press(&mut model, "tab tab");
    shop.write(&mut model, cause);
    assert!(screen(&model).contains(says), "{}", screen(&model));
    shop.press(&mut model, "backtab");
    shop.write(&mut model, "A fix");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(incident(&model).charge.unwrap().refunded, refunded);
}

#[test]
fn a_critical_bug_starts_the_patch_and_the_form_says_when_it_is_due() {
    let (mut shop, number) = workable("escalation");
    let mut model = shop.model(number);
    shop.press(&mut model, "d");
    shop.write(&mut model, "bug");
    shop.press(&mut model, "tab tab");
    shop.write(&mut model, "B-7");
    // To the indication, past the version.
    shop.press(&mut model, "tab tab");
    shop.write(&mut model, "in the next version");
    shop.press(&mut model, "tab");
    shop.write(&mut model, "y");
    assert!(screen(&model).contains("A patch is due Tue 24 Nov 16:45."));
    shop.press(&mut model, "ctrl-d");
    assert!(incident(&model).running(ClockKind::Patch).is_some());
}
