//! `holdline mail in`.

use std::io::Read;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::cli::{Failure, Session};
use crate::incident::{Command, Event, MailId, MailState, TechRef};
use crate::mail::{MOST_MAIL, read};
use crate::store::{Access, Batch, Context, Desk, Done, HowTaken, StoreError};

/// Takes one mail in, from standard input: mail from a registered address opens or continues an incident.
///
/// It continues the incident whose number stands in the subject as messages write it, [10001-4], or whose message it
/// answers, where the sender is registered for that customer. Everything else, and what a rule refuses, waits in
/// quarantine, with the reason: nothing is lost. A second copy of a mail is told and not recorded.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail in < letter.eml
  |/usr/local/bin/holdline --desk /srv/desk.holdline mail in    (in .forward, or an alias of the mail server)")]
pub struct In {}

/// What became of the mail.
#[derive(Debug, Serialize)]
pub(in crate::cli::mail) struct Outcome {
    mail: Option<MailId>,
    outcome: &'static str,
    tech_ref: Option<TechRef>,
    reason: Option<String>,
    /// Levels of the ladder that wait for a ground.
    grounds_asked: Vec<u8>,
    /// Those of them that this mail made.
    #[serde(skip)]
    made: Vec<u8>,
    /// What else it said of the ladder, and could not do.
    #[serde(skip)]
    notes: Vec<String>,
    /// It stands where it stood, with its file's name in the words.
    #[serde(skip)]
    left: bool,
    #[serde(skip)]
    words: String,
}

impl In {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        let input = std::io::stdin().lock();
        input.take(MOST_MAIL + 1).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Err(Failure::Input(
                "nothing stands on standard input: give a mail there, as in `holdline mail in < letter.eml`".to_owned(),
            ));
        }
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_MAIL {
            return Err(Failure::Input(
                "the mail has over 25 MiB, and was not taken: ask for it in parts, or for a link"
                    .to_owned(),
            ));
        }
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let context = session.context()?;
        let outcome = take(session, &mut desk, &context, &bytes, session.now())?;
        outcome.tell(session)
    }
}

/// Takes a mail in that arrived at `arrived`, unless it says itself that it was delivered before.
pub(super) fn take(
    session: &Session,
    desk: &mut Desk,
    context: &Context,
    bytes: &[u8],
    arrived: DateTime<Utc>,
) -> Result<Outcome, StoreError> {
    let arrival = read(bytes, arrived).keep(desk)?;
    let command = Command::Arrive(Box::new(arrival));
    desk.batch(|batch| {
        let done = batch.execute(&command, context)?;
        Outcome::read(batch, &done, session)
    })
}

impl Outcome {
    /// Says what became of it, and what is asked of an agent now.
    pub(in crate::cli::mail) fn tell(&self, session: &Session) -> Result<(), Failure> {
        session.answer(self, &self.words)?;
        self.ask(session);
        Ok(())
    }

    /// What is asked of an agent now, and what it said of the ladder and could not do.
    pub(super) fn ask(&self, session: &Session) {
        for level in &self.grounds_asked {
            let number = self.tech_ref.map(|number| number.to_string());
            let number = number.unwrap_or_default();
            let what = match self.made.contains(level) {
                true => format!("it is an escalation to level {level}"),
                false => format!("the escalation to level {level} waits for its ground"),
            };
            session.note(format_args!(
                "{what}: say on which ground, with `holdline escalation ground {number} --level {level} GROUND`"
            ));
        }
        self.notes.iter().for_each(|note| session.note(note));
    }

    /// What became of it, in words.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// Whether its file stands where it stood.
    pub(super) fn is_left(&self) -> bool {
        self.left
    }

    /// A file that was not taken, and why.
    pub(super) fn stays(file: &str, why: String) -> Self {
        Self {
            mail: None,
            outcome: "stays",
            tech_ref: None,
            words: format!("{file} stays: {why}"),
            reason: Some(why),
            grounds_asked: Vec::new(),
            made: Vec::new(),
            notes: Vec::new(),
            left: true,
        }
    }

    /// The same of a mail that was taken, and whose file could not be moved.
    pub(super) fn left_there(self, file: &str, why: &str) -> Self {
        Self {
            words: format!("{}; {file} stays: {why}", self.words),
            left: true,
            ..self
        }
    }

    /// What became of a mail, as the transaction sees it.
    pub(in crate::cli::mail) fn read(
        batch: &Batch<'_>,
        done: &Done,
        session: &Session,
    ) -> Result<Self, StoreError> {
        let Done::Mail(mail, how) = *done else {
            return Err(crate::cli::step::other_command().into());
        };
        let (outcome, tech_ref, reason, words) = match how {
            HowTaken::Opened(number) => (
                "opened",
                Some(number),
                None,
                format!("{mail} opened {number}"),
            ),
            HowTaken::Joined(number) => (
                "joined",
                Some(number),
                None,
                match batch.desk().arrived_mail(mail)?.arrival.automatic {
                    Some(_) => format!(
                        "{mail} joined {number}: an automatic reply, which answers nobody and ends no waiting"
                    ),
                    None => format!("{mail} joined {number}"),
                },
            ),
            HowTaken::Waiting => {
                let found = batch.desk().arrived_mail(mail)?;
                let reason = found.reason.unwrap_or_default();
                let proposed = found.incident;
                let may = proposed.map(|number| format!("; it may belong to {number}"));
                let may = may.unwrap_or_default();
                let words = format!("{mail} waits in quarantine: {reason}{may}");
                ("waiting", proposed, Some(reason), words)
            }
            HowTaken::Known => {
                let found = batch.desk().arrived_mail(mail)?;
                let stands = match (found.state, found.incident) {
                    (MailState::Taken, Some(number)) => format!("and belongs to {number}"),
                    (MailState::Dismissed, _) => "and was dismissed".to_owned(),
                    _ => "and waits in quarantine".to_owned(),
                };
                let words = format!("{mail} was here before {stands}: nothing was recorded");
                ("known", found.incident, None, words)
            }
        };
        let taken = matches!(how, HowTaken::Opened(_) | HowTaken::Joined(_));
        let (mut grounds_asked, mut made, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(number) = tech_ref.filter(|_| taken) {
            let dossier = batch.desk().dossier(number, session.now())?;
            let standing = dossier.incident.standing_escalations();
            let unsaid = standing.filter(|step| step.ground.is_none());
            grounds_asked.extend(unsaid.map(|step| step.level));
            let before = |event: &Event| !matches!(event, Event::MailTaken(it) if it.mail == mail);
            for entry in dossier.last_step().skip_while(|entry| before(&entry.event)) {
                match &entry.event {
                    Event::Escalated { level, .. } => made.push(*level),
                    Event::Noted { text, .. } => notes.push(text.clone()),
                    _ => {}
                }
            }
        }
        Ok(Self {
            mail: Some(mail),
            left: false,
            outcome,
            tech_ref,
            reason,
            grounds_asked,
            made,
            notes,
            words,
        })
    }
}
