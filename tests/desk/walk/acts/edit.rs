//! What is put right about an incident.

use holdline::incident::{Command, CustomerId, Edit, TechRef};

use super::Walk;

impl Walk {
    /// Some fields that are put right, each now and then one that the policy does not know; every other time it is
    /// somebody else's.
    pub(super) fn edit(&mut self) -> Option<Command> {
        let number = self.incident()?;
        let policy = self.policy_of(number);
        let mut text = || (self.rng.u8(..100) < 30).then(|| self.words());
        let (summary, detail, product, what_changed) = (text(), text(), text(), text());
        let severity = (self.rng.u8(..100) < 20).then(|| self.severity(&policy));
        let severity = severity.flatten();
        let known = policy.products.first().map(|known| known.name.clone());
        let edit = Edit {
            summary,
            detail: detail.filter(|_| !policy.intake.detail_required || self.rng.bool()),
            product: known.filter(|_| self.rng.bool()).or(product),
            what_changed,
            office: (!policy.offices.is_empty() && self.rng.u8(..100) < 40).then(|| {
                self.any(&["florida", "uk", "france", "harbour", "tower"])
                    .to_owned()
            }),
            contact: (self.rng.u8(..100) < 20).then(|| format!("Person {}", self.rng.u8(..40))),
            agreed_with: severity.is_some().then(|| self.words()),
            severity,
            customer: self.rng.bool().then(|| self.another_customer(number)),
            ..Edit::default()
        };
        Some(Command::Edit(number, Box::new(edit)))
    }

    /// Whose an incident might be instead: mostly a customer of the same policy.
    fn another_customer(&mut self, number: TechRef) -> CustomerId {
        let incident = &self.seen[&number];
        let (customer, policy) = (incident.customer, incident.policy.as_str());
        let alike: Vec<CustomerId> = self
            .customers
            .iter()
            .copied()
            .filter(|id| *id != customer && self.ruling_of_customer(*id).policy.name == policy)
            .collect();
        match alike.as_slice() {
            some @ [_, ..] if self.rng.u8(..100) < 95 => self.any(some),
            _ => self.customer(),
        }
    }
}
