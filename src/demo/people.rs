//! The sample desk's customers, what they bought, and its agents. All of them are invented, and so are their numbers.

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use super::names::{COLLEAGUES, Names};
use super::scale::Scale;
use crate::incident::{Command, Customer, CustomerId, NewCustomer, NewEntitlement};
use crate::policy::{Cover, EntitlementKind};
use crate::store::{Batch, Context, Done, StoreError};

/// Everybody on the sample desk.
pub(super) struct People {
    /// From what each customer is made, in the order of their numbers: they are made anew when they call, so that very
    /// many need no room.
    customers: Vec<u64>,
    /// The policies that they come under by turns, and the offices of each.
    policies: Vec<(String, Vec<String>)>,
    names: Names,
    /// The agents, the one who made the desk first.
    pub(super) agents: Vec<String>,
}

impl People {
    /// Puts customers and agents on the desk, enough for `count` incidents, as long as `go_on` says so.
    pub(super) fn settle(
        batch: &mut Batch<'_>,
        count: usize,
        scale: Scale,
        context: &Context,
        rng: &mut Rng,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Self, StoreError> {
        let mut people = Self {
            customers: Vec::new(),
            policies: Vec::new(),
            names: Names::of(scale),
            agents: vec![context.agent.clone()],
        };
        for name in COLLEAGUES.iter().take(scale.agents - 1) {
            batch.execute(&Command::AddAgent((*name).to_owned()), context)?;
            people.agents.push((*name).to_owned());
        }
        let rulings = batch.desk().rulings()?;
        for ruling in &rulings {
            let offices = ruling.policy.offices.iter();
            let offices = offices.map(|office| office.name.clone()).collect();
            people.policies.push((ruling.policy.name.clone(), offices));
        }
        let wanted = (count / scale.each).max(rulings.len() * 3);
        for (place, ruling) in rulings.iter().cycle().take(wanted).enumerate() {
            if !go_on() {
                return Err(StoreError::Stopped);
            }
            people.customers.push(rng.get_seed());
            let new = people.new_customer(place, rng);
            let Done::Customer(id, _) = batch.execute(&Command::AddCustomer(new), context)? else {
                continue;
            };
            if let Some(cover) = &ruling.policy.cover {
                buy(batch, id, cover, context, rng)?;
            }
        }
        Ok(people)
    }

    /// A customer who calls.
    pub(super) fn any(&self, rng: &mut Rng) -> Option<CustomerId> {
        let place = rng.choice(0..self.customers.len())?;
        Some(CustomerId(i64::try_from(place + 1).ok()?))
    }

    /// The customer of a number.
    pub(super) fn customer(&self, id: CustomerId) -> Option<Customer> {
        self.at(usize::try_from(id.0).ok()?.checked_sub(1)?)
    }

    fn at(&self, place: usize) -> Option<Customer> {
        let mut rng = Rng::with_seed(*self.customers.get(place)?);
        let new = self.new_customer(place, &mut rng);
        Some(Customer {
            id: CustomerId(i64::try_from(place + 1).ok()?),
            code: new.code?,
            name: new.name,
            policy: new.policy,
            office: new.office,
            account_manager: new.account_manager,
            contacts: new.contacts,
        })
    }

    fn new_customer(&self, place: usize, rng: &mut Rng) -> NewCustomer {
        let (policy, offices) = self
            .policies
            .get(place % self.policies.len().max(1))
            .map(|(policy, offices)| (policy.clone(), offices.as_slice()))
            .unzip();
        let office = rng.choice(offices.unwrap_or_default()).cloned();
        let contacts = (0..rng.usize(1..4))
            .map(|_| self.names.contact(place, rng))
            .collect();
        NewCustomer {
            code: Some(format!("C-{:04}", place + 1)),
            name: self.names.company(place),
            policy,
            office,
            contacts,
            ..NewCustomer::default()
        }
    }
}

/// Most customers bought something that covers their incidents.
fn buy(
    batch: &mut Batch<'_>,
    customer: CustomerId,
    cover: &Cover,
    context: &Context,
    rng: &mut Rng,
) -> Result<(), StoreError> {
    for kind in cover.kinds.iter().copied() {
        if rng.u8(0..100) >= 45 {
            continue;
        }
        let today: NaiveDate = context.now.date_naive();
        let until = today.checked_add_days(Days::new(rng.u64(10..400)));
        let counted = matches!(kind, EntitlementKind::Contract | EntitlementKind::Emergency);
        let new = NewEntitlement {
            customer,
            kind,
            from: counted.then_some(today),
            to: until.filter(|_| counted),
            count: None,
            seconds: (kind == EntitlementKind::Hours).then(|| rng.i64(2..20) * 1_800),
            method: cover.methods.first().filter(|_| !counted).cloned(),
            reference: Some(format!("R-{}", rng.u32(1_000..9_999))),
            price: None,
        };
        batch.execute(&Command::AddEntitlement(new), context)?;
    }
    Ok(())
}
