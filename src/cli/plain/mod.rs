//! The plain console, for screen readers and braille: one line in, lines out, nothing drawn and nothing moved. It has
//! the commands of the command line, with the incident that is open in place of a number that is left out, and asks for
//! what a command needs and was not given. What rings, calls or changes meanwhile is told in a line of its own.

mod actions;
mod ask;
mod complete;
mod input;
mod watch;
mod words;

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::{Args, Chosen, Failure, Globals, Session};
use crate::config::{Config, NamedKeys};
use crate::incident::TechRef;
use crate::store::{Access, Live, SessionId};
use input::Input;
use watch::Watch;

/// What can be said besides the commands.
const OWN: [(&str, &str); 6] = [
    (
        "REF",
        "opens the incident of that number: commands without a number mean it",
    ),
    ("leave", "leaves the incident that is open"),
    (
        "form COMMAND",
        "asks for everything that the command takes, one after the other",
    ),
    ("help", "lists the commands; help COMMAND explains one"),
    (
        "keys",
        "lists the keys of the console that can be typed in place of a command",
    ),
    ("quit", "leaves; so does the end of input, Ctrl-D"),
];

/// The console as lines.
struct Plain {
    globals: Globals,
    chosen: Chosen,
    /// The console's actions, whose keys can be typed.
    keys: Vec<NamedKeys>,
    root: clap::Command,
    open: Option<TechRef>,
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
        ..globals
    };
    let session = Session::new(globals.clone());
    let config = Config::folder().map_or_else(|| Ok(Config::default()), |at| Config::read(&at));
    let named = config
        .map_err(|mistake| vec![mistake])
        .and_then(|config| (chosen.keys)(&config));
    let mut root = Args::command();
    root.build();
    let mut plain = Plain {
        watch: Watch::new(&session),
        globals,
        chosen,
        keys: named.clone().unwrap_or_default(),
        root,
        open: None,
        input: Input::spawn(),
    };
    for mistake in named.err().unwrap_or_default() {
        plain.say(format_args!("{mistake}; the keys are as they ship."))?;
    }
    plain.greet()?;
    while let Some(line) = plain.read()? {
        if !plain.take(&line)? {
            break;
        }
    }
    Ok(())
}

impl Plain {
    /// A session that begins now.
    fn session(&self) -> Session {
        Session::new(self.globals.clone())
    }

    fn say(&self, text: impl std::fmt::Display) -> Result<(), Failure> {
        self.session().print(text)
    }

    fn greet(&self) -> Result<(), Failure> {
        let session = self.session();
        let agent = session.agent();
        match session.open(Access::Read).and_then(|desk| Ok(desk.name()?)) {
            Ok(name) => self.say(format_args!("Holdline, {name}, agent {agent}."))?,
            Err(failure) => return self.say(format_args!("Holdline. {failure}")),
        }
        self.run(&["status".to_owned()])?;
        self.say("list reads the queue, a number opens an incident, help lists the commands.")
    }

    /// The next line, once it is typed; what happens meanwhile is told. None at the end of input.
    fn read(&mut self) -> Result<Option<String>, Failure> {
        self.prompt()?;
        loop {
            if let Some(line) = self.input.wait()? {
                return Ok(line);
            }
            let session = self.session();
            let news = self.watch.news(&session, self.open);
            if news.is_empty() {
                continue;
            }
            self.say("")?;
            news.iter().try_for_each(|news| self.say(news))?;
            self.prompt()?;
        }
    }

    fn prompt(&self) -> Result<(), Failure> {
        let open = self.open.map(|number| number.to_string());
        let mut out = std::io::stdout().lock();
        write!(out, "{}> ", open.unwrap_or_default())?;
        out.flush()?;
        Ok(())
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
        actions::in_words(&mut words, &self.keys, &self.session().agent());
        let Some((first, rest)) = words.split_first() else {
            return Ok(true);
        };
        match (first.as_str(), rest) {
            ("quit" | "exit", []) => return self.leave(),
            ("leave" | "back", []) => {
                self.open = None;
                self.say("No incident is open.")?;
            }
            ("help" | "?", of) => self.help(of)?,
            ("keys", []) => self.say(actions::listed(&self.keys))?,
            ("form", of) if !of.is_empty() => self.form(of)?,
            ("open", [number]) => self.open(number)?,
            ("open", []) => drop(self.run(&complete::completed(
                &self.root,
                &["show".to_owned()],
                self.open,
            ))?),
            (number, []) if self.session().number(number).is_ok() => self.open(number)?,
            _ => self.command(&words)?,
        }
        Ok(true)
    }

