//! Hanging up: asks what is still missing, and makes the commands that record the end of the call.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::taken::{Facts, Taken};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::{
    CallEnd, CallPart, Command, CustomerId, Estimate, LooseCall, LooseReason, NewContact, NoteKind,
    Outside, Step, TechRef, Way,
};
use crate::policy::{Channel, spoken_role};
use crate::when;

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

/// The field that says who answered the call with which we rang them up.
const REACHED: &str = "reached";
/// Somebody spoke with us.
const ANSWERED: &str = "answered";
/// Nobody did: the call was an attempt.
const NOT_REACHED: [(&str, &str, &str); 2] = [
    ("nobody", "nobody answered", "Nobody answered"),
    ("mailbox", "a voice mailbox did", "Voice mailbox"),
];

/// The form for a call about these incidents, the current one last; for a call about none it asks why.
pub(super) fn form(taken: &[Taken], way: Way, now: DateTime<Utc>, zone: Tz) -> Form {
    if taken.is_empty() {
        let reasons = [
            (LooseReason::WrongNumber, "the caller meant somebody else"),
            (LooseReason::Sales, "a matter for sales"),
            (LooseReason::Question, "a general question"),
            (
                LooseReason::EmergencyRefused,
                "emergency service was asked for and not given",
            ),
            (LooseReason::CutOff, "cut off before anything came of it"),
        ];
        let reasons =
            reasons.map(|(reason, about)| Choice::new(reason.word(), reason.word(), about));
        return Form::new(vec![
            Field::pick("reason", "No incident", reasons.into()).required(),
            Field::text("text", "What was said"),
        ]);
    }
    let several = taken.len() > 1;
    let mut fields = Vec::new();
    for taken in taken {
        fields.extend(missing(taken, several, now, zone));
    }
    fields.push(Field::text("conduct", "Conduct").help(
        "how the caller behaved, if that is worth keeping: seen at the customer's next call",
    ));
    if way == Way::Out {
        let spoke = |field: Field| field.when(|form| form.value(REACHED) == ANSWERED);
        fields = fields.into_iter().map(spoke).collect();
        fields.insert(0, reached());
    }
    let conduct = fields.pop();
    fields.push(Field::area("text", "What was said", 2));
    fields.push(Field::text("next", "Next step").help("kept as a note for whoever goes on"));
    fields.extend(conduct);
    Form::new(fields)
}

/// Whether somebody answered when we rang them up.
fn reached() -> Field {
    let answered = Choice::new(ANSWERED, ANSWERED, "they spoke with us");
    let others = NOT_REACHED.map(|(word, about, _)| Choice::new(word, word, about));
    let choices = std::iter::once(answered).chain(others).collect();
    Field::pick(REACHED, "Who answered", choices)
        .required()
        .help("without an answer it is kept as an attempt, and is no response")
}

