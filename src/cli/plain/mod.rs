//! The plain console, for screen readers and braille: one line in, lines out, nothing drawn and nothing moved. It has
//! the commands of the command line, with the incident that is open in place of a number that is left out, and asks for
//! what a command needs and was not given. What rings, calls or changes meanwhile is told in a line of its own.

mod actions;
mod answers;
mod ask;
mod caller;
mod card;
mod commands;
mod complete;
mod dialogue;
mod hang_up;
mod help;
mod input;
mod intake;
mod missing;
mod newcomer;
mod question;
mod ring_up;
mod same;
mod scene;
mod steps;
mod watch;
mod words;

use std::collections::BTreeMap;
use std::io::Write;

use clap::CommandFactory;

use super::session::sentence;
use super::{Args, Chosen, Failure, Globals, Session};
use crate::config::{Config, NamedKeys};
use crate::incident::{FIRST, RunningCall, TechRef, hours_in_words};
use crate::store::{Access, Holder, LiveCall};
use input::Input;
use question::Answers;
use watch::Watch;

/// The console as lines.
struct Plain {
    /// What every session of it goes on from.
    first: Session,
    globals: Globals,
    chosen: Chosen,
    /// The console's actions, whose keys can be typed.
    keys: Vec<NamedKeys>,
    root: clap::Command,
    open: Option<TechRef>,
    /// The caller's incidents as they were read out: each is gone on with by its place.
    rows: Vec<TechRef>,
    /// What was answered in forms that were left, by their names.
    left: BTreeMap<String, Answers>,
    /// Input has ended.
    over: bool,
    input: Input,
    watch: Watch,
}

/// Runs the plain console until it is left.
///
/// # Errors
/// When the reader of what it says has gone.
pub fn run(globals: Globals, chosen: Chosen) -> Result<(), Failure> {
    let globals = Globals {
        color: super::args::Color::Never,
        plain: true,
        ..globals
    };
    let session = Session::new(globals.clone());
    // A theme has no part in it.
    let named = Config::own()
        .map_err(|mistake| vec![mistake])
        .and_then(|(config, _)| (chosen.keys)(&config));
    let mut root = Args::command();
    root.build();
    let mut plain = Plain {
        watch: Watch::new(&session),
        first: session.clone(),
        globals,
        chosen,
        keys: named.clone().unwrap_or_default(),
        root,
        open: None,
        rows: Vec::new(),
        left: BTreeMap::new(),
        over: false,
        input: Input::spawn(),
    };
    for mistake in named.err().unwrap_or_default() {
        plain.say(format_args!("{mistake}; the keys are as they ship."))?;
    }
    plain.watch.breathe(&session);
    let ran = plain.until_left();
    plain.watch.leave();
    ran
}

fn ask_for(prompt: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    write!(out, "{prompt}")?;
    out.flush()?;
    Ok(())
}

