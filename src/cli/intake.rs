//! `holdline intake`.

use serde::Serialize;

use super::told::{self, RECENT};
use super::{Failure, Session};
use crate::incident::{Customer, entitled};
use crate::policy::{
    Channel, Clause, Emergency, Intake as Rules, Moment, Policy, Severity, describe_intake,
};
use crate::store::{Access, Conduct, Desk};

/// Shows what is asked and said while an incident is taken in.
///
/// Severities with their definitions, scope, checklist, questions, what the caller is told, the emergency number, and
/// the clauses that matter; for a customer also what pays, whether it is open, and notes on conduct.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline intake per-incident
  holdline intake --customer \"Blue Fern\"
  holdline intake --customer C-0001 --json")]
pub struct Intake {
    /// The policy; the customer's, else the desk's first, without it.
    policy: Option<String>,
    /// Who is on the line: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: Option<String>,
    /// The office; the customer's without it.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
}

/// Everything that is asked and said, as JSON: the keys of the policy's file.
#[derive(Serialize)]
struct Shown<'a> {
    policy: &'a str,
    policy_version: u32,
    channels: &'a [Channel],
    severities: &'a [Severity],
    #[serde(flatten)]
    rules: &'a Rules,
    emergency_numbers: Vec<Number<'a>>,
    expedited: Vec<&'a str>,
    clauses: Vec<&'a Clause>,
    customer: Option<Caller>,
}

#[derive(Serialize)]
struct Number<'a> {
    office: &'a str,
    number: &'a str,
}

/// What is known of the caller.
#[derive(Serialize)]
struct Caller {
    id: String,
    name: String,
    office: Option<String>,
    cover: String,
    emergency_contract: Option<String>,
    pin: bool,
    hours: Option<String>,
    conduct: Vec<Conduct>,
}

impl Intake {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let customer = self.customer.as_deref();
        let customer = customer.map(|name| desk.customer_named(name)).transpose()?;
        let own = customer
            .as_ref()
            .and_then(|customer| customer.policy.clone());
        let name = self.policy.or(own);
        let ruling = desk.ruling(name.as_deref())?;
        let policy = &ruling.policy;
        let home = customer
            .as_ref()
            .and_then(|customer| customer.office.clone());
        let office = self.office.or(home);
        if office.is_some() {
            policy.calendar_spec(office.as_deref())?;
        }
        let hours = office
            .is_some()
            .then_some(office.as_deref())
            .or(policy.offices.is_empty().then_some(None))
            .and_then(|office| told::hours(&ruling, office, session.now(), session));
        let zone = session.zone_of(&ruling, office.as_deref());
        let day = session.now().with_timezone(&zone).date_naive();
        let caller = customer
            .map(|customer| Caller::new(&desk, customer, policy, day, hours))
            .transpose()?;
        if !session.json() {
            let columns = session.text_columns();
            let text = describe_intake(policy, office.as_deref(), columns);
            let caller = caller.map(|caller| caller.page(session));
            let text = caller.unwrap_or_default() + &text;
            return session.print(text.trim());
        }
        let products = policy.products.iter();
        let shown = Shown {
            policy: &policy.name,
            policy_version: ruling.version,
            channels: &policy.channels,
            severities: &policy.severities,
            rules: &policy.intake,
            emergency_numbers: policy
                .emergency_numbers(office.as_deref())
                .map(|(office, number)| Number { office, number })
                .collect(),
            expedited: products
                .filter(|product| product.expedite)
                .map(|product| product.name.as_str())
                .collect(),
            clauses: policy.clauses_at(Moment::Intake).collect(),
            customer: caller,
        };
        session.answer(&shown, "")
    }
}

impl Caller {
    fn new(
        desk: &Desk,
        customer: Customer,
        policy: &Policy,
        day: chrono::NaiveDate,
        hours: Option<String>,
    ) -> Result<Self, Failure> {
        let owned = desk.entitlements(customer.id)?;
        Ok(Self {
            cover: entitled::in_words(policy, &owned, day),
            emergency_contract: policy
                .intake
                .emergency
                .as_ref()
                .map(|_: &Emergency| entitled::emergency_contract_in_words(policy, &owned, day)),
            pin: desk.has_pin(customer.id)?,
            hours,
            conduct: desk.conduct(customer.id, RECENT)?,
            id: customer.code,
            name: customer.name,
            office: customer.office,
        })
    }

    fn page(&self, session: &Session) -> String {
        let mut lines = vec![format!("{} ({})", self.name, self.id), self.cover.clone()];
        lines.extend(self.emergency_contract.iter().map(|contract| {
            let pin = if self.pin {
                "a PIN is set"
            } else {
                "no PIN is set"
            };
            format!("{contract}; {pin}")
        }));
        lines.extend(self.hours.clone());
        let conduct = self.conduct.iter();
        lines.extend(conduct.map(|conduct| told::conduct(conduct, session)));
        lines.join("\n") + "\n"
    }
}
