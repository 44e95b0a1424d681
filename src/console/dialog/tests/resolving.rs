//! Every outcome of every policy, by keys alone.

use super::{Desk, ME, NOW, form, incident, message, screen};
use crate::console::model::Layer;
use crate::console::testing::Shop;
use crate::incident::{ClockKind, Log, NewCustomer, State, Step};
use crate::policy::{Need, Policy, shipped_names};
use rstest::rstest;

#[test]
fn every_outcome_of_every_policy_is_reached_by_filling_in_what_it_needs() {
    for policy in shipped_names() {
        let outcomes = policy_of(policy);
        for outcome in outcomes.chosen_outcomes() {
            let mut console = Desk::workable(policy).open();
            console.press("d");
            console.type_in(&outcome.name);
            assert_eq!(form(&console).form.value("outcome"), outcome.name);
            // Saving leads to whatever is still needed, one field after the other.
            let mut asked = Vec::new();
            while let Some(Layer::Step(dialog)) = console.press("ctrl-d").model.layers.last() {
                asked.push(dialog.form.focused().to_owned());
                assert!(asked.len() < 9, "{asked:?}");
                console.type_in("it is said");
            }
            let among = |needs: &[Need]| {
                let keys = needs.iter().map(|need| need.key());
                keys.filter(|key| asked.iter().any(|asked| asked == key))
                    .count()
            };
            let one_of = usize::from(!outcome.needs_one_of.is_empty());
            assert_eq!(among(&outcome.needs), outcome.needs.len());
            assert_eq!(among(&outcome.needs_one_of), one_of);
            assert_eq!(asked.len(), outcome.needs.len() + one_of);
            assert!(message(&console).starts_with("10001-4: resolved"));
            let incident = incident(&console);
            let resolution = incident.resolution.clone().unwrap();
            assert_eq!(
                (incident.state, resolution.outcome.as_str()),
                (State::Resolved, outcome.name.as_str())
            );
        }
    }
}

fn policy_of(name: &str) -> std::sync::Arc<Policy> {
    let console = Desk::workable(name).open();
    console.model.current().unwrap().ruling.policy.clone()
}

#[test]
fn only_what_the_picked_outcome_is_given_with_is_asked() {
    let mut console = Desk::workable("escalation").open();
    console.press("d");
    console.type_in("bug");
    let shown = screen(&mut console);
    assert!(shown.contains("Reference*") && shown.contains("Indication*"));
    assert!(shown.contains("Critical") && !shown.contains("Forwarded"));
    console.type_in(" ");
    console.press("backspace backspace backspace backspace");
    console.type_in("not");
    let shown = screen(&mut console);
    assert!(shown.contains("Details*") && !shown.contains("Reference"));
}

#[test]
fn what_was_typed_for_one_outcome_stays_for_another() {
    let mut console = Desk::workable("per-incident").open();
    console.press("d");
    console.type_in("solution");
    console.press("tab");
    console.type_in("A new fuse");
    console.press("shift-tab");
    console.type_in("w");
    assert_eq!(form(&console).form.value("outcome"), "workaround");
    assert_eq!(form(&console).form.value(Need::Detail.key()), "A new fuse");
}

#[rstest]
#[case("own-bug", "Gives back 139.00 USD.", 13_900)]
#[case("user-error", "What was paid is kept: no refund.", 0)]
fn the_form_says_what_the_cause_does_to_the_money(
    #[case] cause: &str,
    #[case] says: &str,
    #[case] refunded: i64,
) {
    let mut console = Desk::workable("per-incident").open();
    console.press("d");
    console.type_in("sol");
    console.press("tab tab");
    console.type_in(cause);
    assert!(
        screen(&mut console).contains(says),
        "{}",
        screen(&mut console)
    );
    console.press("shift-tab");
    console.type_in("A fix");
    console.press("ctrl-d");
    if refunded > 0 {
        assert_eq!(incident(&console).charge.unwrap().refunded, 0);
        console.press("ctrl-d");
    }
    assert_eq!(incident(&console).charge.unwrap().refunded, refunded);
}

#[test]
fn a_critical_bug_starts_the_patch_and_the_form_says_when_it_is_due() {
    let mut console = Desk::workable("escalation").open();
    console.press("d");
    console.type_in("bug");
    console.press("tab tab");
    console.type_in("B-7");
    // To the indication, past the version.
    console.press("tab tab");
    console.type_in("in the next version");
    console.press("tab");
    console.type_in("y");
    assert!(screen(&mut console).contains("A patch is due Tue 24 Nov 16:45 GMT."));
    console.press("ctrl-d");
    assert!(incident(&console).running(ClockKind::Patch).is_some());
}

#[test]
fn who_stays_open_under_another_policy_is_said_beforehand() {
    let mut shop = Shop::new(&["severity", "season-ticket"]);
    let customer = |shop: &mut Shop, name: &str, policy: &str| {
        shop.customer(NewCustomer {
            name: name.to_owned(),
            policy: Some(policy.to_owned()),
            ..NewCustomer::default()
        })
    };
    let fern = customer(&mut shop, "Blue Fern", "severity");
    let mut log = Log::new(fern, "The panel stays dark");
    log.severity = Some("low".to_owned());
    let fault = shop.log(ME, NOW, log);
    shop.step(ME, NOW, fault, Step::Known(true));
    for (name, policy) in [("Red Oak", "severity"), ("Grey Heron", "season-ticket")] {
        let customer = customer(&mut shop, name, policy);
        let mut log = Log::new(customer, "Dark");
        log.severity = (policy == "severity").then(|| "low".to_owned());
        log.same_as = Some(fault);
        shop.log(ME, NOW, log);
    }
    let mut console = shop.open(NOW, chrono_tz::Tz::UTC, (120, 40));
    console.press("1 0 0 0 1 4 enter d").type_in("fixed");
    let shown = screen(&mut console);
    let words = shown.split_whitespace().filter(|word| *word != "│");
    let words: Vec<&str> = words.collect();
    let said = "1 of them stays open, and nobody is told: season-ticket has no outcome \"fixed\".";
    assert!(words.join(" ").contains(said), "{shown}");
}

#[test]
fn a_word_in_the_meaning_of_several_outcomes_picks_the_first_of_them() {
    let mut console = Desk::workable("per-incident").open();
    console.press("d");
    console.type_in("solv").press("tab");
    assert_eq!(form(&console).form.value("outcome"), "solution");
}
