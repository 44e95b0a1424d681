//! Hanging up: what is still missing is asked for, then the call is recorded as `call end` does.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use clap::ValueEnum;

use super::Plain;
use super::missing::{self, is_about, of, stays};
use super::question::{Answers, Choice, Question, is_yes, some};
use super::ring_up::{REACHED, is_mistake, missed, way};
use super::scene::Scene;
use crate::cli::call::end::Over;
use crate::cli::call::which::{self, talking};
use crate::cli::{Failure, Session};
use crate::incident::{
    Command, Estimate, LooseReason, NewContact, NoteKind, Outside, Step, TechRef, Way,
    hours_in_words,
};
use crate::policy::Channel;
use crate::store::{Desk, LiveCall};

/// An incident of a call, with its seconds.
pub(super) type Share = (TechRef, i64);

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
            let state = found.ended().map_or("still runs", |_| "is still kept");
            return self.say(format_args!("Call {} {state}.", found.id));
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
            let done = self.without_incident(&form, found)?;
            return self.keep_answers(session, found, &form, done);
        }
        if shares.len() > 1 {
            self.say_all(shares.iter().map(|share| format!("{}.", in_words(share))))?;
        }
        let mut scenes = Vec::new();
        for (number, _) in &shares {
            scenes.push(Scene::of(session, desk, *number)?);
        }
        let questions = missing::all(session, &scenes, &shares, found);
        let end = |plain: &mut Self, answers: &Answers| {
            plain.end(&over, &shares, &scenes, found, answers)
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
    ) -> Result<Vec<Share>, Failure> {
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
        let about = self.is_sure(words, "yes")?;
        Ok(about
            .then(|| (number, over.seconds()))
            .into_iter()
            .collect())
    }

    /// Records a call that led to no incident.
    fn without_incident(&mut self, form: &str, found: &LiveCall) -> Result<bool, Failure> {
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

    /// Records a call about these incidents, but for those that are struck.
    fn end(
        &mut self,
        over: &Over,
        shares: &[Share],
        scenes: &[Scene],
        found: &LiveCall,
        answers: &Answers,
    ) -> Result<(), Failure> {
        let session = self.session();
        let reached = some(answers, REACHED);
        let reached = reached.as_deref();
        if is_mistake(reached) {
            return self.say("Nothing is recorded.");
        }
        let staying = without(shares.to_vec(), |number| !stays(answers, number));
        let Some((current, _)) = staying.last().copied() else {
            return Err(Failure::Input(
                "one incident must stay in the call: say yes for it".to_owned(),
            ));
        };
        let mut said = BTreeMap::new();
        for (number, _) in &staying {
            let mut contact = said_of(&session, *number, answers)?;
            contact.way = way(found, reached);
            if !is_about(answers, *number, staying.len()) {
                (contact.text, contact.conduct) = (None, None);
            }
            contact.text = match (missed(reached), contact.text) {
                (Some(missed), Some(text)) => Some(format!("{missed}: {text}")),
                (missed, text) => text.or(missed.map(str::to_owned)),
            };
            said.insert(*number, contact);
        }
        let none = || NewContact::new(Way::In, Channel::Phone);
        let standings = over.record(&session, &staying, |number| {
            said.get(&number).cloned().unwrap_or_else(none)
        })?;
        self.say_all(standings)?;
        let given = staying
            .iter()
            .filter(|(number, _)| is_yes(answers, &of("given", *number)))
            .map(|(number, _)| Command::Step(*number, Step::Given));
        let next = some(answers, "next").map(|text| Step::Note {
            kind: NoteKind::Next,
            text,
        });
        let about = staying.iter().map(|(number, _)| *number);
        let about = about.filter(|number| is_about(answers, *number, staying.len()));
        let next = about.filter_map(|number| Some(Command::Step(number, next.clone()?)));
        let again = some(answers, "again").map(|again| session.instant(&again, true));
        let again = again.transpose()?.map(Step::Schedule);
        let again = again.map(|step| Command::Step(current, step));
        let each = scenes.iter().zip(shares);
        let struck = each.filter(|(_, (number, _))| !stays(answers, *number));
        let undone = struck.flat_map(|(scene, (number, _))| {
            let back = missing::steps_back(scene, found).unwrap_or_default();
            std::iter::repeat_n(Command::Undo(*number), back)
        });
        for command in given.chain(next).chain(again).chain(undone) {
            // The call is on record: what is refused from here on is said, and nothing is asked for once more.
            if let Err(failure) = session.execute(&command) {
                self.not_done(&failure)?;
            }
        }
        let shares: Vec<String> = staying.iter().map(in_words).collect();
        self.say(format_args!(
            "Call {} is recorded, {}.",
            found.id,
            shares.join("; ")
        ))
    }
}

/// An incident with its time of the call.
fn in_words((number, seconds): &Share) -> String {
    format!("{number}, {}", hours_in_words(*seconds))
}

/// The shares of those that do not go; the last one has the time of those that do.
fn without(shares: Vec<Share>, goes: impl Fn(TechRef) -> bool) -> Vec<Share> {
    let (gone, mut staying): (Vec<Share>, Vec<Share>) =
        shares.into_iter().partition(|(number, _)| goes(*number));
    let lost: i64 = gone.iter().map(|(_, seconds)| seconds).sum();
    if let Some((_, seconds)) = staying.last_mut() {
        *seconds += lost;
    }
    staying
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
