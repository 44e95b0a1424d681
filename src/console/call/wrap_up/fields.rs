//! What is asked while hanging up.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::super::struck;
use super::super::taken::{Facts, Taken};
use crate::console::forms::{Choice, Field, Form};
use crate::console::instants;
use crate::incident::{CallPart, LooseReason, TechRef, Way};
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

/// It was no call at all: nothing is recorded.
const MISTAKE: &str = "by mistake";

/// The field that says why a call led to no incident.
pub(super) const REASON: &str = "reason";
/// The field that says which of several incidents what was said is about.
pub(in crate::console::call) const ABOUT: &str = "about";
/// All of them.
pub(super) const ALL: &str = "all";

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
    /// Nobody was chosen, nothing noted, and nobody rang: the call may have been begun by mistake.
    pub(in crate::console::call) nobody: bool,
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

/// Whether the call was none: it was begun by mistake.
pub(in crate::console::call) fn is_mistake(form: &Form) -> bool {
    [REACHED, REASON]
        .iter()
        .any(|name| form.value(name) == MISTAKE)
}

/// Whether nobody was reached with whom we rang up.
pub(in crate::console::call) fn is_attempt(form: &Form) -> bool {
    let word = form.value(REACHED);
    NOT_REACHED.iter().any(|(missed, ..)| *missed == word)
}

