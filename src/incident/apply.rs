//! Events folded into state. Nothing is decided here: an event says all that it changes.

mod contacts;
mod edit;

use std::collections::BTreeMap;

use super::TechRef;
use super::clock::{Clock, ClockKind, Pause, Stopped};
use super::event::{Event, Opened, Recorded};
use super::message::{MessageState, Outgoing};
use super::state::{
    Absorbed, Charge, Cover, Declined, Escalation, Forks, Incident, Payment, Resolution,
    SeverityState, State,
};
use crate::calendar::Span;
use crate::policy::Occasion;
use crate::policy::{Channel, EntitlementKind, Money};

impl Incident {
    /// The incident that an opening makes.
    pub fn opened(tech_ref: TechRef, opened: &Opened) -> Self {
        Self {
            tech_ref,
            revision: 1,
            state: opened.state,
            customer: opened.customer,
            contact: opened.contact.clone(),
            policy: opened.policy.clone(),
            policy_version: opened.policy_version,
            office: opened.office.clone(),
            summary: opened.summary.clone(),
            detail: opened.detail.clone(),
            product: opened.product.clone(),
            expedite: opened.expedite,
            channel: opened.channel,
            channel_reason: opened.channel_reason.clone(),
            severity: SeverityState {
                asked: opened.severity.clone(),
                agreed: opened.severity.clone(),
                agreed_with: None,
                rank: opened.severity_rank,
            },
            assignee: None,
            opened_at: opened.received_at,
            accepted_at: None,
            declined: None,
            first_response_at: None,
            last_response_at: None,
            last_call_at: (opened.channel == Channel::Phone).then_some(opened.received_at),
            calls_with: BTreeMap::new(),
            manual_pages: Vec::new(),
            state_since: opened.received_at,
            last_contact_at: opened.received_at,
            number_given_at: None,
            clocks: Vec::new(),
            wanted_entitlement: opened.entitlement,
            cover: None,
            used_up: None,
            time_left: 0,
            time_taken: Vec::new(),
            uncovered: false,
            charge: None,
            payment: None,
            escalations: Vec::new(),
            resolution: None,
            resolutions_before: Vec::new(),
            reopened: 0,
            waiting_since: None,
            waited: 0,
            rested: 0,
            call_seconds: opened.call_seconds,
            emergency: opened.emergency,
            emergency_refused: None,
            routing: opened.routing.clone(),
            what_changed: opened.what_changed.clone(),
            external_id: opened.external_id.clone(),
            messages: Vec::new(),
            answered_after: None,
            forks: Forks::default(),
        }
    }

