//! An incident that the call was not about after all: what the call recorded of it is taken back, and its time goes to
//! the others.

use chrono::{DateTime, Utc};

use super::taken::Taken;
use super::{Call, Stage};
use crate::console::forms::{Field, Form};
use crate::console::model::Model;
use crate::incident::{CallPart, Command, Past, TechRef, is_off_call, steps_before_call};
use crate::store::Dossier;

/// The value of a question that was answered with no.
const NO: &str = "no";

/// How many steps back it is to before the call went on with an incident, where it can be struck from the call.
pub(super) fn steps_back(
    dossier: &Dossier,
    model: &Model,
    began_at: DateTime<Utc>,
) -> Option<usize> {
    let past = Past {
        timeline: &dossier.timeline,
        steps: &dossier.steps,
    };
    steps_before_call(&dossier.incident, past, model.situation(dossier), began_at)
}

fn name(number: TechRef) -> String {
    format!("stays {number}")
}

/// The questions whether each incident of several stays in the call, where it may be struck.
pub(super) fn fields(taken: &[Taken]) -> Vec<Field> {
    let back = |taken: &&Taken| {
        taken
            .facts
            .as_ref()
            .is_some_and(|facts| facts.back.is_some())
    };
    let may: Vec<TechRef> = match taken.len() {
        0 | 1 => Vec::new(),
        _ => taken
            .iter()
            .filter(back)
            .map(|taken| taken.number)
            .collect(),
    };
    let all = may.len() == taken.len();
    may.iter()
        .map(|number| {
            let others = may.clone();
            Field::toggle(name(*number), format!("{number} stays?"))
                .holding("yes")
                .help("y or n: n strikes it. That the customer came for it is taken back, its time goes to the others.")
                .words_to("text")
                .check(move |form| {
                    let none = others.iter().all(|number| is_struck(form, *number));
                    (all && none).then(|| {
                        "One must stay; Esc, and u on its own page takes that one back too.".to_owned()
                    })
                })
        })
        .collect()
}

/// Whether the agent strikes this incident from the call.
pub(super) fn is_struck(form: &Form, number: TechRef) -> bool {
    form.value(&name(number)) == NO
}

/// The incidents that stay in a call of so many seconds, the current one last: they have the time of the struck ones.
pub(super) fn staying(form: &Form, taken: &[Taken], seconds: i64) -> Vec<Taken> {
    parted(taken.to_vec(), seconds, |taken| {
        is_struck(form, taken.number)
    })
    .0
}

/// What takes back that the call went on with those that are struck.
pub(super) fn commands(form: &Form, taken: &[Taken]) -> Vec<Command> {
    let struck = taken.iter().filter(|taken| is_struck(form, taken.number));
    let undo = |taken: &Taken| {
        let steps = taken.facts.as_ref().and_then(|facts| facts.back);
        std::iter::repeat_n(Command::Undo(taken.number), steps.unwrap_or_default())
    };
    struck.flat_map(undo).collect()
}

/// Those that stay, and those that do not.
fn parted(
    taken: Vec<Taken>,
    seconds: i64,
    goes: impl Fn(&Taken) -> bool,
) -> (Vec<Taken>, Vec<TechRef>) {
    let last = taken.len().saturating_sub(1);
    let (mut staying, mut gone) = (Vec::new(), Vec::new());
    let (mut lost, mut current) = (0, true);
    for (place, one) in taken.into_iter().enumerate() {
        match goes(&one) {
            true => {
                lost += CallPart::from(&one).share(seconds, place == last);
                current &= place != last;
                gone.push(one.number);
            }
            false => staying.push(one),
        }
    }
    if let Some(one) = staying.last_mut() {
        one.before += lost;
        if !current {
            one.since = seconds;
        }
    }
    (staying, gone)
}

impl Call {
    /// An incident is part of a call as long as what the call recorded of it stands: lets those go of which it was taken
    /// back, and gives their numbers.
    pub(super) fn let_go(&mut self, now: DateTime<Utc>) -> Vec<TechRef> {
        let Some(timer) = self.timer.filter(|_| self.stage != Stage::WrapUp) else {
            return Vec::new();
        };
        let goes = |taken: &Taken| {
            let dossier = taken.dossier.as_deref();
            let gone = |dossier: &Dossier| {
                is_off_call(&dossier.incident, &dossier.timeline, timer.began_at)
            };
            dossier.is_some_and(gone)
        };
        let seconds = self.seconds(now);
        let (staying, gone) = parted(std::mem::take(&mut self.taken), seconds, goes);
        self.taken = staying;
        if !gone.is_empty() && self.stage == Stage::Incident {
            self.stage = match self.card {
                Some(_) => Stage::Card,
                None => Stage::Find,
            };
        }
        gone
    }
}