/// Whether this incident gets its answer by the call: whoever speaks with us on a call that we make has it; on one that we
/// take, the agent says so.
pub(in crate::console::call) fn is_answered(form: &Form, taken: &Taken, way: Way) -> bool {
    match way {
        Way::In => form.is_on(&format!("answered {}", taken.number)),
        _ => form.value(REACHED) == ANSWERED && facts(taken).unanswered,
    }
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
    seconds: i64,
    zones: &[Tz],
) -> Form {
    let fields = fields(taken, way, besides, seconds, zones);
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

fn fields(taken: &[Taken], way: Way, besides: &Besides, seconds: i64, zones: &[Tz]) -> Vec<Field> {
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
        let mistake = Choice::new(MISTAKE, MISTAKE, "there was no call: nothing is recorded");
        let mistake = besides.nobody.then_some(mistake);
        let mut reason = Field::pick(
            REASON,
            "Reason",
            reasons.into_iter().chain(mistake).collect(),
        )
        .required()
        .help("The call led to no incident: it is counted with the reason.")
        .words_to("text");
        if let Some(caller) = &besides.unknown {
            reason = reason.help(format!("Kept with it: {caller}"));
        }
        let said = Field::text("text", "What was said")
            .check(no_answer)
            .when(|form| !is_mistake(form));
        return vec![reason, said];
    }
    let several = taken.len() > 1;
    let mut fields = Vec::new();
    for taken in taken {
        let number = taken.number;
        let asked = missing(taken, several, way, zones).into_iter();
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
    if several {
        fields.push(about(taken, seconds));
    }
    fields.push(Field::area("text", "What was said", 2).check(no_answer));
    if way == Way::Out {
        fields.push(again(zones));
    }
    fields
        .push(Field::text("next", "Next step").help("for whoever goes on: the handover tells it"));
    fields.extend(conduct);
    // It comes and goes with the answer: it stands where no key is on its way to something else.
    fields.extend(taken.iter().filter_map(|taken| manual(taken, several, way)));
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

/// Whoever answers a question that is not asked is told so: y or n alone says nothing.
fn no_answer(form: &Form) -> Option<String> {
    let typed = form.value("text");
    let typed = typed.trim();
    let alone = matches!(typed, "y" | "n" | "Y" | "N");
    alone.then(|| format!("\"{typed}\" answers no question here: write what was said, or nothing."))
}

/// When to try again, where nobody was reached.
fn again(zones: &[Tz]) -> Field {
    instants::field("again", "Call again", zones)
        .help("a call is arranged for then, and the customer told")
        .when(is_attempt)
}

/// Which of several incidents what is said is about: at first a new one, else the one that the call was about for longest.
fn about(taken: &[Taken], seconds: i64) -> Field {
    let time = |(place, one): &(usize, &Taken)| {
        let share = CallPart::from(*one).share(seconds, place + 1 == taken.len());
        (one.is_new, share, *place)
    };
    let most = taken.iter().enumerate().max_by_key(time);
    let most = most.map_or_else(String::new, |(_, one)| one.number.to_string());
    let choices = taken.iter().map(|one| {
        let dossier = one.dossier.as_deref();
        let summary = dossier.map_or("", |dossier| dossier.incident.summary.as_str());
        let number = one.number.to_string();
        Choice::new(&number, &number, summary)
    });
    let all = Choice::new(ALL, ALL, "it is kept with each of them");
    let numbers: Vec<TechRef> = taken.iter().map(|one| one.number).collect();
    Field::pick(ABOUT, "Said about", choices.chain([all]).collect())
        .required()
        .holding(&most)
        .help("where what was said, the next step and the conduct are kept")
        .check(move |form| {
            let picked = form.value(ABOUT);
            let mut numbers = numbers.iter();
            let gone =
                numbers.any(|one| one.to_string() == picked && struck::is_struck(form, *one));
            gone.then(|| format!("{picked} does not stay: pick another one."))
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
        .help("whoever answers has our response; without an answer it is an attempt, and none")
}

/// What is known of an incident; before it was read, as much is asked as might be missing.
fn facts(taken: &Taken) -> Facts {
    taken.facts.clone().unwrap_or(Facts {
        unanswered: true,
        estimate: false,
        given: false,
        roles: Vec::new(),
        prepaid: None,
        outside: false,
        back: None,
    })
}

/// What a question is called: with the number, where there are several.
fn labelled(taken: &Taken, several: bool, words: &str) -> String {
    if several {
        return format!("{} {words}", taken.number);
    }
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.map_or_else(String::new, |first| first.chain(letters).collect())
}

/// The manual page that an answer cites, while there is an answer.
fn manual(taken: &Taken, several: bool, way: Way) -> Option<Field> {
    if !facts(taken).unanswered {
        return None;
    }
    let one = taken.clone();
    let name = format!("manual {}", taken.number);
    let page = Field::text(name, labelled(taken, several, "manual page"))
        .help("the page that answers it, if any: such calls are counted")
        .when(move |form| is_answered(form, &one, way) && !struck::is_struck(form, one.number));
    Some(page)
}

/// The questions that one incident leaves open.
fn missing(taken: &Taken, several: bool, way: Way, zones: &[Tz]) -> Vec<Field> {
    let number = taken.number.to_string();
    let label = |words: &str| labelled(taken, several, words);
    let name = |what: &str| format!("{what} {number}");
    let facts = facts(taken);
    let mut fields = Vec::new();
    if !facts.given {
        fields.push(
            Field::toggle(name("given"), label("number given?"))
                .help("y or n: does the caller have the Tech Reference number?")
                .words_to("text"),
        );
    }
    // Whoever speaks with us on a call that we make has our response: there is nothing to ask.
    if facts.unanswered && way == Way::In {
        fields.push(
            Field::toggle(name("answered"), label("answered?"))
                .help("y or n: did the caller get an answer on this call? It is the response.")
                .words_to("text"),
        );
    }
    if facts.unanswered && facts.estimate {
        let estimate = name("estimate");
        let empty = estimate.clone();
        let (one, also) = (taken.clone(), taken.clone());
        fields.push(
            instants::field(estimate, label("estimate"), zones)
                .help("until when it will be resolved; else why that cannot be said")
                .when(move |form| is_answered(form, &one, way)),
        );
        fields.push(
            Field::text(name("no estimate"), label("why no estimate"))
                .required()
                .when(move |form| {
                    is_answered(form, &also, way) && form.value(&empty).trim().is_empty()
                }),
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
