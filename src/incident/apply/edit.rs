//! What was put right, folded into state.

use crate::incident::event::Edited;
use crate::incident::state::{Incident, State};

impl Incident {
    pub(super) fn edited(&mut self, edited: &Edited) {
        if let Some(summary) = &edited.summary {
            self.summary.clone_from(summary);
        }
        put(&mut self.detail, &edited.old_detail, &edited.detail);
        put(&mut self.product, &edited.old_product, &edited.product);
        put(
            &mut self.what_changed,
            &edited.old_what_changed,
            &edited.what_changed,
        );
        self.routing.extend(edited.routing.clone());
        put(&mut self.office, &edited.old_office, &edited.office);
        put(&mut self.contact, &edited.old_contact, &edited.contact);
        self.expedite = edited.expedite.unwrap_or(self.expedite);
        if let Some(customer) = edited.customer {
            self.customer = customer;
            self.wanted_entitlement = edited.entitlement;
            self.ask_anew();
        }
    }

    /// What was asked of the customer before, and nobody has done anything about, falls away.
    fn ask_anew(&mut self) {
        self.uncovered = false;
        if self.charge.is_some_and(|charge| charge.follows_the_day()) {
            self.charge = None;
            self.used_up = None;
            self.time_left = 0;
            if self.state == State::AwaitingPayment {
                self.state = State::Open;
            }
        }
    }
}

/// Puts what is new in place of what was, where either is told.
fn put<T: Clone>(field: &mut Option<T>, old: &Option<T>, new: &Option<T>) {
    if old.is_some() || new.is_some() {
        field.clone_from(new);
    }
}
