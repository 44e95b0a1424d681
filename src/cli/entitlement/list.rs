//! `holdline entitlement list`.

use super::On;
use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::incident::entitled::one_in_words;
use crate::store::Access;

/// What a customer has, with what is left of it now or was left on a day.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline entitlement list --customer \"Blue Fern\"
  holdline entitlement list --customer C-0001 --on 2026-11-30")]
pub struct List {
    /// Whose: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: String,
    #[command(flatten)]
    on: On,
}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let customer = desk.customer_named(&self.customer)?;
        let ruling = desk.ruling(customer.policy.as_deref())?;
        let owned = desk.entitlements_before(customer.id, self.on.until(session)?)?;
        if session.json() {
            return session.print_json(&owned);
        }
        if owned.is_empty() {
            return session.print(format_args!(
                "{} has nothing yet: add what it buys with `holdline entitlement add`",
                customer.name
            ));
        }
        let headings = ["ID", "WHAT IS LEFT", "FROM", "PAID", "REFERENCE"];
        let mut table = Table::new(headings, session.columns());
        for owned in owned {
            table.row([
                owned.id.0.to_string(),
                one_in_words(&ruling.policy, &owned),
                owned.from.map_or_else(String::new, |day| day.to_string()),
                owned
                    .price
                    .map_or_else(String::new, |price| price.to_string()),
                owned.reference.unwrap_or_default(),
            ]);
        }
        session.print_table(&table)
    }
}
