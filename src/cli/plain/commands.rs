//! Commands as they are typed: what one needs and was not given is asked for, and what it says goes in its place.

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::question::Answers;
use super::{Plain, actions, ask, complete};
use crate::cli::{Args, Failure, Globals, mistake};

impl Plain {
    /// Does a command, after asking for what it needs and was not given. Whether it was done.
    pub(super) fn command(&mut self, words: &[String]) -> Result<bool, Failure> {
        let mut words = complete::completed(&self.root, words, self.open);
        let mut may = None;
        loop {
            let Some(missing) = self.missing(&words) else {
                return self.run(&words);
            };
            if may.is_none() {
                self.may_do(&words)?;
                may = Some(());
            }
            let command = words.clone();
            let questions = missing.iter().map(|arg| ask::question(arg, &words));
            let questions: Vec<_> = questions.map(super::question::Question::required).collect();
            let next = self.until_done(&questions, Answers::new(), |plain, answers| {
                let whole = ask::given(command.clone(), &missing, answers);
                match plain.missing(&whole) {
                    Some(_) => Ok(Some(whole)),
                    None => plain.try_run(&whole).map(|()| None),
                }
            })?;
            match next {
                Some(Some(whole)) => words = whole,
                Some(None) => return Ok(true),
                None => return Ok(false),
            }
        }
    }

    /// Refuses a command about an incident that no answer makes possible, before anything is asked.
    pub(super) fn may_do(&self, words: &[String]) -> Result<(), Failure> {
        let kinds = words.first().map_or(&[][..], |name| actions::kinds(name));
        let named = words
            .get(1)
            .and_then(|word| self.session().number(word).ok());
        match named.or(self.open).filter(|_| !kinds.is_empty()) {
            Some(number) => self.may(&self.scene(number)?, kinds),
            None => Ok(()),
        }
    }

    /// What a command needs and was not given, as far as that can be asked for; none where nothing is.
    fn missing(&self, words: &[String]) -> Option<Vec<clap::Arg>> {
        let error = parse(words).err()?;
        let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
        let Some(ContextValue::Strings(named)) = error.get(ContextKind::InvalidArg) else {
            return None;
        };
        let (command, _) = complete::named(&self.root, words);
        let known = |shown: &String| {
            let mut args = command.get_arguments();
            args.find(|arg| arg.to_string() == *shown).cloned()
        };
        let args: Option<Vec<clap::Arg>> = named.iter().map(known).collect();
        args.filter(|args| is_missing && !args.is_empty())
    }

    /// Runs a command as the command line does; what went wrong is said in its place. Whether it was done.
    pub(super) fn run(&mut self, words: &[String]) -> Result<bool, Failure> {
        match self.try_run(words) {
            Ok(()) => Ok(true),
            Err(Failure::Pipe) => Err(Failure::Pipe),
            Err(failure) => {
                self.not_done(&failure)?;
                Ok(false)
            }
        }
    }

    /// As [`Plain::run`], for those who say themselves what went wrong. What moves money is said and asked about first,
    /// and once more where it has become something else meanwhile.
    pub(super) fn try_run(&mut self, words: &[String]) -> Result<(), Failure> {
        let mut agreed = Vec::new();
        loop {
            let moved = match self.run_agreed(words, agreed) {
                Err(Failure::Unasked(moved)) => moved,
                done => return done,
            };
            self.say_all(&moved)?;
            if !self.is_sure("Money is moved by this: is it to be recorded?", "no")? {
                return self.say("Nothing was done.");
            }
            agreed = moved;
        }
    }

    /// Runs a command that moves no money but what was `agreed` to.
    fn run_agreed(&self, words: &[String], agreed: Vec<String>) -> Result<(), Failure> {
        let args = match parse(words) {
            Ok(args) => args,
            Err(error) if error.kind() == ErrorKind::DisplayHelp => {
                return self.say(error.render().to_string().trim_end());
            }
            Err(error) => return Err(Failure::Input(self.in_a_line(&error, words))),
        };
        let Some(command) = args.command else {
            let no_command = "that is no command: help lists them";
            return Err(Failure::Input(no_command.to_owned()));
        };
        let ours = self.globals.clone();
        let session = self.first.next(Globals {
            desk: args.globals.desk.or(ours.desk),
            agent: args.globals.agent.or(ours.agent),
            color: ours.color,
            plain: ours.plain,
            ..args.globals
        });
        crate::cli::run(command, &session.agreeing(agreed), self.chosen)
    }

    /// A mistake in a command, in one line.
    fn in_a_line(&self, error: &clap::Error, words: &[String]) -> String {
        let told = mistake::told(error);
        let (_, rest) = complete::named(&self.root, words);
        let command = words.get(..words.len() - rest.len()).unwrap_or_default();
        match command.is_empty() {
            true => format!("{told}; help lists the commands"),
            false => format!("{told}; help {} explains it", command.join(" ")),
        }
    }
}

/// A command as the command line reads it.
pub(super) fn parse(words: &[String]) -> Result<Args, clap::Error> {
    let program = std::iter::once("holdline");
    Args::try_parse_from(program.chain(words.iter().map(String::as_str)))
}
