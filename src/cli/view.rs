//! An incident as JSON: the keys that are promised, each of them always there, what is absent as null.

mod types;

use chrono::{DateTime, Utc};

use super::Failure;
use crate::incident::{
    Charge, Customer, Incident, Recorded, Resolution, TechRef, charge_today, describe, owed_today,
};
use crate::policy::{EntitlementKind, Money, Policy};
use crate::store::Desk;
use types::{
    ClockView, CustomerView, EntitlementView, EntryView, MoneyView, PaymentView, ResolutionView,
    SeverityView,
};
pub(super) use types::{FoundView, View, Whole};

/// Makes views of a desk's incidents as they are at an instant.
pub(super) struct Viewer<'d> {
    desk: &'d Desk,
    now: DateTime<Utc>,
}

impl<'d> Viewer<'d> {
    pub(super) fn new(desk: &'d Desk, now: DateTime<Utc>) -> Self {
        Self { desk, now }
    }

    /// An incident without its timeline.
    ///
    /// # Errors
    /// When there is none with that number, or the desk cannot be read.
    pub(super) fn view(&self, number: TechRef) -> Result<View, Failure> {
        let (incident, customer) = self.desk.incident(number, self.now)?;
        let ruling = self
            .desk
            .ruling_of(&incident.policy, incident.policy_version)?;
        let place = self.desk.place(&incident.policy, number)?;
        let entitlement = self.entitlement(&incident, &ruling.policy)?;
        let same = self.desk.same_as(number)?.into_iter();
        let same = same.map(|same| same.number).collect();
        let newest = self.desk.ruling(Some(&incident.policy))?;
        let money = charge_today(&incident, &newest.policy)
            .map(|charge| MoneyView::of(&charge, owed_today(&incident, &newest.policy)));
        Ok(View {
            money,
            entitlement,
            place,
            same,
            ..self.of(incident, customer)
        })
    }

    /// An incident with its timeline.
    ///
    /// # Errors
    /// As [`Viewer::view`].
    pub(super) fn whole(&self, number: TechRef) -> Result<Whole, Failure> {
        let timeline = self.desk.timeline(number)?;
        Ok(Whole {
            incident: self.view(number)?,
            timeline: timeline
                .iter()
                .map(EntryView::of)
                .collect::<Result<_, _>>()?,
        })
    }

    /// An incident with the entry that it was found by.
    ///
    /// # Errors
    /// As [`Viewer::view`].
    pub(super) fn found(
        &self,
        number: TechRef,
        entry: Option<&Recorded>,
    ) -> Result<FoundView, Failure> {
        Ok(FoundView {
            incident: self.view(number)?,
            found: entry.map(EntryView::of).transpose()?,
        })
    }

    fn of(&self, incident: Incident, customer: Customer) -> View {
        let next = incident.next_clock();
        let merged_into = incident.forks.leads_to();
        let merged_from = incident.forks.merged_from.iter();
        let merged_from = merged_from.map(|merged| merged.number);
        let clocks = incident.clocks.iter().map(|clock| ClockView {
            kind: clock.kind,
            state: clock.state(self.now),
            started_at: clock.started_at,
            due_at: clock.paused.is_none().then_some(clock.due_at),
            stopped_at: clock.stopped.map(|stopped| stopped.at),
        });
        View {
            next_due_at: next.map(|clock| clock.due_at),
            next_clock: next.map(|clock| clock.kind),
            clocks: clocks.collect(),
            escalation_level: incident.escalation_level(),
            waiting_seconds: incident.waiting_seconds(self.now),
            own_seconds: incident.own_seconds(self.now),
            tech_ref: incident.tech_ref,
            summary: incident.summary,
            detail: incident.detail,
            state: incident.state,
            policy: incident.policy,
            policy_version: incident.policy_version,
            customer: CustomerView {
                id: customer.code,
                name: customer.name,
                office: incident.office.or(customer.office),
            },
            product: incident.product,
            severity: SeverityView {
                asked: incident.severity.asked,
                agreed: incident.severity.agreed,
                agreed_with: incident.severity.agreed_with,
            },
            assignee: incident.assignee,
            channel: incident.channel,
            channel_reason: incident.channel_reason,
            opened_at: incident.opened_at,
            entitlement: None,
            escalations: incident.escalations,
            resolution: incident.resolution.map(ResolutionView::of),
            number_given_at: incident.number_given_at,
            reopened: incident.reopened,
            linked: incident.forks.linked,
            known_fault: incident.forks.known,
            same_as: incident.forks.same_as,
            same: Vec::new(),
            answered_after: incident.answered_after,
            call_seconds: incident.call_seconds,
            revision: incident.revision,
            contact: incident.contact,
            accepted_at: incident.accepted_at,
            declined: incident.declined,
            merged_into,
            merged_from: merged_from.collect(),
            split_from: incident.forks.split_from,
            split_into: incident.forks.split_into,
            told_customer: incident.forks.told_customer,
            first_response_at: incident.first_response_at,
            last_contact_at: incident.last_contact_at,
            place: None,
            emergency: incident.emergency,
            emergency_refused: incident.emergency_refused,
            routing: incident.routing,
            what_changed: incident.what_changed,
            manual_pages: incident.manual_pages,
            uncovered: incident.uncovered,
            money: None,
            resolutions_before: incident
                .resolutions_before
                .into_iter()
                .map(ResolutionView::of)
                .collect(),
            external_id: incident.external_id,
        }
    }

