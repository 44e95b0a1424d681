//! What saving the wrap-up does, told while it is filled in: of each incident its time, what the rules will charge for that,
//! and whether it is answered.

use super::taken::Taken;
use super::wrap_up::{self, Length, Unsaved};
use super::{Call, struck};
use crate::console::forms::Form;
use crate::console::model::Model;
use crate::console::widgets::countdown::timer;
use crate::incident::{
    CallEnd, CallPart, Entitlement, Event, Outside, Situation, Step, TechRef, TimeTaken, decide,
    entitled,
};
use crate::text;

/// What a call has of one of its incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) number: TechRef,
    /// Whose it is.
    customer: String,
    seconds: i64,
    /// What its time costs, in words.
    pub(super) charge: Option<String>,
    /// The customer loses hours by it, or owes for it.
    costs: bool,
    /// It is the response.
    answers: bool,
}

impl Share {
    /// In a line of the wrap-up.
    fn in_words(&self) -> String {
        let (number, customer, time) = (self.number, &self.customer, timer(self.seconds));
        let charge = self.charge.as_ref();
        let charge = charge.map_or_else(String::new, |charge| format!(": {charge}"));
        let answers = if self.answers {
            ", as the response"
        } else {
            ""
        };
        format!("{number} {customer}, {time}{charge}{answers}")
    }

    /// After the number of the incident, once it is recorded.
    pub(super) fn recorded(&self) -> String {
        match &self.charge {
            Some(charge) => format!("{} ({charge})", self.number),
            None => self.number.to_string(),
        }
    }
}

/// Whether saving the wrap-up costs the customer something.
pub(super) fn cost(shares: &[Share]) -> bool {
    shares.iter().any(|share| share.costs)
}

/// What saving the wrap-up does, in lines of at most so many columns.
pub(super) fn lines(call: &Call, model: &Model, width: u16) -> Vec<String> {
    let told = told(call, model);
    let lines = told
        .iter()
        .flat_map(|words| text::wrap(words, width.into()));
    lines.collect()
}

fn told(call: &Call, model: &Model) -> Vec<String> {
    let Some(form) = &call.wrap_up else {
        return Vec::new();
    };
    if wrap_up::unsaved(form) == Unsaved::Finish {
        return vec!["Ctrl-D shows the new incident again; the rest is asked then.".to_owned()];
    }
    if wrap_up::is_mistake(form) {
        return vec!["Ctrl-D records nothing: there was no call.".to_owned()];
    }
    let length = timer(call.seconds(model.now));
    if call.taken.is_empty() {
        return vec![format!(
            "Ctrl-D records a call of {length} without an incident."
        )];
    }
    if wrap_up::is_attempt(form) {
        let numbers = call.taken.iter().map(|taken| taken.number.to_string());
        let numbers: Vec<String> = numbers.collect();
        let numbers = numbers.join(", ");
        return vec![format!(
            "Ctrl-D records an attempt on {numbers}, which is no response."
        )];
    }
    let shares = shares(call, model);
    let each: Vec<String> = shares.iter().map(Share::in_words).collect();
    match each.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("Ctrl-D records the call on {one}.")],
        _ => std::iter::once(format!("Ctrl-D records the call of {length} on"))
            .chain(each)
            .collect(),
    }
}

/// What the call has of each incident that is not struck, if it ended now.
pub(super) fn shares(call: &Call, model: &Model) -> Vec<Share> {
    let (Some(form), Some(timer)) = (&call.wrap_up, call.timer) else {
        return Vec::new();
    };
    if !wrap_up::somebody_spoke(form, call.way) {
        return Vec::new();
    }
    let length = Length::of(timer, call.ended_at.unwrap_or(model.now));
    let staying = struck::staying(form, &call.taken, length.seconds);
    let mut drawn: Vec<TimeTaken> = Vec::new();
    let mut shares = Vec::new();
    for (place, one) in staying.iter().enumerate() {
        let is_current = place + 1 == staying.len();
        let seconds = CallPart::from(one).share(length.seconds, is_current);
        let charged = charged(one, form, length, seconds, &drawn, model);
        if let Some((Event::TimeCharged { taken, .. }, _)) = &charged {
            drawn.extend(taken);
        }
        let costs = matches!(
            &charged,
            Some((Event::TimeCharged { taken, owed, .. }, _)) if !taken.is_empty() || owed.is_some()
        );
        let customer = one.dossier.as_deref();
        shares.push(Share {
            number: one.number,
            customer: customer.map_or_else(String::new, |dossier| dossier.customer.name.clone()),
            seconds,
            charge: charged.map(|(_, words)| words),
            costs,
            answers: wrap_up::is_answered(form, one, call.way),
        });
    }
    shares
}

/// What the rules make of the time of one incident, after what others of the same call have drawn from the same hours.
fn charged(
    one: &Taken,
    form: &Form,
    length: Length,
    seconds: i64,
    drawn: &[TimeTaken],
    model: &Model,
) -> Option<(Event, String)> {
    let dossier = one.dossier.as_deref()?;
    let mut entitlements: Vec<Entitlement> = dossier.entitlements.clone();
    for part in drawn {
        let owned = entitlements.iter_mut();
        let owned = owned.filter(|owned| owned.id == part.entitlement);
        owned.for_each(|owned| owned.taken += part.seconds);
    }
    let situation = Situation {
        entitlements: &entitlements,
        ..model.situation(dossier)
    };
    let end = Step::CallEnded(CallEnd {
        began_at: length.began_at,
        seconds,
        held: 0,
        outside: match form.value(&format!("outside {}", one.number)).as_str() {
            "charge" => Some(Outside::Charge),
            "waive" => Some(Outside::Waive("-".to_owned())),
            _ => None,
        },
        answered: false,
        estimate: None,
        text: None,
        with: None,
        manual_page: None,
    });
    let decided = decide(&end, &dossier.incident, situation).ok()?;
    let mut events = decided.events.into_iter().map(|(_, event)| event);
    events.find_map(|event| {
        let words = entitled::charged_in_words(&event, &entitlements)?;
        Some((event, words))
    })
}
