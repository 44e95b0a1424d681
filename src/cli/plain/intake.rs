//! A new incident: what this policy asks for and nothing else, in the order of the console's form.

use super::Plain;
use super::caller::Who;
use super::card::person;
use super::newcomer::offices;
use super::question::{Answers, Choice, Question, is_yes, known, some};
use crate::cli::call::which::{self, talking};
use crate::cli::session::sentence;
use crate::cli::step::other_command;
use crate::cli::{Failure, Session, told};
use crate::incident::{
    AskedFor, Command, Contact, Customer, EmergencyCall, EntitlementId, Log, Pin, TechRef,
    asked_at_intake, dialable, emergency_asked_in_words, entitled, spoken,
};
use crate::policy::{Channel, Emergency, Policy, Route};
use crate::store::{Access, CallerCard, Context, Done, LiveCall};

/// The ways in which an incident reaches us without a call.
const WRITTEN: [Channel; 3] = [Channel::Mail, Channel::Chat, Channel::Other];

impl Plain {
    /// A new incident: of the caller while a call runs, else of whoever is named.
    pub(super) fn new_incident(&mut self, summary: &str) -> Result<(), Failure> {
        let call = match talking(&self.session())? {
            Some(found) if found.call.customer.is_none() => {
                self.begin_call("")?;
                talking(&self.session())?
            }
            call => call,
        };
        let caller = call
            .as_ref()
            .and_then(|found| Some((found.call.customer?, found)));
        let (customer, contact) = match (caller, &call) {
            (Some((id, found)), _) => (id, found.call.contact.clone()),
            (None, Some(_)) => return Ok(()),
            (None, None) => match self.who("", "Whose is it?")? {
                Some(Who::Customer(customer, contact)) => (customer.id, contact),
                Some(Who::Incident(number)) => return self.go_on(number, false),
                None => return self.say("Nothing was done."),
            },
        };
        let session = self.session();
        let card = session
            .open(Access::Read)?
            .caller(customer, session.now())?;
        let (name, policy) = (&card.customer.name, &card.ruling.policy);
        self.say(format_args!(
            "A new incident of {name}, policy {}.",
            policy.title
        ))?;
        let intake = &policy.intake;
        self.say_list("Covered", &intake.covers)?;
        self.say_list("Not covered", &intake.excludes)?;
        self.say_list("Ask for", &intake.checklist)?;
        let questions = questions(&session, &card, contact.as_ref(), call.is_some());
        let form = format!("new incident of {}", card.customer.code);
        let given = known("summary", summary);
        let logged = self.until_done_of(&form, &questions, given, |plain, answers| {
            log(
                &plain.session(),
                &card,
                contact.as_ref(),
                call.as_ref(),
                answers,
            )
        })?;
        let Some(number) = logged else {
            return Ok(());
        };
        match &call {
            Some(found) => self.turned_to_new(found, number, policy),
            None => self.read_new(number, policy),
        }
    }

    /// The call goes on with a new incident, whose number is read out.
    pub(super) fn turned_to_new(
        &mut self,
        found: &LiveCall,
        number: TechRef,
        policy: &Policy,
    ) -> Result<(), Failure> {
        let session = self.session();
        let (_, mut live) = which::open(&session)?;
        which::change(&mut live, found.id, |found| {
            found.call.turn_to(number, true, session.now());
        })?;
        self.read_new(number, policy)
    }

    /// The number to be read out, what was promised with it, and what the caller is told.
    fn read_new(&mut self, number: TechRef, policy: &Policy) -> Result<(), Failure> {
        let session = self.session();
        let desk = session.open(Access::Read)?;
        self.open = Some(number);
        self.watch.looks_at(&session, number);
        self.say(format_args!("It is {number}. Say: {}.", number.spoken()))?;
        told::tell(&desk, number, &session)?;
        let (incident, _) = desk.incident(number, session.now())?;
        let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
        let zone = session.zone_of(&ruling, incident.office.as_deref());
        self.say(format_args!(
            "Say: {}",
            spoken(&incident, session.now(), zone)
        ))?;
        self.say_list("Tell", &policy.intake.tell)?;
        self.say("K says that the caller has the number, x hangs up.")
    }
}