    /// What pays for it: an entitlement, or a payment for this incident alone.
    fn entitlement(
        &self,
        incident: &Incident,
        policy: &Policy,
    ) -> Result<Option<EntitlementView>, Failure> {
        let cover = incident.cover.as_ref();
        let asked = policy
            .price()
            .map_or(EntitlementKind::Hours, |_| EntitlementKind::PerIncident);
        let Some(kind) = cover
            .map(|cover| cover.kind)
            .or(incident.charge.map(|_| asked))
        else {
            return Ok(None);
        };
        let id = cover.and_then(|cover| cover.entitlement);
        let owned = match id {
            Some(id) => self
                .desk
                .entitlements(incident.customer)?
                .into_iter()
                .find(|owned| owned.id == id),
            None => None,
        };
        let price: Option<Money> = match (incident.charge, &owned) {
            (Some(charge), _) => Some(charge.price),
            (None, Some(owned)) => owned.price,
            (None, None) => None,
        };
        Ok(Some(EntitlementView {
            kind,
            id: id.map(|id| id.0),
            remaining: owned.and_then(|owned| owned.remaining()),
            price: price.map(|price| price.amount()),
            currency: price.map(|price| price.currency.to_string()),
            payment: incident.payment.as_ref().map(|payment| PaymentView {
                method: payment.method.clone(),
                reference: payment.reference.clone(),
                at: payment.at,
            }),
        }))
    }
}

impl MoneyView {
    fn of(charge: &Charge, owed: Option<Money>) -> Self {
        let amount = |minor| charge.money(minor).amount();
        Self {
            currency: charge.price.currency.to_string(),
            price: charge.price.amount(),
            paid: amount(charge.paid),
            refunded: amount(charge.refunded),
            waived: amount(charge.waived),
            owed: amount(owed.map_or(0, |owed| owed.minor)),
        }
    }
}

impl ResolutionView {
    fn of(resolution: Resolution) -> Self {
        Self {
            outcome: resolution.outcome,
            cause: resolution.cause,
            detail: resolution.detail,
            reference: resolution.reference,
            at: resolution.at,
            version: resolution.version,
            product: resolution.product,
            to: resolution.to,
            indication: resolution.indication,
            critical: resolution.critical,
            manual_page: resolution.manual_page,
        }
    }
}

impl EntryView {
    fn of(entry: &Recorded) -> Result<Self, Failure> {
        Ok(Self {
            at: entry.at,
            recorded_at: entry.recorded_at,
            agent: entry.agent.clone(),
            kind: kind(entry)?,
            text: describe(&entry.event),
        })
    }
}

/// The word by which an event is stored.
pub(super) fn kind(entry: &Recorded) -> Result<String, Failure> {
    let event = serde_json::to_value(&entry.event).map_err(Failure::input)?;
    let kind = event.get("kind").and_then(|kind| kind.as_str());
    Ok(kind.unwrap_or_default().to_owned())
}
