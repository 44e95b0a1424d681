//! Hanging up: what is still missing is asked for, then the call is recorded as `call end` does.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use super::Plain;
use super::caller::talking;
use super::question::{Answers, Choice, Question, is_yes, some};
use super::ring_up::{again, is_mistake, missed, way};
use super::scene::Scene;
use super::steps::until;
use crate::cli::call::end::Over;
use crate::cli::call::which;
use crate::cli::{Failure, Session};
use crate::incident::{
    ClockKind, Command, Estimate, LooseReason, NewContact, NoteKind, Outside, Step, TechRef, Way,
    asks_outside, hours_in_words, wants_estimate,
};
use crate::policy::{Channel, spoken_role};
use crate::store::{Desk, LiveCall};

impl Plain {
    /// Hangs the agent's call up.
    pub(super) fn hang_up(&mut self) -> Result<(), Failure> {
        let session = self.session();
        let (desk, live) = which::open(&session)?;
        let mut id = None;
        if talking(&session)?.is_none() {
            match self.which_call(|_| true, "Which call is hung up")? {
                Some(words) => id = words.first().and_then(|word| word.parse().ok()),
                None => return Ok(()),
            }
        }
        let found = which::pick(&live, &session, id, |_| true, "runs")?;
        let ended = found.ended().unwrap_or(session.now());
        self.say(format_args!("{}.", length(&found, ended)))?;
        // Whatever becomes of the questions, when it ended is known.
        self.ended(found.id, Some(ended))?;
        if !self.record(&session, &desk, &found, ended)? {
            // Where input has ended so has the call, which is recorded later.
            if self.over {
                return Ok(());
            }
            self.ended(found.id, found.call.ended_at)?;
            return self.say(format_args!("Call {} still runs.", found.id));
        }
        let (_, mut live) = which::open(&session)?;
        live.end(found.id)?;
        self.rows.clear();
        let others = live.calls()?.into_iter();
        let held = others.filter(|other| other.agent == found.agent && other.call.is_held());
        self.say_all(held.map(|other| {
            let (id, who) = (other.id, other.call.in_words().to_owned());
            format!("Call {id}, {who}, is on hold: R takes it back.")
        }))
    }

    /// Notes when the call ended, or that it goes on.
    fn ended(&self, id: i64, ended: Option<DateTime<Utc>>) -> Result<(), Failure> {
        let (_, mut live) = which::open(&self.session())?;
        which::change(&mut live, id, |found| found.call.ended_at = ended)
    }

    /// Asks what is missing and records the call. False where that was left.
    fn record(
        &mut self,
        session: &Session,
        desk: &Desk,
        found: &LiveCall,
        ended: DateTime<Utc>,
    ) -> Result<bool, Failure> {
        let over = Over::of(session, desk, found.clone(), ended)?;
        let shares = self.shares(desk, found, &over)?;
        let form = format!("call {}", found.id);
        let kept = || found.call.answers.clone();
        self.left.entry(form.clone()).or_insert_with(kept);
        if shares.is_empty() {
            let done = self.without_incident(found, &form)?;
            return self.keep_answers(session, found, &form, done);
        }
        let mut reached = None;
        if found.call.rung_up {
            reached = self.reached()?;
            if reached.is_none() {
                return Ok(false);
            }
        }
        let reached = reached.as_deref();
        if is_mistake(reached) {
            self.say("Nothing is recorded.")?;
            return Ok(true);
        }
        let mut questions = all_questions(session, desk, &shares, found, reached)?;
        let current = shares.last().map(|(number, _)| *number);
        let arranged = current.filter(|_| missed(reached).is_some());
        questions.extend(arranged.map(|number| again(self, number)));
        let way = way(found, reached);
        let end = |plain: &mut Self, answers: &Answers| {
            plain.end(&over, &shares, way, missed(reached), answers)
        };
        let done = self.until_done_of(&form, &questions, Answers::new(), end)?;
        self.keep_answers(session, found, &form, done.is_some())
    }

    /// Keeps with the call what was answered where its questions were left, until it is hung up again. Where input has
    /// ended, what was said is a note of the call's already.
    fn keep_answers(
        &self,
        session: &Session,
        found: &LiveCall,
        form: &str,
        done: bool,
    ) -> Result<bool, Failure> {
        if done {
            return Ok(true);
        }
        let mut answers = self.left.get(form).cloned().unwrap_or_default();
        let note = answers.remove("note").filter(|note| !note.is_empty());
        let (_, mut live) = which::open(session)?;
        which::change(&mut live, found.id, |found| {
            match note {
                Some(note) if self.over => found.call.notes.push(note),
                note => answers.extend(note.map(|note| ("note".to_owned(), note))),
            }
            found.call.answers = answers;
        })?;
        Ok(false)
    }