    fn leave(&mut self) -> Result<bool, Failure> {
        let session = self.session();
        let runs = watch::has_call(&session);
        if runs && !self.watch.warned_of_call {
            self.watch.warned_of_call = true;
            self.say(
                "A call of yours runs: call end records it; quit once more leaves it running.",
            )?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Opens an incident and reads it out; who else has it open is said first.
    fn open(&mut self, typed: &str) -> Result<(), Failure> {
        let session = self.session();
        let number = match session.number(typed) {
            Ok(number) => number,
            Err(failure) => return self.say(failure),
        };
        let live = session
            .desk_path()
            .and_then(|path| Ok(Live::if_there(&path)?));
        let others = live
            .ok()
            .flatten()
            .map(|live| live.others(SessionId::new()));
        for other in others.and_then(Result::ok).unwrap_or_default() {
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

    fn help(&self, of: &[String]) -> Result<(), Failure> {
        let (command, rest) = complete::named(&self.root, of);
        if !of.is_empty() && rest.is_empty() {
            let mut command = command.clone();
            return self.say(command.render_long_help());
        }
        if let Some(unknown) = rest.first() {
            return self.say(format_args!(
                "No command is called {unknown}: help lists them."
            ));
        }
        for (name, about) in OWN {
            self.say(format_args!("{name}: {about}."))?;
        }
        for command in self.root.get_subcommands() {
            let about = command.get_about().map(ToString::to_string);
            self.say(format_args!(
                "{}: {}",
                command.get_name(),
                about.unwrap_or_default()
            ))?;
        }
        Ok(())
    }

    /// Asks for all that a command takes, and does it.
    fn form(&mut self, of: &[String]) -> Result<(), Failure> {
        let (command, rest) = complete::named(&self.root, of);
        if !rest.is_empty()
            || command.get_name() == self.root.get_name()
            || command.has_subcommands()
        {
            return self.say("form takes the name of one command, such as form respond.");
        }
        let asked: Vec<clap::Arg> = ask::all(command).cloned().collect();
        let mut words = of.to_vec();
        self.say("An empty line leaves one out.")?;
        for arg in asked {
            if ask::is_number(&arg) && self.open.is_some() {
                continue;
            }
            let Some(answer) = self.ask(&arg)? else {
                return Ok(());
            };
            ask::give(&mut words, &arg, &answer);
        }
        self.command(&words)
    }

    /// Does a command, after asking for what it needs and was not given.
    fn command(&mut self, words: &[String]) -> Result<(), Failure> {
        let mut words = complete::completed(&self.root, words, self.open);
        loop {
            let Some(missing) = self.missing(&words)? else {
                self.run(&words)?;
                return Ok(());
            };
            for arg in missing {
                match self.ask(&arg)? {
                    Some(answer) if !answer.trim().is_empty() => {
                        ask::give(&mut words, &arg, &answer);
                    }
                    _ => return self.say("Nothing was done."),
                }
            }
        }
    }

    /// What a command needs and was not given, as far as that can be asked for; none where nothing is.
    fn missing(&self, words: &[String]) -> Result<Option<Vec<clap::Arg>>, Failure> {
        let Err(error) = parse(words) else {
            return Ok(None);
        };
        let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
        let Some(ContextValue::Strings(named)) = error.get(ContextKind::InvalidArg) else {
            return Ok(None);
        };
        let (command, _) = complete::named(&self.root, words);
        let known = |shown: &String| {
            let mut args = command.get_arguments();
            args.find(|arg| arg.to_string() == *shown).cloned()
        };
        let args: Option<Vec<clap::Arg>> = named.iter().map(known).collect();
        Ok(args.filter(|args| is_missing && !args.is_empty()))
    }

    fn ask(&mut self, arg: &clap::Arg) -> Result<Option<String>, Failure> {
        let mut out = std::io::stdout().lock();
        write!(out, "{} ", ask::question(arg))?;
        out.flush()?;
        drop(out);
        loop {
            if let Some(line) = self.input.wait()? {
                return Ok(line);
            }
        }
    }

    /// Runs a command as the command line does; what went wrong is said in its place. Whether it was done.
    fn run(&self, words: &[String]) -> Result<bool, Failure> {
        let args = match parse(words) {
            Ok(args) => args,
            Err(error) => {
                self.say(self.in_a_line(&error, words))?;
                return Ok(false);
            }
        };
        let Some(command) = args.command else {
            self.say("That is no command: help lists them.")?;
            return Ok(false);
        };
        let ours = self.globals.clone();
        let session = Session::new(Globals {
            desk: args.globals.desk.or(ours.desk),
            agent: args.globals.agent.or(ours.agent),
            color: ours.color,
            ..args.globals
        });
        match super::run(command, &session, self.chosen) {
            Err(Failure::Pipe) => Err(Failure::Pipe),
            Err(failure) => {
                self.say(format_args!("Not done: {failure}"))?;
                Ok(false)
            }
            Ok(()) => Ok(true),
        }
    }

    /// A mistake in a command, in one line; help is whole.
    fn in_a_line(&self, error: &clap::Error, words: &[String]) -> String {
        let text = error.render().to_string();
        if matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        ) {
            return text.trim_end().to_owned();
        }
        let told = text.lines().take_while(|line| !line.trim().is_empty());
        let told: Vec<&str> = told.map(str::trim).collect();
        let told = told.join(" ");
        let told = told.strip_prefix("error: ").unwrap_or(&told);
        let (_, rest) = complete::named(&self.root, words);
        let command = words.get(..words.len() - rest.len()).unwrap_or_default();
        match command.is_empty() {
            true => format!("Not done: {told}; help lists the commands."),
            false => format!("Not done: {told}; help {} explains it.", command.join(" ")),
        }
    }
}

fn parse(words: &[String]) -> Result<Args, clap::Error> {
    let program = std::iter::once("holdline");
    Args::try_parse_from(program.chain(words.iter().map(String::as_str)))
}
