//! How often what happened: counted over the timeline, so that what ended since still happened then. A step that was
//! taken back by whoever took it never happened.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use serde::Serialize;

use super::undo::stands;
use super::{Desk, StoreError};

/// By what is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountBy {
    /// The policy.
    Policy,
    /// The customer.
    Customer,
    /// Who did it.
    Agent,
    /// The agreed severity.
    Severity,
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Counted {
    /// To whom or under what, by the [`CountBy`] that was asked for; empty for what has none.
    pub of: String,
    /// What happened.
    pub what: String,
    /// Which kind of it: a channel, an outcome, a level; empty where there is only one.
    pub which: String,
    /// How often.
    pub count: i64,
}

/// What is counted: its name, which kind of it, the entries that are one, and what is counted of them.
const COUNTED: &[(&str, &str, &str, &str)] = &[
    ("logged", "json_extract(t.facts, '$.channel')", "t.kind = 'opened'", ENTRIES),
    ("expedited", "''", "t.kind = 'opened' AND json_extract(t.facts, '$.expedite')", ENTRIES),
    (
        "outside the agreement",
        "''",
        "t.kind IN ('opened', 'contacted', 'responded') AND json_type(t.words, '$.channel_reason') IS NOT NULL",
        ENTRIES,
    ),
    ("not covered", "''", "t.kind = 'uncovered'", ENTRIES),
    (
        "emergency",
        "iif(json_type(t.words, '$.reason') IS NULL, 'taken', 'refused')",
        "t.kind = 'emergency-asked'",
        ENTRIES,
    ),
    ("accepted", "''", "t.kind = 'accepted'", ENTRIES),
    ("declined", "''", "t.kind = 'declined'", ENTRIES),
    ("note", "json_extract(t.facts, '$.note')", "t.kind = 'noted'", ENTRIES),
    (
        "manual page",
        "json_extract(t.facts, '$.manual_page')",
        "t.kind IN ('responded', 'resolved') AND json_extract(t.facts, '$.manual_page') IS NOT NULL",
        INCIDENTS,
    ),
    (
        "the manual would have saved",
        "iif(json_extract(i.body, '$.channel') = 'phone', 'calls', 'other contacts')",
        "t.kind IN ('responded', 'resolved') AND json_extract(t.facts, '$.manual_page') IS NOT NULL",
        INCIDENTS,
    ),
    ("escalated", "'level ' || json_extract(t.facts, '$.level')", "t.kind = 'escalated'", ENTRIES),
    (
        "ground",
        "json_extract(t.facts, '$.ground')",
        "t.kind IN ('escalated', 'escalation-grounded') AND json_extract(t.facts, '$.ground') IS NOT NULL",
        ENTRIES,
    ),
    (
        "escalation answered",
        "'level ' || json_extract(t.facts, '$.level')",
        "t.kind = 'escalation-answered'",
        ENTRIES,
    ),
    (
        "escalation taken back",
        "'level ' || json_extract(t.facts, '$.level')",
        "t.kind = 'escalation-withdrawn'",
        ENTRIES,
    ),
    // A silence that was withdrawn since never was a resolution.
    (
        "resolved",
        "json_extract(t.facts, '$.outcome')",
        "t.kind = 'resolved' AND (SELECT w.kind FROM timeline w WHERE w.incident = t.incident AND w.seq > t.seq
         AND w.kind IN ('silence-withdrawn', 'reopened', 'resolved') ORDER BY w.seq LIMIT 1) IS NOT 'silence-withdrawn'",
        ENTRIES,
    ),
    (
        "cause",
        "json_extract(t.facts, '$.cause')",
        "t.kind = 'resolved' AND json_extract(t.facts, '$.cause') IS NOT NULL",
        ENTRIES,
    ),
    ("closed without resolution", "json_extract(t.facts, '$.outcome')", "t.kind = 'closed'", ENTRIES),
    (
        "reopened",
        "iif(json_extract(t.facts, '$.recurring'), 'recurring', 'not recurring')",
        "t.kind = 'reopened'",
        ENTRIES,
    ),
];

const ENTRIES: &str = "count(*)";
const INCIDENTS: &str = "count(DISTINCT t.incident)";

impl Desk {
    /// How often what happened at `from` or later and before `until`, in the order of a case, what belongs together
    /// together. A silence that ran out counts from its instant on, written down or not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(
        &self,
        by: CountBy,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Counted>, StoreError> {
        let mut found = Vec::new();
        for (place, (what, which, entries, counted)) in COUNTED.iter().enumerate() {
            let sql = format!(
                "SELECT {of}, {which}, {counted} FROM timeline t JOIN incident i ON i.number = t.incident
                 JOIN customer c ON c.id = i.customer
                 WHERE {entries} AND t.at >= ?1 AND t.at < ?2 AND i.state <> 'void' AND {stands} GROUP BY 1, 2",
                of = of(by),
                stands = stands("t"),
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params![from.timestamp(), until.timestamp()])?;
            while let Some(row) = rows.next()? {
                let counted = Counted {
                    of: row.get(0)?,
                    what: (*what).to_owned(),
                    which: row.get(1)?,
                    count: row.get(2)?,
                };
                found.push((place, counted));
            }
        }
        for silent in self.silent(by, from, until.min(now + TimeDelta::seconds(1)))? {
            let alike = |(_, known): &&mut (usize, Counted)| {
                (&known.of, &known.what, &known.which) == (&silent.of, &silent.what, &silent.which)
            };
            match found.iter_mut().find(alike) {
                Some((_, known)) => known.count += silent.count,
                None => {
                    let place = COUNTED.iter().position(|(what, ..)| *what == silent.what);
                    found.push((place.unwrap_or(COUNTED.len()), silent));
                }
            }
        }
        found.sort_by(|(place, one), (other, two)| {
            (&one.of, place, &one.which).cmp(&(&two.of, other, &two.which))
        });
        Ok(found.into_iter().map(|(_, counted)| counted).collect())
    }

    /// Silences that ran out and that nobody has written down yet.
    fn silent(
        &self,
        by: CountBy,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Counted>, StoreError> {
        // Nobody resolves what silence resolves.
        let of = if by == CountBy::Agent { "''" } else { of(by) };
        let sql = format!(
            "SELECT {of}, i.policy, json_extract(i.body, '$.policy_version'), count(*) FROM incident i
             JOIN customer c ON c.id = i.customer
             WHERE i.silence_at >= ?1 AND i.silence_at < ?2 AND i.state = 'waiting' GROUP BY 1, 2, 3"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![from.timestamp(), until.timestamp()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let ruling = self.ruling_of(&row.get::<_, String>(1)?, row.get(2)?)?;
            let Some(silence) = &ruling.policy.silence else {
                continue;
            };
            found.push(Counted {
                of: row.get(0)?,
                what: "resolved".to_owned(),
                which: silence.outcome.clone(),
                count: row.get(3)?,
            });
        }
        Ok(found)
    }
}

/// By what an entry `t` of an incident `i` of a customer `c` is counted.
fn of(by: CountBy) -> &'static str {
    match by {
        CountBy::Policy => "i.policy",
        CountBy::Customer => "c.name",
        CountBy::Agent => "t.agent",
        CountBy::Severity => "coalesce(i.severity, '')",
    }
}