    /// What the call is about, the current one last, each with its share of the time: the open incident is asked about
    /// where nothing was gone on with.
    fn shares(
        &mut self,
        desk: &Desk,
        found: &LiveCall,
        over: &Over,
    ) -> Result<Vec<(TechRef, i64)>, Failure> {
        let shares = over.shares();
        if !shares.is_empty() {
            return Ok(shares);
        }
        if let [one] = over.known() {
            return Ok(vec![(*one, over.seconds())]);
        }
        let Some(number) = self.open else {
            return Ok(Vec::new());
        };
        let (incident, customer) = desk.incident(number, self.session().now())?;
        let is_theirs = |known| known == incident.customer;
        if !found.call.customer.is_none_or(is_theirs) {
            return Ok(Vec::new());
        }
        let words = format!("Was it about {number} of {}?", customer.name);
        let about = Question::yes("about", words).or("yes");
        let yes = self.until_done(&[about], Answers::new(), |_, answers| {
            Ok(is_yes(answers, "about"))
        })?;
        Ok(yes
            .filter(|yes| *yes)
            .map(|_| (number, over.seconds()))
            .into_iter()
            .collect())
    }

    /// Records a call that led to no incident.
    fn without_incident(&mut self, found: &LiveCall, form: &str) -> Result<bool, Failure> {
        let reasons = LooseReason::ALL.into_iter().map(|reason| {
            let value = reason.to_possible_value();
            let about = value.and_then(|value| value.get_help().map(ToString::to_string));
            let about = about.unwrap_or_default();
            Choice::new(reason.word(), about.trim_end_matches('.'))
        });
        let why = Question::pick("reason", "Reason", reasons.collect()).required();
        let questions = [
            why.help("The call led to no incident: it is counted with the reason."),
            Question::text("note", "What was said"),
        ];
        let id = found.id.to_string();
        let done = self.until_done_of(form, &questions, Answers::new(), |plain, answers| {
            let mut words = vec!["call".to_owned(), "end".to_owned(), id.clone()];
            words.extend(option(answers, "reason", "no-incident"));
            words.extend(option(answers, "note", "note"));
            plain.try_run(&words)
        })?;
        Ok(done.is_some())
    }

    /// Records a call about these incidents.
    fn end(
        &mut self,
        over: &Over,
        shares: &[(TechRef, i64)],
        way: Way,
        missed: Option<&str>,
        answers: &Answers,
    ) -> Result<(), Failure> {
        let session = self.session();
        let mut said = BTreeMap::new();
        for (number, _) in shares {
            let mut contact = said_of(&session, *number, answers)?;
            contact.way = way;
            contact.text = match (missed, contact.text) {
                (Some(missed), Some(text)) => Some(format!("{missed}: {text}")),
                (missed, text) => text.or(missed.map(str::to_owned)),
            };
            said.insert(*number, contact);
        }
        let none = || NewContact::new(way, Channel::Phone);
        let standings = over.record(&session, shares, |number| {
            said.get(&number).cloned().unwrap_or_else(none)
        })?;
        self.say_all(standings)?;
        let given = shares
            .iter()
            .filter(|(number, _)| is_yes(answers, &of("given", *number)))
            .map(|(number, _)| (*number, Step::Given));
        let next = some(answers, "next").map(|next| Step::Note {
            kind: NoteKind::Next,
            text: next,
        });
        let current = shares.last().map(|(number, _)| *number);
        let again = current.and_then(|number| some(answers, &format!("again {number}")));
        let again = again
            .map(|again| session.instant(&again, true))
            .transpose()?;
        let again = again.map(Step::Schedule);
        for (number, step) in given.chain(current.zip(next)).chain(current.zip(again)) {
            // The call is on record: what is refused from here on is said, and nothing is asked for once more.
            if let Err(failure) = session.execute(&Command::Step(number, step)) {
                self.not_done(&failure)?;
            }
        }
        Ok(())
    }
}

/// The key of a question about one of the call's incidents.
fn of(what: &str, number: TechRef) -> String {
    format!("{what} {number}")
}

/// What was said about an incident.
fn said_of(session: &Session, number: TechRef, answers: &Answers) -> Result<NewContact, Failure> {
    let answer = |what| some(answers, &of(what, number));
    let by = answer("estimate").map(|by| session.instant(&by, true));
    let estimate = by.transpose()?.map(Estimate::By);
    let outside = match answer("outside").as_deref() {
        Some("charge") => Some(Outside::Charge),
        Some(_) => Some(Outside::Waive(answer("outside reason").unwrap_or_default())),
        None => None,
    };
    Ok(NewContact {
        outside,
        answered: is_yes(answers, &of("answered", number)),
        estimate: estimate.or(answer("no estimate").map(Estimate::No)),
        text: some(answers, "note"),
        conduct: some(answers, "conduct"),
        with: answer("with"),
        manual_page: answer("manual"),
        ..NewContact::new(Way::In, Channel::Phone)
    })
}