impl Plain {
    /// Takes lines until one says that the console is left, or there are no more.
    fn until_left(&mut self) -> Result<(), Failure> {
        self.greet()?;
        loop {
            let open = self.open.map(|number| number.to_string());
            let prompt = format!("{}> ", open.unwrap_or_default());
            let Some(line) = self.line(&prompt)? else {
                return self.goes_on();
            };
            match self.take(&line) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(Failure::Pipe) => return Err(Failure::Pipe),
                Err(failure) => self.not_done(&failure)?,
            }
        }
    }

    /// A session that begins now.
    fn session(&self) -> Session {
        self.first.next(self.globals.clone())
    }

    fn say(&self, text: impl std::fmt::Display) -> Result<(), Failure> {
        self.session().print(text)
    }

    fn not_done(&self, failure: &Failure) -> Result<(), Failure> {
        let why = self.session().in_words(failure);
        self.say(format_args!("Not done: {why}"))
    }

    fn greet(&mut self) -> Result<(), Failure> {
        let session = self.session();
        let agent = session.agent();
        match session.open(Access::Read).and_then(|desk| Ok(desk.name()?)) {
            Ok(name) => self.say(format_args!("Holdline, {name}, agent {agent}."))?,
            Err(failure) => return self.say(format_args!("Holdline. {failure}")),
        }
        self.run(&["status".to_owned()])?;
        self.goes_on()?;
        if let Err(failure) = self.take_up() {
            self.not_done(&failure)?;
        }
        self.say("list reads the queue, a number opens an incident, help lists the commands.")
    }

    fn say_all<T: std::fmt::Display>(
        &self,
        texts: impl IntoIterator<Item = T>,
    ) -> Result<(), Failure> {
        texts.into_iter().try_for_each(|text| self.say(text))
    }

    /// Says some texts after a word, where there are any.
    fn say_list(&self, word: &str, texts: &[String]) -> Result<(), Failure> {
        let texts: Vec<String> = texts.iter().map(|text| sentence(text)).collect();
        match texts.is_empty() {
            true => Ok(()),
            false => self.say(format_args!("{word}: {}", texts.join(" "))),
        }
    }

    /// The next line, once it is typed; what happens meanwhile is told, and what is asked said once more. None at the end
    /// of input.
    fn line(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        ask_for(prompt)?;
        loop {
            if let Some(line) = self.input.wait()? {
                self.over |= line.is_none();
                return Ok(line);
            }
            let session = self.session();
            let news = self.watch.news(&session, self.open);
            if news.is_empty() {
                continue;
            }
            self.say("")?;
            self.say_all(news)?;
            ask_for(prompt)?;
        }
    }

    /// Does what a line says. False where the console is left.
    fn take(&mut self, line: &str) -> Result<bool, Failure> {
        let mut words = match words::split(line) {
            Ok(words) => words,
            Err(problem) => {
                self.say(problem)?;
                return Ok(true);
            }
        };
        let of_key = actions::in_words(&mut words, &self.keys, &self.session().agent());
        let nameless = self.names_none(&words, of_key.as_deref());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => {}
            ["note", text @ ..] if self.open.is_none() && self.notes_call(text)? => {}
            _ if nameless => self.say("No incident is open: its number opens it.")?,
            ["quit" | "exit"] => return self.leave(),
            ["stop" | "back" | "save"] => self.say(
                "Nothing is being asked: leave leaves the incident that is open, quit the console.",
            )?,
            ["leave"] => {
                self.open = None;
                self.watch.looks_away(&self.session());
                self.say("No incident is open.")?;
            }
            ["help" | "?", of @ ..] => self.help(&owned(of))?,
            ["keys"] => self.say(actions::listed(&self.keys))?,
            ["form", of @ ..] if !of.is_empty() => self.form(&owned(of))?,
            ["open", number] => self.open(number)?,
            ["open"] => {
                self.command(&owned(&["show"]))?;
            }
            ["call", "start", who @ ..] if has_no_option(who) => self.begin_call(&who.join(" "))?,
            ["call", "out", of @ ..] => self.ring_up(of.first().copied())?,
            ["call", "answer", ..] => self.answer(&owned(&words))?,
            ["call", "hold"] => self.hold()?,
            ["call", "end"] => self.hang_up()?,
            ["same", of @ ..] => self.same(of.first().copied())?,
            ["log", summary @ ..] if has_no_option(summary) => {
                self.new_incident(&summary.join(" "))?;
            }
            ["given", of @ ..] => self.given(&owned(&words), of)?,
            ["note", text @ ..] if has_no_option(text) => {
                if self.command(&owned(&words))? {
                    self.say("The note is kept.")?;
                }
            }
            [
                "resolve" | "respond" | "wait" | "estimate" | "severity" | "pay" | "escalate",
                rest @ ..,
            ] if has_no_option(rest) => self.ends(&words)?,
            [place] if self.row(place).is_some() => {
                let number = self.row(place);
                number.map_or(Ok(()), |number| self.go_on(number, false))?;
            }
            [number] if self.session().number(number).is_ok() => self.open(number)?,
            [number] if complete::begins_as_number(number) => self.no_number(number)?,
            words => {
                self.command(&owned(words))?;
            }
        }
        Ok(true)
    }

    /// Whether a command is about an incident, and neither says which nor is one open.
    fn names_none(&self, words: &[String], of_key: Option<&[String]>) -> bool {
        let is_number = |word: &String| self.session().number(word).is_ok();
        let said = words.get(1).filter(|_| of_key.is_none());
        let said = of_key.map_or(said, <[String]>::first);
        self.open.is_none()
            && complete::names_none(&self.root, words, of_key)
            && !said.is_some_and(is_number)
    }

    fn leave(&mut self) -> Result<bool, Failure> {
        let session = self.session();
        let runs = !watch::calls(&session).is_empty();
        if runs && !self.watch.warned_of_call {
            self.watch.warned_of_call = true;
            self.say("A call of yours runs: x hangs it up; quit once more leaves it running.")?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Says of each call that is not recorded that it is kept.
    fn goes_on(&self) -> Result<(), Failure> {
        let session = self.session();
        let calls = watch::calls(&session);
        self.say_all(calls.iter().map(|found| {
            let (id, who) = (found.id, found.call.in_words());
            let (state, at) = found.stands(session.now());
            if found.ended().is_none() && found.call.is_running() {
                let length = hours_in_words(found.call.seconds(at));
                return format!("Call {id} with {who} runs, {length}: x hangs it up.");
            }
            format!("Call {id} with {who} is kept ({state}): x, or call end {id}, records it.")
        }))
    }

    /// Goes on with the call that was left running: who it is, and its incident, which is open again.
    fn take_up(&mut self) -> Result<(), Failure> {
        let session = self.session();
        let mut calls = watch::calls(&session).into_iter();
        let left = |found: &LiveCall| found.holder == Holder::Nobody && found.call.is_running();
        let Some(RunningCall {
            customer: Some(customer),
            contact,
            parts,
            ..
        }) = calls.find(left).map(|found| found.call)
        else {
            return Ok(());
        };
        self.read_card(customer, contact.as_ref())?;
        if let Some(part) = parts.last() {
            self.open = Some(part.number);
            self.watch.looks_at(&session, part.number);
            self.say(format_args!("The call goes on with {}.", part.number))?;
        }
        Ok(())
    }

    /// Says why what begins like a number is none, and how one looks.
    fn no_number(&self, typed: &str) -> Result<(), Failure> {
        let why = self.session().number(typed).err();
        let why = why.map(|why| why.to_string()).unwrap_or_default();
        let first = TechRef::new(FIRST);
        self.say(format_args!(
            "Not done: {typed}: {why}. A number ends with its check digit, such as {first}."
        ))?;
        match self.rows.len() {
            0 => Ok(()),
            many => self.say(format_args!("The caller's incidents are 1 to {many}.")),
        }
    }

    /// The caller's incident of this place.
    fn row(&self, place: &str) -> Option<TechRef> {
        let place: usize = place.parse().ok()?;
        self.rows.get(place.checked_sub(1)?).copied()
    }

    /// Takes a step of the incident that is named, or is open, and asks for what it needs.
    fn ends(&mut self, words: &[&str]) -> Result<(), Failure> {
        let named = words
            .get(1)
            .and_then(|word| self.session().number(word).ok());
        let text = words
            .get(1 + usize::from(named.is_some())..)
            .unwrap_or_default();
        match (named.or(self.open), words.first(), text) {
            (Some(number), Some(&"respond"), text) => self.respond(number, &text.join(" ")),
            (Some(number), Some(&"resolve"), []) => self.resolve(number),
            (Some(number), Some(step), text) => match self.step(step, number, &text.join(" "))? {
                true => Ok(()),
                false => self.command(&owned(words)).map(drop),
            },
            _ => self.say("No incident is open: its number opens it."),
        }
    }

    /// The caller has the number, which is said once more.
    fn given(&mut self, words: &[String], of: &[&str]) -> Result<(), Failure> {
        let named = of.first().and_then(|word| self.session().number(word).ok());
        let is_given = self.command(words)?;
        match named.or(self.open).filter(|_| is_given) {
            Some(number) => self.say(format_args!("Given: {number}, {}.", number.spoken())),
            None => Ok(()),
        }
    }

    /// Opens an incident and reads it out; who else has it open is said first.
    fn open(&mut self, typed: &str) -> Result<(), Failure> {
        let session = self.session();
        let number = match session.number(typed) {
            Ok(number) => number,
            Err(failure) => return self.not_done(&failure),
        };
        for other in self.watch.others() {
            if other.incident == Some(number) {
                self.say(format_args!("{} has it open.", other.agent))?;
            }
        }
        let before = self.open.replace(number);
        if self.run(&["show".to_owned(), number.to_string()])? {
            self.watch.looks_at(&session, number);
        } else {
            self.open = before;
        }
        Ok(())
    }
}

/// Whether nothing is said in the way of the command line: then what is missing is asked for.
fn has_no_option(words: &[&str]) -> bool {
    !words.iter().any(|word| word.starts_with("--"))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
