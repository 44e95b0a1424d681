//! `holdline closure import`.

use std::path::PathBuf;

use chrono_tz::Tz;
use serde::Serialize;

use super::add::ReachArgs;
use super::view::{ClosureView, span};
use crate::calendar::ics::{Dated, read};
use crate::calendar::{Exception, ExceptionKind};
use crate::cli::{Failure, Session};
use crate::incident::{Closure, Command, NewClosure, Reach};
use crate::store::{Access, Batch, Desk, Done, StoreError};

/// Adds the closures or holidays of a calendar file (iCalendar, .ics).
///
/// Each event of the file is a closure with its name as the reason; one without times is whole days, on the clock of the
/// office or policy that it is for. All are added or none. What is past, called off or here already is left out and
/// counted, so that the same file can be read again next year. An event that comes again (RRULE) is refused: only single
/// dates are taken.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline closure import holidays.ics --office uk --dry-run
  holdline closure import company.ics --all
  holdline closure import saturdays.ics --policy severity --opening")]
pub(super) struct Import {
    /// The calendar.
    #[arg(value_name = "FILE.ics", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    #[command(flatten)]
    reach: ReachArgs,
    /// They are extra openings: open in that time, whatever the usual hours say.
    #[arg(long)]
    opening: bool,
    /// Changes nothing, and says what would be added.
    #[arg(long)]
    dry_run: bool,
}

/// What was done with the events of a file.
#[derive(Serialize)]
struct Account {
    events: usize,
    past: usize,
    cancelled: usize,
    already_here: usize,
    added: Vec<ClosureView>,
    moved: usize,
    dry_run: bool,
}

impl Import {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let file = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file)
            .map_err(|error| Failure::Input(format!("{file}: {error}")))?;
        let events = read(&text).map_err(|faults| {
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| format!("{file}, {fault}"))
                .collect();
            Failure::Input(lines.join("\n"))
        })?;
        let kind = if self.opening {
            ExceptionKind::Open
        } else {
            ExceptionKind::Closed
        };
        let reach = self.reach.reach();
        let zone = zone_of(session, &session.open(Access::Read)?, &reach)?;
        let context = session.context()?;
        let work = |batch: &mut Batch<'_>| {
            let mut account = Account {
                events: events.len(),
                past: 0,
                cancelled: 0,
                already_here: 0,
                added: Vec::new(),
                moved: 0,
                dry_run: self.dry_run,
            };
            let mut added: Vec<Closure> = Vec::new();
            for event in &events {
                let new = new(event, &reach, kind, zone);
                let same = |known: &Closure| {
                    let (known, new) = (known, &new);
                    known.removed_at.is_none()
                        && known.reach == new.reach
                        && known.exception == new.exception
                };
                if event.cancelled {
                    account.cancelled += 1;
                } else if new.exception.to <= context.now {
                    account.past += 1;
                } else if batch.desk().closures()?.iter().any(same) {
                    account.already_here += 1;
                } else if let Done::Closure(id) = batch
                    .execute(&Command::AddClosure(new), &context)
                    .map_err(|error| placed(error, event.line))?
                {
                    account.moved += batch.desk().moved_by(id)?.len();
                    added.push(batch.desk().closure(id)?);
                }
            }
            account.added = added.iter().map(ClosureView::of).collect();
            Ok::<_, StoreError>((account, added))
        };
        let (account, added) = match self.dry_run {
            true => session.rehearse(work)?,
            false => session.batch(work)?,
        };
        let text = account.text(&added, zone);
        session.answer(&account, text)
    }
}

/// A refusal with the line of the event that it is about.
fn placed(error: StoreError, line: usize) -> StoreError {
    match error {
        StoreError::Refused(mut refusal) => {
            refusal.message = format!("line {line}: {}; nothing was added", refusal.message);
            refusal.into()
        }
        other => other,
    }
}

fn new(event: &Dated, reach: &Reach, kind: ExceptionKind, zone: Tz) -> NewClosure {
    let named = |name: &str| if name.is_empty() { "closed" } else { name }.to_owned();
    NewClosure {
        reach: reach.clone(),
        exception: Exception {
            from: event.from.instant(zone),
            to: event.to.instant(zone),
            reason: named(&event.summary),
            kind,
        },
    }
}

/// The zone in which whole days are meant: that of the hours that are changed, where these have one.
fn zone_of(session: &Session, desk: &Desk, reach: &Reach) -> Result<Tz, Failure> {
    let mut zones: Vec<Tz> = Vec::new();
    for ruling in desk.rulings()? {
        let policy = &ruling.policy;
        let offices = policy
            .offices
            .iter()
            .map(|office| Some(office.name.as_str()));
        let none = policy.calendar.is_some().then_some(None);
        let meant = offices
            .chain(none)
            .filter(|office| reach.covers(&policy.name, *office));
        zones.extend(meant.map(|office| session.zone_of(&ruling, office)));
    }
    zones.sort_by_key(|zone| zone.name());
    zones.dedup();
    Ok(match zones.as_slice() {
        [one] => *one,
        _ => session.zone(),
    })
}

impl Account {
    fn text(&self, added: &[Closure], zone: Tz) -> String {
        let would = if self.dry_run { "would be " } else { "" };
        let mut text = format!(
            "{} of {} events {would}added, days on the clock of {zone}; {} past, {} called off, {} here already; \
             {} deadlines {}",
            added.len(),
            self.events,
            self.past,
            self.cancelled,
            self.already_here,
            self.moved,
            if self.dry_run { "would move" } else { "moved" },
        );
        for closure in added {
            text.push_str(&format!(
                "\n  {}, {}",
                closure.exception.reason,
                span(closure, zone)
            ));
        }
        text
    }
}
