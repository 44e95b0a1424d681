//! What can be said, each thing once.

use super::{Plain, complete};
use crate::cli::Failure;

/// What can be said besides the commands. Where a key of the console does it, that is one of the words.
const OWN: [(&str, &str); 22] = [
    (
        "c NAME",
        "begins a call and finds who rings, or says who rings on the one that runs",
    ),
    ("1 to 9", "goes on with the caller's incident of that place"),
    (
        "n",
        "asks for a new incident of the caller, or of whoever is named",
    ),
    ("K", "says that the caller has the number of the incident"),
    (
        "m TEXT",
        "keeps a note on the open incident, else with the call",
    ),
    (
        "=",
        "logs the caller's issue as the same as a known fault; without a call, counts the open incident to one",
    ),
    (
        "V",
        "rings the customer of the open incident up; x asks who answered",
    ),
    (
        "H",
        "puts the call on hold; without one, takes one back, by its number where several are on hold",
    ),
    ("R", "answers what rings, or takes a call back"),
    ("x", "hangs up, and asks what is missing"),
    (
        "r TEXT",
        "answers the customer of the open incident; Enter takes the way in which they came last",
    ),
    (
        "w TEXT",
        "asks the customer of the open incident and waits; on a waiting one, goes on with the work",
    ),
    (
        "t INSTANT",
        "promises when the open incident will be resolved",
    ),
    ("v", "agrees on a severity: reads them"),
    (
        "p",
        "records an order, a payment, a waiver or a refund: reads what is possible",
    ),
    (
        "e",
        "escalates, answers a level or takes one back: reads what is possible",
    ),
    ("d", "resolves the open incident: reads the outcomes"),
    (
        "REF",
        "opens the incident of that number: commands without a number mean it",
    ),
    ("leave", "leaves the incident that is open"),
    (
        "form COMMAND",
        "asks for everything that the command takes, one after the other",
    ),
    (
        "keys",
        "lists the keys of the console that can be typed in place of a command",
    ),
    ("quit", "leaves; so does the end of input, Ctrl-D"),
];

impl Plain {
    pub(super) fn help(&self, of: &[String]) -> Result<(), Failure> {
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
        self.say("help COMMAND explains a command.")?;
        for (name, about) in OWN {
            self.say(format_args!("{name}: {about}."))?;
        }
        let own =
            |command: &&clap::Command| OWN.iter().any(|(name, _)| *name == command.get_name());
        for command in self.root.get_subcommands().filter(|command| !own(command)) {
            let about = command.get_about().map(ToString::to_string);
            self.say(format_args!(
                "{}: {}.",
                command.get_name(),
                about.unwrap_or_default()
            ))?;
        }
        Ok(())
    }
}
