//! We ring the customer up: whom, by which number, and at the end who answered.

use super::Plain;
use super::question::{Answers, Choice, Question, some};
use super::steps::instant;
use crate::cli::call::which::{self, talking};
use crate::cli::session::sentence;
use crate::cli::{Failure, Session, told};
use crate::incident::{RunningCall, Timer, Way};
use crate::store::LiveCall;

/// The key of the question who answered.
pub(super) const REACHED: &str = "reached";
/// Somebody spoke with us.
const ANSWERED: &str = "answered";
/// We did not ring at all: nothing is recorded.
const MISTAKE: &str = "mistake";
/// Who answered in place of the customer, and how that is noted.
const NOT_REACHED: [(&str, &str, &str); 2] = [
    ("nobody", "nobody answered", "Nobody answered"),
    ("mailbox", "a voice mailbox did", "Voice mailbox"),
];

impl Plain {
    /// Rings the customer of an incident up: the timer runs once it is said whom.
    pub(super) fn ring_up(&mut self, typed: Option<&str>) -> Result<(), Failure> {
        let session = self.session();
        let number = typed.map(|typed| session.number(typed)).transpose()?;
        let Some(number) = number.or(self.open) else {
            return self.say("No incident is open: its number opens it.");
        };
        if let Some(found) = talking(&session)? {
            let (id, who) = (found.id, found.call.in_words());
            return self.say(format_args!(
                "Call {id} with {who} runs: x hangs it up, H puts it on hold."
            ));
        }
        let scene = self.scene(number)?;
        let (incident, customer) = (&scene.dossier.incident, &scene.dossier.customer);
        let number = incident.tech_ref;
        let likely = incident.contact.as_ref();
        let people = customer.to_ring_up(likely);
        let (name, summary) = (&customer.name, &incident.summary);
        self.say(format_args!("Ring up {name} about {number}, {summary}."))?;
        let office = incident.office.as_deref();
        let hours = told::hours(&scene.dossier.ruling, office, session.now(), &session);
        self.say_all(hours.map(|hours| sentence(&hours)))?;
        let mut rung = None;
        if let Some((first, _)) = people.first() {
            let choices = people.iter().map(|(words, _)| Choice::said(words, words));
            let whom = Question::pick("whom", "Whom", choices.collect());
            let whom = whom.or(first).required().help("You dial, the timer runs.");
            let asked = self.until_done(&[whom], Answers::new(), |_, answers| {
                Ok(some(answers, "whom"))
            })?;
            let Some(picked) = asked else {
                return Ok(());
            };
            let mut people = people.into_iter();
            rung = people.find(|(words, _)| Some(words) == picked.as_ref());
        }
        let now = self.session().now();
        let mut call = RunningCall {
            timer: Some(Timer::begin(now)),
            customer: Some(customer.id),
            who: customer.name.clone(),
            contact: rung.map(|(_, contact)| contact),
            rung_up: true,
            ..RunningCall::default()
        };
        call.turn_to(number, false, now);
        let (_, mut live) = which::open(&session)?;
        let id = live.start(&session.agent(), &call, now)?;
        self.open = Some(number);
        self.watch.looks_at(&session, number);
        self.say(format_args!(
            "Call {id} begins: x hangs up, also where nobody answers."
        ))
    }
}

/// Who answered a call with which we rang the customer up.
pub(super) fn reached() -> Question {
    let missed = NOT_REACHED.map(|(word, about, _)| Choice::new(word, about));
    let answered = Choice::new(ANSWERED, "they spoke with us");
    let mistake = Choice::new(MISTAKE, "nobody was rung up: nothing is recorded");
    let choices = std::iter::once(answered).chain(missed).chain([mistake]);
    let reached = Question::pick(REACHED, "Who answered", choices.collect());
    reached
        .required()
        .help("Without an answer it is kept as an attempt, and is no response.")
}

/// Whether the customer was spoken with, which is asked where we rang them up.
pub(super) fn spoke(rung_up: bool) -> impl Fn(&Answers) -> bool {
    move |answers| !rung_up || some(answers, REACHED).as_deref() == Some(ANSWERED)
}

/// Which way a call went, where this was said of who answered.
pub(super) fn way(found: &LiveCall, reached: Option<&str>) -> Way {
    match (found.call.rung_up, missed(reached)) {
        (false, _) => Way::In,
        (true, None) => Way::Out,
        (true, Some(_)) => Way::Attempt,
    }
}

/// In words who answered in place of the customer.
pub(super) fn missed(reached: Option<&str>) -> Option<&'static str> {
    let mut missed = NOT_REACHED.iter();
    let found = missed.find(|(word, ..)| Some(*word) == reached)?;
    Some(found.2)
}

/// Whether we did not ring at all.
pub(super) fn is_mistake(reached: Option<&str>) -> bool {
    reached == Some(MISTAKE)
}

/// When a call is arranged for, where nobody was reached.
pub(super) fn again(session: &Session) -> Question {
    instant(session, "again", "When is it tried again")
        .help("A call is arranged for then, and the customer told.")
}
