//! `holdline mail fetch`.

use std::path::PathBuf;

use serde::Serialize;

use super::incoming::{Outcome, take};
use crate::cli::{Failure, Session};
use crate::mail::{InCur, Letter, Maildir};
use crate::store::{Access, Context, Desk, StoreError};

/// Takes what is new in a Maildir, each mail as `mail in` does, in the order in which they arrived.
///
/// One that was taken, also into quarantine, moves from new/ to cur/ with the flag S. One that cannot be read stays where
/// it is and is told with the reason; the others are taken all the same, and the exit code is 1. None is taken twice,
/// however many fetch at once, and also where a program ended between taking and moving. What stands in cur/ already is
/// somebody else's and is left alone, unless --cur says otherwise; tmp/ is never looked at, and no link is followed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail fetch ~/Maildir
  holdline mail fetch                    # by the settings, from a timer every five minutes
  holdline mail fetch ~/Maildir --cur unread   # also what a mail program has moved to cur/ and nobody has read

Example of config.toml:
  [mail]
  maildir = \"~/Maildir\"")]
pub struct Fetch {
    /// The folder with new, cur and tmp in it; the one of the settings without it.
    #[arg(value_name = "MAILDIR", value_hint = clap::ValueHint::DirPath)]
    folder: Option<PathBuf>,
    /// Also what stands in cur/: what nobody has read, or all but drafts and what was thrown away.
    #[arg(long, value_enum, value_name = "WHICH")]
    cur: Option<InCur>,
}

/// What became of a file.
#[derive(Debug, Serialize)]
struct Fetched {
    file: String,
    #[serde(flatten)]
    outcome: Outcome,
}

impl Fetch {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let set_up = super::post()?.maildir;
        let Some(path) = self.folder.or(set_up) else {
            return Err(Failure::Input(
                "no Maildir is named: give one, or name it in config.toml, as in [mail] maildir = \"~/Maildir\""
                    .to_owned(),
            ));
        };
        if session.at()?.is_some() {
            return Err(Failure::Input(
                "the mails say when each arrived: leave out --at".to_owned(),
            ));
        }
        let folder = Maildir::open(&path).map_err(Failure::Input)?;
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        // Each mail is taken once by itself, whatever key the whole run was given: under one key, the second would be
        // answered as the first was, and be gone.
        let context = Context {
            once: None,
            if_revision: None,
            ..session.context()?
        };
        let letters = folder.letters(self.cur, session.now());
        let mut fetched = Vec::new();
        let mut ended = Ok(());
        for letter in letters.map_err(Failure::Input)? {
            match one(session, &mut desk, &context, &folder, &letter) {
                Ok(outcome) => fetched.extend(outcome.map(|outcome| Fetched {
                    file: letter.file(),
                    outcome,
                })),
                // Neither will the next one be taken; what was done is told first.
                Err(error) => {
                    ended = Err(error.into());
                    break;
                }
            }
        }
        let all_told = told(session, &fetched, &path.display().to_string());
        ended.and(all_told)
    }
}

/// Takes one mail; nothing where another program took its file meanwhile.
fn one(
    session: &Session,
    desk: &mut Desk,
    context: &Context,
    folder: &Maildir,
    letter: &Letter,
) -> Result<Option<Outcome>, StoreError> {
    let stays = |why: String| Ok(Some(Outcome::stays(&letter.file(), why)));
    let bytes = match folder.read(letter) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(why) => return stays(why),
    };
    let outcome = match take(session, desk, context, &bytes, letter.arrived) {
        Err(StoreError::Refused(refusal)) => return stays(refusal.message),
        taken => taken?,
    };
    Ok(Some(match folder.taken(letter) {
        Ok(()) => outcome,
        Err(why) => outcome.left_there(&letter.file(), &why),
    }))
}

/// Says what became of each; of those that stay on standard error, which cron mails to somebody.
fn told(session: &Session, fetched: &[Fetched], path: &str) -> Result<(), Failure> {
    let (left, taken): (Vec<&Outcome>, Vec<&Outcome>) = fetched
        .iter()
        .map(|one| &one.outcome)
        .partition(|outcome| outcome.is_left());
    let lines: Vec<&str> = taken.iter().map(|outcome| outcome.words()).collect();
    match (fetched.is_empty(), lines.is_empty() && !session.json()) {
        (true, _) => session.answer(&fetched, format!("nothing is new in {path}"))?,
        (false, true) => {}
        (false, false) => session.answer(&fetched, lines.join("\n"))?,
    }
    left.iter()
        .for_each(|outcome| session.note(outcome.words()));
    fetched.iter().for_each(|one| one.outcome.ask(session));
    match left.len() {
        0 => Ok(()),
        left => Err(Failure::Rule(format!(
            "{left} of {} could not be taken or moved, and stand where they stood in {path}: see to them there",
            fetched.len()
        ))),
    }
}
