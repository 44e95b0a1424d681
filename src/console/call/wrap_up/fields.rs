//! What is asked while hanging up.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::super::struck;
use super::super::taken::{Facts, Taken};
use crate::console::forms::{Choice, Field, Form};
use crate::console::instants;
use crate::incident::{LooseReason, Way};
use crate::policy::spoken_role;

/// The field that says who answered the call with which we rang them up.
pub(super) const REACHED: &str = "reached";
/// Somebody spoke with us.
const ANSWERED: &str = "answered";
/// Nobody did: the call was an attempt.
pub(super) const NOT_REACHED: [(&str, &str, &str); 2] = [
    ("nobody", "nobody answered", "Nobody answered"),
    ("mailbox", "a voice mailbox did", "Voice mailbox"),
];

/// We did not ring at all: nothing is recorded.
const MISTAKE: &str = "by mistake";

/// The field that says what becomes of a new incident that is not saved.
const UNSAVED: &str = "unsaved";
const FINISH: &str = "finish";
const KEEP: &str = "keep";

/// What was typed besides the incidents of the call.
#[derive(Debug, Clone, Default)]
pub(in crate::console::call) struct Besides {
    /// The summary of a new incident that is not saved.
    pub(in crate::console::call) unsaved: Option<String>,
    /// What is known of a caller who is no customer.
    pub(in crate::console::call) unknown: Option<String>,
}

/// What becomes of a new incident that is not saved when the agent hangs up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::console::call) enum Unsaved {
    /// There is none, or it is let go.
    Gone,
    /// It is finished first.
    Finish,
    /// It is kept for the customer.
    Keep,
}

/// What the agent said about it.
pub(in crate::console::call) fn unsaved(form: &Form) -> Unsaved {
    match form.value(UNSAVED).as_str() {
        FINISH => Unsaved::Finish,
        KEEP => Unsaved::Keep,
        _ => Unsaved::Gone,
    }
}

/// Whether the call was none: nobody was rung up.
pub(in crate::console::call) fn is_mistake(form: &Form) -> bool {
    form.value(REACHED) == MISTAKE
}

/// Whether the customer was spoken with: by who was rung up that is said while hanging up.
pub(in crate::console::call) fn somebody_spoke(form: &Form, way: Way) -> bool {
    way == Way::In || form.value(REACHED) == ANSWERED
}

/// The form for a call about these incidents, the current one last; for a call about none it asks why. What is not saved
/// comes first.
pub(in crate::console::call) fn form(
    taken: &[Taken],
    way: Way,
    besides: &Besides,
    zones: &[Tz],
) -> Form {
    let fields = fields(taken, way, besides, zones);
    let Some(summary) = &besides.unsaved else {
        return Form::new(fields);
    };
    let becomes = [
        Choice::new(
            FINISH,
            "finish it",
            "its form comes back, then the rest is asked",
        ),
        Choice::new(KEEP, "keep it", "for the customer's next new incident"),
        Choice::new("drop", "drop it", "what was typed for it is gone"),
    ];
    let first = Field::pick(UNSAVED, "Not saved", becomes.into())
        .required()
        .holding(FINISH)
        .help(format!("A new incident was begun: {summary}"));
    let rest = fields.into_iter();
    let rest = rest.map(|field| field.when(|form| form.value(UNSAVED) != FINISH));
    Form::new(std::iter::once(first).chain(rest).collect())
}

fn fields(taken: &[Taken], way: Way, besides: &Besides, zones: &[Tz]) -> Vec<Field> {
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
        let mut reason = Field::pick("reason", "Reason", reasons.into())
            .required()
            .help("The call led to no incident: it is counted with the reason.");
        if let Some(caller) = &besides.unknown {
            reason = reason.help(format!("Kept with it: {caller}"));
        }
        return vec![reason, Field::text("text", "What was said")];
    }
    let several = taken.len() > 1;
    let mut fields = Vec::new();
    for taken in taken {
        let number = taken.number;
        let asked = missing(taken, several, zones).into_iter();
        let stays = |field: Field| field.when(move |form| !struck::is_struck(form, number));
        fields.extend(asked.map(stays));
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
    // Whoever answers a question that is not asked is told so: y or n alone says nothing.
    fields.push(Field::area("text", "What was said", 2).check(|form| {
        let typed = form.value("text");
        let alone = matches!(typed.trim(), "y" | "n" | "Y" | "N");
        alone.then(|| {
            format!(
                "\"{}\" answers no question here: write what was said, or nothing.",
                typed.trim()
            )
        })
    }));
    if way == Way::Out {
        fields.push(again(zones));
    }
    fields
        .push(Field::text("next", "Next step").help("for whoever goes on: the handover tells it"));
    fields.extend(conduct);
    if way == Way::In {
        fields.extend(struck::fields(taken));
    }
    if way == Way::Out {
        let rung = |field: Field| field.when(|form| !is_mistake(form));
        let rest = fields.split_off(1).into_iter();
        fields.extend(rest.map(rung));
    }
    fields
}

/// When to try again, where nobody was reached.
fn again(zones: &[Tz]) -> Field {
    instants::field("again", "Call again", zones)
        .help("a call is arranged for then, and the customer told")
        .when(|form| {
            let word = form.value(REACHED);
            NOT_REACHED.iter().any(|(missed, ..)| *missed == word)
        })
}

/// The instant in a field, if something is typed there.
pub(super) fn instant(
    form: &Form,
    name: &str,
    now: DateTime<Utc>,
    zone: Tz,
) -> Option<Result<DateTime<Utc>, String>> {
    let text = some(form.value(name))?;
    Some(instants::instant(&text, now, zone))
}

/// Whether somebody answered when we rang them up.
fn reached() -> Field {
    let answered = Choice::new(ANSWERED, ANSWERED, "they spoke with us");
    let others = NOT_REACHED.map(|(word, about, _)| Choice::new(word, word, about));
    let none = Choice::new(MISTAKE, MISTAKE, "nobody was rung up: nothing is recorded");
    let choices = std::iter::once(answered).chain(others).chain([none]);
    let choices = choices.collect();
    Field::pick(REACHED, "Who answered", choices)
        .required()
        .help("without an answer it is kept as an attempt, and is no response")
}

/// The questions that one incident leaves open.
fn missing(taken: &Taken, several: bool, zones: &[Tz]) -> Vec<Field> {
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
        back: None,
    });
    let mut fields = Vec::new();
    if !facts.given {
        fields.push(
            Field::toggle(name("given"), label("number given?"))
                .help("y or n: does the caller have the Tech Reference number?")
                .words_to("text"),
        );
    }
    if facts.unanswered {
        fields.push(
            Field::toggle(name("answered"), label("answered?"))
                .help("y or n: did the caller get an answer on this call? It is the response.")
                .words_to("text"),
        );
    }
    if facts.unanswered && facts.estimate {
        let (answered, estimate) = (name("answered"), name("estimate"));
        let empty = estimate.clone();
        let also = answered.clone();
        fields.push(
            instants::field(estimate, label("estimate"), zones)
                .help("until when it will be resolved; else why that cannot be said")
                .when(move |form| form.is_on(&answered)),
        );
        fields.push(
            Field::text(name("no estimate"), label("why no estimate"))
                .required()
                .when(move |form| form.is_on(&also) && form.value(&empty).trim().is_empty()),
        );
    }
    if facts.unanswered {
        let answered = name("answered");
        fields.push(
            Field::text(name("manual"), label("manual page"))
                .help("the page that answers it, if any: such calls are counted")
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

/// What is typed, unless that is nothing.
pub(super) fn some(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}
