//! An incident of the call: its number to read out where it is new, what is known of it where it is continued.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::issue::guidance;
use super::lines::Lines;
use super::struck::steps_back;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::incident;
use crate::console::theme::Role;
use crate::console::widgets::countdown::timer;
use crate::console::widgets::digits;
use crate::incident::{
    CallPart, ClockKind, Incident, Remaining, State, TechRef, asks_outside, emergency_in_words,
    entitled, wants_estimate,
};
use crate::policy::EntitlementKind;
use crate::store::Dossier;

/// A call warns at least so many seconds before the prepaid hours end.
const LEAST_WARNING: i64 = 300;

/// An incident that the call is about.
#[derive(Clone)]
pub(super) struct Taken {
    /// Its number.
    pub(super) number: TechRef,
    /// It was logged on this call.
    pub(super) is_new: bool,
    /// The call's length in seconds when it was turned to: while it is the current one, it has the time from there on.
    pub(super) since: i64,
    /// Seconds that it had before that.
    pub(super) before: i64,
    /// How it stands, once it was read.
    pub(super) facts: Option<Facts>,
    /// All that was read of it.
    pub(super) dossier: Option<Box<Dossier>>,
}

/// What hanging up must know of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// It may be answered, and nobody has answered it yet.
    pub(super) unanswered: bool,
    /// An answer promises an estimate.
    pub(super) estimate: bool,
    /// The caller has the number.
    pub(super) given: bool,
    /// The roles of the ladder by a call with whom one may escalate.
    pub(super) roles: Vec<String>,
    /// Seconds of the prepaid hours that pay for it, as they were read, and from how many left on the call warns.
    pub(super) prepaid: Option<(i64, i64)>,
    /// Its time is outside the hours of the contract that covers it, which the agent is asked about (P5-02).
    pub(super) outside: bool,
    /// How many steps back it is to before the call went on with it, where it can be struck from the call.
    pub(super) back: Option<usize>,
}

impl Facts {
    /// What a call that began at `began_at` must know of an incident.
    pub(super) fn of(dossier: &Dossier, model: &Model, began_at: DateTime<Utc>) -> Self {
        let incident = &dossier.incident;
        let owed = incident.running(ClockKind::Response).is_some();
        Self {
            unanswered: incident.state.is_workable()
                && (owed || incident.first_response_at.is_none()),
            estimate: wants_estimate(incident, &dossier.ruling.policy, model.now),
            given: incident.number_given_at.is_some(),
            roles: dossier
                .ruling
                .policy
                .spoken_roles()
                .map(str::to_owned)
                .collect(),
            prepaid: prepaid(dossier),
            outside: asks_outside(incident, model.situation(dossier), began_at),
            back: steps_back(dossier, model, began_at),
        }
    }
}

/// The prepaid hours that pay for an incident: what is left of them, and how long before their end a call warns.
fn prepaid(dossier: &Dossier) -> Option<(i64, i64)> {
    let cover = dossier.incident.cover.as_ref();
    let cover = cover.filter(|cover| cover.kind == EntitlementKind::Hours)?;
    let mut owned = dossier.entitlements.iter();
    let hours = owned.find(|owned| Some(owned.id) == cover.entitlement)?;
    let policy = dossier.ruling.policy.cover.as_ref()?;
    let increment = policy.hours.as_ref()?.increment.nominal_seconds();
    Some((hours.remaining()?, increment.max(LEAST_WARNING)))
}

impl From<&Taken> for CallPart {
    fn from(taken: &Taken) -> Self {
        Self {
            number: taken.number,
            is_new: taken.is_new,
            since: taken.since,
            before: taken.before,
        }
    }
}

impl Taken {
    /// A part of a call that was not read yet.
    pub(super) fn of(part: CallPart) -> Self {
        Self {
            number: part.number,
            is_new: part.is_new,
            since: part.since,
            before: part.before,
            facts: None,
            dossier: None,
        }
    }

