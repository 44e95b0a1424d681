//! `holdline entitlement add`.

use serde_json::json;

use crate::calendar::Length;
use crate::cli::{Failure, Session};
use crate::incident::entitled::one_in_words;
use crate::incident::{Command, NewEntitlement, read_paid};
use crate::policy::EntitlementKind;
use crate::store::{Access, Done};

/// Records a contract, a purchase, a pack or prepaid hours.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline entitlement add --kind contract --customer \"Blue Fern\" --from 2026-01-01 --to 2026-12-31
  holdline entitlement add --kind pack --customer C-0001 --method bank-transfer --reference INV-204
  holdline entitlement add --kind hours --customer C-0001 --time 4h --method visa --reference 7781")]
pub struct Add {
    /// What it is.
    #[arg(long, value_enum)]
    kind: EntitlementKind,
    /// Whose it is: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: String,
    /// Its first day, like 2026-01-01, 1.1.2026 or today; valid from ever without it.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Its last day, included, like 2026-12-31 or 31.12.; valid for ever without it.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// How many incidents; a pack has the policy's size without it, and never more.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,
    /// How many prepaid hours, like 4h or 2h 30m.
    #[arg(long, value_name = "LENGTH")]
    time: Option<Length>,
    /// How it was paid: one of the policy's methods.
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// The order or payment that it came by.
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// What was paid, where the policy names no price, as for a part of a pack: 180.00, or 180.00 GBP.
    #[arg(long, value_name = "AMOUNT")]
    price: Option<String>,
}

impl Add {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let add = self;
        let desk = session.open(Access::Read)?;
        let customer = desk.customer_named(&add.customer)?;
        let ruling = desk.ruling(customer.policy.as_deref())?;
        let zone = session.zone_of(&ruling, customer.office.as_deref());
        let day = |typed: Option<String>| {
            let day = typed.map(|typed| session.day(&typed, zone, true));
            day.transpose()
        };
        let (from, to) = (day(add.from)?, day(add.to)?);
        let price = add
            .price
            .as_deref()
            .map(|price| read_paid(price, &ruling.policy))
            .transpose()?;
        let done = session.execute(&Command::AddEntitlement(NewEntitlement {
            customer: customer.id,
            kind: add.kind,
            from,
            to,
            count: add.count,
            seconds: add.time.map(Length::nominal_seconds),
            method: add.method,
            reference: add.reference,
            price,
        }))?;
        let Done::Entitlement(id) = done else {
            return Err(crate::cli::session::other_answer());
        };
        let today = session.now().with_timezone(&zone).date_naive();
        if let Some(ended) = to.filter(|to| *to < today) {
            session.note(format_args!(
                "entitlement {} ended {ended}: it pays for nothing from today on",
                id.0
            ));
        }
        let added = desk.entitlements(customer.id)?;
        let added = added.iter().find(|known| known.id == id);
        let words = added.map(|added| one_in_words(&ruling.policy, added));
        let words = words.unwrap_or_default();
        session.answer(
            &json!({"entitlement": id, "customer": customer.code}),
            format!("{}: entitlement {}, {words}", customer.name, id.0),
        )
    }
}