fn questions(
    session: &Session,
    card: &CallerCard,
    contact: Option<&Contact>,
    is_call: bool,
) -> Vec<Question> {
    let (customer, policy) = (&card.customer, &card.ruling.policy);
    let asked = asked_at_intake(policy, customer, is_call).into_iter();
    let questions = asked.flat_map(|asked| match asked {
        AskedFor::Channel => {
            let ways = WRITTEN.iter().map(|way| Choice::new(way.word(), ""));
            vec![Question::pick("channel", "How did it come", ways.collect()).required()]
        }
        AskedFor::ChannelReason => vec![channel_reason(policy, channel)],
        AskedFor::Summary => vec![Question::text("summary", "Summary").required()],
        AskedFor::Detail { required } => vec![detail(required)],
        AskedFor::Emergency(gate) => emergency(gate, policy, customer),
        AskedFor::Severity => vec![severity(policy)],
        AskedFor::Office => vec![Question::pick("office", "Office", offices(policy)).required()],
        AskedFor::Routing => policy.intake.route.iter().map(routed).collect(),
        AskedFor::WhatChanged => {
            let words = "What changed before it began";
            vec![Question::text("what_changed", words)]
        }
        AskedFor::Product => {
            let at_once = |expedite| if expedite { "at once" } else { "" };
            let known = policy.products.iter();
            let known = known.map(|one| Choice::new(&one.name, at_once(one.expedite)));
            vec![Question::pick("product", "Product", known.collect()).free()]
        }
        AskedFor::Caller => caller(customer, contact).into(),
        AskedFor::PaidBy => paid_by(session, card).into_iter().collect(),
    });
    questions.collect()
}

/// Why by a way that the agreement does not cover.
pub(super) fn channel_reason(
    policy: &Policy,
    way: impl Fn(&Answers) -> Channel + 'static,
) -> Question {
    let (covered, covers) = (policy.channels.clone(), policy.channel_words().join(", "));
    Question::text("channel_reason", "Why so")
        .required()
        .help(format!(
            "The agreement covers {covers}; another way is kept with its reason."
        ))
        .when(move |answers| !covered.contains(&way(answers)))
}

/// All of the issue.
pub(super) fn detail(required: bool) -> Question {
    let detail = Question::text("detail", "Details");
    match required {
        true => detail.required(),
        false => detail,
    }
}

/// How severe it is.
pub(super) fn severity(policy: &Policy) -> Question {
    let known = policy.severities.iter();
    let choices = known.map(|one| Choice::new(&one.name, &one.definition));
    Question::pick("severity", "Severity", choices.collect()).required()
}

/// What the policy asks to find who works on it.
fn routed(route: &Route) -> Question {
    let answers = route.answers.iter();
    let answers = answers.map(|known| Choice::new(&known.answer, ""));
    let words = route.question.trim_end_matches('?');
    Question::pick(route_key(route), words, answers.collect()).required()
}

/// How it reached us: by the call, unless that was asked.
fn channel(answers: &Answers) -> Channel {
    let answer = some(answers, "channel");
    let mut written = WRITTEN.into_iter();
    let picked = written.find(|channel| Some(channel.word()) == answer.as_deref());
    picked.unwrap_or(Channel::Phone)
}

/// Whether it is an emergency, and then what stands before that.
fn emergency(gate: &Emergency, policy: &Policy, customer: &Customer) -> Vec<Question> {
    let free = gate.without_gate.clone();
    let gated =
        move |answers: &Answers| is_yes(answers, "emergency") && !free.contains(&channel(answers));
    let said = emergency_asked_in_words(policy, customer.office.as_deref()).into_iter();
    let asked = Question::yes("emergency", "Is it an emergency?");
    let count = |key, words| {
        Question::text(key, words)
            .required()
            .check(|typed| match typed.parse::<u32>() {
                Ok(_) => Ok(None),
                Err(_) => Err(format!("\"{typed}\" is no number of calls.")),
            })
    };
    let failing = format!(
        "Emergency service is for when at least {} % of the calls fail.",
        gate.failing_percent
    );
    let pin = Question::text(
        "pin",
        "The caller's PIN, which is not shown and kept nowhere",
    );
    let pin = pin.secret().check(|typed| {
        let pin = Pin::new(typed);
        pin.map(|_| None).map_err(|refusal| refusal.message)
    });
    let mut questions = vec![
        said.fold(asked, |asked, words| asked.help(sentence(&words))),
        count("tried", "Calls tried").when(gated.clone()),
        count("failed", "Calls failed")
            .help(failing)
            .when(gated.clone()),
    ];
    questions.extend(gate.pin.then(|| pin.when(gated)));
    questions
}

