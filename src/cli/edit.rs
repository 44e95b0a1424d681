//! `holdline edit`.

use serde::Serialize;

use super::preview::{Preview, rehearse};
use super::step::{Standing, carried};
use super::{Failure, Session, routing, told};
use crate::incident::{Command, Edit as Change, Edited, EntitlementId, Event, Recorded, describe};
use crate::store::Access;

/// Puts right what was taken down about an incident; what is not given stays.
///
/// Where it turns out to be another customer's, what was taken from the one goes back to its balance, and is taken from
/// the other as at intake, or a payment is asked for; an order or payment for the incident itself goes along. An empty
/// text takes away what may be absent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline edit 10001-4 --summary \"Invoices print three times\" --product \"Ledger 9\"
  holdline edit 10001-4 --contact \"Ada Moss\" --call-back \"+44 20 7946 0001\"
  holdline edit 10001-4 --severity high --agreed-with \"Ada Moss, by phone\"
  holdline edit 10001-4 --route matter=using
  holdline edit 10001-4 --customer \"Red Oak\" --dry-run")]
pub struct Edit {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    preview: Preview,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The issue in one line.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// The issue in full.
    #[arg(long, value_name = "TEXT")]
    detail: Option<String>,
    /// The product.
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// What changed before it began.
    #[arg(long, value_name = "TEXT")]
    changed: Option<String>,
    /// Another answer to one of the policy's routing questions; may be given several times.
    #[arg(long = "route", value_name = "Q=A", num_args = 1.., value_parser = routing::answer)]
    routing: Vec<(String, String)>,
    /// Who speaks for the customer: one of its people.
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    /// The number to call that person back.
    #[arg(long, value_name = "NUMBER")]
    call_back: Option<String>,
    /// Whose it is: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: Option<String>,
    /// With --customer: the entitlement to take, where the first that fits is not wanted; `entitlement list` has them.
    #[arg(long, value_name = "ID", requires = "customer")]
    entitlement: Option<i64>,
    /// The office whose hours count.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// The severity, as the policy names it.
    #[arg(long, value_name = "NAME", requires = "agreed_with")]
    severity: Option<String>,
    /// With --severity: who agreed, and how.
    #[arg(long, value_name = "TEXT", requires = "severity")]
    agreed_with: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    standing: Standing,
    /// Every field that was changed, as it is and as it was.
    edited: Option<Edited>,
}

impl Edit {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        let command = Command::Edit(number, Box::new(self.fields.read(session)?));
        if self.preview.only() {
            return rehearse(session, number, &command);
        }
        let context = session.context()?;
        let answer = session.batch(|batch| {
            let number = carried(batch, &command, &context)?;
            let timeline = batch.desk().timeline(number)?;
            Ok(Answer {
                standing: Standing::read(batch, number, session)?,
                edited: timeline.into_iter().rev().find_map(edited),
            })
        })?;
        let said = answer.edited.clone().map(|edited| {
            let said = describe(&Event::Edited(Box::new(edited)));
            said + "\n"
        });
        let (said, standing) = (said.unwrap_or_default(), &answer.standing);
        session.answer(&answer, format_args!("{said}{standing}"))?;
        let moved = answer
            .edited
            .is_some_and(|edited| edited.customer.is_some());
        match moved {
            true => told::who_pays(&session.open(Access::Read)?, number, session),
            false => Ok(()),
        }
    }
}

fn edited(entry: Recorded) -> Option<Edited> {
    match entry.event {
        Event::Edited(edited) => Some(*edited),
        _ => None,
    }
}

impl Fields {
    /// What was typed.
    fn read(self, session: &Session) -> Result<Change, Failure> {
        let customer = match &self.customer {
            Some(customer) => Some(session.open(Access::Read)?.customer_named(customer)?.id),
            None => None,
        };
        Ok(Change {
            summary: self.summary,
            detail: self.detail,
            product: self.product,
            what_changed: self.changed,
            routing: routing::answers(self.routing)?,
            customer,
            entitlement: self.entitlement.map(EntitlementId),
            office: self.office,
            contact: self.contact,
            call_back: self.call_back,
            severity: self.severity,
            agreed_with: self.agreed_with,
        })
    }
}
