//! What is asked for a new incident: only what its policy wants, and what is not known yet, in the order in which every
//! console asks it. What must be given comes first, so that one may save as soon as it is there.

use super::people::Customer;
use crate::policy::{Emergency, Policy};

/// Something that is asked for a new incident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AskedFor<'a> {
    /// How it reached us.
    Channel,
    /// Why by a way that the agreement does not cover, where it was one.
    ChannelReason,
    /// The issue in a line.
    Summary,
    /// All of it.
    Detail {
        /// Whether it must be given.
        required: bool,
    },
    /// Whether it is an emergency, and what stands before that.
    Emergency(&'a Emergency),
    /// How severe it is.
    Severity,
    /// Whose office it is.
    Office,
    /// What the policy asks to find who works on it.
    Routing,
    /// What changed before it began.
    WhatChanged,
    /// The product.
    Product,
    /// Who speaks for the customer.
    Caller,
    /// What pays for it, where there is a choice.
    PaidBy,
}

/// What is asked for a new incident of `customer`; on a call it is known how it reached us.
pub fn asked_at_intake<'a>(
    policy: &'a Policy,
    customer: &Customer,
    is_call: bool,
) -> Vec<AskedFor<'a>> {
    let intake = &policy.intake;
    let required = intake.detail_required;
    let wanted = [
        (!is_call).then_some(AskedFor::Channel),
        Some(AskedFor::ChannelReason),
        Some(AskedFor::Summary),
        required.then_some(AskedFor::Detail { required }),
        intake.emergency.as_ref().map(AskedFor::Emergency),
        (!policy.severities.is_empty()).then_some(AskedFor::Severity),
        (!policy.offices.is_empty() && customer.office.is_none()).then_some(AskedFor::Office),
        (!intake.route.is_empty()).then_some(AskedFor::Routing),
        intake.what_changed.then_some(AskedFor::WhatChanged),
        (!required).then_some(AskedFor::Detail { required }),
        Some(AskedFor::Product),
        Some(AskedFor::Caller),
        Some(AskedFor::PaidBy),
    ];
    wanted.into_iter().flatten().collect()
}

/// What is asked of a caller who has a fault that is known, besides which fault it is.
pub fn asked_of_the_same<'a>(policy: &'a Policy) -> Vec<AskedFor<'a>> {
    let required = policy.intake.detail_required;
    let wanted = [
        (!policy.severities.is_empty()).then_some(AskedFor::Severity),
        required.then_some(AskedFor::Detail { required }),
    ];
    wanted.into_iter().flatten().collect()
}
