//! Money taken, not taken, or given back.

use super::accept;
use super::sheet::{Note, Seen, Sheet, given, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::{Dated, EntitlementId, Event, State, Step, entitled, money_ways};
use crate::policy::Moment;

/// What the customer has bought meanwhile pays.
const COVERED: &str = "covered";

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let situation = seen.model.situation(seen.dossier);
    let owned = accept::fitting(seen.model, seen.dossier);
    let ways = money_ways(incident, situation, accept::today(seen.model, seen.dossier));
    let choices: Vec<Choice> = ways
        .into_iter()
        .map(|way| named(way.name, way.about))
        .collect();
    let first = choices.first().map(|choice| choice.value.clone());
    let cover = seen.policy().cover.as_ref();
    let methods = cover.map_or(&[][..], |cover| &cover.methods);
    let only = match methods {
        [only] => only.as_str(),
        _ => "",
    };
    let is_paid = |form: &Form| form.value("what") == "paid";
    let is_ordered = |form: &Form| form.value("what") == "ordered";
    let pays = owned.iter().map(|owned| {
        let words = entitled::one_in_words(seen.policy(), owned);
        Choice::new(owned.id.0.to_string(), words, "")
    });
    let one = owned.first().map(|owned| owned.id.0.to_string());
    let several = owned.len() > 1;
    let form = Form::new(vec![
        Field::pick("what", "What", choices)
            .required()
            .holding(&first.unwrap_or_default()),
        Field::pick("paid_by", "Paid by", pays.collect())
            .required()
            .holding(&one.unwrap_or_default())
            .when(move |form| several && form.value("what") == COVERED),
        Field::pick(
            "method",
            "Method",
            methods.iter().map(|method| named(method, "")).collect(),
        )
        .required()
        .holding(only)
        .when(is_paid),
        Field::text("reference", "Reference")
            .required()
            .help("The order's or payment's number.")
            .when(is_paid),
        Field::text("order", "Reference")
            .help("The order's number, if it has one.")
            .when(is_ordered),
        Field::area("reason", "Reason", 2)
            .required()
            .when(|form| matches!(form.value("what").as_str(), "waived" | "refunded")),
    ]);
    let sheet = Sheet::new("Money", |form, _| {
        let reason = form.value("reason");
        match form.value("what").as_str() {
            COVERED => {
                let id = form.value("paid_by").parse().ok();
                Ok(Step::Cover {
                    entitlement: id.map(EntitlementId),
                })
            }
            "paid" => Ok(Step::Pay {
                method: form.value("method"),
                reference: form.value("reference"),
                amount: None,
            }),
            "ordered" => Ok(Step::Order {
                reference: given(form, "order"),
            }),
            "waived" => Ok(Step::Waive { reason }),
            "refunded" => Ok(Step::Refund { reason }),
            _ => Err("pick what became of the money".to_owned()),
        }
    });
    let sheet = sheet.saying(agreed);
    (sheet.at(seen.policy(), Moment::Payment), form)
}

/// At which price it is ordered; and what is there for the customer once it is done.
fn agreed(seen: &Seen<'_>, form: &Form, events: &[Dated]) -> Vec<Note> {
    let price = events.iter().find_map(|(_, event)| match event {
        Event::Ordered { price, .. } => Some(*price),
        _ => None,
    });
    let price = price.filter(|_| form.value("what") == "ordered");
    let ordered = price.map(|price| plain(format!("Ordered at {price}: that stays its price.")));
    let moved = events
        .iter()
        .any(|(_, event)| matches!(event, Event::Paid { .. } | Event::Refunded { .. }));
    let receipt =
        moved.then(|| plain("Then $ gives its receipt: to be read out, copied, written."));
    // What costs less for who rings often is for the agent to offer.
    let waits = seen.dossier.incident.state == State::AwaitingPayment;
    let covered = form.value("what") == COVERED;
    let sold = seen
        .policy()
        .cover
        .as_ref()
        .and_then(|cover| cover.pack.as_ref());
    let sold = sold.filter(|_| waits && !covered).map(|pack| {
        let (title, size, price) = (&pack.title, pack.size, pack.price);
        plain(format!(
            "{title} on sale too, {size} for {price}: F3 and + sell one, then p pays by it."
        ))
    });
    ordered.into_iter().chain(receipt).chain(sold).collect()
}
