//! Who rings: candidates that are numbered, somebody new, and the caller's card in sentences.

use super::card::person;
use super::question::{Answers, Choice, Question, some};
use super::{Plain, has_no_option};
use crate::cli::Failure;
use crate::cli::call::which::{self, talking};
use crate::cli::session::sentence;
use crate::incident::{
    Command, Contact, Customer, NewContact, NumberError, RunningCall, Step, TechRef, Timer, Way,
    hours_in_words,
};
use crate::policy::Channel;
use crate::store::{Access, Context, LiveCall};

/// As many candidates are read out.
const CANDIDATES: usize = 9;
/// Who is meant.
#[derive(Debug, Clone)]
pub(super) enum Who {
    /// A customer, with the person who is likely to ring.
    Customer(Box<Customer>, Option<Contact>),
    /// Whoever rings about this incident.
    Incident(TechRef),
}

impl Plain {
    /// A call begins, or it is found who rings on the one that runs.
    pub(super) fn begin_call(&mut self, typed: &str) -> Result<(), Failure> {
        let session = self.session();
        let (id, caller) = match talking(&session)? {
            Some(found) if !found.call.parts.is_empty() => {
                let (id, who) = (found.id, found.call.in_words());
                return self.say(format_args!(
                    "Call {id} with {who} runs: x hangs it up, H puts it on hold."
                ));
            }
            Some(found) => (
                found.id,
                found.call.customer.map(|id| (id, found.call.contact)),
            ),
            None => {
                let (_, mut live) = which::open(&session)?;
                let call = RunningCall {
                    timer: Some(Timer::begin(session.now())),
                    ..RunningCall::default()
                };
                let id = live.start(&session.agent(), &call, session.now())?;
                self.say(format_args!("Call {id} begins."))?;
                (id, None)
            }
        };
        match caller.filter(|_| typed.is_empty()) {
            Some((customer, contact)) => self.read_card(customer, contact.as_ref()),
            None => match self.who(typed, "Who rings?")? {
                Some(who) => self.put_on_call(id, who),
                None => self.say("Nobody is known yet: c and a name says who rings."),
            },
        }
    }

    /// Puts the call on hold; where none runs, takes one back.
    pub(super) fn hold(&mut self) -> Result<(), Failure> {
        let session = self.session();
        let (_, live) = which::open(&session)?;
        let me = session.agent();
        let mut mine = live.calls()?.into_iter().filter(|found| found.agent == me);
        let (runs, held) = mine.by_ref().fold((false, false), |(runs, held), found| {
            (
                runs || found.call.is_running(),
                held || found.call.is_held(),
            )
        });
        match (runs, held) {
            (false, true) => self.answer(&["call", "answer"].map(str::to_owned)),
            _ => self.run(&["call", "hold"].map(str::to_owned)).map(drop),
        }
    }

    /// Which of the agent's calls is meant, by its number: asked where several are. None where that was left.
    pub(super) fn which_call(
        &mut self,
        wanted: impl Fn(&LiveCall) -> bool,
        asked: &str,
    ) -> Result<Option<Vec<String>>, Failure> {
        let session = self.session();
        let (_, live) = which::open(&session)?;
        let (me, now) = (session.agent(), session.now());
        let mine = |found: &LiveCall| found.agent == me && found.call.timer.is_some();
        let calls: Vec<LiveCall> = live
            .calls()?
            .into_iter()
            .filter(|found| mine(found) && wanted(found))
            .collect();
        if calls.len() < 2 {
            return Ok(Some(Vec::new()));
        }
        let choices = calls.iter().map(|found| {
            let (state, at) = found.stands(now);
            let timer = found.call.timer;
            let seconds = timer.map_or(0, |timer| timer.seconds(at));
            let held = timer.map_or(0, |timer| timer.held(at));
            let held = (held > 0).then(|| format!(", of them on hold {}", hours_in_words(held)));
            let (who, held) = (found.call.in_words(), held.unwrap_or_default());
            let length = hours_in_words(seconds);
            Choice::said(
                found.id.to_string(),
                format!("{who}, {state}, {length}{held}, call {}", found.id),
            )
        });
        let which = Question::pick("call", asked, choices.collect()).required();
        self.until_done(&[which], Answers::new(), |_, answers| {
            Ok(some(answers, "call").into_iter().collect())
        })
    }

