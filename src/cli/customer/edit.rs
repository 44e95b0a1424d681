//! `holdline customer edit`.

use serde_json::json;

use crate::cli::{Failure, Session};
use crate::incident::{Command, CustomerChange};
use crate::store::Access;

/// Puts a customer right; what is not given stays as it is, an empty text takes it away.
///
/// Another policy or office holds for what is logged from now on: what is open stays under its own.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline customer edit C-0001 --name \"Blue Fern Ltd\"
  holdline customer edit \"Blue Fern\" --policy severity --office \"\"
  holdline customer edit C-0001 --if-revision 3 --office us   # the revision is in `customer show --json`")]
pub(super) struct Edit {
    /// The customer's name or code.
    customer: String,
    /// Its name from now on.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Its policy from now on; empty for the desk's first.
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// Its office from now on.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// The mail address of its account manager.
    #[arg(long, value_name = "ADDRESS")]
    account_manager: Option<String>,
}

impl Edit {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let change = CustomerChange {
            name: self.name,
            policy: self.policy,
            office: self.office,
            account_manager: self.account_manager,
            seen: None,
        };
        if change.is_empty() {
            return Err(Failure::Input(
                "nothing to change was given: name --name, --policy, --office or --account-manager"
                    .to_owned(),
            ));
        }
        let id = session
            .open(Access::Read)?
            .customer_named(&self.customer)?
            .id;
        session.execute(&Command::ChangeCustomer(id, change))?;
        let desk = session.open(Access::Read)?;
        let customer = desk.customer(id)?;
        let said = format!("{} is customer {}", customer.name, customer.code);
        let json = json!({
            "id": customer.code,
            "name": customer.name,
            "policy": customer.policy,
            "office": customer.office,
            "account_manager": customer.account_manager,
            "revision": desk.customer_revision(id)?,
        });
        session.answer(&json, said)
    }
}
