//! What pays for an incident, and what it costs.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Incident, State};
use crate::incident::people::EntitlementId;
use crate::policy::{EntitlementKind, Money};

/// What pays for an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The kind.
    pub kind: EntitlementKind,
    /// Which one; none where a payment for this incident alone covers it.
    pub entitlement: Option<EntitlementId>,
    /// Reserved, or used up by a first response or an acceptance.
    pub used: bool,
    /// Its unit was given back, though the incident was worked on: it is not taken again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refunded: bool,
}

/// The money of one incident, in the currency of its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// What the incident costs; the price of the day of order or payment.
    pub price: Money,
    /// Confirmed payments, in minor units.
    pub paid: i64,
    /// Given back.
    pub refunded: i64,
    /// Of what was given back, what is to be paid again before any work.
    #[serde(default, skip_serializing_if = "crate::incident::event::is_zero")]
    pub asked_again: i64,
    /// Not charged, by the shop's choice (P1-22).
    pub waived: i64,
    /// How much of the price is for call time, in minor units: work that was done, and costs what it cost then.
    #[serde(default, skip_serializing_if = "crate::incident::event::is_zero")]
    pub for_time: i64,
    /// When it was ordered, which fixes the price (P1-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_at: Option<DateTime<Utc>>,
}

impl Charge {
    /// This price, and nothing done about it yet.
    pub fn of(price: Money) -> Self {
        Self {
            price,
            paid: 0,
            refunded: 0,
            asked_again: 0,
            waived: 0,
            for_time: 0,
            ordered_at: None,
        }
    }

    /// A price that was paid when it was bought.
    pub fn paid_before(price: Money) -> Self {
        Self {
            paid: price.minor,
            ..Self::of(price)
        }
    }

    /// This price asked for once more, after all that was paid was given back.
    pub fn again(&self, price: Money) -> Self {
        Self {
            paid: self.paid,
            refunded: self.refunded,
            asked_again: self.refunded,
            ..Self::of(price)
        }
    }

    /// What is still owed, in minor units.
    pub fn owed(&self) -> i64 {
        (self.price.minor - self.paid + self.asked_again - self.waived).max(0)
    }

    /// What is still owed for call time, in minor units: none was charged before all that was asked was settled.
    pub fn owed_for_time(&self) -> i64 {
        self.owed().min(self.for_time)
    }

    /// Whether something is owed that comes before any work, not for work that was done.
    pub fn is_asked_before_work(&self) -> bool {
        self.owed() > self.owed_for_time()
    }

    /// What may still be given back, in minor units.
    pub fn refundable(&self) -> i64 {
        self.paid - self.refunded
    }

    /// Whether its price may still follow that of the day: it was neither ordered nor paid (or that was given back and is
    /// asked for again) nor waived, and nothing of it is for call time.
    pub fn follows_the_day(&self) -> bool {
        let untouched = self.paid == self.asked_again && self.waived == 0 && self.for_time == 0;
        self.ordered_at.is_none() && untouched
    }

    /// An amount in its currency.
    pub fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            ..self.price
        }
    }
}

/// A confirmed payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How it was paid.
    pub method: String,
    /// The payment's reference.
    pub reference: String,
    /// When it was confirmed.
    pub at: DateTime<Utc>,
}

impl Incident {
    /// What is owed for it as it stands: a price that was asked for before the work falls away where there will be no
    /// work, call time that was charged stays.
    pub fn owed(&self) -> Option<Money> {
        let charge = self.charge?;
        let owed = match self.state {
            State::ClosedUnresolved => charge.owed_for_time(),
            State::Declined | State::Merged | State::Void => 0,
            _ => charge.owed(),
        };
        (owed > 0).then(|| charge.money(owed))
    }

    /// What is owed for call time as it stands, whatever else is.
    pub fn owed_for_time(&self) -> Option<Money> {
        let charge = self.charge.filter(|_| self.owed().is_some())?;
        let owed = charge.owed_for_time();
        (owed > 0).then(|| charge.money(owed))
    }

    /// Whether what pays for it can go back to the customer's balance: not where that, or the money of a purchase, was
    /// given back already.
    pub fn is_releasable(&self) -> bool {
        let refunded = self.charge.is_some_and(|charge| charge.refunded > 0);
        self.cover.as_ref().is_some_and(|cover| {
            !cover.refunded && (cover.kind != EntitlementKind::PerIncident || !refunded)
        })
    }

    /// Whether something of an entitlement was used up for it that can be given back as such, and was not yet. What was
    /// bought by itself for one incident is given back as the money that it cost.
    pub fn holds_a_unit(&self) -> bool {
        let used = self.cover.as_ref();
        used.filter(|cover| cover.used && !cover.refunded)
            .is_some_and(|cover| match cover.kind {
                EntitlementKind::Pack => true,
                EntitlementKind::PerIncident => self.charge.is_none(),
                EntitlementKind::Contract | EntitlementKind::Hours | EntitlementKind::Emergency => {
                    false
                }
            })
    }
}