    /// Answers what rings, or takes a call back, and says who it is.
    pub(super) fn answer(&mut self, words: &[String]) -> Result<(), Failure> {
        let mut words = words.to_vec();
        let session = self.session();
        let (_, live) = which::open(&session)?;
        if words.len() == 2 && live.rings(session.now())?.is_empty() {
            let held = |found: &LiveCall| found.call.is_held();
            match self.which_call(held, "Which call is taken back")? {
                Some(id) => words.extend(id),
                None => return Ok(()),
            }
        }
        if !self.run(&words)? {
            return Ok(());
        }
        let call = talking(&self.session())?.map(|found| found.call);
        match call.and_then(|call| Some((call.customer?, call.contact))) {
            Some((customer, contact)) => self.read_card(customer, contact.as_ref()),
            None => self.say("c and a name says who rings."),
        }
    }

    /// Keeps a note with the call that runs, which its incident gets; false where none runs.
    pub(super) fn notes_call(&mut self, text: &[&str]) -> Result<bool, Failure> {
        let session = self.session();
        let Some(found) = talking(&session)?.filter(|_| has_no_option(text) && !text.is_empty())
        else {
            return Ok(false);
        };
        let text = text.join(" ");
        crate::incident::refuse_cards("note", &text)?;
        let (_, mut live) = which::open(&session)?;
        which::change(&mut live, found.id, |found| found.call.notes.push(text))?;
        self.say("Kept with the call.")?;
        Ok(true)
    }

    /// The call goes on with whoever it is.
    fn put_on_call(&mut self, id: i64, who: Who) -> Result<(), Failure> {
        let session = self.session();
        let (customer, contact, number) = match who {
            Who::Customer(customer, contact) => (*customer, contact, None),
            Who::Incident(number) => {
                let desk = session.open(Access::Read)?;
                let (incident, customer) = desk.incident(desk.leads_to(number)?, session.now())?;
                (customer, incident.contact, Some(number))
            }
        };
        let (_, mut live) = which::open(&session)?;
        which::change(&mut live, id, |found| {
            found.call.customer = Some(customer.id);
            found.call.who.clone_from(&customer.name);
            found.call.contact.clone_from(&contact);
        })?;
        self.read_card(customer.id, contact.as_ref())?;
        number.map_or(Ok(()), |number| self.go_on(number, true))
    }

    /// Goes on with an incident. Where a call runs with its customer, that is a contact, which counts from the call's start,
    /// or from the incident's where that is later; who names the number has it.
    pub(super) fn go_on(&mut self, number: TechRef, names_it: bool) -> Result<(), Failure> {
        let session = self.session();
        let desk = session.open(Access::Read)?;
        let number = desk.leads_to(number)?;
        let (incident, _) = desk.incident(number, session.now())?;
        let call = talking(&session)?;
        let call = call.filter(|found| found.call.customer == Some(incident.customer));
        if let Some((found, timer)) =
            call.and_then(|found| Some((found.clone(), found.call.timer?)))
        {
            let mut parts = found.call.parts.iter();
            if !found.call.rung_up && !parts.any(|part| part.number == number) {
                let contact = Step::Contact(NewContact {
                    contact: found.call.contact.clone(),
                    ..NewContact::new(Way::In, Channel::Phone)
                });
                let given = names_it && incident.number_given_at.is_none();
                let context = Context {
                    at: Some(timer.began_at.max(incident.opened_at)),
                    ..session.context()?
                };
                session.batch(|batch| {
                    let steps = [contact].into_iter().chain(given.then_some(Step::Given));
                    for step in steps {
                        batch.execute(&Command::Step(number, step), &context)?;
                    }
                    Ok(())
                })?;
            }
            let (_, mut live) = which::open(&session)?;
            let now = session.now();
            which::change(&mut live, found.id, |found| {
                found.call.turn_to(number, false, now);
            })?;
            self.say(format_args!("The call goes on with {number}."))?;
        }
        self.open(&number.to_string())
    }