    /// That the prepaid hours end soon, or have ended, while the call goes on (P5-05). `seconds` is the call's length.
    pub(super) fn warning(&self, seconds: i64) -> Option<String> {
        let (prepaid, from) = self.facts.as_ref()?.prepaid?;
        let left = prepaid - self.before - (seconds - self.since);
        match left {
            left if left > from => None,
            left @ 1.. => Some(format!("prepaid hours end in {}", timer(left))),
            left => Some(format!("prepaid hours used up, {} over", timer(-left))),
        }
    }
}

/// Draws the incident.
pub(super) fn view(taken: &Taken, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let dossier = model.current();
    let mut lines = Lines::new(area, look, buf);
    if !taken.is_new {
        if let Some(dossier) = dossier {
            given(taken, &mut lines, look);
            lines.gap();
            incident::summary(dossier, model, look, lines.rest, lines.buf);
        }
        return;
    }
    let number = taken.number.to_string();
    let large = lines.take(digits::HEIGHT);
    digits::render(
        &number,
        look.symbols,
        look.style(Role::Accent),
        large,
        lines.buf,
    );
    lines.gap();
    lines.put(&format!("say: {}", taken.number.spoken()), Role::Title);
    if let Some(dossier) = dossier {
        let incident = &dossier.incident;
        let who = match &incident.contact {
            Some(contact) if contact.name != dossier.customer.name => {
                format!("{}, {}", contact.name, dossier.customer.name)
            }
            _ => dossier.customer.name.clone(),
        };
        lines.put(&format!("for {who}: {}", incident.summary), Role::Text);
        let (words, role) = standing(dossier, model);
        lines.put(&words, role);
        let day = crate::console::dialog::day_of(model, dossier);
        let (policy, owned) = (&dossier.ruling.policy, &dossier.entitlements);
        if let Some(words) = entitled::taken_in_words(policy, incident, owned, day) {
            lines.put(&words, Role::Text);
        }
        for words in emergency_in_words(&dossier.ruling.policy, incident) {
            lines.wrapped(&words, Role::Warning);
        }
    }
    given(taken, &mut lines, look);
    lines.gap();
    if let Some(dossier) = dossier {
        let policy = &dossier.ruling.policy;
        if dossier.incident.state == State::AwaitingAcceptance {
            guidance(policy, &mut lines);
        } else {
            lines.list("Tell", &policy.intake.tell, Role::Text);
            lines.list("Ask ", &policy.intake.checklist, Role::Muted);
        }
        lines.more("PgDn");
    }
}

fn given(taken: &Taken, lines: &mut Lines<'_>, look: &Look) {
    match taken.facts {
        Some(Facts { given: true, .. }) => lines.put(
            &format!("{} the caller has the number", look.symbols.good),
            Role::Good,
        ),
        _ => lines.put(
            &format!(
                "{} not given yet: Enter or K once the caller has the number",
                look.symbols.missed
            ),
            Role::Warning,
        ),
    }
}

/// What happens next, and until when.
fn standing(dossier: &Dossier, model: &Model) -> (String, Role) {
    let incident = &dossier.incident;
    match incident.state {
        State::AwaitingPayment => (owed(incident), Role::Paused),
        State::AwaitingAcceptance => (
            "to be accepted as within remit before any work (i), or declined (D)".to_owned(),
            Role::Paused,
        ),
        _ => match incident.next_clock() {
            Some(clock) => {
                let office = incident.office.as_deref();
                let calendar = dossier.ruling.deadlines.calendar(office).ok().flatten();
                let left = Remaining::of(clock, calendar, model.now);
                let words = left.map(|left| left.in_words(model.now, model.zone));
                let words = words.unwrap_or_default();
                (format!("{}: {words}", clock.kind.word()), Role::Running)
            }
            None => (
                format!("{}, no target is stated", incident.state.said()),
                Role::Muted,
            ),
        },
    }
}

fn owed(incident: &Incident) -> String {
    match incident.charge {
        Some(charge) => format!(
            "awaits payment of {} before any work (p)",
            crate::policy::Money {
                minor: charge.owed(),
                ..charge.price
            }
        ),
        None => "awaits payment before any work (p)".to_owned(),
    }
}
