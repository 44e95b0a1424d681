//! `holdline due`.

mod batch;

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::shelf::Shelf;
use super::{Failure, Session};
use crate::calendar::{Counted, Length};
use crate::policy::{Deadlines, Ledger, target_in_words};
use crate::when::{rfc3339, shown, shown_in_both};

/// Says when a response would be due, and why.
///
/// It answers for the policies that come with Holdline, for a policy file, or, with an explicit --desk, for that desk's
/// policies in their newest versions. No desk is needed. With --batch it reads one JSON object a line from standard
/// input, such as {"policy": "severity", "severity": "high", "office": null, "from": "2026-10-30T16:00:00Z"}, and writes
/// one answer a line, in order: {"due":"…"}, {"due":null} where the policy states no target, or {"error":"…"}.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline due per-incident --from 2026-11-25T16:00:00-08:00
  holdline due severity --severity high --from \"mon 9:00\"
  holdline due escalation --office uk --json
  holdline due --batch < questions.jsonl")]
pub struct Due {
    /// The policy: its name, or its file.
    #[arg(required_unless_present = "batch")]
    policy: Option<String>,
    /// The severity, where the target differs by it.
    #[arg(long, value_name = "S", conflicts_with = "batch")]
    severity: Option<String>,
    /// The office, where the hours differ by it.
    #[arg(long, value_name = "O", conflicts_with = "batch")]
    office: Option<String>,
    /// When the clock starts; now without it.
    #[arg(
        long,
        value_name = "INSTANT",
        allow_hyphen_values = true,
        conflicts_with = "batch"
    )]
    from: Option<String>,
    /// Answers the questions on standard input, one a line.
    #[arg(long, conflicts_with = "policy")]
    batch: bool,
}

/// A question that can be answered.
struct Question<'a> {
    deadlines: &'a Deadlines,
    severity: Option<&'a str>,
    office: Option<&'a str>,
    from: DateTime<Utc>,
}

impl Due {
    /// Prints the deadline and how it came about, or answers a batch.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let shelf = Shelf::named(session)?;
        let Some(name) = &self.policy else {
            return batch::run(&shelf);
        };
        let found = shelf.policy(name)?;
        let from = match &self.from {
            Some(text) => session.instant(text, true)?,
            None => session.now(),
        };
        let question = Question {
            deadlines: found.deadlines(),
            severity: self.severity.as_deref(),
            office: self.office.as_deref(),
            from: covered(from).map_err(Failure::Input)?,
        };
        let ledger = question.ledger()?;
        session.answer(
            &question.json(ledger.as_ref()),
            question.text(ledger.as_ref(), session.zone()),
        )
    }
}

/// The instant in whole seconds, fractions cut, if holidays are known for its year.
fn covered(at: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if !(2000..2100).contains(&at.year()) {
        return Err(format!(
            "{} is outside the years 2000 to 2099 that holidays are known for: check the date",
            rfc3339(at)
        ));
    }
    Ok(DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at))
}

impl Question<'_> {
    fn ledger(&self) -> Result<Option<Ledger>, Failure> {
        let target = self.deadlines.policy().response_target(self.severity)?;
        Ok(target
            .map(|target| self.deadlines.ledger(target, self.office, self.from))
            .transpose()?)
    }

    /// The zone of the hours; none where the policy has none, or for an office that the answer does not depend on.
    fn zone(&self) -> Option<Tz> {
        let calendar = self.deadlines.calendar(self.office).ok().flatten()?;
        Some(calendar.zone())
    }

    fn json(&self, ledger: Option<&Ledger>) -> Value {
        let spans = ledger.map_or(&[][..], |ledger| &ledger.spans);
        let spans: Vec<Value> = spans
            .iter()
            .map(|span| {
                json!({"from": rfc3339(span.from), "to": rfc3339(span.to), "seconds": span.seconds()})
            })
            .collect();
        let closed = ledger.map_or(&[][..], |ledger| &ledger.closed);
        let closed: Vec<Value> = closed
            .iter()
            .map(|day| json!({"date": day.date, "reason": day.reason}))
            .collect();
        json!({
            "due": ledger.map(|ledger| rfc3339(ledger.due)),
            "policy": self.deadlines.policy().name,
            "severity": self.severity,
            "office": self.office,
            "from": rfc3339(self.from),
            "zone": self.zone().map(Tz::name),
            "rule": ledger.map(|ledger| target_in_words(&ledger.target)),
            "counted": ledger.map(|ledger| ledger.target.counted),
            "spans": spans,
            "closed": closed,
        })
    }

    fn text(&self, ledger: Option<&Ledger>, here: Tz) -> String {
        let zone = self.zone().unwrap_or(here);
        let policy = self.deadlines.policy();
        let Some(ledger) = ledger else {
            return format!(
                "No deadline: {} states no response target, so promise none",
                policy.name
            );
        };
        let mut text = format!("Due {}\n", shown_in_both(ledger.due, zone, here));
        let of = [self.severity, self.office].into_iter().flatten();
        let of: String = of.map(|name| format!(", {name}")).collect();
        let rule = target_in_words(&ledger.target);
        let from = shown(ledger.from, zone);
        text.push_str(&format!(
            "{}{of}: {rule}, from {from} ({zone})",
            policy.name
        ));
        let counted = match ledger.target.counted {
            Counted::BusinessTime => "Counted",
            Counted::BusinessDays => "Open until then",
            Counted::Elapsed => "Counted, open or closed",
        };
        text.push_str(&format!("\n{counted}:"));
        for span in &ledger.spans {
            let (from, to) = (shown(span.from, zone), shown(span.to, zone));
            let length = Length::Exact(span.seconds());
            text.push_str(&format!("\n  {from} to {to}: {length}"));
        }
        text.push_str(&format!("\n  in all {}", Length::Exact(ledger.seconds())));
        if let Some(ended) = ledger.moved_from() {
            let ended = shown(ended, zone);
            text.push_str(&format!("\nClosed at {ended}: moved to the next opening"));
        }
        for day in &ledger.closed {
            let date = day.date.format("%a %Y-%m-%d");
            text.push_str(&format!("\nClosed on {date}: {}", day.reason));
        }
        text
    }
}
