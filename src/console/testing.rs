//! A desk for tests of the console: a real one in a temporary folder, at instants that never change, with a model over it
//! whose questions it answers at once.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::keys::Chord;
use super::look::tests::{lines, rich};
use super::model::{DeskInfo, Layer, Model};
use super::msg::{Effect, Msg};
use super::request::{Answer, Request};
use super::screens::incident::IncidentScreen;
use super::update::update;
use super::view;
use crate::incident::{
    Command, Contact, CustomerId, Log, NewCustomer, NewEntitlement, NewPolicy, Step, TechRef,
};
use crate::policy::{self, EntitlementKind};
use crate::store::{Context, Desk, Done, NewDesk, StoreError};

/// Who sits at the model.
pub(crate) const ME: &str = "anna";
/// A colleague.
pub(crate) const OTHER: &str = "ben";

/// A desk with one policy and one customer.
pub(crate) struct Shop {
    desk: Desk,
    /// What the clock shows: at first Monday 23 November 2026, 16:45 UTC.
    pub(crate) now: DateTime<Utc>,
    /// The customer.
    pub(crate) customer: CustomerId,
    /// Keeps the desk's folder.
    _folder: tempfile::TempDir,
}

impl Shop {
    /// A desk under a shipped policy, its settings as in its examples.
    pub(crate) fn new(policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = policy::shipped(policy).unwrap();
        let new = NewDesk {
            name: "Test desk".to_owned(),
            policies: vec![NewPolicy {
                text: text.to_owned(),
                settings: policy::example_settings(text).unwrap(),
            }],
        };
        let now: DateTime<Utc> = "2026-11-23T16:45:00Z".parse().unwrap();
        let context = Context {
            agent: ME.to_owned(),
            now,
            ..Context::default()
        };
        let path = folder.path().join("desk.holdline");
        let mut desk = Desk::create(&path, &new, &context).unwrap();
        desk.execute(&Command::AddAgent(OTHER.to_owned()), &context)
            .unwrap();
        let offices = &desk.ruling(None).unwrap().policy.offices;
        let customer = NewCustomer {
            name: "Fennel Bakery".to_owned(),
            office: offices.iter().map(|o| o.name.clone()).find(|o| o == "uk"),
            contacts: vec![Contact {
                name: "Ada Crumb".to_owned(),
                phones: vec!["+44 20 7946 0101".to_owned()],
                ..Contact::default()
            }],
            ..NewCustomer::default()
        };
        let done = desk.execute(&Command::AddCustomer(customer), &context);
        let Done::Customer(customer, _) = done.unwrap() else {
            panic!("a customer was added");
        };
        Self {
            desk,
            now,
            customer,
            _folder: folder,
        }
    }

    /// Carries commands out as `agent`, all or none, as the console's worker does.
    pub(crate) fn execute(
        &mut self,
        agent: &str,
        commands: &[Command],
        if_revision: Option<u32>,
    ) -> Result<Vec<Done>, StoreError> {
        let context = Context {
            agent: agent.to_owned(),
            now: self.now,
            if_revision,
            ..Context::default()
        };
        self.desk.batch(|batch| {
            commands
                .iter()
                .map(|command| batch.execute(command, &context))
                .collect()
        })
    }

    /// Lets time pass.
    pub(crate) fn later(&mut self, seconds: i64) {
        self.now += TimeDelta::seconds(seconds);
    }

    /// Gives the customer something that covers incidents.
    pub(crate) fn grant(&mut self, kind: EntitlementKind) {
        let new = NewEntitlement {
            customer: self.customer,
            kind,
            from: None,
            to: None,
            count: None,
            seconds: Some(3_600),
            method: None,
            reference: None,
            price: None,
        };
        self.execute(ME, &[Command::AddEntitlement(new)], None)
            .unwrap();
    }

    /// A new incident, with whatever `change` makes of it.
    pub(crate) fn log(&mut self, change: impl FnOnce(&mut Log)) -> TechRef {
        let mut log = Log::new(self.customer, "The oven's panel stays dark");
        let policy = &self.desk.ruling(None).unwrap().policy;
        log.detail = Some("Since this morning nothing lights up.".to_owned());
        log.severity = policy
            .severity("normal")
            .map(|severity| severity.name.clone());
        change(&mut log);
        let done = self.execute(ME, &[Command::Log(Box::new(log))], None);
        match done.unwrap().as_slice() {
            [Done::Logged(number)] => *number,
            other => panic!("an incident was logged, not {other:?}"),
        }
    }

    /// A step of an incident, by me.
    pub(crate) fn step(&mut self, number: TechRef, step: Step) {
        self.execute(ME, &[Command::Step(number, step)], None)
            .unwrap();
    }

    /// The console with that incident open.
    pub(crate) fn model(&self, number: TechRef) -> Model {
        let mut model = Model::new(ME.to_owned(), chrono_tz::Tz::Europe__London, self.now).unwrap();
        model.size = (80, 24);
        model.desk = Some(DeskInfo {
            name: self.desk.name().unwrap(),
            rulings: vec![self.desk.ruling(None).unwrap()],
            agents: self.desk.agents().unwrap(),
        });
        model
            .layers
            .push(Layer::Incident(IncidentScreen::new(number)));
        model.dossier = Some(Box::new(self.desk.dossier(number, self.now).unwrap()));
        model
    }

    /// Hands a message to the model, and answers whatever it asks of the desk, until it asks nothing more. Questions for
    /// rows of the queue stay unanswered.
    pub(crate) fn tell(&mut self, model: &mut Model, msg: Msg) {
        model.now = self.now;
        let mut messages = VecDeque::from([msg]);
        while let Some(msg) = messages.pop_front() {
            for effect in update(model, msg) {
                if let Effect::Ask(request) = effect {
                    messages.extend(self.answer(&model.agent, request).map(Msg::from));
                }
            }
        }
    }

    fn answer(&mut self, agent: &str, request: Request) -> Option<Answer> {
        match request {
            Request::Execute {
                commands,
                tag,
                if_revision,
            } => Some(match self.execute(agent, &commands, if_revision) {
                Ok(done) => Answer::Done { tag, done },
                Err(error) => Answer::Refused {
                    tag,
                    reason: error.to_string(),
                },
            }),
            Request::Dossier(number) => {
                let dossier = self.desk.dossier(number, self.now).unwrap();
                Some(Answer::Dossier(Box::new(dossier)))
            }
            Request::Callers(typed) => {
                let found = self.desk.find_customers(&typed, 50).unwrap();
                Some(Answer::Callers { typed, found })
            }
            Request::Caller(id) => {
                let card = self.desk.caller(id, self.now).unwrap();
                Some(Answer::Caller(Box::new(card)))
            }
            Request::Queue(_) | Request::Open | Request::Create(_) => None,
        }
    }

    /// Presses keys, named as in the table of keys and separated by spaces.
    pub(crate) fn press(&mut self, model: &mut Model, chords: &str) {
        for chord in chords.split(' ') {
            let chord: Chord = chord.parse().unwrap();
            let key = KeyEvent::new(chord.code(), chord.modifiers());
            self.tell(model, Msg::Event(Event::Key(key)));
        }
    }

    /// Types a text.
    pub(crate) fn write(&mut self, model: &mut Model, text: &str) {
        for c in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
            self.tell(model, Msg::Event(Event::Key(key)));
        }
    }
}

/// What is on a screen of that size.
pub(crate) fn screen(model: &Model, width: u16, height: u16) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    view::view(model, &rich(), buf.area, &mut buf);
    lines(&buf).join("\n")
}
