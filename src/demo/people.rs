//! The sample desk's customers, what they bought, and its agents. All of them are invented, and so are their numbers.

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use crate::incident::{Command, Contact, Customer, CustomerId, NewCustomer, NewEntitlement};
use crate::policy::{Cover, EntitlementKind};
use crate::store::{Batch, Context, Done, StoreError};

const FIRST: [&str; 16] = [
    "Blue Fern",
    "Nordlicht",
    "Café Aurore",
    "Lindqvist",
    "Três Rios",
    "Ōkami",
    "Silver Birch",
    "Müller & Sohn",
    "Zielony Most",
    "Harbour Lane",
    "Ñandú",
    "Kestrel",
    "Łąka",
    "Olive Court",
    "Sankt Veit",
    "Paper Crane",
];
const SECOND: [&str; 10] = [
    "Books", "Logistik", "Dental", "Foods", "Studio", "Motors", "Travel", "Garden", "Legal",
    "Clinic",
];
const GIVEN: [&str; 14] = [
    "Ana", "Björn", "Chloé", "Dmitri", "Eva", "Fatima", "Giorgos", "Hana", "Íñigo", "Jelena",
    "Kofi", "Lucía", "Mehmet", "Noor",
];
const FAMILY: [&str; 12] = [
    "Lima",
    "Sørensen",
    "Dubois",
    "Kovač",
    "Okafor",
    "Tanaka",
    "Weiß",
    "García",
    "O'Neill",
    "Nowak",
    "Petrov",
    "Yılmaz",
];
const COLLEAGUES: [&str; 5] = ["ines", "jonas", "mei", "omar", "petra"];

/// Incidents that a customer has on average.
const EACH: usize = 6;

/// Everybody on the sample desk.
pub(super) struct People {
    customers: Vec<Customer>,
    /// The agents, the one who made the desk first.
    pub(super) agents: Vec<String>,
}

impl People {
    /// Puts customers and agents on the desk, enough for `count` incidents.
    pub(super) fn settle(
        batch: &mut Batch<'_>,
        count: usize,
        context: &Context,
        rng: &mut Rng,
    ) -> Result<Self, StoreError> {
        let mut agents = vec![context.agent.clone()];
        for name in COLLEAGUES {
            batch.execute(&Command::AddAgent(name.to_owned()), context)?;
            agents.push(name.to_owned());
        }
        let policies = batch.desk().policies()?;
        let mut customers = Vec::new();
        for place in 0..(count / EACH).max(policies.len() * 3) {
            let policy = policies
                .get(place % policies.len().max(1))
                .map(|policy| policy.name.clone());
            let ruling = batch.desk().ruling(policy.as_deref())?;
            let office = rng
                .choice(&ruling.policy.offices)
                .map(|office| office.name.clone());
            let new = customer(place, policy, office, rng);
            let Done::Customer(id, _) = batch.execute(&Command::AddCustomer(new), context)? else {
                continue;
            };
            if let Some(cover) = &ruling.policy.cover {
                buy(batch, id, cover, context, rng)?;
            }
            customers.push(batch.desk().customer(id)?);
        }
        Ok(Self { customers, agents })
    }

    /// Somebody who calls.
    pub(super) fn any(&self, rng: &mut Rng) -> Option<(&Customer, Option<&Contact>)> {
        let customer = rng.choice(&self.customers)?;
        Some((customer, rng.choice(&customer.contacts)))
    }
}

fn pick<'a>(words: &[&'a str], rng: &mut Rng) -> &'a str {
    rng.choice(words).copied().unwrap_or_default()
}

fn customer(
    place: usize,
    policy: Option<String>,
    office: Option<String>,
    rng: &mut Rng,
) -> NewCustomer {
    let (first, second) = (place % FIRST.len(), place / FIRST.len());
    let name = match (FIRST.get(first), SECOND.get(second % SECOND.len())) {
        (Some(first), Some(second_word)) if second < SECOND.len() => {
            format!("{first} {second_word}")
        }
        (Some(first), Some(second_word)) => {
            format!("{first} {second_word} {}", second / SECOND.len() + 1)
        }
        _ => format!("Customer {place}"),
    };
    let contacts = (0..rng.usize(1..4)).map(|_| contact(place, rng)).collect();
    NewCustomer {
        name,
        policy,
        office,
        contacts,
        ..NewCustomer::default()
    }
}

fn contact(place: usize, rng: &mut Rng) -> Contact {
    let (given, family) = (pick(&GIVEN, rng), pick(&FAMILY, rng));
    let phone = if rng.bool() {
        format!("+1 202 555 {:04}", rng.u32(100..200))
    } else {
        format!("+44 20 7946 {:04}", rng.u32(0..1_000))
    };
    Contact {
        name: format!("{given} {family}"),
        role: rng
            .choice(["office manager", "bookkeeper", "administrator", "owner"])
            .map(str::to_owned),
        phones: vec![phone],
        mails: vec![format!(
            "{}@customer{place}.example.com",
            given.to_lowercase()
        )],
        zone: None,
        awaiting: Vec::new(),
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
