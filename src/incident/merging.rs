//! What a merge does to the state of the two incidents, and what undoing it does.

use chrono::{DateTime, Utc};

use super::TechRef;
use super::people::EntitlementId;
use super::state::{Forks, Incident, Kept, Merged, State};
use crate::policy::EntitlementKind;

impl Incident {
    /// From now on its number leads to `into`; what it was is kept. Nothing is owed for it any more.
    pub(super) fn merged_into(&mut self, into: TechRef) {
        self.forks.merged = Some(Box::new(Merged {
            into,
            state: self.state,
            clocks: self.clocks.clone(),
            cover: self.cover.clone(),
            charge: self.charge.take(),
            payment: self.payment.take(),
            kept: None,
        }));
        self.state = State::Merged;
    }

    pub(super) fn payment_kept(&mut self, entitlement: EntitlementId, cover: EntitlementKind) {
        if let Some(merged) = &mut self.forks.merged {
            merged.kept = Some(Kept { entitlement, cover });
        }
    }

    /// It is again what it was. What pays for it is taken anew, and told by an event of its own; time that was bought for
    /// it stays in the customer's account, and the work is charged to that.
    pub(super) fn unmerged(&mut self) {
        let Some(merged) = self.forks.merged.take() else {
            return;
        };
        self.state = merged.state;
        self.clocks = merged.clocks;
        if merged
            .kept
            .is_none_or(|kept| kept.cover != EntitlementKind::Hours)
        {
            self.charge = merged.charge;
            self.payment = merged.payment;
        }
    }

    /// `from` is an incident of its own again, and takes its escalations with it.
    pub(super) fn parted_from(&mut self, from: TechRef) {
        let merged = &mut self.forks.merged_from;
        if let Some(place) = merged.iter().position(|other| other.number == from) {
            let parted = merged.remove(place);
            // What took its start over from the one that goes now goes back to the start before that.
            let later = merged.iter_mut().find(|other| {
                parted.unanswered_since.is_some() && other.instead_of == parted.unanswered_since
            });
            if let Some(later) = later {
                later.instead_of = parted.instead_of;
            }
        }
        self.escalations
            .retain(|step| step.merged_from != Some(from));
    }
}

impl Forks {
    /// The customer was in touch: what was merged before has that contact in common.
    pub(super) fn heard(&mut self, at: DateTime<Utc>) {
        for merged in &mut self.merged_from {
            merged.heard_at = Some(merged.heard_at.map_or(at, |first| first.min(at)));
        }
    }

    /// The customer was answered.
    pub(super) fn answered(&mut self, at: DateTime<Utc>) {
        for merged in &mut self.merged_from {
            merged.heard_at = merged.heard_at.filter(|heard| *heard > at);
        }
    }
}
