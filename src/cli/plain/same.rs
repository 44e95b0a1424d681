//! The bad day: the caller has a fault that is known, and is logged as the same as that one.

use super::Plain;
use super::intake::{detail, logged, severity};
use super::question::{Answers, Choice, Question, known, some};
use crate::cli::Failure;
use crate::cli::call::which::talking;
use crate::incident::{AskedFor, Log, Property, Query, Term, asked_of_the_same};
use crate::store::{Access, Listed, Page};

/// As many known faults are read out.
const FAULTS: usize = 20;

impl Plain {
    /// Logs the caller's issue as the same as a known fault; without a call, counts the open incident to one.
    pub(super) fn same(&mut self, typed: Option<&str>) -> Result<(), Failure> {
        let session = self.session();
        let call = talking(&session)?;
        let caller = call.as_ref().and_then(|found| found.call.customer);
        if call.is_some() && caller.is_none() {
            return self.say("Nobody is known yet: c and a name says who rings.");
        }
        let faults = self.faults()?;
        let others = |fault: &&Listed| caller.is_some() || Some(fault.number) != self.open;
        let faults: Vec<&Listed> = faults.iter().filter(others).collect();
        if faults.is_empty() {
            return self.say("No fault is marked as known: f marks the open incident as one.");
        }
        let choices = faults.iter().map(|fault| {
            let about = format!("{}, {}", fault.customer_name, fault.summary);
            Choice::new(fault.number.to_string(), &about)
        });
        let fault = Question::pick("fault", "Same as", choices.collect()).required();
        let meant = match typed {
            Some(typed) => Some(session.number(typed)?),
            None => self.open.filter(|_| caller.is_some()),
        };
        let mut listed = faults.iter().map(|fault| fault.number);
        let meant = meant.filter(|meant| listed.any(|number| number == *meant));
        let given = match typed {
            Some(typed) if meant.is_none() => {
                self.say(format_args!("{typed} is no fault that is marked as known."))?;
                Answers::new()
            }
            Some(_) => known(
                "fault",
                &meant.map(|meant| meant.to_string()).unwrap_or_default(),
            ),
            None => Answers::new(),
        };
        let fault = fault.or(meant.map(|meant| meant.to_string()).unwrap_or_default());
        let (Some(customer), Some(found)) = (caller, &call) else {
            return self.count_to(fault, given);
        };
        let card = session
            .open(Access::Read)?
            .caller(customer, session.now())?;
        let policy = &card.ruling.policy;
        let mut questions = vec![fault];
        let asked = asked_of_the_same(policy).into_iter();
        questions.extend(asked.filter_map(|asked| match asked {
            AskedFor::Severity => Some(severity(policy)),
            AskedFor::Detail { required } => Some(detail(required)),
            _ => None,
        }));
        let contact = found.call.contact.clone();
        let number = self.until_done(&questions, given, |plain, answers| {
            let fault = some(answers, "fault").unwrap_or_default();
            let log = Log {
                contact: contact.clone(),
                same_as: Some(fault.parse()?),
                severity: some(answers, "severity"),
                detail: some(answers, "detail"),
                ..Log::new(customer, "")
            };
            logged(&plain.session(), log, None, Some(found))
        })?;
        match number {
            Some(number) => self.turned_to_new(found, number, policy),
            None => Ok(()),
        }
    }

    /// Counts the open incident to a fault.
    fn count_to(&mut self, fault: Question, given: Answers) -> Result<(), Failure> {
        let Some(number) = self.open else {
            return self.say(
                "No call runs and no incident is open: c begins a call, a number opens an incident.",
            );
        };
        self.until_done(&[fault], given, |plain, answers| {
            let fault = some(answers, "fault").unwrap_or_default();
            let words = ["known".to_owned(), fault, format!("--add={number}")];
            plain.try_run(&words)
        })?;
        Ok(())
    }

    fn faults(&self) -> Result<Vec<Listed>, Failure> {
        let session = self.session();
        let known = Query {
            terms: vec![(false, Term::Is(Property::KnownFault))],
        };
        let desk = session.open(Access::Read)?;
        Ok(desk.list(&known, Page::First, FAULTS, session.now())?)
    }
}
