//! `holdline entitlement end`.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::calendar::Calendar;
use crate::cli::{Failure, Session};
use crate::incident::entitled::one_in_words;
use crate::incident::{Command, EntitlementEnd, EntitlementId};
use crate::store::Access;

/// Lets an entitlement end, today or with another day; what it paid for before stays paid.
///
/// No money is given back by that, unless --refund says so: then all that was paid is, where it pays for nothing yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline entitlement end 3 --reason \"contract cancelled\"
  holdline entitlement end 3 --on 2026-12-31 --reason \"not renewed\"
  holdline entitlement end 4 --refund --reason \"sold to the wrong customer\"")]
pub struct End {
    /// Its number, as `entitlement list` shows it.
    #[arg(value_name = "ID")]
    id: i64,
    /// Its last day, included, like 2026-12-31, 31.12., fri or tomorrow; today without it.
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Gives back what was paid for it, and lets it count no more from today on: where nothing of it is used or reserved.
    #[arg(long, conflicts_with = "on")]
    refund: bool,
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
        let day = session.day(self.on.as_deref().unwrap_or("today"), zone, true)?;
        let end = EntitlementEnd {
            day,
            reason: self.reason,
            refund: self.refund,
        };
        session.execute(&Command::EndEntitlement(id, end))?;
        let (customer, owned) = desk.entitlement_before(id, DateTime::<Utc>::MAX_UTC)?;
        let words = one_in_words(&ruling.policy, &owned);
        let back = desk.refund_of(customer.id, id, DateTime::<Utc>::MAX_UTC)?;
        let back = back.filter(|_| self.refund);
        let did = match back {
            Some(back) => format!("is ended, and {back} given back"),
            None => format!("ends on {day}"),
        };
        session.answer(
            &json!({"entitlement": id, "customer": customer.code, "to": owned.to, "refunded": back.map(|money| money.to_string())}),
            format!("{}: entitlement {} {did}: {words}", customer.name, id.0),
        )
    }
}
