//! Hanging up: asks what is still missing, and makes the commands that record the end of the call.

mod fields;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::taken::Taken;
use crate::console::forms::Form;
use crate::incident::{
    CallEnd, CallPart, Command, Contact, CustomerId, Estimate, LooseCall, LooseReason, NewContact,
    NoteKind, Outside, Step, TechRef, Timer, Way,
};
use crate::policy::Channel;

pub(super) use fields::{
    ABOUT, Besides, Unsaved, form, is_answered, is_attempt, is_mistake, somebody_spoke, unsaved,
};
use fields::{ALL, NOT_REACHED, REACHED, REASON, instant, some};

/// What the call took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    /// When it began.
    pub(super) began_at: DateTime<Utc>,
    /// Its seconds without hold.
    pub(super) seconds: i64,
    /// Seconds on hold.
    pub(super) held: i64,
}

impl Length {
    /// What a call took that ended then.
    pub(super) fn of(timer: Timer, ended: DateTime<Utc>) -> Self {
        Self {
            began_at: timer.began_at,
            seconds: timer.seconds(ended),
            held: timer.held(ended),
        }
    }
}

/// Whether what was said goes to this incident: to the one that the agent picked, or to all; where only one stays, to that.
fn is_about(form: &Form, taken: &[Taken], number: TechRef) -> bool {
    let picked = form.value(ABOUT);
    let several = taken.len() > 1;
    !several || picked == ALL || picked == number.to_string()
}

/// The commands that record the end of a call about these incidents; each has its part of the call's time. Notes that
/// are not on the desk yet go to the current one.
pub(super) fn commands(
    form: &Form,
    way: Way,
    taken: &[Taken],
    notes: &[String],
    length: Length,
    now: DateTime<Utc>,
    zone: Tz,
) -> Vec<Command> {
    let mut commands = Vec::new();
    for (place, one) in taken.iter().enumerate() {
        let is_current = place + 1 == taken.len();
        let value = |what: &str| form.value(&format!("{what} {}", one.number));
        let answered = is_answered(form, one, way);
        let is_about = is_about(form, taken, one.number);
        let estimate = instant(form, &format!("estimate {}", one.number), now, zone);
        let estimate = match estimate {
            _ if !answered => None,
            Some(Ok(by)) => Some(Estimate::By(by)),
            _ => some(value("no estimate")).map(Estimate::No),
        };
        let step = |step| Command::Step(one.number, step);
        commands.push(step(Step::CallEnded(CallEnd {
            began_at: length.began_at,
            seconds: CallPart::from(one).share(length.seconds, is_current),
            held: if is_current { length.held } else { 0 },
            outside: match value("outside").as_str() {
                "charge" => Some(Outside::Charge),
                "waive" => Some(Outside::Waive(value("outside reason"))),
                _ => None,
            },
            answered,
            estimate,
            text: some(form.value("text")).filter(|_| is_about),
            with: some(value("with")),
            manual_page: some(value("manual")),
        })));
        if form.is_on(&format!("given {}", one.number)) {
            commands.push(step(Step::Given));
        }
        let kept = notes.iter().filter(|_| is_current);
        let kept = kept.map(|text| (NoteKind::Internal, text.clone()));
        let typed = [(NoteKind::Next, "next"), (NoteKind::Conduct, "conduct")];
        let typed = typed.into_iter().filter(|_| is_about);
        let typed = typed.filter_map(|(kind, name)| Some((kind, some(form.value(name))?)));
        let noted = kept.chain(typed);
        commands.extend(noted.map(|(kind, text)| step(Step::Note { kind, text })));
    }
    commands
}

/// The commands that record a call with which we rang them up: a contact on each incident that existed, or an attempt
/// where nobody answered.
pub(super) fn rung_up(
    form: &Form,
    taken: &[Taken],
    whom: Option<&Contact>,
    notes: &[String],
    length: Length,
    now: DateTime<Utc>,
    zone: Tz,
) -> Vec<Command> {
    let word = form.value(REACHED);
    let missed = NOT_REACHED.iter().find(|(missed, ..)| *missed == word);
    let commands = commands(form, Way::Out, taken, notes, length, now, zone);
    let as_contact = |command| match command {
        Command::Step(number, Step::CallEnded(end)) if !is_new(taken, number) => Command::Step(
            number,
            Step::Contact(NewContact {
                contact: whom.cloned(),
                ..contact(end, missed.map(|missed| missed.2))
            }),
        ),
        command => command,
    };
    let mut commands: Vec<Command> = commands.into_iter().map(as_contact).collect();
    let again = instant(form, "again", now, zone).and_then(Result::ok);
    let current = taken.last().map(|taken| taken.number);
    let arranged = current.zip(again);
    commands.extend(arranged.map(|(number, at)| Command::Step(number, Step::Schedule(at))));
    commands
}

fn is_new(taken: &[Taken], number: TechRef) -> bool {
    let mut same = taken.iter().filter(|taken| taken.number == number);
    same.any(|taken| taken.is_new)
}

/// The contact that the end of a call was; `missed` says who answered in place of the customer.
fn contact(end: CallEnd, missed: Option<&str>) -> NewContact {
    let way = missed.map_or(Way::Out, |_| Way::Attempt);
    let text = match (missed, end.text) {
        (Some(missed), Some(text)) => Some(format!("{missed}: {text}")),
        (missed, text) => text.or(missed.map(str::to_owned)),
    };
    NewContact {
        seconds: end.seconds,
        outside: end.outside,
        answered: end.answered,
        estimate: end.estimate,
        text,
        with: end.with,
        manual_page: end.manual_page,
        ..NewContact::new(way, Channel::Phone)
    }
}

/// The command that records a call about no incident.
pub(super) fn loose(
    form: &Form,
    customer: Option<CustomerId>,
    notes: &[String],
    unknown: Option<String>,
    length: Length,
) -> Option<Command> {
    let word = form.value(REASON);
    let reason = LooseReason::ALL
        .into_iter()
        .find(|reason| reason.word() == word)?;
    let said: Vec<String> = notes
        .iter()
        .cloned()
        .chain(some(form.value("text")))
        .chain(unknown.map(|caller| format!("Caller: {caller}")))
        .collect();
    Some(Command::CallWithoutIncident(LooseCall {
        reason,
        seconds: length.seconds,
        held: length.held,
        customer,
        text: (!said.is_empty()).then(|| said.join("\n")),
    }))
}
