//! What comes in by phone, and what pays for it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use holdline::incident::{
    Command, CustomerId, EmergencyCall, EntitlementEnd, EntitlementId, Incident, Log, LooseCall,
    LooseReason, NewEntitlement, State,
};
use holdline::policy::EntitlementKind;

use super::Walk;

impl Walk {
    /// A contact that becomes an incident.
    pub(super) fn log(&mut self) -> Command {
        let customer = self.customer();
        let ruling = self.ruling_of_customer(customer);
        let policy = &ruling.policy;
        let mut log = Log::new(customer, self.words());
        log.contact = match self.rng.u8(..100) {
            0..20 => None,
            _ => Some(self.known_person(customer)).filter(|person| !person.name.is_empty()),
        };
        log.detail = (self.rng.u8(..100) < 90).then(|| self.words());
        log.severity = self.severity(policy);
        (log.channel, log.channel_reason) = self.channel(policy);
        let emergency = policy.intake.emergency.is_some() && self.rng.u8(..100) < 30;
        log.emergency = emergency.then(|| self.emergency());
        log.call_seconds = self.rng.i64(0..1_200);
        log.outside = self.outside(false);
        log.answered = self.rng.u8(..100) < 15;
        log.estimate = log.answered.then(|| self.outlook(policy)).flatten();
        log.manual_page = (log.answered && self.rng.bool()).then(|| "page 3".to_owned());
        log.conduct = (self.rng.u8(..100) < 5).then(|| self.words());
        log.product = self.rng.bool().then(|| {
            self.any(&["lamp", "Medical billing software", "printer"])
                .to_owned()
        });
        log.what_changed = self.rng.bool().then(|| self.words());
        if let Some(route) = policy.intake.route.first() {
            let answer = &route.answers[self.rng.usize(..route.answers.len())];
            log.routing = BTreeMap::from([(route.key.clone(), answer.answer.clone())]);
        }
        if self.rng.u8(..100) < 10 {
            log.entitlement = self.owned(customer);
        }
        if self.rng.u8(..100) < 5 {
            log.external_id = Some(format!("ticket {}", self.rng.u16(..)));
        }
        let fault = match self.rng.u8(..100) {
            0..15 => self.incident(),
            _ => None,
        };
        log.same_as = fault.map(|fault| self.one_of(fault, |incident| incident.forks.known));
        if log.same_as.is_some() && self.rng.bool() {
            log.summary.clear();
        }
        Command::Log(Box::new(log))
    }

    /// One of the customer's entitlements, whatever is left of it.
    pub(super) fn owned(&mut self, customer: CustomerId) -> Option<EntitlementId> {
        let owned = self.desk.entitlements(customer).unwrap();
        match owned.len() {
            0 => None,
            many => Some(owned[self.rng.usize(..many)].id),
        }
    }

    pub(super) fn emergency(&mut self) -> EmergencyCall {
        let tried = self.rng.u32(0..20);
        EmergencyCall {
            tried: (self.rng.u8(..100) < 95).then_some(tried),
            failed: (self.rng.u8(..100) < 95).then(|| self.rng.u32(0..=tried + 1)),
            // A look at a PIN is slow by design.
            pin: (self.rng.u8(..100) < 5).then(|| self.pin()),
        }
    }

    /// Something that is bought or granted, or the early end of it.
    pub(super) fn entitlement(&mut self) -> Command {
        match self.rng.u8(..100) {
            0..12 => self.early_end().unwrap_or_else(|| self.bought()),
            _ => self.bought(),
        }
    }

    fn early_end(&mut self) -> Option<Command> {
        let customer = self.customer();
        let id = match self.rng.u8(..100) {
            0..5 => EntitlementId(99_999),
            _ => self.owned(customer)?,
        };
        let day = self.now + TimeDelta::days(self.rng.i64(-20..60));
        let end = EntitlementEnd {
            day: day.date_naive(),
            reason: self.words(),
            refund: false,
        };
        Some(Command::EndEntitlement(id, end))
    }

    fn bought(&mut self) -> Command {
        let customer = self.buyer();
        let ruling = self.ruling_of_customer(customer);
        let kinds = ruling
            .policy
            .cover
            .as_ref()
            .map_or(&[][..], |cover| &cover.kinds);
        let kind = match kinds {
            [] => EntitlementKind::Pack,
            some => self.any(some),
        };
        let day = |walk: &mut Self, ahead: i64| -> Option<NaiveDate> {
            let off = walk.rng.i64(-60..60) + ahead;
            walk.rng
                .bool()
                .then(|| (walk.now + TimeDelta::days(off)).date_naive())
        };
        // A contract that never ends would end all asking for payment.
        let contract = kind == EntitlementKind::Contract;
        let to = day(self, 0).or(contract.then(|| self.now.date_naive()));
        let count = self.rng.bool().then(|| self.rng.u32(1..4));
        let part = count.filter(|_| kind == EntitlementKind::Pack);
        let pack = ruling
            .policy
            .cover
            .as_ref()
            .and_then(|cover| cover.pack.as_ref());
        let price = pack.filter(|_| part.is_some()).map(|pack| pack.price);
        Command::AddEntitlement(NewEntitlement {
            customer,
            kind,
            from: day(self, -60),
            to,
            count,
            seconds: Some(self.rng.i64(1..8) * 1_800),
            method: Some(self.method(&ruling.policy)).filter(|_| !contract),
            reference: Some(self.words()),
            price,
        })
    }

    /// Who buys: every other time somebody whose incident waits for it.
    fn buyer(&mut self) -> CustomerId {
        let waits = |incident: &Incident| incident.state == State::AwaitingPayment;
        let waiting = self.those(waits);
        match self.rng.choice(&waiting) {
            Some(number) if self.rng.bool() => self.seen[number].customer,
            _ => self.customer(),
        }
    }

    pub(super) fn loose_call(&mut self) -> Command {
        Command::CallWithoutIncident(LooseCall {
            reason: self.any(&LooseReason::ALL),
            seconds: self.rng.i64(0..600),
            held: 0,
            customer: self.rng.bool().then(|| self.customer()),
            text: Some(self.words()),
        })
    }
}
