//! What was charged for an incident, paid, given back and waived: to be read out, printed or sent.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::TechRef;
use super::decide::owed_today;
use super::describe::describe;
use super::event::{Event, Recorded};
use super::people::Customer;
use super::refusal::Refusal;
use super::remaining::full_instant;
use super::state::{Charge, Incident};
use crate::policy::{Money, Policy};

/// A receipt. Sums are absent where nothing was charged, and only what pays changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    desk: String,
    tech_ref: TechRef,
    customer: String,
    customer_code: String,
    summary: String,
    currency: Option<String>,
    price: Option<String>,
    paid: Option<String>,
    refunded: Option<String>,
    waived: Option<String>,
    owed: Option<String>,
    lines: Vec<Line>,
}

/// Something that happened to the incident's money, or to what pays for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Line {
    at: DateTime<Utc>,
    text: String,
}

/// The receipt of an incident of the desk of this name; `newest` is the version of its policy that is in force.
///
/// # Errors
/// When it cost nothing and nothing was taken for it.
pub fn receipt(
    incident: &Incident,
    customer: &Customer,
    timeline: &[Recorded],
    newest: &Policy,
    desk: &str,
) -> Result<Receipt, Refusal> {
    let number = incident.tech_ref;
    let lines: Vec<Line> = timeline.iter().filter_map(line).collect();
    if lines.is_empty() {
        return Err(Refusal::rule(format!(
            "{number} has cost nothing and nothing was taken for it: there is no receipt to give"
        )));
    }
    let charge = incident.charge;
    let amount =
        |minor: fn(&Charge) -> i64| charge.map(|charge| charge.money(minor(&charge)).amount());
    let owed = || owed_today(incident, newest);
    Ok(Receipt {
        desk: desk.to_owned(),
        tech_ref: number,
        customer: customer.name.clone(),
        customer_code: customer.code.clone(),
        summary: incident.summary.clone(),
        currency: charge.map(|charge| charge.price.currency.to_string()),
        price: amount(|charge| charge.price.minor),
        paid: amount(|charge| charge.paid),
        refunded: amount(|charge| charge.refunded),
        waived: amount(|charge| charge.waived),
        owed: charge.map(|charge| {
            let nothing = Money::zero(charge.price.currency);
            owed().unwrap_or(nothing).amount()
        }),
        lines,
    })
}

/// An entry of the timeline that is about money or about what pays.
fn line(entry: &Recorded) -> Option<Line> {
    let counts = matches!(
        entry.event,
        Event::Covered { .. }
            | Event::CoverUsed
            | Event::CoverReleased
            | Event::CoverRefunded { .. }
            | Event::Ordered { .. }
            | Event::Paid { .. }
            | Event::Waived { .. }
            | Event::Refunded { .. }
            | Event::TimeCharged { .. }
            | Event::TimeWaived { .. }
            | Event::TimeGivenBack { .. }
            | Event::PaymentKept { .. }
    );
    counts.then(|| Line {
        at: entry.at,
        text: describe(&entry.event),
    })
}

impl Receipt {
    /// The receipt for people, its instants in `zone`.
    pub fn text(&self, zone: Tz) -> String {
        let mut lines = vec![
            self.desk.clone(),
            format!("Receipt for {}, {}", self.tech_ref, self.summary),
            format!("{} ({})", self.customer, self.customer_code),
            String::new(),
        ];
        lines.extend(
            self.lines
                .iter()
                .map(|line| format!("{}  {}", full_instant(line.at, zone), line.text)),
        );
        let currency = self.currency.as_deref().unwrap_or_default();
        let sums = [
            ("Price", &self.price),
            ("Paid", &self.paid),
            ("Given back", &self.refunded),
            ("Waived", &self.waived),
            ("Owed", &self.owed),
        ];
        if self.currency.is_some() {
            lines.push(String::new());
        }
        lines.extend(sums.into_iter().filter_map(|(label, amount)| {
            let amount = amount.as_ref()?;
            Some(format!("{label:<11}{amount:>12} {currency}"))
        }));
        lines.join("\n")
    }
}