/// The questions that one incident leaves open.
fn missing(taken: &Taken, several: bool, now: DateTime<Utc>, zone: Tz) -> Vec<Field> {
    let number = taken.number.to_string();
    let label = |words: &str| {
        if several {
            format!("{number} {words}")
        } else {
            let mut letters = words.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        }
    };
    let name = |what: &str| format!("{what} {number}");
    let facts = taken.facts.clone().unwrap_or(Facts {
        unanswered: true,
        estimate: false,
        given: false,
        roles: Vec::new(),
        prepaid: None,
        outside: false,
    });
    let mut fields = Vec::new();
    if !facts.given {
        fields.push(
            Field::toggle(name("given"), label("number given?"))
                .help("y or n: does the caller have the Tech Reference number?"),
        );
    }
    if facts.unanswered {
        fields.push(
            Field::toggle(name("answered"), label("answered?"))
                .help("y or n: did the caller get an answer on this call? It is the response."),
        );
    }
    if facts.unanswered && facts.estimate {
        let (answered, estimate) = (name("answered"), name("estimate"));
        let (typed, empty) = (estimate.clone(), estimate.clone());
        let also = answered.clone();
        fields.push(
            Field::text(estimate, label("estimate"))
                .help("until when it will be resolved: +2h, 14:30, mon 9:00; empty if that cannot be said")
                .when(move |form| form.is_on(&answered))
                .check(move |form| {
                    let text = form.value(&typed);
                    let read = when::instant(&text, now, zone, true);
                    read.err()
                        .filter(|_| !text.trim().is_empty())
                        .map(|error| error.to_string())
                }),
        );
        fields.push(
            Field::text(name("no estimate"), label("why none"))
                .required()
                .when(move |form| form.is_on(&also) && form.value(&empty).trim().is_empty()),
        );
    }
    if facts.unanswered {
        let answered = name("answered");
        fields.push(
            Field::text(name("manual"), label("manual page"))
                .help("the page that answers it, if one does: such calls are counted")
                .when(move |form| form.is_on(&answered)),
        );
    }
    if facts.outside {
        let becomes = [
            Choice::new("charge", "charge", "its time is charged as any other's"),
            Choice::new("waive", "waive", "its time is not charged"),
        ];
        let outside = name("outside");
        fields.push(
            Field::pick(outside.clone(), label("outside hours"), becomes.into())
                .required()
                .help("the contract covers calls within the hours: is this one charged?"),
        );
        fields.push(
            Field::text(name("outside reason"), label("why not"))
                .required()
                .when(move |form| form.value(&outside) == "waive"),
        );
    }
    if !facts.roles.is_empty() {
        let roles = facts.roles.iter();
        let roles = roles.map(|role| Choice::new(role, spoken_role(role), ""));
        fields.push(
            Field::pick(name("with"), label("with"), roles.collect())
                .help("who of the ladder was on the line; an escalation may rest on it"),
        );
    }
    fields
}

/// The commands that record the end of a call about these incidents; each has its part of the call's time. Notes that
/// are not on the desk yet go to the current one.
pub(super) fn commands(
    form: &Form,
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
        let answered = form.is_on(&format!("answered {}", one.number));
        let estimate = when::instant(&value("estimate"), now, zone, true);
        let estimate = match estimate {
            _ if !answered => None,
            Ok(by) => Some(Estimate::By(by)),
            Err(_) => some(value("no estimate")).map(Estimate::No),
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
            text: some(form.value("text")).filter(|_| is_current),
            with: some(value("with")),
            manual_page: some(value("manual")),
        })));
        if form.is_on(&format!("given {}", one.number)) {
            commands.push(step(Step::Given));
        }
        if is_current {
            let next = some(form.value("next")).map(|next| format!("Next: {next}"));
            let said = notes.iter().cloned().chain(next);
            let said = said.map(|text| (NoteKind::Internal, text));
            let conduct = some(form.value("conduct")).map(|text| (NoteKind::Conduct, text));
            let noted = said.chain(conduct);
            commands.extend(noted.map(|(kind, text)| step(Step::Note { kind, text })));
        }
    }
    commands
}

/// The commands that record a call with which we rang them up: a contact on each incident that existed, or an attempt
/// where nobody answered.
pub(super) fn rung_up(
    form: &Form,
    taken: &[Taken],
    notes: &[String],
    length: Length,
    now: DateTime<Utc>,
    zone: Tz,
) -> Vec<Command> {
    let word = form.value(REACHED);
    let missed = NOT_REACHED.iter().find(|(missed, ..)| *missed == word);
    let commands = commands(form, taken, notes, length, now, zone);
    let as_contact = |command| match command {
        Command::Step(number, Step::CallEnded(end)) if !is_new(taken, number) => Command::Step(
            number,
            Step::Contact(contact(end, missed.map(|missed| missed.2))),
        ),
        command => command,
    };
    commands.into_iter().map(as_contact).collect()
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
    length: Length,
) -> Option<Command> {
    let word = form.value("reason");
    let reason = LooseReason::ALL
        .into_iter()
        .find(|reason| reason.word() == word)?;
    let said: Vec<String> = notes
        .iter()
        .cloned()
        .chain(some(form.value("text")))
        .collect();
    Some(Command::CallWithoutIncident(LooseCall {
        reason,
        seconds: length.seconds,
        held: length.held,
        customer,
        text: (!said.is_empty()).then(|| said.join("\n")),
    }))
}

fn some(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}
