//! `holdline receipt`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Failure, Session};
use crate::incident::{
    Event, Incident, Recorded, Refusal, TechRef, describe, full_instant, owed_today,
};
use crate::policy::Money;
use crate::store::Access;

/// What was charged for an incident, paid, given back and waived: to be read out, printed or sent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline receipt 10001-4
  holdline receipt 10001-4 --json")]
pub struct Receipt {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
}

#[derive(Serialize)]
struct Paper {
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

/// Something that happened to its money, or to what pays for it.
#[derive(Serialize)]
struct Line {
    at: DateTime<Utc>,
    text: String,
}

impl Receipt {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let number = desk.leads_to(session.number(&self.tech_ref)?)?;
        let (incident, customer) = desk.incident(number, session.now())?;
        let newest = desk.ruling(Some(&incident.policy))?;
        let lines: Vec<Line> = desk.timeline(number)?.iter().filter_map(line).collect();
        if lines.is_empty() {
            return Err(Refusal::rule(format!(
                "{number} has cost nothing and nothing was taken for it: there is no receipt to give"
            ))
            .into());
        }
        let charge = incident.charge;
        let amount = |minor: fn(&crate::incident::Charge) -> i64| {
            charge.map(|charge| charge.money(minor(&charge)).amount())
        };
        let paper = Paper {
            desk: desk.name()?,
            tech_ref: number,
            customer: customer.name,
            customer_code: customer.code,
            summary: incident.summary.clone(),
            currency: charge.map(|charge| charge.price.currency.to_string()),
            price: amount(|charge| charge.price.minor),
            paid: amount(|charge| charge.paid),
            refunded: amount(|charge| charge.refunded),
            waived: amount(|charge| charge.waived),
            owed: charge.map(|_| {
                owed_today(&incident, &newest.policy)
                    .map_or_else(|| nothing(&incident), |owed| owed.amount())
            }),
            lines,
        };
        let text = paper.text(session);
        session.answer(&paper, text)
    }
}

fn nothing(incident: &Incident) -> String {
    let price = incident.charge.map(|charge| charge.price);
    price.map_or_else(String::new, |price| Money::zero(price.currency).amount())
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
    );
    counts.then(|| Line {
        at: entry.at,
        text: describe(&entry.event),
    })
}

impl Paper {
    fn text(&self, session: &Session) -> String {
        let mut lines = vec![
            self.desk.clone(),
            format!("Receipt for {}, {}", self.tech_ref, self.summary),
            format!("{} ({})", self.customer, self.customer_code),
            String::new(),
        ];
        let zone = session.zone();
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
