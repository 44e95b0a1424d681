//! `holdline entitlement show`.

use serde::Serialize;

use super::On;
use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::incident::entitled::one_in_words;
use crate::incident::{Entitlement, EntitlementId, hours_in_words};
use crate::policy::EntitlementKind;
use crate::store::{Access, Drawn};

/// What was taken of an entitlement and given back to it, by whom, for which incident; the balance is their sum.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline entitlement show 3
  holdline entitlement show 3 --on 2026-11-30")]
pub struct Show {
    /// Its number, as `entitlement list` shows it.
    #[arg(value_name = "ID")]
    id: i64,
    #[command(flatten)]
    on: On,
}

#[derive(Serialize)]
struct Page<'a> {
    customer: &'a str,
    #[serde(flatten)]
    entitlement: &'a Entitlement,
    remaining: Option<i64>,
    refunded: Option<String>,
    ledger: &'a [Drawn],
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let id = EntitlementId(self.id);
        let until = self.on.until(session)?;
        let (customer, owned) = desk.entitlement_before(id, until)?;
        let ledger = desk.ledger(id, until)?;
        let back = desk.refund_of(customer.id, id, until)?;
        let back = back.map(|money| money.to_string());
        let page = Page {
            customer: &customer.code,
            entitlement: &owned,
            remaining: owned.remaining(),
            refunded: back.clone(),
            ledger: &ledger,
        };
        if session.json() {
            return session.print_json(&page);
        }
        let ruling = desk.ruling(customer.policy.as_deref())?;
        let words = one_in_words(&ruling.policy, &owned);
        session.print(format_args!(
            "{}: entitlement {}, {words}{}",
            customer.name,
            id.0,
            back.map_or_else(String::new, |back| format!("; {back} given back"))
        ))?;
        if ledger.is_empty() {
            return session.print("nothing was taken of it");
        }
        let amount = |units: i64| match owned.kind {
            EntitlementKind::Hours => hours_in_words(units),
            _ => units.to_string(),
        };
        let mut left = owned.granted;
        let mut table = Table::new(
            ["WHEN", "WHO", "INCIDENT", "WHAT", "TAKEN", "LEFT"],
            session.columns(),
        );
        for drawn in &ledger {
            left -= drawn.change;
            let change = match drawn.change {
                0 => String::new(),
                change if change < 0 => format!("-{}", amount(-change)),
                change => amount(change),
            };
            table.row([
                session.told(drawn.at, session.zone()),
                drawn.agent.clone(),
                drawn.tech_ref.to_string(),
                drawn.entry.in_words(owned.kind, drawn.change).to_owned(),
                change,
                amount(left),
            ]);
        }
        session.print_table(&table)
    }
}