    /// Finds who is meant; asks where nothing was typed. None where that was left.
    pub(super) fn who(&mut self, typed: &str, asked: &str) -> Result<Option<Who>, Failure> {
        let mut typed = typed.trim().to_owned();
        if typed.is_empty() {
            let prompt = format!(
                "{asked} A name, company, telephone number, mail, code or incident number: "
            );
            let line = self.line(&prompt)?.unwrap_or_default();
            line.trim().clone_into(&mut typed);
        }
        loop {
            if typed.is_empty() {
                return Ok(None);
            }
            let mut found = self.candidates(&typed)?;
            if let [(who, false, _)] = found.as_slice() {
                return Ok(Some(who.clone()));
            }
            if found.is_empty() {
                self.say(format_args!("Nobody is found for {typed}."))?;
            }
            let cut = found.len() > CANDIDATES;
            found.truncate(CANDIDATES);
            for ((_, alike, words), n) in found.iter().zip(1..) {
                let alike = if *alike { ", sounds alike" } else { "" };
                self.say(format_args!("{n}{alike}: {words}."))?;
            }
            if cut {
                self.say("There are more: say more of the name.")?;
            }
            let new = found.len() + 1;
            self.say(format_args!("{new}: a new customer, {typed}."))?;
            let which = match new {
                1 => "1 adds them.".to_owned(),
                new => format!("Which one, 1 to {new}?"),
            };
            let prompt = format!("{which} Another name is looked for, Enter leaves it: ");
            let line = self.line(&prompt)?.unwrap_or_default();
            match line.trim().parse::<usize>() {
                Ok(n) if n == new => return self.new_customer(&typed),
                Ok(n) if (1..new).contains(&n) => {
                    let chosen = found.into_iter().nth(n - 1);
                    return Ok(chosen.map(|(who, ..)| who));
                }
                _ => line.trim().clone_into(&mut typed),
            }
        }
    }

    /// Whom something typed may mean, best first: whether it only sounds or looks alike, and in words.
    fn candidates(&self, typed: &str) -> Result<Vec<(Who, bool, String)>, Failure> {
        let session = self.session();
        let desk = session.open(Access::Read)?;
        let (numbers, alike) = match session.number(typed) {
            Ok(number) => (vec![number], false),
            Err(_) => (TechRef::near(typed), true),
        };
        let named = desk.named(&numbers)?;
        if alike && !named.is_empty() {
            self.say(sentence(&NumberError::Wrong.to_string()))?;
        }
        let incidents = named.into_iter().map(|named| {
            let words = format!(
                "incident {}, {}: {}",
                named.number, named.customer, named.summary
            );
            (Who::Incident(named.number), alike, words)
        });
        let found = desk.find_customers(typed, CANDIDATES + 1)?.into_iter();
        let customers = found.map(|found| {
            let contact = found.customer.likely_caller(typed).cloned();
            let words = [
                Some(found.customer.name.clone()),
                Some(found.customer.code.clone()),
            ];
            let words: Vec<String> = words
                .into_iter()
                .flatten()
                .chain(contact.iter().map(person))
                .collect();
            let who = Who::Customer(Box::new(found.customer), contact);
            (who, found.sounds_alike, words.join(", "))
        });
        let found: Vec<_> = incidents.chain(customers).collect();
        // A number that somebody has is meant, whatever telephone numbers begin with its digits.
        Ok(
            match found
                .iter()
                .position(|(who, alike, _)| matches!(who, Who::Incident(_)) && !alike)
            {
                Some(at) => found.into_iter().skip(at).take(1).collect(),
                None => found,
            },
        )
    }
}