/// `--name=answer`, where something was answered.
pub(super) fn option(answers: &Answers, key: &str, name: &str) -> Option<String> {
    Some(format!("--{name}={}", some(answers, key)?))
}

/// Who it is, and how long it took.
fn length(found: &LiveCall, ended: DateTime<Utc>) -> String {
    let (id, who) = (found.id, found.call.in_words());
    let seconds = found.call.seconds(ended);
    let held = found.call.timer.map_or(0, |timer| timer.held(ended));
    let held = (held > 0).then(|| format!(", on hold {}", hours_in_words(held)));
    let length = hours_in_words(seconds);
    format!("Call {id}, {who}: {length}{}", held.unwrap_or_default())
}

/// What is still missing on the incidents of a call, then about the call itself.
fn all_questions(
    session: &Session,
    desk: &Desk,
    shares: &[(TechRef, i64)],
    found: &LiveCall,
    reached: Option<&str>,
) -> Result<Vec<Question>, Failure> {
    let mut all = Vec::new();
    let spoken = missed(reached).is_none();
    for (number, _) in shares.iter().filter(|_| spoken) {
        let questions = questions(session, desk, *number, found)?;
        // Of several, each says which one is meant.
        all.extend(questions.into_iter().map(|one| match shares.len() {
            1 => one,
            _ => one.named(*number),
        }));
    }
    all.extend([
        Question::text("note", "What was said"),
        Question::text("next", "Next step"),
    ]);
    let conduct = Question::text("conduct", "Conduct of the caller, if worth keeping");
    all.extend(spoken.then_some(conduct));
    Ok(all)
}

/// What is still missing on an incident of a call.
fn questions(
    session: &Session,
    desk: &Desk,
    number: TechRef,
    found: &LiveCall,
) -> Result<Vec<Question>, Failure> {
    let scene = Scene::of(session, desk, number)?;
    let (incident, policy) = (&scene.dossier.incident, scene.policy());
    let mut questions = Vec::new();
    if incident.number_given_at.is_none() {
        let words = format!("Does the caller have the number {number}?");
        questions.push(Question::yes(of("given", number), words));
    }
    let owed = incident.running(ClockKind::Response).is_some();
    let unanswered = owed || incident.first_response_at.is_none();
    let is_new = incident.opened_at
        >= found
            .call
            .timer
            .map_or(session.now(), |timer| timer.began_at);
    // Whoever was rung up and spoke with us was answered by that.
    let answers_itself = found.call.rung_up && !is_new;
    if incident.state.is_workable() && (unanswered || answers_itself) {
        let key = of("answered", number);
        let words = "Did the caller get an answer on this call?";
        questions.extend((!answers_itself).then(|| Question::yes(key.clone(), words)));
        let answered = move |answers: &Answers| answers_itself || is_yes(answers, &key);
        if wants_estimate(incident, policy, session.now()) {
            let keys = ["estimate", "no estimate"].map(|what| of(what, number));
            let outlook = outlook(session, keys).into_iter();
            questions.extend(outlook.map(|one| one.also_when(answered.clone())));
        }
        if unanswered && !answers_itself {
            let manual = Question::text(of("manual", number), "Manual page that answers it");
            questions.push(manual.when(answered));
        }
    }
    let timer = found.call.timer;
    if timer.is_some_and(|timer| asks_outside(incident, scene.situation(), timer.began_at)) {
        let becomes = [
            Choice::new("charge", "its time is charged as any other's"),
            Choice::new("waive", "its time is not charged"),
        ];
        let key = of("outside", number);
        let outside = Question::pick(key.clone(), "Outside hours", becomes.into());
        questions.push(
            outside
                .required()
                .help("The contract covers calls within the hours: is this one charged?"),
        );
        let why = Question::text(of("outside reason", number), "Why not").required();
        questions.push(why.when(move |answers| some(answers, &key).as_deref() == Some("waive")));
    }
    let roles = policy.spoken_roles();
    let roles: Vec<Choice> = roles
        .map(|role| Choice::said(role, spoken_role(role)))
        .collect();
    if !roles.is_empty() {
        let with = "Who of the ladder was on the line";
        questions.push(Question::pick(of("with", number), with, roles));
    }
    Ok(questions)
}

/// When it will be resolved, or why that cannot be said; under these keys.
pub(super) fn outlook(session: &Session, [by, why]: [String; 2]) -> [Question; 2] {
    let promised = by.clone();
    let by = until(session, by);
    let why = Question::text(why, "Why can that not be said").required();
    [
        by,
        why.when(move |answers| some(answers, &promised).is_none()),
    ]
}
