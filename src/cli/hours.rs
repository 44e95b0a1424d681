//! `holdline hours`.

use serde::Serialize;

use super::shelf::{Found, Shelf};
use super::{Failure, Session};
use crate::calendar::Status;
use crate::when::rfc3339;

/// Says who is open now, and when that changes.
///
/// It answers for the desk's policies, or without a desk for those that come with Holdline, office by office, with
/// times on the office's clock and on yours.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline hours
  holdline hours escalation --json")]
pub struct Hours {
    /// This policy alone: its name, or its file.
    policy: Option<String>,
}

/// An office at an instant, as `--json` gives it.
#[derive(Serialize)]
struct At<'a> {
    policy: &'a str,
    office: Option<&'a str>,
    zone: Option<&'static str>,
    /// Absent where no hours are stated.
    open: Option<bool>,
    closes: Option<String>,
    opens: Option<String>,
    why: Option<String>,
    #[serde(skip)]
    text: String,
}

impl Hours {
    /// Prints a line an office.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let shelf = Shelf::present(session)?;
        let names = match self.policy {
            Some(name) => vec![name],
            None => shelf.names()?,
        };
        let policies = names
            .iter()
            .map(|name| shelf.policy(name))
            .collect::<Result<Vec<Found>, _>>()?;
        let mut offices = Vec::new();
        for found in &policies {
            let own = found.policy().offices.iter();
            let own: Vec<Option<&str>> = own.map(|office| Some(office.name.as_str())).collect();
            let all = if own.is_empty() { vec![None] } else { own };
            for office in all {
                offices.push(at(found, office, session)?);
            }
        }
        let lines: Vec<&str> = offices.iter().map(|office| office.text.as_str()).collect();
        let (between, end) = if session.is_plain() {
            (".\n", ".")
        } else {
            ("\n", "")
        };
        session.answer(&offices, lines.join(between) + end)
    }
}

fn at<'a>(found: &'a Found, office: Option<&'a str>, session: &Session) -> Result<At<'a>, Failure> {
    let policy = found.policy().name.as_str();
    let mut at = At {
        policy,
        office,
        zone: None,
        open: None,
        closes: None,
        opens: None,
        why: None,
        text: match office {
            Some(office) => format!("{policy}, {office}: "),
            None => format!("{policy}: "),
        },
    };
    let Some(calendar) = found.deadlines().calendar(office)? else {
        at.text.push_str("no hours are stated");
        return Ok(at);
    };
    let zone = calendar.zone();
    at.zone = Some(zone.name());
    let shown = |at| session.told_in_both(at, zone);
    match calendar.status(session.now()) {
        Status::Open { closes } => {
            at.open = Some(true);
            at.closes = closes.map(rfc3339);
            at.text.push_str(&match closes {
                Some(closes) => format!("open, closes {}", shown(closes)),
                None => "open, does not close".to_owned(),
            });
        }
        Status::Closed { opens, why } => {
            at.open = Some(false);
            at.opens = opens.map(rfc3339);
            let because = why.as_ref().map(|why| format!(" ({why})"));
            let because = because.unwrap_or_default();
            at.text.push_str(&match opens {
                Some(opens) => format!("closed{because}, opens {}", shown(opens)),
                None => format!("closed{because}, does not open again"),
            });
            at.why = why;
        }
    }
    Ok(at)
}
