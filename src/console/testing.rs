//! A console over a real desk for tests: what is pressed goes through the model, what it asks is answered by the worker,
//! and the picture is drawn as the run loop draws it. The clock stands still until it is set.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::channel;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use crossterm::event::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;

use super::clock::Clock;
use super::keys::Chord;
use super::look::Look;
use super::look::tests::lines;
use super::model::Model;
use super::msg::{Effect, Msg};
use super::request::{Answer, Request};
use super::start::Start;
use super::worker::{self, Worker};
use super::{ahead, update, view};
use crate::config::Post;
use crate::demo;
use crate::incident::{Command, CustomerId, Log, NewCustomer, NewPolicy, Step, TechRef};
use crate::policy::{example_settings, shipped};
use crate::store::{Access, Context, Desk, Done, NewDesk};

/// How many incidents a sample desk has here.
const SAMPLE: usize = 200;

mod busy;
mod random;
mod svg;
pub(crate) use busy::{BUSY_NOW, busy};
pub(crate) use svg::svg;

/// A desk in a folder of its own.
pub(crate) struct Shop {
    pub(crate) folder: TempDir,
    pub(crate) desk: Desk,
}

/// The console on the sample desk that a first start offers, for `mira`.
pub(crate) fn sample(now: DateTime<Utc>, zone: Tz, size: (u16, u16)) -> Console {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.holdline");
    let context = Context {
        agent: "mira".to_owned(),
        now,
        ..Context::default()
    };
    demo::make(&path, SAMPLE, 1, &context, &mut |_| true).unwrap();
    Console::open(Some(folder), path, "mira", now, zone, size)
}