/// Who speaks for the customer: one of those on record, or somebody new.
fn caller(customer: &Customer, contact: Option<&Contact>) -> [Question; 2] {
    let people = customer.contacts.iter();
    let choices = people.map(|known| Choice::said(&known.name, person(known)));
    let first = contact.map_or("", |contact| &contact.name);
    let known: Vec<String> = customer
        .contacts
        .iter()
        .map(|known| known.name.clone())
        .collect();
    let is_new =
        move |answers: &Answers| some(answers, "caller").is_some_and(|name| !known.contains(&name));
    let phone_number = |typed: &str| dialable(typed).map(|()| None).map_err(|no| no.message);
    [
        Question::pick("caller", "Caller", choices.collect())
            .free()
            .or(first),
        Question::text("phone", "Number to call back")
            .check(phone_number)
            .when(is_new),
    ]
}

/// What pays for it, where there is a choice.
fn paid_by(session: &Session, card: &CallerCard) -> Option<Question> {
    let policy = &card.ruling.policy;
    let zone = session.zone_of(&card.ruling, card.customer.office.as_deref());
    let day = session.now().with_timezone(&zone).date_naive();
    let fitting = entitled::fitting(policy, &card.entitlements, day);
    let first = fitting.first()?.id.0.to_string();
    let choices = fitting.iter().map(|owned| {
        Choice::said(
            owned.id.0.to_string(),
            entitled::one_in_words(policy, owned),
        )
    });
    (fitting.len() > 1).then(|| {
        let paid_by = Question::pick("paid_by", "Paid by", choices.collect());
        paid_by.required().or(first)
    })
}

/// Logs what was answered; somebody new is put on record with the customer.
fn log(
    session: &Session,
    card: &CallerCard,
    contact: Option<&Contact>,
    call: Option<&LiveCall>,
    answers: &Answers,
) -> Result<TechRef, Failure> {
    let customer = &card.customer;
    let name = some(answers, "caller");
    let known = name
        .as_deref()
        .and_then(|name| customer.person(name))
        .cloned();
    let known = known.or_else(|| {
        contact
            .filter(|who| Some(&who.name) == name.as_ref())
            .cloned()
    });
    let new = name.filter(|_| known.is_none()).map(|name| Contact {
        name,
        phones: some(answers, "phone").into_iter().collect(),
        ..Contact::default()
    });
    let number = |key| {
        let typed = some(answers, key);
        typed
            .map(|typed| typed.parse::<u32>().map_err(Failure::input))
            .transpose()
    };
    let emergency = is_yes(answers, "emergency").then(|| {
        let pin = some(answers, "pin").map(|pin| Pin::new(&pin)).transpose()?;
        Ok::<_, Failure>(EmergencyCall {
            tried: number("tried")?,
            failed: number("failed")?,
            pin,
        })
    });
    let routes = card.ruling.policy.intake.route.iter();
    let routing =
        routes.filter_map(|route| Some((route.key.clone(), some(answers, &route_key(route))?)));
    let log = Log {
        contact: known.or_else(|| new.clone()),
        office: some(answers, "office"),
        detail: some(answers, "detail"),
        product: some(answers, "product"),
        severity: some(answers, "severity"),
        channel: channel(answers),
        channel_reason: some(answers, "channel_reason"),
        entitlement: some(answers, "paid_by")
            .and_then(|id| id.parse().ok())
            .map(EntitlementId),
        emergency: emergency.transpose()?,
        routing: routing.collect(),
        what_changed: some(answers, "what_changed"),
        ..Log::new(customer.id, some(answers, "summary").unwrap_or_default())
    };
    logged(session, log, new, call)
}

/// Logs an incident, received when its call began; somebody new is put on record with the customer.
pub(super) fn logged(
    session: &Session,
    log: Log,
    new: Option<Contact>,
    call: Option<&LiveCall>,
) -> Result<TechRef, Failure> {
    let timer = call.and_then(|found| found.call.timer);
    let now = session.context()?;
    let context = Context {
        at: timer.map(|timer| timer.began_at),
        ..now.clone()
    };
    let customer = log.customer;
    let command = Command::Log(Box::new(log));
    session.batch(|batch| {
        if let Some(new) = new {
            batch.execute(&Command::AddContact(customer, new, None), &now)?;
        }
        match batch.execute(&command, &context)? {
            Done::Logged(number) => Ok(number),
            _ => Err(other_command().into()),
        }
    })
}

/// The key of a routing question, which is no other question's.
fn route_key(route: &Route) -> String {
    format!("route {}", route.key)
}
