//! `holdline customer erase`.

use serde_json::json;

use crate::cli::redact::{copies_in_words, counted};
use crate::cli::{Failure, Session};
use crate::incident::Refusal;
use crate::store::Access;

/// Erases what is written about a customer, for good.
///
/// Its names and people, what was said in its incidents, calls and mail, the files that came with them, and its PIN go;
/// numbers, times and money stay, and the chain of the timeline holds. It is refused while something of the customer is
/// open. Without --yes it only says what would go.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline customer erase C-0001
  holdline customer erase C-0001 --reason \"asked for it by letter\" --yes")]
pub(super) struct Erase {
    /// The customer's name or code.
    #[arg(value_name = "NAME-or-CODE")]
    customer: String,
    /// Why; it is kept.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Does it.
    #[arg(long)]
    yes: bool,
}

impl Erase {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let customer = desk.customer_named(&self.customer)?;
        let context = session.context()?;
        let erased =
            desk.erase_customer(customer.id, self.reason.as_deref(), &context, self.yes)?;
        let what = counted(&erased);
        if !self.yes {
            return Err(Refusal::rule(format!(
                "this erases all that is written about {} ({}), {what}; numbers, times and money stay, and nothing \
                 brings it back: say --yes to do it",
                customer.name, customer.code
            ))
            .into());
        }
        session.answer(
            &json!({
                "erased": customer.code, "entries": erased.entries, "incidents": erased.incidents,
                "files": erased.files, "copies": erased.copies,
            }),
            format_args!(
                "{}: erased, {what}{}",
                customer.code,
                copies_in_words(&erased)
            ),
        )
    }
}
