//! `holdline entitlement end`.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::calendar::Calendar;
use crate::cli::{Failure, Session};
use crate::incident::entitled::one_in_words;
use crate::incident::{Command, EntitlementId};
use crate::store::Access;

/// Lets an entitlement end, today or with another day; what it paid for before stays paid, and no money is given back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline entitlement end 3 --reason \"contract cancelled\"
  holdline entitlement end 3 --on 2026-12-31 --reason \"not renewed\"")]
pub struct End {
    /// Its number, as `entitlement list` shows it.
    #[arg(value_name = "ID")]
    id: i64,
    /// Its last day, included; today without it.
    #[arg(long, value_name = "DAY")]
    on: Option<NaiveDate>,
    /// Why it ends.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl End {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let id = EntitlementId(self.id);
        let (customer, _) = desk.entitlement_before(id, DateTime::<Utc>::MAX_UTC)?;
        let ruling = desk.ruling(customer.policy.as_deref())?;
        let calendar = ruling.deadlines.calendar(customer.office.as_deref());
        let zone = calendar
            .ok()
            .flatten()
            .map_or(session.zone(), Calendar::zone);
        let today = session.now().with_timezone(&zone).date_naive();
        let day = self.on.unwrap_or(today);
        session.execute(&Command::EndEntitlement(id, day, self.reason))?;
        let (customer, owned) = desk.entitlement_before(id, DateTime::<Utc>::MAX_UTC)?;
        let words = one_in_words(&ruling.policy, &owned);
        session.answer(
            &json!({"entitlement": id, "customer": customer.code, "to": day}),
            format!(
                "{}: entitlement {} ends on {day}: {words}",
                customer.name, id.0
            ),
        )
    }
}