    /// The incident that a whole timeline makes; `None` unless its first entry is an opening.
    pub fn replay<'a>(
        tech_ref: TechRef,
        timeline: impl IntoIterator<Item = &'a Recorded>,
    ) -> Option<Self> {
        let mut entries = timeline.into_iter();
        let Event::Opened(opened) = &entries.next()?.event else {
            return None;
        };
        let mut incident = Self::opened(tech_ref, opened);
        entries.for_each(|entry| incident.apply(entry));
        Some(incident)
    }

    /// Takes in the next entry of the timeline.
    pub fn apply(&mut self, entry: &Recorded) {
        // What the desk did to its hours is shown here by reference, and is no step of the incident.
        if !entry.event.is_of_the_desk() {
            self.revision += 1;
        }
        let before = self.state;
        self.take_in(entry);
        let undone = matches!(entry.event, Event::Undone { .. });
        if !undone && self.state != before || matches!(entry.event, Event::Waiting { .. }) {
            self.state_since = entry.at;
        }
    }

    fn take_in(&mut self, entry: &Recorded) {
        let at = entry.at;
        match &entry.event {
            Event::Opened(_) => {}
            Event::Accepted => {
                self.accepted_at = Some(at);
                self.state = State::Open;
            }
            Event::Declined { reason } => {
                self.declined = Some(Declined {
                    at,
                    reason: reason.clone(),
                });
                self.state = State::Declined;
            }
            Event::Covered {
                cover,
                entitlement,
                used,
                price,
                again,
                ..
            } => {
                self.cover = Some(Cover {
                    kind: *cover,
                    entitlement: *entitlement,
                    used: *used,
                    refunded: false,
                });
                // What was asked for falls away where something else pays now.
                let awaited = self.state == State::AwaitingPayment && !again;
                let kept = self.charge.filter(|_| !awaited);
                self.charge = price.map(Charge::paid_before).or(kept);
                if awaited {
                    (self.state, self.time_left) = (State::Open, 0);
                }
                self.uncovered = false;
            }
            Event::CoverUsed => {
                if let Some(cover) = &mut self.cover {
                    cover.used = true;
                }
            }
            Event::CoverReleased => self.released(),
            Event::CoverRefunded { .. } => {
                if let Some(cover) = &mut self.cover {
                    cover.refunded = true;
                }
            }
            Event::Uncovered => self.uncovered = true,
            Event::PaymentAsked {
                price,
                used_up,
                seconds,
            } => {
                self.time_left = seconds.unwrap_or_default();
                self.used_up = used_up.or(self.used_up);
                let again = self.charge.filter(|charge| charge.refundable() == 0);
                self.charge = Some(again.map_or(Charge::of(*price), |charge| charge.again(*price)));
                self.state = State::AwaitingPayment;
            }
            Event::TimeCharged {
                own, taken, owed, ..
            } => {
                self.time_left -= own;
                self.time_taken.extend(taken);
                if let Some(owed) = owed {
                    let charge = self
                        .charge
                        .get_or_insert(Charge::of(Money::zero(owed.currency)));
                    charge.price.minor += owed.minor;
                    charge.for_time += owed.minor;
                }
            }
            Event::TimeWaived { .. } => {}
            Event::TimeGivenBack { taken } => self.time_given_back(taken),
            Event::Ordered { price, .. } => self.charged(|charge| {
                charge.price = *price;
                charge.ordered_at = Some(at);
            }),
            Event::Paid {
                amount,
                method,
                reference,
            } => {
                self.payment = Some(Payment {
                    method: method.clone(),
                    reference: reference.clone(),
                    at,
                });
                self.charged(|charge| charge.paid += amount.minor);
            }
            Event::Waived { amount, .. } => self.charged(|charge| charge.waived += amount.minor),
            Event::Refunded { amount, .. } => {
                self.charged(|charge| charge.refunded += amount.minor);
            }
            Event::Edited(edited) => self.edited(edited),
            Event::Assigned { agent, .. } => self.assignee.clone_from(agent),
            Event::EmergencyAsked { reason, .. } => {
                self.emergency = reason.is_none();
                self.emergency_refused.clone_from(reason);
            }
            Event::SeverityAgreed {
                severity,
                agreed_with,
                rank,
            } => {
                self.severity.agreed = Some(severity.clone());
                self.severity.agreed_with = Some(agreed_with.clone());
                self.severity.rank = *rank;
            }
            Event::Responded { manual_page, .. } => {
                self.cites(manual_page.as_deref());
                self.responded(at);
                self.touched(at);
                self.back_to_work(at);
            }
            Event::Waiting { .. } => {
                self.responded(at);
                self.touched(at);
                self.back_to_work(at);
                self.state = State::Waiting;
                self.waiting_since = Some(at);
            }
            Event::Resumed(_) => self.back_to_work(at),
            Event::Contacted(contacted) => self.contacted(contacted, at),
            Event::Noted { .. } => self.answered_after = None,
            Event::MailTaken(_) | Event::MessageUnwritten { .. } | Event::ToldWith { .. } => {}
            Event::ClockStarted {
                clock,
                counted,
                started_at,
                due_at,
                grace,
            } => self.clocks.push(Clock {
                kind: *clock,
                counted: *counted,
                started_at: *started_at,
                due_at: *due_at,
                grace: *grace,
                stood_still: 0,
                pauses: Vec::new(),
                paused: None,
                stopped: None,
            }),
            Event::ClockMoved {
                clock,
                due_at,
                left,
                ..
            } => self.clock(*clock, |clock| {
                clock.due_at = *due_at;
                if let (Some(pause), Some(left)) = (&mut clock.paused, left) {
                    pause.left = *left;
                }
            }),
            Event::ClockPaused { clock, left } => {
                self.clock(*clock, |clock| {
                    clock.paused = Some(Pause { at, left: *left });
                });
            }
            Event::ClockResumed { clock, due_at } => self.clock(*clock, |clock| {
                if let Some(pause) = clock.paused.take() {
                    let pause = Span {
                        from: pause.at,
                        to: at,
                    };
                    clock.stood_still += pause.seconds();
                    clock.pauses.push(pause);
                }
                clock.due_at = *due_at;
            }),
            Event::ClockStopped {
                clock,
                stopped_at,
                ending,
            } => self.clock(*clock, |clock| {
                clock.stopped = Some(Stopped {
                    at: *stopped_at,
                    ending: *ending,
                });
            }),
            Event::Escalated {
                level,
                ground,
                concern,
                requested_by,
                evidence,
            } => self.escalations.push(Escalation {
                level: *level,
                ground: ground.clone(),
                concern: concern.clone(),
                at,
                by: entry.agent.clone(),
                requested_by: requested_by.clone(),
                evidence: evidence.clone(),
                answer: None,
                answered_at: None,
                withdrawn_at: None,
                withdrawn_reason: None,
                message: None,
                merged_from: None,
            }),
            Event::EscalationGrounded { level, ground } => self.escalation(*level, |step| {
                step.ground = Some(ground.clone());
            }),
            Event::EscalationAnswered { level, answer } => self.escalation(*level, |step| {
                step.answer = Some(answer.clone());
                step.answered_at = Some(at);
            }),
            Event::EscalationWithdrawn { level, reason } => self.escalation(*level, |step| {
                step.withdrawn_at = Some(at);
                step.withdrawn_reason = Some(reason.clone());
            }),
            Event::Resolved(resolution) => {
                self.cites(resolution.manual_page.as_deref());
                self.ended(State::Resolved, (**resolution).clone(), at);
            }
            Event::Closed { outcome, detail } => self.ended(
                State::ClosedUnresolved,
                Resolution {
                    outcome: outcome.clone(),
                    detail: Some(detail.clone()),
                    at,
                    ..Resolution::default()
                },
                at,
            ),
            Event::Reopened { to, .. } => {
                self.answered_after = None;
                let ended = self.resolution.take();
                self.rested += ended
                    .as_ref()
                    .map_or(0, |ended| (at - ended.at).num_seconds());
                self.resolutions_before.extend(ended);
                self.reopened += 1;
                self.state = *to;
            }
            Event::SilenceWithdrawn => self.wait_again(),
            Event::CallEnded { seconds, with, .. } => {
                self.call_seconds += seconds;
                self.called_with(with.as_deref(), at);
            }
            Event::NumberGiven => self.number_given_at = Some(at),
            Event::Undone { back, .. } => self.put_back(back),
            Event::Voided => self.state = State::Void,
            Event::MessageQueued(message) => {
                self.messages.push(Outgoing {
                    occasion: message.occasion,
                    state: MessageState::Queued,
                });
                if message.occasion == Occasion::Escalated {
                    let level = self.escalation_level();
                    self.escalation(level, |step| step.message = Some(message.n));
                }
            }
            Event::MessageEdited(message) => self.outgoing(message.n, MessageState::Queued),
            Event::MessageSent { n, .. } => self.outgoing(*n, MessageState::Sent),
            Event::MessageFailed(failed) => self.outgoing(failed.n, MessageState::Failed),
            Event::MessageDropped { n, .. } => self.outgoing(*n, MessageState::Dropped),
            Event::SplitInto { into, .. } => self.forks.split_into.push(*into),
            Event::Linked { with } => self.forks.linked.push(*with),
            Event::Unlinked { with } => self.forks.linked.retain(|other| other != with),
            Event::KnownFault { known } => self.forks.known = *known,
            Event::SameAs { fault } => self.forks.same_as = *fault,
            Event::MergedInto { into } => self.merged_into(*into),
            Event::PaymentKept {
                entitlement, cover, ..
            } => self.payment_kept(*entitlement, *cover),
            Event::Unmerged { .. } => self.unmerged(),
            Event::MergedFrom {
                from,
                unanswered_since,
                instead_of,
            } => self.forks.merged_from.push(Absorbed {
                number: *from,
                unanswered_since: *unanswered_since,
                instead_of: *instead_of,
                heard_at: None,
            }),
            Event::EscalationCarried(escalation) => self.escalations.push((**escalation).clone()),
            Event::PartedFrom { from } => self.parted_from(*from),
            Event::SplitFrom { from, told } => {
                self.forks.split_from = Some(*from);
                self.forks.told_customer = Some(*told);
            }
        }
    }

    /// What paid for it is the customer's again, and with it what was paid for that.
    fn released(&mut self) {
        let bought = self
            .cover
            .take()
            .is_some_and(|cover| cover.kind == EntitlementKind::PerIncident);
        if bought {
            self.charge = None;
        }
    }

    /// Changes the money, and lets the work begin once nothing is owed.
    fn charged(&mut self, change: impl FnOnce(&mut Charge)) {
        if let Some(charge) = &mut self.charge {
            change(charge);
            if charge.owed() == 0 && self.state == State::AwaitingPayment {
                self.state = State::Open;
            }
        }
    }

    fn clock(&mut self, kind: ClockKind, change: impl FnOnce(&mut Clock)) {
        if let Some(clock) = self
            .clocks
            .iter_mut()
            .rev()
            .find(|clock| clock.kind == kind && clock.stopped.is_none())
        {
            change(clock);
        }
    }

    fn outgoing(&mut self, n: u32, state: MessageState) {
        let place = usize::try_from(n).ok().and_then(|n| n.checked_sub(1));
        if let Some(message) = place.and_then(|place| self.messages.get_mut(place)) {
            message.state = state;
        }
    }

    fn escalation(&mut self, level: u8, change: impl FnOnce(&mut Escalation)) {
        let standing = |step: &&mut Escalation| step.level == level && step.withdrawn_at.is_none();
        if let Some(step) = self.escalations.iter_mut().rev().find(standing) {
            change(step);
        }
    }
}
