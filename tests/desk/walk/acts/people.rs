//! Customers, their people, their PINs, and who works here.

use holdline::incident::{Command, Contact, CustomerChange, CustomerId, LeftTo, NewCustomer, Pin};

use super::Walk;
use crate::walk::POLICIES;

/// An address that more than one customer has.
pub(super) const SHARED: &str = "help@everybody.test";

impl Walk {
    /// Something about customers, agents or their shifts.
    pub(super) fn people(&mut self) -> Command {
        let customer = self.customer();
        match self.rng.u8(..40) {
            0..4 => self.new_customer(),
            4..10 if self.rng.bool() => {
                let note = self.rng.bool().then(|| self.words());
                Command::TakeOver(note)
            }
            10..16 => Command::ChangeCustomer(customer, self.change()),
            16..22 => self.change_contact(customer),
            22..31 => self.approve(customer),
            31..35 => {
                let name = self.any(&["kim", "lee", "sam", "nobody"]).to_owned();
                let left_to = match self.rng.u8(..4) {
                    0 => LeftTo::Unsaid,
                    1 => LeftTo::Agent("sam".to_owned()),
                    _ => LeftTo::Queue,
                };
                Command::AgentLeaves(name, left_to)
            }
            35..38 => Command::AddAgent(match self.rng.u8(..4) {
                0 => " ".to_owned(),
                _ => self.any(&["kim", "lee", "sam"]).to_owned(),
            }),
            // A look at a PIN is slow by design.
            38 if self.rng.u8(..100) < 80 => {
                let pin = self.rng.bool().then(|| Pin::new("271828").unwrap());
                Command::SetPin(customer, pin)
            }
            39 if self.rng.u8(..100) < 40 => Command::CheckPin(customer, self.pin()),
            _ => self.reach(customer),
        }
    }

    pub(super) fn customer(&mut self) -> CustomerId {
        let customers = self.customers.clone();
        self.any(&customers)
    }

    pub(super) fn pin(&mut self) -> Pin {
        Pin::new(self.any(&["271828", "271828", "314159"])).unwrap()
    }

    fn new_customer(&mut self) -> Command {
        let (policy, office) = self.any(&POLICIES);
        Command::AddCustomer(NewCustomer {
            name: self.words(),
            code: (self.rng.u8(..100) < 20).then(|| "C-0003".to_owned()),
            policy: Some(policy.to_owned()),
            office: self.office(office),
            ..NewCustomer::default()
        })
    }

    /// An office: mostly the right one.
    pub(super) fn office(&mut self, right: Option<&str>) -> Option<String> {
        let office = match self.rng.u8(..100) {
            0..5 => Some("the moon"),
            5..10 => None,
            _ => right,
        };
        office.map(str::to_owned)
    }

    /// A person, or further ways to reach one: mostly where somebody is to approve them.
    fn reach(&mut self, customer: CustomerId) -> Command {
        let mut strict = self.customers.clone();
        strict.retain(|customer| {
            let ruling = self.ruling_of_customer(*customer);
            ruling.policy.intake.address_approval.is_some()
        });
        let customer = match strict.is_empty() || self.rng.u8(..100) < 30 {
            true => customer,
            false => self.any(&strict),
        };
        let mut person = self.person(customer);
        if self.rng.bool() {
            person.name = self.known_person(customer).name;
        }
        let approved_by = (self.rng.u8(..100) < 30).then(|| "the account manager".to_owned());
        Command::AddContact(customer, person, approved_by)
    }

    fn change(&mut self) -> CustomerChange {
        let (policy, office) = self.any(&POLICIES);
        let moves = self.rng.u8(..100) < 40;
        CustomerChange {
            name: self.rng.bool().then(|| self.words()),
            policy: moves.then(|| policy.to_owned()),
            office: moves.then(|| self.office(office).unwrap_or_default()),
            account_manager: match self.rng.u8(..6) {
                0 => Some("nobody".to_owned()),
                1 => Some(String::new()),
                2 => Some("manager@accounts.test".to_owned()),
                _ => None,
            },
            seen: None,
        }
    }

    /// Somebody at a customer's.
    pub(super) fn known_person(&mut self, customer: CustomerId) -> Contact {
        let people = self.desk.customer(customer).unwrap().contacts;
        match people.len() {
            0 => Contact::default(),
            many => people[self.rng.usize(..many)].clone(),
        }
    }

    fn person(&mut self, customer: CustomerId) -> Contact {
        let blank = self.rng.u8(..100) < 3;
        Contact {
            name: match blank {
                true => " ".to_owned(),
                false => format!("Person {}", self.rng.u8(..40)),
            },
            phones: vec!["+1 555 0100".to_owned()],
            mails: match self.rng.u8(..100) {
                0..60 => vec![self.address(customer)],
                _ => Vec::new(),
            },
            ..Contact::default()
        }
    }

    fn address(&mut self, customer: CustomerId) -> String {
        match self.rng.u8(..100) {
            0..5 => "no address".to_owned(),
            5..10 => SHARED.to_owned(),
            _ => format!("p{}@customer-{}.test", self.rng.u8(..60), customer.0),
        }
    }

    fn change_contact(&mut self, customer: CustomerId) -> Command {
        let before = match self.rng.u8(..100) {
            0..10 => Contact {
                name: "Person 99".to_owned(),
                ..Contact::default()
            },
            _ => self.known_person(customer),
        };
        let new = self.person(customer);
        let after = match self.rng.u8(..3) {
            0 => Contact {
                name: new.name,
                ..before.clone()
            },
            1 => Contact {
                phones: vec!["+44 20 7946 0018".to_owned()],
                ..before.clone()
            },
            _ => Contact {
                name: before.name.clone(),
                ..new
            },
        };
        let approved_by = self.rng.bool().then(|| self.words());
        Command::ChangeContact(customer, Box::new([before, after]), approved_by)
    }

    fn approve(&mut self, customer: CustomerId) -> Command {
        let mut waiting: Vec<(CustomerId, String)> = Vec::new();
        for customer in &self.customers {
            let people = self.desk.customer(*customer).unwrap().contacts;
            let mails = people.into_iter().flat_map(|person| person.awaiting);
            waiting.extend(mails.map(|mail| (*customer, mail)));
        }
        let (customer, address) = match waiting.len() {
            0 if self.rng.u8(..100) < 80 => return self.reach(customer),
            many @ 1.. if self.rng.u8(..100) < 80 => waiting.swap_remove(self.rng.usize(..many)),
            _ => (customer, self.address(customer)),
        };
        Command::ApproveAddress(customer, address, self.words())
    }
}