/// An instant, from its RFC 3339 text.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl Shop {
    /// A desk with these shipped policies, their settings as in their examples, made on 2 November 2026.
    pub(crate) fn new(policies: &[&str]) -> Self {
        let texts = policies.iter().map(|name| shipped(name).unwrap());
        Self::under(texts.map(str::to_owned))
    }

    /// The same with the policies of these texts.
    pub(crate) fn under(texts: impl Iterator<Item = String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let policies = texts.map(|text| {
            let settings = example_settings(&text).unwrap();
            NewPolicy { text, settings }
        });
        let new = NewDesk {
            name: "Support desk".to_owned(),
            policies: policies.collect(),
        };
        let path = folder.path().join("desk.holdline");
        let desk = Desk::create(&path, &new, &context("mira", "2026-11-02T09:00:00Z")).unwrap();
        Self { folder, desk }
    }

    /// Carries a command out as `agent`.
    pub(crate) fn run(&mut self, agent: &str, now: &str, command: &Command) -> Done {
        self.desk.execute(command, &context(agent, now)).unwrap()
    }

    /// Adds a customer under a policy.
    pub(crate) fn customer(&mut self, new: NewCustomer) -> CustomerId {
        match self.run("mira", "2026-11-02T10:00:00Z", &Command::AddCustomer(new)) {
            Done::Customer(id, _) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Logs an incident.
    pub(crate) fn log(&mut self, agent: &str, now: &str, log: Log) -> TechRef {
        match self.run(agent, now, &Command::Log(Box::new(log))) {
            Done::Logged(number) => number,
            other => panic!("{other:?}"),
        }
    }

    /// Takes a step.
    pub(crate) fn step(&mut self, agent: &str, now: &str, number: TechRef, step: Step) {
        self.run(agent, now, &Command::Step(number, step));
    }

    /// Opens the console on the desk for `mira`, at `now`, on a terminal of this size.
    pub(crate) fn open(self, now: &str, zone: Tz, size: (u16, u16)) -> Console {
        self.open_as("mira", now, zone, size)
    }

    /// As [`Shop::open`], for somebody else.
    pub(crate) fn open_as(self, agent: &str, now: &str, zone: Tz, size: (u16, u16)) -> Console {
        let path = self.desk.path().to_owned();
        Console::open(Some(self.folder), path, agent, at(now), zone, size)
    }
}

fn context(agent: &str, now: &str) -> Context {
    Context {
        agent: agent.to_owned(),
        now: at(now),
        ..Context::default()
    }
}

/// A console that is played by a test.
pub(crate) struct Console {
    pub(crate) model: Model,
    /// What the model wanted besides answers from the desk.
    pub(crate) effects: Vec<Effect>,
    worker: Worker,
    path: PathBuf,
    folder: Option<TempDir>,
}

impl Console {
    /// Opens the console where no desk is yet.
    pub(crate) fn without_desk(now: &str, size: (u16, u16)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.holdline");
        Self::open(Some(folder), path, "mira", at(now), Tz::UTC, size)
    }

    fn open(
        folder: Option<TempDir>,
        desk: PathBuf,
        agent: &str,
        now: DateTime<Utc>,
        zone: Tz,
        size: (u16, u16),
    ) -> Self {
        let start = Start {
            desk: desk.clone(),
            agent: agent.to_owned(),
            user: agent.to_owned(),
            config: Ok((crate::config::Config::default(), None)),
            zone,
            clock: Clock::showing(now),
            snippets: Ok(Vec::new()),
            post: Post::default(),
            sample: |path, _, context| {
                let text = shipped("severity").unwrap().to_owned();
                let settings = BTreeMap::new();
                let policies = vec![NewPolicy { text, settings }];
                let name = "Sample desk".to_owned();
                Desk::create(path, &NewDesk { name, policies }, context).map(drop)
            },
            program: Err("nothing is done beside a test".to_owned()),
        };
        // Nobody listens for what it says unasked: here it is asked, and answers at once.
        let worker = Worker::new(start, channel().0);
        let mut model = Model::new(agent.to_owned(), zone, now).unwrap();
        model.size = size;
        let mut console = Self {
            model,
            effects: Vec::new(),
            worker,
            path: desk,
            folder,
        };
        console.carry_out(vec![Effect::Ask(Request::Open)]);
        console
    }

    /// The console is killed, and its agent opens another one so many seconds later.
    pub(crate) fn again(&mut self, seconds: i64) -> Self {
        self.worker.set(Clock::showing(self.model.now));
        self.worker.stop_breathing();
        let now = self.model.now + TimeDelta::seconds(seconds);
        let (folder, path) = (self.folder.take(), self.path.clone());
        Self::open(folder, path, "mira", now, self.model.zone, self.model.size)
    }

    /// Where the desk lies.
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Presses keys, as the table of keys writes them, with spaces between.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let chord: Chord = key.parse().unwrap();
            let event = Event::Key(crossterm::event::KeyEvent::new(
                chord.code(),
                chord.modifiers(),
            ));
            self.take(Msg::Event(event));
        }
        self
    }

    /// Types text, letter by letter.
    pub(crate) fn type_in(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let code = crossterm::event::KeyCode::Char(c);
            self.take(Msg::Event(Event::Key(code.into())));
        }
        self
    }

    /// Takes a message, and everything that follows from it.
    pub(crate) fn take(&mut self, msg: Msg) {
        view::settle(&mut self.model, &super::look::tests::rich());
        let effects = update::update(&mut self.model, msg);
        self.carry_out(effects);
        let ahead = ahead::wanted(&mut self.model);
        self.carry_out(ahead.into_iter().map(Effect::Ask).collect());
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask(request) => {
                    self.worker.set(Clock::showing(self.model.now));
                    let answer = self.worker.answer(request);
                    self.take(answer.into());
                }
                other => self.effects.push(other),
            }
        }
    }

    /// The console hears of what is alive beside the desk.
    pub(crate) fn look_around(&mut self) -> &mut Self {
        self.carry_out(vec![Effect::Ask(Request::Live)]);
        self
    }

    /// Lets so many seconds pass.
    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        self.model.now += TimeDelta::seconds(seconds);
        self.take(Msg::Tick);
        self
    }

    /// The console hears what is alive beside the desk.
    pub(crate) fn hears(&mut self) -> &mut Self {
        self.carry_out(vec![Effect::Ask(Request::Live)]);
        self
    }

    /// Another agent takes a step meanwhile, and the console hears of it.
    pub(crate) fn meanwhile(&mut self, agent: &str, number: TechRef, step: Step) -> &mut Self {
        let mut desk = Desk::open(&self.path, Access::Write).unwrap();
        let context = Context {
            agent: agent.to_owned(),
            now: self.model.now,
            ..Context::default()
        };
        desk.execute(&Command::Step(number, step), &context)
            .unwrap();
        let changed = Answer::Changed(worker::known(&desk).unwrap());
        self.take(changed.into());
        self
    }

    /// What the desk holds now.
    pub(crate) fn desk(&self) -> Desk {
        Desk::open(&self.path, Access::Read).unwrap()
    }

    /// Draws the console.
    pub(crate) fn draw(&mut self, look: &Look) -> Buffer {
        let (width, height) = self.model.size;
        let area = Rect::new(0, 0, width, height);
        view::settle(&mut self.model, look);
        let mut buf = Buffer::empty(area);
        view::view(&self.model, look, area, &mut buf);
        buf
    }

    /// The picture as text, on a terminal of this size.
    pub(crate) fn picture(&mut self, size: (u16, u16), look: &Look) -> String {
        self.model.size = size;
        lines(&self.draw(look)).join("\n")
    }
}
